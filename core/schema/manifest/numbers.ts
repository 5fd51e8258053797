/** The number of a decimal or `0x` hexadecimal text of up to 64 bits, or undefined when it is none. */
export function parseUnsigned(text: string): bigint | undefined {
  const trimmed = text.trim();
  return /^(?:\d{1,20}|0[xX][0-9a-fA-F]{1,16})$/.test(trimmed) ? BigInt(trimmed) : undefined;
}

/** Like parseUnsigned, but undefined also for numbers above `maximum`, which is at most 2^53. */
export function parseUpTo(text: string, maximum: number): number | undefined {
  const number = parseUnsigned(text);
  return number !== undefined && number <= BigInt(maximum) ? Number(number) : undefined;
}
