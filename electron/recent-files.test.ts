import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileTokens } from '../core/engine/file-tokens.ts';
import { RecentFiles, shortFolder } from './recent-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-recent-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const list = (tokens = new FileTokens()): RecentFiles =>
  new RecentFiles({ path: join(folder, 'settings', 'recent.json'), tokens, home: folder });

describe('the list of recent traces', () => {
  it('starts empty, also when its file is damaged', async () => {
    expect(await list().list()).toEqual([]);
    await writeFile(join(folder, 'recent.json'), '[{"path": 5}');
    expect(
      await new RecentFiles({ path: join(folder, 'recent.json'), tokens: new FileTokens(), home: '' }).list(),
    ).toEqual([]);
  });

  it('has the newest first, each once, and no more than ten', async () => {
    const recent = list();
    for (let number = 1; number <= 12; number++) await recent.add([`/traces/${number}.etl`], number);
    await recent.add(['/traces/5.etl'], 20);
    const names = (await list().entries()).map((entry) => entry.path.replace('/traces/', ''));
    expect(names).toEqual([
      '5.etl',
      '12.etl',
      '11.etl',
      '10.etl',
      '9.etl',
      '8.etl',
      '7.etl',
      '6.etl',
      '4.etl',
      '3.etl',
    ]);
  });

  it('loses nothing to additions at the same time, and leaves no half-written file', async () => {
    const recent = list();
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name, time) => recent.add([`/traces/${name}.etl`], time)));
    expect(new Set((await recent.entries()).map((entry) => entry.path))).toEqual(
      new Set(names.map((name) => `/traces/${name}.etl`)),
    );
    expect(await readdir(join(folder, 'settings'))).toEqual(['recent.json']);
  });

  it('gives the page tokens, sizes and short folders, and marks what is missing', async () => {
    const tokens = new FileTokens();
    const there = join(folder, 'there.etl');
    const gone = join(folder, 'gone.etl');
    await writeFile(there, 'twelve bytes');
    const recent = list(tokens);
    await recent.add([there, gone], 1000);
    expect(await recent.list()).toEqual([
      {
        token: tokens.tokenOf(there),
        name: 'there.etl',
        size: 12,
        folder: '~',
        openedAt: 1000,
        missing: false,
        pinned: false,
      },
      {
        token: tokens.tokenOf(gone),
        name: 'gone.etl',
        size: 0,
        folder: '~',
        openedAt: 1000,
        missing: true,
        pinned: false,
      },
    ]);
  });
});

describe('a pinned trace', () => {
  const namesOf = async (recent: RecentFiles): Promise<string[]> => (await recent.list()).map(({ name }) => name);

  it('stays at the top beside ten others, also when it is opened again, until it is let go', async () => {
    const tokens = new FileTokens();
    const recent = list(tokens);
    for (const [time, name] of ['old', 'older'].entries()) await recent.add([`/traces/${name}.etl`], time);
    await recent.pin(tokens.tokenOf('/traces/old.etl'), true);
    for (let number = 1; number <= 12; number++) await recent.add([`/traces/${number}.etl`], 10 + number);
    expect((await namesOf(recent)).slice(0, 2)).toEqual(['old.etl', '12.etl']);
    expect(await recent.entries()).toHaveLength(11);
    await recent.add(['/traces/old.etl'], 50);
    expect((await list().entries())[0]).toMatchObject({ path: '/traces/old.etl', openedAt: 50, pinned: true });
    await recent.pin(tokens.tokenOf('/traces/old.etl'), false);
    expect(await recent.entries()).toHaveLength(10);
  });

  it('can be forgotten like any, alone or with all', async () => {
    const tokens = new FileTokens();
    const recent = list(tokens);
    await recent.add(['/traces/a.etl', '/traces/b.etl'], 1);
    await recent.add(['/traces/c.etl'], 2);
    await recent.pin(tokens.tokenOf('/traces/a.etl'), true);
    await recent.forget(tokens.tokenOf('/traces/c.etl'));
    expect(await namesOf(recent)).toEqual(['a.etl', 'b.etl']);
    await recent.forget(null);
    expect(await namesOf(recent)).toEqual([]);
  });

  it('is named by a token that the host gave out', async () => {
    await expect(list().pin('/etc/passwd', true)).rejects.toThrow('The host does not know this file.');
    await expect(list().forget('/etc/passwd')).rejects.toThrow('The host does not know this file.');
  });
});

describe('a folder for display', () => {
  it.each([
    ['/home/ann', '~'],
    ['/home/ann/traces', '~/traces'],
    ['/home/anna/traces', '/home/anna/traces'],
    ['/home/ann/customers/contoso/2026/november/switch/host-7', '~/customers/…/switch/host-7'],
    ['/srv/traces', '/srv/traces'],
  ])('of %s is %s', (path, expected) => {
    expect(shortFolder(path, '/home/ann', '/')).toBe(expected);
  });
});
