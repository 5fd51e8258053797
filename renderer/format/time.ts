/** Instants with 100 ns resolution as clock times in a zone that is always shown. */
import { filetimeToIso, isoToFiletime, unixEpochInFiletime } from '../../core/base/filetime.ts';

/** Unix time in whole milliseconds, and the rest in steps of 100 ns (0..9999). */
export interface Instant {
  milliseconds: number;
  hundredNanoseconds: number;
}

/** 'trace': the zone of the machine where the trace was made. */
export const zoneChoices = ['local', 'utc', 'trace'] as const;
export type ZoneChoice = (typeof zoneChoices)[number];

/**
 * How the time of a message is told: on the clock of a zone, since the trace's start, since the message that was chosen as
 * reference, since the message of the trace before it, or since the row above it.
 */
export const timeFormats = ['clock', 'start', 'reference', 'delta', 'delta-shown'] as const;
export type TimeFormat = (typeof timeFormats)[number];

/** Minutes to add to UTC. One offset serves a whole trace, so that its times never jump backwards. */
export function zoneOffsetMinutes(choice: ZoneChoice, milliseconds: number, traceOffset = 0): number {
  if (choice === 'trace') return traceOffset;
  if (choice === 'utc' || !Number.isFinite(milliseconds)) return 0;
  const minutesBehind = new Date(milliseconds).getTimezoneOffset();
  return minutesBehind === 0 ? 0 : -minutesBehind;
}

/** `+02:00`, `-09:30`, and `UTC` for no offset. */
export function formatZone(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const minutes = Math.abs(offsetMinutes);
  const sign = offsetMinutes < 0 ? '-' : '+';
  return `${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** `14:03:07.1182043`: all seven decimals of the file. */
export function formatClockTime(instant: Instant, offsetMinutes: number): string {
  return `${isoInZone(instant, offsetMinutes).slice(11, 23)}${fourDigits(instant.hundredNanoseconds)}`;
}

/** `2024-06-10 14:03:07.1182043`. */
export function formatDateTime(instant: Instant, offsetMinutes: number): string {
  return `${formatDate(instant, offsetMinutes)} ${formatClockTime(instant, offsetMinutes)}`;
}

/** `2024-06-10`. */
export function formatDate(instant: Instant, offsetMinutes: number): string {
  return isoInZone(instant, offsetMinutes).slice(0, 10);
}

/** `2024-06-10 14:03:00–14:05:12 +02:00`; the second date is told only when it differs. */
export function formatTimeRange(start: Instant, end: Instant, offsetMinutes: number): string {
  const first = isoInZone(start, offsetMinutes);
  const last = isoInZone(end, offsetMinutes);
  const date = first.slice(0, 10);
  const endDate = last.slice(0, 10) === date ? '' : `${last.slice(0, 10)} `;
  return `${date} ${first.slice(11, 19)}–${endDate}${last.slice(11, 19)} ${formatZone(offsetMinutes)}`;
}

/** The instant of an ISO 8601 text with up to seven decimals, or undefined when it is none. */
export function instantOfIso(text: string): Instant | undefined {
  const filetime = isoToFiletime(text);
  if (filetime === undefined || filetimeToIso(filetime).startsWith('FILETIME')) return undefined;
  const unix = filetime - unixEpochInFiletime;
  const hundredNanoseconds = ((unix % 10_000n) + 10_000n) % 10_000n;
  const milliseconds = Number((unix - hundredNanoseconds) / 10_000n);
  return { milliseconds, hundredNanoseconds: Number(hundredNanoseconds) };
}

/** Negative when `first` is earlier than `second`, 0 when they are the same 100 ns. */
export function compareInstants(first: Instant, second: Instant): number {
  return first.milliseconds - second.milliseconds || first.hundredNanoseconds - second.hundredNanoseconds;
}

/** The instant so many steps of 100 ns later. */
export function laterBy(instant: Instant, hundredNanoseconds: number): Instant {
  const steps = instant.hundredNanoseconds + hundredNanoseconds;
  const milliseconds = Math.floor(steps / 10_000);
  return {
    milliseconds: instant.milliseconds + milliseconds,
    hundredNanoseconds: steps - milliseconds * 10_000,
  };
}

/** Steps of 100 ns from one instant to another; exact for spans of 28 years. */
export function stepsBetween(earlier: Instant, later: Instant): number {
  const steps = later.hundredNanoseconds - earlier.hundredNanoseconds;
  return (later.milliseconds - earlier.milliseconds) * 10_000 + steps;
}

/** Steps of 100 ns in seconds, with all seven decimals: `0.0001234`, `-12.5000000`. */
export function formatSeconds(steps: number): string {
  const size = Math.abs(steps);
  const decimals = String(size % 10_000_000).padStart(7, '0');
  return `${steps < 0 ? '-' : ''}${Math.floor(size / 10_000_000)}.${decimals}`;
}

/** How the times of a trace are told now. */
export interface TimeDisplay {
  readonly format: TimeFormat;
  readonly offsetMinutes: number;
  /** The trace runs over midnight: clock times alone would be ambiguous. */
  readonly withDate: boolean;
  /** What the times since the start and since the reference are counted from. */
  readonly start: Instant | undefined;
  readonly reference: Instant | undefined;
}

/** The time of a message; `before` is the message that its delta is counted from. Empty where that is not known. */
export function formatTime(instant: Instant, before: Instant | undefined, display: TimeDisplay): string {
  const { format, offsetMinutes, withDate, start, reference } = display;
  const since = (origin: Instant | undefined): string => (origin ? formatSeconds(stepsBetween(origin, instant)) : '');
  switch (format) {
    case 'clock':
      return (withDate ? formatDateTime : formatClockTime)(instant, offsetMinutes);
    case 'start':
      return since(start);
    case 'reference':
      return since(reference ?? start);
    case 'delta':
    case 'delta-shown':
      return since(before);
  }
}

/** How long ago, for lists of files: `just now`, `5 min ago`, `3 h ago`, then the date. */
export function formatAge(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return new Date(then).toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
}

function isoInZone(instant: Instant, offsetMinutes: number): string {
  const shifted = new Date(instant.milliseconds + offsetMinutes * 60_000);
  return Number.isNaN(shifted.getTime()) ? '????-??-??T??:??:??.???Z' : shifted.toISOString();
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function fourDigits(value: number): string {
  return String(value).padStart(4, '0');
}
