import { ipv4At, ipv6At } from '../base/address.ts';
import { hexPairs, utf8At, utf8ZeroTerminated } from '../base/text.ts';
import { domainNameAt } from './domain-name.ts';
import { printable } from './field-text.ts';
import { bigEndianAt } from './header-reader.ts';

/** What the bytes between two offsets say. */
export type ValueText = (frame: Uint8Array, start: number, end: number) => string;

/** What the values of options say. A value that has no such length is shown as bytes, like one of unknown shape. */

export const bytesText: ValueText = (frame, start, end) => hexPairs(frame.subarray(start, end));

/** Text, with or without a closing zero. */
export const plainText: ValueText = (frame, start, end) => printable(utf8ZeroTerminated(frame, start, end).text);

export const ipv4List = listOf(4, ipv4At);
export const ipv6List = listOf(16, ipv6At);
export const byteList = listOf(1, (frame, at) => String(frame[at]));
export const wordList = listOf(2, (frame, at) => String(bigEndianAt(frame, at, 2)));

/** A number that fills the value, of 1 to 4 bytes. */
export function numberText(text: (value: number) => string = String): ValueText {
  return (frame, start, end) =>
    end > start && end - start <= 4 ? text(bigEndianAt(frame, start, end - start)) : bytesText(frame, start, end);
}

/** A list of numbers, each of one byte, by name. */
export function namedBytes(names: ReadonlyMap<number, string>): ValueText {
  return listOf(1, (frame, at) => names.get(frame[at]) ?? String(frame[at]));
}

/** Texts, each behind a length byte. */
export const countedTexts: ValueText = (frame, start, end) => {
  const texts: string[] = [];
  for (let at = start; at < end; at += 1 + frame[at])
    texts.push(printable(utf8At(frame, at + 1, Math.min(end, at + 1 + frame[at]))));
  return texts.join(', ');
};

/** Domain names one behind the other; pointers count from the start of the value (RFC 3397, 2). */
export const domainList: ValueText = (frame, start, end) => {
  const names: string[] = [];
  let at = start;
  while (at < end) {
    const name = domainNameAt(frame, at, end, start);
    if (name === undefined) break;
    names.push(name.value);
    at = name.next;
  }
  return at < end ? bytesText(frame, start, end) : names.join(', ');
};

function listOf(size: number, text: (frame: Uint8Array, at: number) => string): ValueText {
  return (frame, start, end) => {
    const count = (end - start) / size;
    if (!Number.isInteger(count)) return bytesText(frame, start, end);
    return Array.from({ length: count }, (_, index) => text(frame, start + index * size)).join(', ');
  };
}
