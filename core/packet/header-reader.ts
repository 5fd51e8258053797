import { utf8At, utf8ZeroTerminated } from '../base/text.ts';
import type { LayerInput } from './dissector.ts';
import { byteCount } from './field-text.ts';
import { bytesReading, ipv4Reading, ipv6Reading, macReading, textReading } from './field-readings.ts';
import type { FieldReading, Layer, LayerField, LayerValue } from './layer.ts';
import type { PacketModule } from './module.ts';

/** A field before it has its place in the frame. */
export interface FieldText {
  readonly name: string;
  readonly value: string;
  readonly raw: LayerValue;
  readonly members?: readonly FieldText[];
}

/** A number as a field, shown as `text` has it. */
export function numberField(
  name: string,
  number: number,
  text: (number: number) => string = String,
  members?: readonly FieldText[],
): FieldText {
  return { name, value: text(number), raw: number, ...(members && { members }) };
}

/** A bit as a field. */
export function flagField(name: string, isSet: boolean): FieldText {
  return { name, value: String(isSet), raw: isSet };
}

/** What a field without a length of its own was found to be. */
export interface Delimited {
  readonly value: string;
  /** By default the value's text. */
  readonly raw?: LayerValue;
  /** The byte behind the field. */
  readonly next: number;
}

/** A number of 1 to 4 bytes, highest byte first. */
export function bigEndianAt(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + bytes[offset + index];
  return value;
}

/** A number of 1 to 4 bytes, lowest byte first. */
export function littleEndianAt(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0;
  for (let index = length - 1; index >= 0; index--) value = value * 256 + bytes[offset + index];
  return value;
}

/**
 * Reads a header field by field and collects the fields. A read behind the last byte that is there gives undefined, adds
 * no field and marks the header as cut; from then on every read does so.
 */
export class HeaderReader {
  readonly input: LayerInput;
  readonly fields: LayerField[] = [];
  /** True once a read found too few bytes. */
  cut = false;
  /** The first structure that was there as a whole and yet too short for its members. */
  tooShort: string | undefined;
  /** Offset in the frame of the next byte to read. */
  position: number;
  private readonly limit: number;

  constructor(input: LayerInput) {
    this.input = input;
    this.position = input.start;
    this.limit = Math.min(input.end, input.frame.length);
  }

  /** Bytes that can still be read. */
  get remaining(): number {
    return this.cut ? 0 : Math.max(0, this.limit - this.position);
  }

  /** A number that is one field. */
  number(name: string, length: number, text: (value: number) => string = String): number | undefined {
    return this.packed(length, (value) => [numberField(name, value, text)]);
  }

  /** A number whose bits are several fields, or one field with members. All of them get the number's bytes. */
  packed(length: number, fieldsOf: (value: number) => readonly FieldText[]): number | undefined {
    return this.packedNumber(length, bigEndianAt, fieldsOf);
  }

  /** As `packed`, lowest byte first. */
  packedLittleEndian(length: number, fieldsOf: (value: number) => readonly FieldText[]): number | undefined {
    return this.packedNumber(length, littleEndianAt, fieldsOf);
  }

  /** A number that is one field, lowest byte first. */
  littleEndian(name: string, length: number, text: (value: number) => string = String): number | undefined {
    return this.packedLittleEndian(length, (value) => [numberField(name, value, text)]);
  }

  mac(name: string): string | undefined {
    return this.reading(name, 6, macReading);
  }

  ipv4(name: string): string | undefined {
    return this.reading(name, 4, ipv4Reading);
  }

  ipv6(name: string): string | undefined {
    return this.reading(name, 16, ipv6Reading);
  }

  /** Bytes shown as spaced hexadecimal pairs. Adds nothing when `length` is 0. */
  bytes(name: string, length: number): string | undefined {
    if (length === 0) return this.cut ? undefined : '';
    return this.reading(name, length, (frame, offset) => bytesReading(frame, offset, offset + length));
  }

  /** Bytes shown as UTF-8 text. Adds nothing when `length` is 0. */
  utf8(name: string, length: number): string | undefined {
    if (length === 0) return this.cut ? undefined : '';
    return this.reading(name, length, (frame, offset) => textReading(utf8At(frame, offset, offset + length)));
  }

  /** Text in a field of `length` bytes that ends at its first NUL, or fills the field. */
  zeroTerminated(name: string, length: number): string | undefined {
    return this.reading(name, length, (frame, offset) =>
      textReading(utf8ZeroTerminated(frame, offset, offset + length).text),
    );
  }

  /**
   * A field whose own bytes tell where it ends. `read` gives its value and the byte behind it, at most `limit`, or
   * undefined when it does not end before `limit`.
   */
  delimited(
    name: string,
    read: (frame: Uint8Array, start: number, limit: number) => Delimited | undefined,
  ): string | undefined {
    const start = this.position;
    const found = this.cut ? undefined : read(this.input.frame, start, start + this.remaining);
    if (found === undefined) {
      this.cut = true;
      return undefined;
    }
    this.fields.push({ name, value: found.value, raw: found.raw ?? found.value, start, length: found.next - start });
    this.position = found.next;
    return found.value;
  }

  /**
   * One field for the next `length` bytes, or for as many as are there. `read` reads its members with a reader that ends
   * where the field ends, and gives its value. A field that is not complete marks the header as cut.
   */
  structure(name: string, length: number, read: (part: HeaderReader) => string): void {
    this.group(name, length, (start, end) => {
      const part = new HeaderReader({ ...this.input, start, end });
      const value = read(part);
      this.tooShort ??= part.tooShort ?? (part.cut && end - start === length ? name : undefined);
      return { value, members: part.fields };
    });
  }

  /** Skips bytes nobody asks about. */
  skip(length: number): void {
    this.take(length);
  }

  /**
   * One field for the next `length` bytes, or for as many as are there, with members that `membersOf` reads from them.
   * A field that is not complete marks the header as cut.
   */
  group(
    name: string,
    length: number,
    describe: (start: number, end: number) => { value: string; members: readonly LayerField[] },
  ): void {
    const start = this.position;
    const available = Math.min(length, this.remaining);
    this.take(length);
    this.position = start + available;
    if (available === 0) return;
    const { value, members } = describe(start, start + available);
    const content = members.length > 0 ? { members } : { raw: this.input.frame.slice(start, start + available) };
    this.fields.push({ name, value, start, length: available, ...content });
  }

  /** A number that has no bytes of its own. */
  derived(name: string, number: number, text: (number: number) => string = String): void {
    this.fields.push(placed(numberField(name, number, text), this.position, 0));
  }

  private reading(
    name: string,
    length: number,
    read: (frame: Uint8Array, offset: number) => FieldReading,
  ): string | undefined {
    const start = this.take(length);
    if (start === undefined) return undefined;
    const reading = read(this.input.frame, start);
    this.fields.push({ name, ...reading, start, length });
    return reading.value;
  }

  private packedNumber(
    length: number,
    read: (frame: Uint8Array, offset: number, length: number) => number,
    fieldsOf: (value: number) => readonly FieldText[],
  ): number | undefined {
    const start = this.take(length);
    if (start === undefined) return undefined;
    const value = read(this.input.frame, start, length);
    this.fields.push(...fieldsOf(value).map((field) => placed(field, start, length)));
    return value;
  }

  private take(length: number): number | undefined {
    if (length > this.remaining) {
      this.cut = true;
      return undefined;
    }
    const start = this.position;
    this.position += length;
    return start;
  }
}

/** The field at its place: it and its members have the same bytes. */
export function placed(field: FieldText, start: number, length: number): LayerField {
  const { name, value, raw, members } = field;
  return {
    name,
    value,
    raw,
    start,
    length,
    ...(members && { members: members.map((member) => placed(member, start, length)) }),
  };
}

/**
 * Where a layer ends whose own length says `claimed`: not behind what the layer below leaves it, unless that is the end of
 * the frame, of which the capture may have kept only a part.
 */
export function endWithin({ frame, end }: LayerInput, claimed: number): number {
  return end === frame.length ? claimed : Math.min(claimed, end);
}

/** What a dissector adds to the fields it read. */
export interface LayerParts {
  readonly summary: string;
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  /** The byte behind the layer by its own length fields; by default, what the layer below says. */
  readonly end?: number;
  readonly notes?: readonly (string | undefined)[];
}

/** The layer that a reader has gone through, with a note when bytes of it are missing. Its `end` lies inside the frame. */
export function finishedLayer(module: PacketModule, header: HeaderReader, parts: LayerParts): Layer {
  const { frame, start } = header.input;
  const end = parts.end ?? header.input.end;
  const note = [...(parts.notes ?? []), tooShortNote(header), missingBytesNote(header, end)]
    .filter((text) => text !== undefined)
    .join(' ');
  return {
    module,
    summary: parts.summary,
    start,
    end: Math.max(header.position, Math.min(end, frame.length)),
    fields: header.fields,
    ...(parts.source !== undefined && { source: parts.source }),
    ...(parts.destination !== undefined && { destination: parts.destination }),
    ...(note !== '' && { note }),
  };
}

function tooShortNote({ tooShort }: HeaderReader): string | undefined {
  return tooShort === undefined ? undefined : `${tooShort} is too short for what belongs into it.`;
}

function missingBytesNote(header: HeaderReader, end: number): string | undefined {
  const { frame, start, end: endBelow } = header.input;
  if (header.cut && endBelow < frame.length) {
    return `The layer below leaves ${byteCount(endBelow - start)}, too few for this header.`;
  }
  if (header.cut) return `The frame ends inside this header: it holds ${byteCount(frame.length - start)} of the layer.`;
  if (end > frame.length) return `Cut short: ${frame.length - start} of ${byteCount(end - start)} were captured.`;
  return undefined;
}
