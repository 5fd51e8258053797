import { utf8At } from '../base/text.ts';
import { printable } from './field-text.ts';
import type { Delimited } from './header-reader.ts';

/** A name of dotted labels, as DNS, MDNS, LLMNR and the options of DHCP write it. */
export interface DomainName extends Delimited {
  /** The labels joined by dots, without a closing one; `.` for the root. */
  readonly value: string;
  /** What is wrong with the name, in words; it is then shown as far as it goes. */
  readonly problem?: string;
}

/** Bytes of the longest name, its length bytes and the closing zero included (RFC 1035, 2.3.4). */
const longestName = 255;
/** A name of 255 bytes has at most 127 labels; more pointers than labels lead nowhere. */
const mostPointers = 127;

/**
 * The name at `start`, which must end before `limit`; undefined when it does not. Pointers count from `message` and are
 * followed only backwards, so that no name goes round in circles.
 */
export function domainNameAt(frame: Uint8Array, start: number, limit: number, message: number): DomainName | undefined {
  const labels: string[] = [];
  let bytes = 1;
  let earliest = start;
  let run = labelRunAt(frame, start, limit);
  const next = run?.next;
  for (let pointers = 0; run !== undefined && next !== undefined; pointers++) {
    labels.push(...run.labels);
    bytes += run.bytes;
    const value = labels.length === 0 ? '.' : labels.join('.');
    if (bytes > longestName) return { value, next, problem: `A name is longer than ${longestName} bytes.` };
    if (run.problem !== undefined) return { value, next, problem: run.problem };
    if (run.pointer === undefined) return { value, next };
    const target = message + run.pointer;
    if (target >= earliest) return { value, next, problem: 'A name points forward.' };
    if (pointers === mostPointers) return { value, next, problem: 'A name is scattered over too many pointers.' };
    earliest = target;
    run = labelRunAt(frame, target, limit);
  }
  return undefined;
}

/** Labels that lie one behind the other, up to a zero, a pointer or something unknown. */
interface LabelRun {
  readonly labels: readonly string[];
  /** What the labels take up, their length bytes included. */
  readonly bytes: number;
  readonly next: number;
  /** Where the name goes on, counted from the message's start. */
  readonly pointer?: number;
  readonly problem?: string;
}

/** The upper two bits of a length byte: none announces a label, both a pointer (RFC 1035, 4.1.4). */
const kindBits = 0xc0;

function labelRunAt(frame: Uint8Array, start: number, limit: number): LabelRun | undefined {
  const labels: string[] = [];
  let at = start;
  while (at < limit && (frame[at] & kindBits) === 0 && frame[at] > 0 && at - start <= longestName) {
    const end = at + 1 + frame[at];
    if (end > limit) return undefined;
    labels.push(labelText(frame, at + 1, end));
    at = end;
  }
  if (at >= limit) return undefined;
  const run = { labels, bytes: at - start, next: at + 1 };
  switch (frame[at] & kindBits) {
    case 0:
      return run;
    case kindBits:
      return at + 2 > limit ? undefined : { ...run, next: at + 2, pointer: pointerAt(frame, at) };
    default:
      return { ...run, problem: `A name has a label of unknown kind ${frame[at] >> 6}.` };
  }
}

function pointerAt(frame: Uint8Array, at: number): number {
  return (frame[at] & ~kindBits) * 256 + frame[at + 1];
}

/** A dot inside a label separates nothing, and is written with a backslash (RFC 1035, 5.1). */
function labelText(frame: Uint8Array, start: number, end: number): string {
  return printable(utf8At(frame, start, end)).replaceAll('.', '\\.');
}
