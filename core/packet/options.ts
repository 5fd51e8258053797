import { bigEndianAt, HeaderReader } from './header-reader.ts';
import type { LayerField } from './layer.ts';
import { bytesReading } from './field-readings.ts';
import type { ValueKind } from './value-kinds.ts';

/** How a list of type-length-value options is written. */
export interface OptionFormat {
  /** Bytes of the type, and of the length behind it. */
  readonly numberSize: 1 | 2;
  /** Types that stand alone, without length and value. */
  readonly loneTypes: readonly number[];
  /** The type after which no option follows. */
  readonly last?: number;
  /** Bytes of the whole option, type and length included, by what its length says. */
  readonly lengthOf: (length: number) => number;
}

/** One option. Both lengths are at least 1 and keep inside the list. */
export interface Option {
  readonly type: number;
  readonly start: number;
  readonly length: number;
  /** Offset of the value; the end of the option when it has none. */
  readonly valueStart: number;
}

/** TCP and IPv4: 0 ends the list, 1 is padding, and the length counts type and length too (RFC 791, RFC 9293). */
export const internetOptions: OptionFormat = {
  numberSize: 1,
  loneTypes: [0, 1],
  last: 0,
  lengthOf: (length) => length,
};
/** IPv6 hop-by-hop and destination options: 0 is padding, and the length counts the value alone (RFC 8200). */
export const ipv6Options: OptionFormat = { numberSize: 1, loneTypes: [0], lengthOf: (length) => length + 2 };
/** Neighbour discovery: the length counts units of 8 bytes (RFC 4861). */
export const neighborOptions: OptionFormat = { numberSize: 1, loneTypes: [], lengthOf: (length) => length * 8 };
/** DHCPv4: 0 is padding, 255 ends the list, and the length counts the value alone (RFC 2132). */
export const dhcpOptions: OptionFormat = {
  numberSize: 1,
  loneTypes: [0, 255],
  last: 255,
  lengthOf: (length) => length + 2,
};
/** The elements of 802.11 and sub-options of DHCPv4: the length counts the value alone. */
export const elements: OptionFormat = { numberSize: 1, loneTypes: [], lengthOf: (length) => length + 2 };
/** DHCPv6 and DNS: type and length have 16 bits, and the length counts the value alone (RFC 8415, RFC 6891). */
export const wideOptions: OptionFormat = { numberSize: 2, loneTypes: [], lengthOf: (length) => length + 4 };

/** The options between two offsets. An option with an impossible length ends the list and takes all that is left. */
export function optionsBetween(frame: Uint8Array, start: number, end: number, format: OptionFormat): Option[] {
  const options: Option[] = [];
  let position = start;
  while (position < end) {
    const option = optionAt(frame, position, end, format);
    options.push(option);
    if (option.type === format.last) break;
    position += option.length;
  }
  return options;
}

function optionAt(frame: Uint8Array, start: number, end: number, format: OptionFormat): Option {
  const { numberSize, loneTypes, lengthOf } = format;
  const left = end - start;
  const type = left < numberSize ? frame[start] : bigEndianAt(frame, start, numberSize);
  if (loneTypes.includes(type)) return { type, start, length: numberSize, valueStart: start + numberSize };
  const head = numberSize * 2;
  if (left < head) return { type, start, length: left, valueStart: end };
  const length = lengthOf(bigEndianAt(frame, start + numberSize, numberSize));
  return { type, start, length: length < head || length > left ? left : length, valueStart: start + head };
}

/** The name of an option's type and how its value is read: as one, or as members. */
export interface OptionKind {
  readonly name: string;
  /** Bytes of the whole option, where only one length makes sense: any other is shown as bytes. */
  readonly length?: number;
  readonly value?: ValueKind;
  /** Reads the value's parts, with a reader that ends with the option; gives what the whole says. */
  readonly parts?: (value: HeaderReader) => string;
}

/** The options between two offsets as fields. */
export function optionFields(
  frame: Uint8Array,
  start: number,
  end: number,
  format: OptionFormat,
  kinds: ReadonlyMap<number, OptionKind>,
): LayerField[] {
  return optionsBetween(frame, start, end, format).map((option) => optionField(frame, option, kinds.get(option.type)));
}

/** An option as a field: read by its kind, or as bytes when it has no known shape. */
export function optionField(frame: Uint8Array, option: Option, kind: OptionKind | undefined): LayerField {
  const { start, length, valueStart } = option;
  const name = kind?.name ?? `Option${option.type}`;
  const end = start + length;
  const isReadable = kind?.length === undefined || kind.length === length;
  if (isReadable && kind?.parts !== undefined && valueStart < end) {
    const reader = new HeaderReader({ frame, start: valueStart, end, context: {} });
    const value = kind.parts(reader);
    return partsField({ name, value, start, length }, frame, reader.fields);
  }
  const read = (isReadable ? kind?.value?.read : undefined) ?? bytesReading;
  return { name, ...read(frame, valueStart, end), start, length };
}

/** A field with its members; with its bytes as its value, when there are none. */
export function partsField(field: LayerField, frame: Uint8Array, members: readonly LayerField[]): LayerField {
  const { start, length } = field;
  return members.length > 0 ? { ...field, members } : { ...field, raw: frame.slice(start, start + length) };
}
