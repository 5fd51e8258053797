import { ipv4At, ipv6At, macAt } from '../base/address.ts';
import { hexPairs } from '../base/text.ts';
import { printable } from './field-text.ts';
import type { FieldReading } from './layer.ts';

/** The values that many fields have. Bytes are copied, so that no field keeps a frame alive. */

export function macReading(frame: Uint8Array, start: number): FieldReading {
  return { value: macAt(frame, start), raw: frame.slice(start, start + 6) };
}

export function ipv4Reading(frame: Uint8Array, start: number): FieldReading {
  return { value: ipv4At(frame, start), raw: frame.slice(start, start + 4) };
}

export function ipv6Reading(frame: Uint8Array, start: number): FieldReading {
  return { value: ipv6At(frame, start), raw: frame.slice(start, start + 16) };
}

/** Bytes as hexadecimal pairs. */
export function bytesReading(frame: Uint8Array, start: number, end: number): FieldReading {
  return { value: hexPairs(frame.subarray(start, end)), raw: frame.slice(start, end) };
}

/** Text out of a packet. */
export function textReading(text: string): FieldReading {
  const value = printable(text);
  return { value, raw: value };
}

export function numberReading(number: number, text: (number: number) => string = String): FieldReading {
  return { value: text(number), raw: number };
}
