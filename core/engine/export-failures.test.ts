import type * as fileSystem from 'node:fs';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { ExportFormat } from './contract.ts';
import { Engine } from './engine.ts';
import { FilesBeside } from './export-files.ts';
import { InlinePool } from './inline-pool.ts';
import { everyPlace, exported, judgeFolder, traceBytes } from './test-support/export-judge.ts';

/** The disk takes so many bytes more, then it is full. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY, isFrozen: false }));
vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fileSystem>();
  const fail = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  return {
    ...real,
    writeSync: (file: number, bytes: Uint8Array, offset: number, length: number, position: number | null): number => {
      const taken = Math.min(length, disk.room);
      if (taken < length && taken === 0) return fail('ENOSPC');
      disk.room -= taken;
      return real.writeSync(file, bytes, offset, taken, position);
    },
    renameSync: (from: string, to: string): void => {
      if (disk.isFrozen) fail('EROFS');
      real.renameSync(from, to);
    },
  };
});

const folder = judgeFolder();
const trace = folder.path('trace.etl');
const guest = folder.path('guest.etl');
writeFileSync(trace, traceBytes(everyPlace));
writeFileSync(guest, traceBytes(everyPlace));
afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
  disk.isFrozen = false;
});
afterAll(() => {
  folder.remove();
});

const cases: [ExportFormat, { splitByLinkType?: boolean }][] = [
  ['pcapng', {}],
  ['cap', {}],
  ['pcap', { splitByLinkType: true }],
  ['csv', {}],
  ['parquet', {}],
];
const names = (): string[] => readdirSync(folder.path('')).sort();

describe('an export', () => {
  it.each(cases)('as %s onto a full disk leaves nothing, and what stood there alone', async (format, options) => {
    const target = folder.path(`full.${format}`);
    writeFileSync(target, 'the former file');
    const before = names();
    for (const room of [0, 100, 300]) {
      disk.room = room;
      await expect(exported([trace], target, format, options)).rejects.toMatchObject({
        name: 'ExportError',
        message: expect.stringMatching(/^full\..* was not written: the disk is full\./) as string,
      });
      expect(names()).toEqual(before);
      expect(readFileSync(target, 'utf8')).toBe('the former file');
    }
  });

  it('of several traces onto a full disk leaves no folder, and the former table alone', async () => {
    const target = folder.path('table.parquet');
    await exported([trace, guest], target, 'parquet');
    const part = `${target}/trace=guest.etl/part-0.parquet`;
    const [before, former] = [names(), readFileSync(part)];
    disk.room = 4000;
    await expect(exported([trace, guest], target, 'parquet', { filter: 'TCP or UDP or ICMP' })).rejects.toThrow();
    disk.room = Number.POSITIVE_INFINITY;
    disk.isFrozen = true;
    await expect(exported([trace, guest], target, 'parquet')).rejects.toThrow('there is no permission to write there');
    disk.isFrozen = false;
    expect(names()).toEqual(before);
    expect(readFileSync(part)).toEqual(former);
  });

  it('that cannot be renamed leaves nothing', async () => {
    const before = names();
    disk.isFrozen = true;
    await expect(exported([trace], folder.path('frozen.pcapng'), 'pcapng')).rejects.toThrow(
      'frozen.pcapng was not written: there is no permission to write there. Choose another folder.',
    );
    expect(names()).toEqual(before);
  });

  it.each(cases)('as %s that is cancelled leaves nothing', async (format, options) => {
    const before = names();
    const engine = new Engine(new InlinePool());
    const info = await engine.call('open', { files: [trace] });
    const { view } = await engine.call('view', { trace: info.trace, filter: '' });
    const controller = new AbortController();
    const target = folder.path(`cancelled.${format}`);
    const exporting = engine.call('export', { view, format, target, options }, { signal: controller.signal });
    controller.abort();
    await expect(exporting).rejects.toThrow();
    await engine.close();
    expect(names()).toEqual(before);
  });

  it('into a folder that does not exist says so', async () => {
    const target = folder.path('no/such/folder.csv');
    await expect(exported([trace], target, 'csv')).rejects.toThrow(
      'folder.csv was not written: its folder does not exist.',
    );
  });
});

describe('a file on its way', () => {
  it('can have its head rewritten, also when much has been written since', () => {
    const files = new FilesBeside(folder.path('rewritten'));
    const sink = files.create('rewritten');
    sink.write(Uint8Array.of(1, 2, 3, 4));
    sink.write(new Uint8Array(3 << 20).fill(7));
    sink.rewrite(1, Uint8Array.of(9, 9));
    sink.write(Uint8Array.of(5));
    expect(existsSync(folder.path('rewritten'))).toBe(false);
    files.finish();
    const bytes = readFileSync(folder.path('rewritten'));
    expect([bytes.length, ...bytes.subarray(0, 5), bytes.at(-1)]).toEqual([(3 << 20) + 5, 1, 9, 9, 4, 7, 5]);
  });
});
