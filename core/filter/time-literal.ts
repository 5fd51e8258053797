import { unixEpochInFiletime } from '../base/filetime.ts';
import type { Range } from './ranges.ts';

/** Year to, perhaps, seven decimals of a second, and, perhaps, a zone. */
const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,7})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const hundredNanosecondsPerSecond = 10_000_000n;

/**
 * The instants, as FILETIME, that a text like `2024-05-01T10:00:00.123` means: as long as the last digit written is worth.
 * Without a zone it is UTC. Undefined when the text is no time.
 */
export function instantsOf(text: string): Range | undefined {
  const parts = written.exec(text.trim());
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, decimals, zone] = parts as (string | undefined)[];
  const calendar = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}Z`;
  const milliseconds = Date.parse(calendar);
  if (Number.isNaN(milliseconds) || !isoOf(milliseconds).startsWith(`${year}-${month}-${day}`)) return undefined;
  const fraction = decimals === undefined ? 0n : BigInt(decimals.padEnd(7, '0'));
  const start = (BigInt(milliseconds) - BigInt(zoneMinutes(zone)) * 60_000n) * 10_000n + fraction + unixEpochInFiletime;
  return [start, start + unitOf(hour, second, decimals) - 1n];
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function unitOf(hour: string | undefined, second: string | undefined, decimals: string | undefined): bigint {
  if (decimals !== undefined) return 10n ** BigInt(7 - decimals.length);
  if (second !== undefined) return hundredNanosecondsPerSecond;
  return hundredNanosecondsPerSecond * (hour !== undefined ? 60n : 86_400n);
}

/** Minutes to add to UTC for the zone's time. */
function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
