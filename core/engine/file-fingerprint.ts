import { createHash } from 'node:crypto';
import { readFully } from '../base/byte-source.ts';
import type { TraceInput } from './trace-session.ts';

/** What tells one file from another without reading all of it. */
const fingerprintBytes = 64 << 10;

/** The same for the same file under any name and in any folder: size, start time, and what it begins with. */
export function fileFingerprint(input: TraceInput): string {
  return hashOf(beginningHash(input));
}

/** The same for the same files in any order. */
export function traceFingerprint(inputs: readonly TraceInput[]): string {
  return hashOf(inputs.map(beginningHash).sort().join());
}

function beginningHash({ source, header }: TraceInput): string {
  const beginning = new Uint8Array(Math.min(source.size, fingerprintBytes));
  const length = readFully(source, 0, beginning, 0, beginning.length);
  return createHash('sha256')
    .update(`${source.size} ${header.clock.startTime} `)
    .update(beginning.subarray(0, length))
    .digest('hex');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
