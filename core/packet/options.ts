import { hexPairs } from '../base/text.ts';
import type { LayerField } from './layer.ts';

/** How a list of type-length-value options is written. */
export interface OptionFormat {
  /** Types that are a single byte, without length and value. */
  readonly singleBytes: readonly number[];
  /** The type after which no option follows. */
  readonly last?: number;
  /** Bytes of the whole option, type and length included, by its length byte. */
  readonly lengthOf: (lengthByte: number) => number;
}

/** One option; its length is at least 1 and keeps inside the list. */
export interface Option {
  readonly type: number;
  readonly start: number;
  readonly length: number;
}

/** TCP and IPv4: 0 ends the list, 1 is padding, and the length counts type and length too (RFC 791, RFC 9293). */
export const internetOptions: OptionFormat = { singleBytes: [0, 1], last: 0, lengthOf: (byte) => byte };
/** IPv6 hop-by-hop and destination options: 0 is padding, and the length counts the value alone (RFC 8200). */
export const ipv6Options: OptionFormat = { singleBytes: [0], lengthOf: (byte) => byte + 2 };
/** Neighbour discovery: the length counts units of 8 bytes (RFC 4861). */
export const neighborOptions: OptionFormat = { singleBytes: [], lengthOf: (byte) => byte * 8 };

/** The options between two offsets. An option with an impossible length ends the list and takes all that is left. */
export function optionsBetween(frame: Uint8Array, start: number, end: number, format: OptionFormat): Option[] {
  const options: Option[] = [];
  let position = start;
  while (position < end) {
    const option = { type: frame[position], start: position, length: optionLength(frame, position, end, format) };
    options.push(option);
    if (option.type === format.last) break;
    position += option.length;
  }
  return options;
}

function optionLength(frame: Uint8Array, position: number, end: number, format: OptionFormat): number {
  const left = end - position;
  if (format.singleBytes.includes(frame[position])) return 1;
  if (left < 2) return left;
  const length = format.lengthOf(frame[position + 1]);
  return length < 2 || length > left ? left : length;
}

/** The name of an option's type and, for options of one length only, what the value says. */
export interface OptionKind {
  readonly name: string;
  /** Bytes of the whole option; `read` is called for no other length. */
  readonly length?: number;
  readonly read?: (frame: Uint8Array, valueStart: number) => string;
}

/** An option as a field: read by its kind, or as bytes when it has no known shape. */
export function optionField(frame: Uint8Array, option: Option, kind: OptionKind | undefined): LayerField {
  const { start, length } = option;
  const name = kind?.name ?? `Option${option.type}`;
  const end = start + length;
  const valueStart = Math.min(start + 2, end);
  const isReadable = kind?.length === length;
  const value = (isReadable ? kind.read?.(frame, valueStart) : undefined) ?? hexPairs(frame.subarray(valueStart, end));
  return { name, value, start, length };
}
