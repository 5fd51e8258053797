import { noProcess } from '../etl/record-cursor.ts';
import { asciiBytes, decimalAt, standsAt } from './comment-ids.ts';

/**
 * An entry of systemd's journal in its export format, which pcapng carries in blocks of type 9: lines `NAME=value`, or,
 * where a value has line ends, `NAME`, a 64-bit little-endian length, and so many bytes. etl2pcapng writes events so.
 */

export interface JournalField {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly length: number;
}

const realTimeKey = asciiBytes('__REALTIME_TIMESTAMP=');
const processKey = asciiBytes('_PID=');
const threadKey = asciiBytes('TID=');
const newLine = 0x0a;
const equalsSign = 0x3d;
/** An entry has a few dozen; one of nothing but line ends is rubbish. */
const mostFields = 1000;

/** Microseconds since 1970 when the entry was written; undefined when it does not say. */
export function journalTime(bytes: Uint8Array, start: number, end: number): number | undefined {
  return numberOfLine(realTimeKey, bytes, start, end);
}

export function journalProcess(bytes: Uint8Array, start: number, end: number): number {
  return numberOfLine(processKey, bytes, start, end) ?? noProcess;
}

export function journalThread(bytes: Uint8Array, start: number, end: number): number {
  return numberOfLine(threadKey, bytes, start, end) ?? noProcess;
}

/** The fields of the entry bytes[start..end), as far as it is one. */
export function journalFields(bytes: Uint8Array, start: number, end: number): JournalField[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: JournalField[] = [];
  let at = start;
  while (at < end && bytes[at] !== 0 && fields.length < mostFields) {
    const lineEnd = endOfLine(bytes, at, end);
    const equals = bytes.subarray(at, lineEnd).indexOf(equalsSign);
    if (equals >= 0) {
      const value = at + equals + 1;
      fields.push(field(bytes, at, at + equals, value, lineEnd));
      at = lineEnd + 1;
      continue;
    }
    const value = lineEnd + 9;
    if (value > end) break;
    const length = Math.min(Number(view.getBigUint64(lineEnd + 1, true)), end - value);
    fields.push(field(bytes, at, lineEnd, value, value + length));
    at = value + length + 1;
  }
  return fields;
}

function field(bytes: Uint8Array, nameStart: number, nameEnd: number, start: number, end: number): JournalField {
  return { name: text(bytes, nameStart, nameEnd), value: text(bytes, start, end), start, length: end - start };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function text(bytes: Uint8Array, start: number, end: number): string {
  return utf8.decode(bytes.slice(start, end));
}

function numberOfLine(key: Uint8Array, bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let at = start; at + key.length < end; at = endOfLine(bytes, at, end) + 1) {
    if (standsAt(key, bytes, at)) return decimalAt(bytes, at + key.length, end);
  }
  return undefined;
}

function endOfLine(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== newLine) at++;
  return at;
}
