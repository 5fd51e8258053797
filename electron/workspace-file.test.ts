import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileTokens } from '../core/engine/file-tokens.ts';
import type { KeptWorkspace } from '../core/engine/host.ts';
import { WorkspaceFile } from './workspace-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-workspace-'));
  path = join(folder, 'settings', 'workspace.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stateOnDisk = async (): Promise<unknown> =>
  (JSON.parse(await readFile(path, 'utf8')) as { state: unknown }).state;

async function aTrace(tokens: FileTokens, name: string): Promise<KeptWorkspace['traces'][number]> {
  await writeFile(join(folder, name), 'twelve bytes');
  return { files: [await tokens.fileOf(join(folder, name))], missing: false };
}

describe('the kept workspace', () => {
  it('is nothing at first, and when its file is damaged', async () => {
    const file = new WorkspaceFile({ path: join(folder, 'workspace.json'), tokens: new FileTokens() });
    expect(await file.last()).toBeNull();
    await writeFile(join(folder, 'workspace.json'), '{"traces":[{"files":[{"path":5}]}],"state":""}');
    expect(await file.last()).toBeNull();
  });

  it('comes back at the next start, with new tokens, without paths, and with a mark on what is gone', async () => {
    const tokens = new FileTokens();
    const file = new WorkspaceFile({ path, tokens });
    const there = await aTrace(tokens, 'there.etl');
    const gone = await aTrace(tokens, 'gone.etl');
    await file.keep({ traces: [there, gone], state: '{"views":[1]}' });
    await file.flush();
    await rm(join(folder, 'gone.etl'));
    await writeFile(join(folder, 'there.etl'), 'grown to eighteen.');

    const tokensOfNextStart = new FileTokens();
    const last = await new WorkspaceFile({ path, tokens: tokensOfNextStart }).last();
    expect(last).toEqual({
      traces: [
        { files: [{ token: expect.any(String) as string, name: 'there.etl', size: 18 }], missing: false },
        { files: [{ token: expect.any(String) as string, name: 'gone.etl', size: 12 }], missing: true },
      ],
      state: '{"views":[1]}',
    });
    expect(JSON.stringify(last)).not.toContain(folder);
    expect(tokensOfNextStart.pathOf(last?.traces[0].files[0].token ?? '')).toBe(join(folder, 'there.etl'));
    expect(await readdir(join(folder, 'settings'))).toEqual(['workspace.json']);
  });

  it('refuses files that the host never gave out, and keeps what it had', async () => {
    const tokens = new FileTokens();
    const file = new WorkspaceFile({ path, tokens });
    await file.keep({ traces: [await aTrace(tokens, 'a.etl')], state: 'first' });
    const foreign = { token: '/etc/passwd', name: 'passwd', size: 1 };
    await expect(file.keep({ traces: [{ files: [foreign], missing: false }], state: 'second' })).rejects.toThrow(
      'The host does not know the file “passwd”.',
    );
    expect((await file.last())?.state).toBe('first');
  });

  it('is written at once, then with what was told last when the time has passed, and before quitting', async () => {
    const file = new WorkspaceFile({ path, tokens: new FileTokens(), writeEvery: 100 });
    const tell = (state: string): Promise<void> => file.keep({ traces: [], state });
    await tell('1');
    for (const state of ['2', '3', '4']) await tell(state);
    expect(await stateOnDisk()).toBe('1');
    expect((await file.last())?.state).toBe('4');
    await expect.poll(stateOnDisk, { timeout: 2000 }).toBe('4');
    await tell('5');
    await tell('6');
    await file.flush();
    expect(await stateOnDisk()).toBe('6');
  });

  it('knows whether the window that is open has told anything', async () => {
    const file = new WorkspaceFile({ path, tokens: new FileTokens() });
    expect(file.keptByThisWindow).toBe(false);
    await file.keep({ traces: [], state: '' });
    expect(file.keptByThisWindow).toBe(true);
    file.startAfresh();
    expect(file.keptByThisWindow).toBe(false);
    await file.flush();
  });
});
