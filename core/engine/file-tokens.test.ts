import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileTokens } from './file-tokens.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-tokens-'));
  await writeFile(join(folder, 'host.etl'), 'twelve bytes');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('file tokens', () => {
  it('tell a page a file’s name and size, never its folder', async () => {
    const tokens = new FileTokens();
    const file = await tokens.fileOf(join(folder, 'host.etl'));
    expect(file).toMatchObject({ name: 'host.etl', size: 12 });
    expect(JSON.stringify(file)).not.toContain(folder);
    expect(tokens.pathOf(file.token)).toBe(join(folder, 'host.etl'));
  });

  it('are one per file, unlike those of another table, and gone when forgotten', async () => {
    const tokens = new FileTokens();
    const path = join(folder, 'host.etl');
    const { token } = await tokens.fileOf(path);
    expect(tokens.tokenOf(path)).toBe(token);
    expect(new FileTokens().tokenOf(path)).not.toBe(token);
    tokens.forget(path);
    expect(tokens.pathOf(token)).toBeUndefined();
  });

  it('of files do not open targets, nor the other way round', () => {
    const tokens = new FileTokens();
    const path = join(folder, 'export.pcapng');
    const target = tokens.targetOf(path);
    expect(tokens.targetPathOf(target)).toBe(path);
    expect(tokens.pathOf(target)).toBeUndefined();
    expect(tokens.targetPathOf(tokens.tokenOf(path))).toBeUndefined();
  });

  it('are given for folders, which may be bundles', async () => {
    expect(await new FileTokens().fileOf(folder)).toMatchObject({ name: basename(folder), size: 12 });
  });

  it('are not given for missing files, and say so', async () => {
    const tokens = new FileTokens();
    await expect(tokens.fileOf(join(folder, 'gone.etl'))).rejects.toThrow(
      '“gone.etl” is not there. It may have been moved or deleted.',
    );
    await expect(tokens.fileOf(join(folder, 'host.etl', 'x.etl'))).rejects.toThrow('“x.etl” is not there.');
  });
});
