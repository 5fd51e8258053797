/** What a person types to go to a message: its number, or a time. */
import { formatDate, instantOfIso, laterBy, type Instant } from './time.ts';

export type GoToTarget = { kind: 'number'; number: number } | { kind: 'time'; time: Instant };

interface Clock {
  offsetMinutes: number;
  start: Instant | undefined;
}

/**
 * `1,234` and `#12`; `14:03:07.118` on the day of the trace's start; ISO 8601 with or without a zone (then the one that is
 * shown); `+1.5s`, `+200 ms` since the start. Undefined for anything else.
 */
export function goToTarget(text: string, { offsetMinutes, start }: Clock): GoToTarget | undefined {
  const wanted = text.trim();
  const number = numberOf(wanted);
  if (number !== undefined) return { kind: 'number', number };
  const time = start && (sinceStart(wanted, start) ?? clockTime(wanted, offsetMinutes, start));
  return time && { kind: 'time', time };
}

function numberOf(text: string): number | undefined {
  if (!/^#?\s*\d[\d\s,.’']*$/.test(text)) return undefined;
  return Number(text.replace(/[#\s,.’']/g, ''));
}

/** Steps of 100 ns in a unit. */
const units: Readonly<Partial<Record<string, number>>> = {
  ns: 0.01,
  us: 10,
  µs: 10,
  ms: 10_000,
  '': 10_000_000,
  s: 10_000_000,
  min: 600_000_000,
  h: 36_000_000_000,
};

function sinceStart(text: string, start: Instant): Instant | undefined {
  const found = /^\+\s*(\d+(?:\.\d+)?)\s*([a-zµ]*)$/i.exec(text);
  if (!found) return undefined;
  const [, amount, unit] = found;
  const steps = units[unit.toLowerCase()];
  return steps === undefined ? undefined : laterBy(start, Math.round(Number(amount) * steps));
}

function clockTime(text: string, offsetMinutes: number, start: Instant): Instant | undefined {
  const found: readonly (string | undefined)[] | null =
    /^(?:(\d{4}-\d\d-\d\d)[T ])?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,7}))?)?\s*(Z|UTC|[+-]\d\d:\d\d)?$/i.exec(text);
  const [, date, hours, minutes = '', seconds = '00', decimals = '', zone] = found ?? [];
  if (hours === undefined) return undefined;
  const day = date ?? formatDate(start, offsetMinutes);
  const fraction = decimals.padEnd(7, '0');
  const local = instantOfIso(`${day}T${hours.padStart(2, '0')}:${minutes}:${seconds}.${fraction}Z`);
  const minutesOff = zone === undefined ? offsetMinutes : zoneMinutes(zone);
  return local && laterBy(local, -minutesOff * 600_000_000);
}

function zoneMinutes(zone: string): number {
  const found = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (!found) return 0;
  const [, sign, hours, minutes] = found;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
