import type * as fileSystem from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { Engine } from './engine.ts';
import { whyNotOpened } from './file-trouble.ts';
import { InlinePool } from './inline-pool.ts';

/** What the system says to whoever opens or reads a file, as Windows and network drives do. */
const system = vi.hoisted((): { onOpen: string | undefined; onRead: string | undefined } => ({
  onOpen: undefined,
  onRead: undefined,
}));
vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fileSystem>();
  const failing =
    <Given extends unknown[], Result>(work: (...given: Given) => Result, code: () => string | undefined) =>
    (...given: Given): Result => {
      const failure = code();
      if (failure !== undefined) throw Object.assign(new Error(`${failure}: something`), { code: failure });
      return work(...given);
    };
  return {
    ...real,
    openSync: failing(real.openSync, () => system.onOpen),
    readSync: failing(real.readSync as (...given: unknown[]) => number, () => system.onRead),
  };
});

const folder = mkdtempSync(join(tmpdir(), 'hopscope-trouble-'));
const path = join(folder, 'host.etl');
writeFileSync(
  path,
  compileScenario(
    'trace start=2024-05-01T14:03:07.0000000Z cpus=1 buffer=64KiB\n+10us cpu0 event {11111111-2222-3333-4444-555555555555} id=7 payload=00',
  ),
);
afterEach(() => {
  system.onOpen = undefined;
  system.onRead = undefined;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a file that cannot be opened', () => {
  const cases: [string, RegExp][] = [
    ['EBUSY', /^host\.etl is in use by another program\..*`netsh trace stop`/],
    ['EPERM', /^No permission to read host\.etl\..*as administrator/],
    ['EACCES', /^No permission to read host\.etl\./],
    ['ENOENT', /^There is no file host\.etl\. It may have been moved/],
    ['EIO', /^host\.etl cannot be opened: the drive or the network reports an error\. Copy the file/],
    ['EMFILE', /^host\.etl cannot be opened: too many files are open\. Close other traces/],
    ['ESTALE', /^host\.etl cannot be opened: .* cannot be reached any more\. Connect it again/],
    ['EWEIRD', /^host\.etl cannot be opened: EWEIRD: something\.$/],
  ];
  it.each(cases)('by %s is told with its cause, a way out, and without its folder', async (code, words) => {
    const engine = new Engine(new InlinePool());
    system.onOpen = code;
    const opening = engine.call('open', { files: [path] });
    await expect(opening).rejects.toMatchObject({ name: 'OpenError', message: expect.stringMatching(words) as string });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining(folder) as string });
    system.onOpen = undefined;
    expect((await engine.call('open', { files: [path] })).events).toBeGreaterThan(0);
    await engine.close();
  });

  it('on a share may be out of reach with its computer', () => {
    const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    expect(whyNotOpened('\\\\server\\cases\\host.etl', missing)).toMatch(
      /^There is no file host\.etl, or the computer/,
    );
  });
});

describe('a file that goes out of reach while it is open', () => {
  it.each([
    ['EIO', /^host\.etl could not be read at offset \d+: the drive or the network reports an error/],
    ['ENOTCONN', /^host\.etl could not be read at offset \d+: .* cannot be reached any more/],
    ['EBUSY', /^host\.etl could not be read at offset \d+: another program has locked it/],
  ])('by %s says so, and where; its rows come when it is back', async (code, words) => {
    const engine = new Engine(new InlinePool());
    const { trace } = await engine.call('open', { files: [path] });
    const { view } = await engine.call('view', { trace, filter: '' });
    system.onRead = code;
    const reading = engine.call('rows', { view, from: 0, count: 10 });
    await expect(reading).rejects.toMatchObject({ name: 'OpenError', message: expect.stringMatching(words) as string });
    system.onRead = undefined;
    expect((await engine.call('rows', { view, from: 0, count: 10 })).rows.length).toBeGreaterThan(0);
    await engine.close();
  });
});
