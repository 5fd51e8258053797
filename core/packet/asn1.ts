import { utf8At } from '../base/text.ts';
import { printable } from './field-text.ts';
import type { HeaderReader } from './header-reader.ts';
import { numberReading } from './field-readings.ts';

/** One element of BER or DER (X.690, 8.1): a tag of one byte, a length, and the content. */
export interface Element {
  /** Class, form and number as they lie in the byte. */
  readonly tag: number;
  readonly contentStart: number;
  /** The byte behind the content by its length; may lie behind what is there. */
  readonly end: number;
}

export const Tag = { Integer: 2, OctetString: 4, Enumerated: 10, Sequence: 0x30 } as const;
/** Class and form of an element whose number is one of its protocol's own, and of one whose place in a sequence it is. */
export const Application = 0x60;
export const Context = 0xa0;
const classAndForm = 0xe0;
const numberMask = 0x1f;
/** Set in the tag of an element that holds elements. */
const constructed = 0x20;

/**
 * The element at `start`, whose tag and length end before `limit`. Undefined where there is none: for tags of several
 * bytes and lengths that are left open, which neither Kerberos nor LDAP uses, and for lengths above four bytes.
 */
export function elementAt(frame: Uint8Array, start: number, limit: number): Element | undefined {
  if (start + 2 > limit || (frame[start] & numberMask) === numberMask) return undefined;
  const tag = frame[start];
  const first = frame[start + 1];
  if (first < 0x80) return { tag, contentStart: start + 2, end: start + 2 + first };
  const lengthBytes = first & 0x7f;
  const contentStart = start + 2 + lengthBytes;
  if (lengthBytes === 0 || lengthBytes > 4 || contentStart > limit) return undefined;
  let length = 0;
  for (let at = start + 2; at < contentStart; at++) length = length * 256 + frame[at];
  return { tag, contentStart, end: contentStart + length };
}

/** The number of an element of the class and form `kind`; undefined for others. */
export function numberIn(element: Element, kind: number): number | undefined {
  return (element.tag & classAndForm) === kind ? element.tag & numberMask : undefined;
}

/** The element that the reader stands before, as far as it is there. */
export function nextElement(header: HeaderReader): Element | undefined {
  return elementAt(header.input.frame, header.position, header.position + header.remaining);
}

/** Reads an element that is a field: its value is what `text` makes of it. An element that is cut marks the reader as cut. */
export function readElement(
  header: HeaderReader,
  name: string,
  text: (frame: Uint8Array, element: Element) => string,
): string | undefined {
  return header.delimited(name, (frame, start, limit) => {
    const element = elementAt(frame, start, limit);
    return element && element.end <= limit ? { value: text(frame, element), next: element.end } : undefined;
  });
}

/** Reads an integer or enumeration that is a field, or lies in an element that only says which one it is. */
export function readInteger(
  header: HeaderReader,
  name: string,
  text: (value: number) => string = String,
): number | undefined {
  let number: number | undefined;
  header.delimited(name, (frame, start, limit) => {
    const element = elementAt(frame, start, limit);
    if (element === undefined || element.end > limit) return undefined;
    number = integerIn(frame, (element.tag & constructed) === 0 ? element : insideOf(frame, element));
    return { ...numberReading(number, text), next: element.end };
  });
  return number;
}

/** An integer or enumeration as a number; only its last six bytes, should it have more. */
export function integerIn(frame: Uint8Array, { contentStart, end }: Element): number {
  let value = contentStart < end && frame[contentStart] >= 0x80 ? -1 : 0;
  for (let at = Math.max(contentStart, end - 6); at < end; at++) value = value * 256 + frame[at];
  return value;
}

/** The text in a string of any type. */
export function textIn(frame: Uint8Array, { contentStart, end }: Element): string {
  return printable(utf8At(frame, contentStart, end));
}

/** The element inside an element that only says which one it is; itself, when there is none. */
export function insideOf(frame: Uint8Array, element: Element): Element {
  const inner = elementAt(frame, element.contentStart, element.end);
  return inner && inner.end <= element.end ? inner : element;
}
