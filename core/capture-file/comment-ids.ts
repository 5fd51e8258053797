import { noProcess } from '../etl/record-cursor.ts';

const processKey = asciiBytes('PID=');
const threadKey = asciiBytes('TID=');

/** The process that a comment names as `PID=4`, as etl2pcapng writes it; noProcess when it names none. */
export function processInComment(bytes: Uint8Array, start: number, end: number): number {
  return numberBehind(processKey, bytes, start, end);
}

/** The thread that a comment names as `TID=88`. */
export function threadInComment(bytes: Uint8Array, start: number, end: number): number {
  return numberBehind(threadKey, bytes, start, end);
}

/** The decimal number behind a key that begins a word. Read byte by byte, for there may be a comment on every packet. */
function numberBehind(key: Uint8Array, bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + key.length < end; at++) {
    if (!standsAt(key, bytes, at) || (at > start && isWordByte(bytes[at - 1]))) continue;
    const number = decimalAt(bytes, at + key.length, end);
    if (number !== undefined && number < noProcess) return number;
  }
  return noProcess;
}

/** The decimal number that begins at `start`; undefined where no digit stands. Digits behind the 20th are not read. */
export function decimalAt(bytes: Uint8Array, start: number, end: number): number | undefined {
  let number = 0;
  let at = start;
  for (; at < Math.min(end, start + 20) && isDigit(bytes[at]); at++) number = number * 10 + bytes[at] - 0x30;
  return at > start ? number : undefined;
}

/** Whether the bytes of `key` stand at an offset. */
export function standsAt(key: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < key.length; index++) if (bytes[at + index] !== key[index]) return false;
  return true;
}

export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isWordByte(byte: number): boolean {
  return isDigit(byte) || byte === 0x5f || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
