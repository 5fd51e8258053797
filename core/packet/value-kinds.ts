import type { ValueType } from '../base/field-path.ts';
import { utf8At, utf8ZeroTerminated } from '../base/text.ts';
import { domainNameAt } from './domain-name.ts';
import { bytesReading, ipv4Reading, ipv6Reading, numberReading, textReading } from './field-readings.ts';
import { bigEndianAt } from './header-reader.ts';
import type { FieldReading } from './layer.ts';

/**
 * How the bytes of an option's value are read, and the type of what they give. A value that has no such length is read as
 * bytes, like one of unknown shape.
 */
export interface ValueKind {
  readonly type: ValueType;
  readonly read: (frame: Uint8Array, start: number, end: number) => FieldReading;
}

/** Text, with or without a closing zero. */
export const plainText: ValueKind = {
  type: 'text',
  read: (frame, start, end) => textReading(utf8ZeroTerminated(frame, start, end).text),
};

export const ipv4List = listOf('ipv4', 4, ipv4Reading);
export const ipv6List = listOf('ipv6', 16, ipv6Reading);
export const byteList = numberList(1);
export const wordList = numberList(2);

/** A number that fills the value, of 1 to 4 bytes. */
export function numberKind(text: (value: number) => string = String): ValueKind {
  return {
    type: 'integer',
    read: (frame, start, end) =>
      end > start && end - start <= 4
        ? numberReading(bigEndianAt(frame, start, end - start), text)
        : bytesReading(frame, start, end),
  };
}

/** Texts, each behind a length byte. */
export const countedTexts: ValueKind = {
  type: 'text',
  read: (frame, start, end) => {
    const texts: FieldReading[] = [];
    for (let at = start; at < end; at += 1 + frame[at])
      texts.push(textReading(utf8At(frame, at + 1, Math.min(end, at + 1 + frame[at]))));
    return listReading(texts) ?? bytesReading(frame, start, end);
  },
};

/** Domain names one behind the other; pointers count from the start of the value (RFC 3397, 2). */
export const domainList: ValueKind = {
  type: 'text',
  read: (frame, start, end) => {
    const names: FieldReading[] = [];
    let at = start;
    while (at < end) {
      const name = domainNameAt(frame, at, end, start);
      if (name === undefined) break;
      names.push({ value: name.value, raw: name.value });
      at = name.next;
    }
    return (at < end ? undefined : listReading(names)) ?? bytesReading(frame, start, end);
  },
};

/** What is shown of the values one behind the other; undefined when there are none. */
export function listReading(readings: readonly FieldReading[]): FieldReading | undefined {
  const [first, ...others] = readings;
  if (readings.length <= 1) return readings.at(0);
  return {
    value: readings.map(({ value }) => value).join(', '),
    raw: first.raw,
    more: others.map(({ raw }) => raw),
  };
}

function numberList(size: number, text: (value: number) => string = String): ValueKind {
  return listOf('integer', size, (frame, at) => numberReading(bigEndianAt(frame, at, size), text));
}

function listOf(type: ValueType, size: number, readOne: (frame: Uint8Array, at: number) => FieldReading): ValueKind {
  return {
    type,
    read: (frame, start, end) => {
      const count = (end - start) / size;
      if (!Number.isInteger(count)) return bytesReading(frame, start, end);
      const readings = Array.from({ length: count }, (_, index) => readOne(frame, start + index * size));
      return listReading(readings) ?? bytesReading(frame, start, end);
    },
  };
}
