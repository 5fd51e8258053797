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
