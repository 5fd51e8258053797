import { isoToFiletime } from '../base/filetime.ts';
import type { EtlClock, EtlSession } from '../etl/writer.ts';
import { Arguments, numberOf } from './arguments.ts';
import { ScenarioError } from './scenario-error.ts';
import type { Token } from './tokens.ts';

/** How a scenario is written: the session, and what the scenario itself decides. */
export interface ScenarioOptions extends EtlSession {
  /** Puts the schema of each kind of event into the file, as netsh and pktmon do when they merge. */
  readonly metadata?: boolean | undefined;
  /** Keeps the order of the text instead of sorting by time. */
  readonly unsorted?: boolean | undefined;
}

/** The options of a `trace` statement. */
export function readTraceOptions(verb: Token, tokens: readonly Token[]): ScenarioOptions {
  const line = new Arguments(verb, tokens);
  const options: ScenarioOptions = {
    startTime: readTime(line.token('start')),
    bootTime: readTime(line.token('boot')),
    endTime: readTime(line.token('end')),
    startTick: line.bigint('tick'),
    processors: line.number('cpus', 2048),
    bufferSize: readSize(line.token('buffer')),
    compressed: line.flag('compressed') || undefined,
    metadata: line.flag('metadata') || undefined,
    unsorted: line.flag('unsorted') || undefined,
    processorNumbering: line.flag('old-numbering') ? 'number' : undefined,
    clock: readClock(line.token('clock')),
    pointerSize: readPointerSize(line.token('pointer')),
    sessionName: line.text('session'),
    logFileName: line.text('file'),
    timeZoneBias: readBias(line.token('bias')),
    logFileMode: line.number('mode'),
    unclean: line.flag('unclean') || undefined,
    ringBuffers: line.number('ring'),
    reservedBytes: readSize(line.token('reserve')),
    eventsLost: line.number('events-lost'),
    buffersLost: line.number('buffers-lost'),
    ...readBuild(line.token('build')),
  };
  line.finish();
  return given(options);
}

/** The options without those that are undefined, so that they can be spread over others. */
export function given<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}

/** `4` or `8`: the pointer size of the trace or of one record. */
export function readPointerSize(token: Token | undefined): 4 | 8 | undefined {
  if (!token) return undefined;
  if (token.text === '4') return 4;
  if (token.text === '8') return 8;
  throw new ScenarioError(`a pointer has 4 or 8 bytes, not "${token.text}"`, token);
}

function readTime(token: Token | undefined): bigint | undefined {
  if (!token) return undefined;
  const time = isoToFiletime(token.text);
  if (time === undefined)
    throw new ScenarioError(`"${token.text}" is no time like 2024-05-01T14:03:07.0000000Z`, token);
  return time;
}

function readSize(token: Token | undefined): number | undefined {
  if (!token) return undefined;
  const match = /^(\d+)(KiB|MiB)?$/.exec(token.text);
  if (!match) throw new ScenarioError(`"${token.text}" is no size like 64KiB`, token);
  const units: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 * 1024 };
  return Number(match[1]) * (match[2] ? units[match[2]] : 1);
}

/** `clock=qpc:10000000`, `clock=system`, `clock=cycles:2400`. */
function readClock(token: Token | undefined): EtlClock | undefined {
  if (!token) return undefined;
  const [kind, rate] = token.text.split(':');
  if (kind === 'system') return { kind: 'system time' };
  if (kind === 'qpc') return { kind: 'QPC', frequency: numberOf({ ...token, text: rate || '10000000' }) };
  if (kind === 'cycles') return { kind: 'CPU cycles', megahertz: numberOf({ ...token, text: rate || '2400' }) };
  throw new ScenarioError(
    `there is no clock "${kind}"; there are qpc:<frequency>, system and cycles:<megahertz>`,
    token,
  );
}

function readBias(token: Token | undefined): number | undefined {
  if (!token) return undefined;
  if (!/^-?\d+$/.test(token.text)) throw new ScenarioError(`"${token.text}" is no number of minutes`, token);
  return Number(token.text);
}

function readBuild(token: Token | undefined): Pick<ScenarioOptions, 'osMajor' | 'osMinor' | 'osBuild'> {
  if (!token) return {};
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(token.text);
  if (!match) throw new ScenarioError(`"${token.text}" is no version like 10.0.20348`, token);
  return { osMajor: Number(match[1]), osMinor: Number(match[2]), osBuild: Number(match[3]) };
}
