/** The small texts that field values and summaries are made of. */

/** `0x` and at least `digits` upper-case hexadecimal digits. */
export function hexNumber(value: number, digits: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;
}

/** `0xABCD`: how 16-bit checksums and identifiers are written. */
export function hexWord(value: number): string {
  return hexNumber(value, 4);
}

/** `1 byte`, `2 bytes`. */
export function byteCount(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

/** One part of a summary, `Label: text`, or nothing when a cut header did not hold the value. */
export function labelled<Value extends number | string>(
  label: string,
  value: Value | undefined,
  text: (value: Value) => string = String,
): string | undefined {
  return value === undefined ? undefined : `${label}: ${text(value)}`;
}

/** The parts that are known, comma separated; of a header cut before its first part, the word `Truncated`. */
export function summaryOf(parts: readonly (string | undefined)[]): string {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? 'Truncated' : known.join(', ');
}

/**
 * Text out of a packet, fit for a row: what would break the line, steer a terminal or turn the reading direction is a
 * question mark.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '?');
}

/** `Beacon(8)`, or `9` for a number without a name: how fields show a number that a table names. */
export function namedNumber(names: ReadonlyMap<number, string>): (value: number) => string {
  return (value) => {
    const name = names.get(value);
    return name === undefined ? String(value) : `${name}(${value})`;
  };
}

/** `Query`, or `9` for a number without a name: how summaries show it. */
export function nameOrNumber(names: ReadonlyMap<number, string>): (value: number) => string {
  return (value) => names.get(value) ?? String(value);
}
