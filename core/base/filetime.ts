/** 100 ns steps between 1601-01-01, where FILETIME starts, and 1970-01-01, where Unix time starts. */
export const unixEpochInFiletime = 116_444_736_000_000_000n;
const ticksPerSecond = 10_000_000n;

/** An ISO 8601 instant with all seven decimals of a FILETIME: `2024-06-10T20:18:35.4891721Z`. */
export function filetimeToIso(filetime: bigint): string {
  const unix = filetime - unixEpochInFiletime;
  const fraction = ((unix % ticksPerSecond) + ticksPerSecond) % ticksPerSecond;
  const milliseconds = Number((unix - fraction) / 10_000n);
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return `FILETIME ${filetime}`;
  return `${date.toISOString().slice(0, -5)}.${fraction.toString().padStart(7, '0')}Z`;
}

/** The FILETIME of an ISO 8601 instant with up to seven decimals, or undefined when the text is none. */
export function isoToFiletime(text: string): bigint | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?Z$/.exec(text);
  if (!match) return undefined;
  const [, seconds, fraction = '0'] = match;
  const milliseconds = Date.parse(`${seconds}Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 10_000n + BigInt(fraction.padEnd(7, '0')) + unixEpochInFiletime;
}

/** Nanoseconds since 1970 of a FILETIME. */
export function filetimeToUnixNanoseconds(filetime: bigint): bigint {
  return (filetime - unixEpochInFiletime) * 100n;
}

/** Unix time in whole milliseconds, and the rest in steps of 100 ns (0..9999): what two doubles hold exactly. */
export interface UnixInstant {
  milliseconds: number;
  hundredNanoseconds: number;
}

export function instantOfFiletime(filetime: bigint): UnixInstant {
  const unix = filetime - unixEpochInFiletime;
  const rest = ((unix % 10_000n) + 10_000n) % 10_000n;
  return { milliseconds: Number((unix - rest) / 10_000n), hundredNanoseconds: Number(rest) };
}

export function filetimeOfInstant({ milliseconds, hundredNanoseconds }: Readonly<UnixInstant>): bigint {
  return BigInt(milliseconds) * 10_000n + BigInt(hundredNanoseconds) + unixEpochInFiletime;
}
