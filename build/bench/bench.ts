import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { memorySource } from '../../core/base/byte-source.ts';
import { readBufferHeader } from '../../core/etl/buffer-header.ts';
import { BufferReader } from '../../core/etl/buffer-reader.ts';
import type { AnalysisTimes } from './analyse-trace.ts';
import type { FilterTimes } from './filter-trace.ts';
import { generatePathBenchTrace } from './generate-paths.ts';
import { generateBenchTrace } from './generate.ts';
import type { PathTimes } from './trace-paths.ts';

/**
 * `npm run bench`: how fast traces open and are written as packets and as text, as a ratio to another command on the same
 * bytes in the same run, so that a slow or busy machine slows both sides: `cat FILE` for plain traces, `cp FILE` for their
 * export; for a compressed one `gzip -dc` of the same buffers, for text `gzip -dc` of the same text; for counting SYNs
 * `tshark` on the same packets. Filters: of columns against a plain pass over typed arrays, of bytes against `grep -c`.
 * Paths, sorting and grouping: against opening the same trace in the same process.
 * Options: a number of MiB for the generated traces (default 1024); `filters`, `paths` or `analysis` behind it measures
 * nothing but these.
 */
interface Measured {
  milliseconds: number;
  peakBytes: number;
  events: number;
}

/** One row of the table. */
interface Contest {
  readonly name: string;
  /** Bytes that are read or written. */
  readonly bytes: number;
  /** A shell command that handles the same bytes. */
  readonly rival: string;
  readonly run: () => Measured;
}

const rounds = 5;
const mebibytes = Number(process.argv[2] ?? 1024);
const folder = join(tmpdir(), 'hopscope-bench');
/** tshark takes half a minute for each of the rounds on a trace of this size. */
const mostTsharkMebibytes = 512;
const tsx = fileURLToPath(new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url));
/** A real, compressed trace of many kinds of events; it lies beside the project. */
const realTrace = fileURLToPath(new URL('../../../shared/etl/perfview/net.4.5.2.x64.etl', import.meta.url));

function script(name: string, ...args: string[]): Measured {
  return scriptOutput(name, args) as Measured;
}

function scriptOutput(name: string, args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [tsx, path, ...args], { encoding: 'utf8' }));
}

function benchTrace(frameBytes: number, size: number): string {
  const path = join(folder, `ndis-${frameBytes}-${size}.etl`);
  if (!existsSync(path) || statSync(path).size < size * 2 ** 20) {
    generateBenchTrace({ path, bytes: size * 2 ** 20, frameBytes });
  }
  return path;
}

function plainContest(frameBytes: number): Contest {
  const path = benchTrace(frameBytes, mebibytes);
  return {
    name: `open ${mebibytes} MiB of ${frameBytes.toLocaleString('en')}-byte NDIS packets`,
    bytes: statSync(path).size,
    rival: `exec cat '${path}'`,
    run: () => script('open-trace.ts', path),
  };
}

/** Whoever counts SYNs with tshark waits for it to dissect every packet. */
function synContests(): Contest[] {
  if (spawnSync('tshark', ['--version']).error) {
    console.warn('tshark is not here: counting SYNs is not measured.');
    return [];
  }
  const size = Math.min(mebibytes, mostTsharkMebibytes);
  const path = benchTrace(66, size);
  const capture = `${path}.pcapng`;
  script('export-trace.ts', path, 'pcapng', capture);
  return [
    {
      name: `open ${size} MiB of 66-byte packets and count SYNs`,
      bytes: statSync(path).size,
      rival: `exec tshark -n -r '${capture}' -Y tcp.flags.syn==1`,
      run: () => script('count-syns.ts', path),
    },
  ];
}

/** Reading a trace and writing its packets, against copying the trace. */
function exportContest(frameBytes: number): Contest {
  const path = benchTrace(frameBytes, mebibytes);
  const copy = join(folder, 'copy.etl');
  return {
    name: `export ${mebibytes} MiB of ${frameBytes.toLocaleString('en')}-byte NDIS packets to pcapng`,
    bytes: statSync(path).size,
    rival: `exec cp '${path}' '${copy}'`,
    run: () => script('export-trace.ts', path, 'pcapng', join(folder, 'copy.pcapng')),
  };
}

function realContests(): Contest[] {
  if (!existsSync(realTrace)) {
    console.warn(`${realTrace} is not here: the compressed trace is not measured.`);
    return [];
  }
  const inflated = join(folder, 'net.buffers.gz');
  writeFileSync(inflated, gzipSync(inflatedBuffers(readFileSync(realTrace))));
  const text = join(folder, 'net.jsonl');
  script('export-trace.ts', realTrace, 'jsonl', text);
  writeFileSync(`${text}.gz`, gzipSync(readFileSync(text)));
  return [
    {
      name: 'open net.4.5.2.x64.etl (compressed)',
      bytes: statSync(realTrace).size,
      rival: `exec gzip -dc '${inflated}'`,
      run: () => script('open-trace.ts', realTrace),
    },
    {
      name: 'decode net.4.5.2.x64.etl to JSON lines',
      bytes: statSync(text).size,
      rival: `exec gzip -dc '${text}.gz'`,
      run: () => script('export-trace.ts', realTrace, 'jsonl', text),
    },
  ];
}

/** All buffers of a trace, inflated, one behind the other. */
function inflatedBuffers(file: Uint8Array): Uint8Array {
  const reader = new BufferReader(memorySource(file));
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < file.length; at += readBufferHeader(view, at).size) {
    const buffer = reader.readAt(at);
    if (!buffer) break;
    parts.push(buffer.bytes.slice(buffer.base, buffer.limit));
  }
  return Buffer.concat(parts);
}

function rivalMilliseconds(command: string): number {
  const begin = performance.now();
  spawnSync('sh', ['-c', `${command} > /dev/null`]);
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Of a plain acknowledgement about 176 bytes lie in a file: the default size makes ten million packets. */
const filteredMebibytes = Math.round(mebibytes * 1.65);
/** The port of the generated traffic's server, so that neither half of the question decides it alone. */
const columnFilter = 'TCP.Port == 443 and TCP.Flags.SYN == true';
const absentText = 'hopscotch';
/** It stands in every generated payload. */
const presentText = 'CJQX_';

function columnFilterRows(): Record<string, string>[] {
  const path = benchTrace(66, filteredMebibytes);
  const measured = scriptOutput('filter-trace.ts', [path, columnFilter, 'TCP.Port == 443']) as FilterTimes;
  return measured.filters.map(({ filter, rows, firstRows, whole }) => ({
    filter,
    events: measured.events.toLocaleString('en'),
    rows: rows.toLocaleString('en'),
    'first rows ms': firstRows.toFixed(0),
    'ms again': whole.toFixed(1),
    speed: `${(measured.events / 1e3 / whole).toFixed(0)} M rows/s`,
    'speed of rival': `${(measured.plainPass / whole).toFixed(2)}x a plain pass (${measured.plainPass.toFixed(1)} ms)`,
  }));
}

function searchRows(): Record<string, string>[] {
  const path = benchTrace(1460, mebibytes);
  const megabytes = statSync(path).size / 1e6;
  const filters = [`contains "${absentText}"`, `contains "${presentText}"`];
  const grep = (): number => rivalMilliseconds(`LC_ALL=C exec grep -c ${absentText} '${path}'`);
  grep();
  const before = grep();
  const measured = scriptOutput('filter-trace.ts', [path, ...filters]) as FilterTimes;
  const rival = median([before, grep(), grep()]);
  return measured.filters.map(({ filter, rows, firstRows, whole }) => ({
    filter,
    events: measured.events.toLocaleString('en'),
    rows: rows.toLocaleString('en'),
    'first rows ms': firstRows.toFixed(0),
    'ms again': whole.toFixed(0),
    speed: `${((megabytes * 1e3) / whole).toFixed(0)} MB/s`,
    'speed of rival': `${(rival / whole).toFixed(2)}x grep -c (${rival.toFixed(0)} ms)`,
  }));
}

/** A million packets: each attempt's SYN and SYN-ACK, each seen at five places. */
const pathAttempts = 100_000;

function pathRows(): Record<string, string>[] {
  const path = join(folder, `paths-${pathAttempts}.etl`);
  if (!existsSync(path)) generatePathBenchTrace({ path, attempts: pathAttempts });
  const runs = Array.from({ length: rounds }, () => scriptOutput('trace-paths.ts', [path]) as PathTimes);
  const { events, packets, attempts, answered } = runs[0];
  const ratios = runs.map(({ open, paths }) => paths / open);
  const mebibytesOf = (bytes: readonly number[]): string => (median(bytes) / 2 ** 20).toFixed(0);
  return [
    {
      work: 'make all paths and verdicts',
      events: events.toLocaleString('en'),
      packets: packets.toLocaleString('en'),
      attempts: `${attempts.toLocaleString('en')}, ${answered.toLocaleString('en')} answered`,
      'open ms': median(runs.map(({ open }) => open)).toFixed(0),
      'paths ms': median(runs.map(({ paths }) => paths)).toFixed(0),
      'time of open': `${median(ratios).toFixed(2)}x (${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)})`,
      'peak MiB of open': mebibytesOf(runs.map(({ peakBytesOfOpen }) => peakBytesOfOpen)),
      'peak MiB': mebibytesOf(runs.map(({ peakBytes }) => peakBytes)),
    },
  ];
}

function analysisRows(): Record<string, string>[] {
  const path = benchTrace(66, filteredMebibytes);
  const runs = Array.from({ length: rounds }, () => scriptOutput('analyse-trace.ts', [path]) as AnalysisTimes);
  const mebibytesOf = (bytes: readonly number[]): string => (median(bytes) / 2 ** 20).toFixed(0);
  return runs[0].works.map(({ work, result }, number) => {
    const times = runs.map(({ works }) => works[number].milliseconds);
    const ratios = runs.map(({ open }, run) => times[run] / open);
    return {
      work,
      events: runs[0].events.toLocaleString('en'),
      'rows or groups': result.toLocaleString('en'),
      'open ms': median(runs.map(({ open }) => open)).toFixed(0),
      ms: median(times).toFixed(0),
      'time of open': `${median(ratios).toFixed(2)}x (${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)})`,
      'peak MiB of open': mebibytesOf(runs.map(({ peakBytesOfOpen }) => peakBytesOfOpen)),
      'peak MiB of all': mebibytesOf(runs.map(({ peakBytes }) => peakBytes)),
    };
  });
}

/** The two take turns, so that both meet the same moods of the machine. */
function measure({ name, bytes, rival, run }: Contest): Record<string, string> {
  rivalMilliseconds(rival);
  run();
  const pairs = Array.from({ length: rounds }, () => ({ other: rivalMilliseconds(rival), own: run() }));
  const seconds = median(pairs.map(({ own }) => own.milliseconds)) / 1000;
  const ratios = pairs.map(({ other, own }) => other / own.milliseconds);
  return {
    work: name,
    rival: rival.split(' ')[1],
    'rival ms': median(pairs.map(({ other }) => other)).toFixed(0),
    ms: (seconds * 1000).toFixed(0),
    'speed of rival': `${median(ratios).toFixed(2)}x (${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)})`,
    'MB/s': (bytes / 1e6 / seconds).toFixed(0),
    'events/s': `${(pairs[0].own.events / 1e6 / seconds).toFixed(2)} M`,
    'peak MiB': (median(pairs.map(({ own }) => own.peakBytes)) / 2 ** 20).toFixed(0),
  };
}

mkdirSync(folder, { recursive: true });
console.log(
  `${cpus()[0].model}, ${availableParallelism()} processors, Node ${process.version}; ${rounds} rounds, medians (min..max)`,
);
const only = process.argv.at(3);
if (only === undefined) {
  console.table(
    [
      plainContest(1460),
      plainContest(66),
      exportContest(1460),
      exportContest(66),
      ...synContests(),
      ...realContests(),
    ].map(measure),
  );
}
const isWanted = (part: string): boolean => only === undefined || only === part;
if (isWanted('filters')) console.table([...columnFilterRows(), ...searchRows()]);
if (isWanted('paths')) console.table(pathRows());
if (isWanted('analysis')) console.table(analysisRows());
