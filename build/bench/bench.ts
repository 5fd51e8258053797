import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateBenchTrace } from './generate.ts';

/**
 * `npm run bench`: how fast traces open, as a ratio to `cat FILE > /dev/null` on the same file in the same run, so that
 * a slow or busy machine slows both sides. Options: a number of MiB for the generated traces (default 1024).
 */
interface Opened {
  milliseconds: number;
  peakBytes: number;
  events: number;
}

const rounds = 5;
const mebibytes = Number(process.argv[2] ?? 1024);
const folder = join(tmpdir(), 'hopscope-bench');
const openTrace = fileURLToPath(new URL('open-trace.ts', import.meta.url));
const tsx = fileURLToPath(new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url));

function generated(frameBytes: number): string {
  const path = join(folder, `ndis-${frameBytes}-${mebibytes}.etl`);
  if (!existsSync(path) || statSync(path).size < mebibytes << 20) {
    generateBenchTrace({ path, bytes: mebibytes * 2 ** 20, frameBytes });
  }
  return path;
}

function catMilliseconds(path: string): number {
  const begin = performance.now();
  spawnSync('sh', ['-c', 'exec cat "$0" > /dev/null', path]);
  return performance.now() - begin;
}

function open(path: string): Opened {
  return JSON.parse(execFileSync(process.execPath, [tsx, openTrace, path], { encoding: 'utf8' })) as Opened;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** One row of the table: cat and open by turns, so that both meet the same moods of the machine. */
function measure(name: string, path: string): Record<string, string> {
  catMilliseconds(path);
  open(path);
  const pairs = Array.from({ length: rounds }, () => ({ cat: catMilliseconds(path), opened: open(path) }));
  const seconds = median(pairs.map(({ opened }) => opened.milliseconds)) / 1000;
  const { events } = pairs[0].opened;
  const ratios = pairs.map(({ cat, opened }) => cat / opened.milliseconds);
  return {
    trace: name,
    'cat ms': median(pairs.map(({ cat }) => cat)).toFixed(0),
    'open ms': (seconds * 1000).toFixed(0),
    'speed of cat': `${median(ratios).toFixed(2)}x (${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)})`,
    'MB/s': (statSync(path).size / 1e6 / seconds).toFixed(0),
    'events/s': `${(events / 1e6 / seconds).toFixed(2)} M`,
    'peak MiB': (median(pairs.map(({ opened }) => opened.peakBytes)) / 2 ** 20).toFixed(0),
  };
}

mkdirSync(folder, { recursive: true });
console.log(
  `${cpus()[0].model}, ${availableParallelism()} processors, Node ${process.version}; ${rounds} rounds, medians (min..max)`,
);
console.table([
  measure(`${mebibytes} MiB of 1,460-byte NDIS packets`, generated(1460)),
  measure(`${mebibytes} MiB of 66-byte NDIS packets`, generated(66)),
]);
