import { describe, expect, it } from 'vitest';
import {
  compareInstants,
  formatAge,
  formatSeconds,
  formatTime,
  stepsBetween,
  type TimeDisplay,
  formatClockTime,
  formatDateTime,
  formatTimeRange,
  formatZone,
  instantOfIso,
  zoneOffsetMinutes,
  laterBy,
} from './time.ts';

const moment = { milliseconds: Date.parse('2024-06-10T22:18:35.489Z'), hundredNanoseconds: 1721 };

describe('clock times', () => {
  it('keep all seven decimals', () => {
    expect(formatClockTime(moment, 0)).toBe('22:18:35.4891721');
    expect(formatClockTime({ ...moment, hundredNanoseconds: 7 }, 0)).toBe('22:18:35.4890007');
  });

  it('move with the zone, and so does the date', () => {
    expect(formatClockTime(moment, 120)).toBe('00:18:35.4891721');
    expect(formatDateTime(moment, 120)).toBe('2024-06-11 00:18:35.4891721');
    expect(formatDateTime(moment, -570)).toBe('2024-06-10 12:48:35.4891721');
  });

  it('of an impossible instant are told as unknown', () => {
    expect(formatClockTime({ milliseconds: Number.NaN, hundredNanoseconds: 0 }, 0)).toBe('??:??:??.???0000');
  });
});

describe('zones', () => {
  it('are written as offsets, with UTC by its name', () => {
    expect(formatZone(0)).toBe('UTC');
    expect(formatZone(120)).toBe('+02:00');
    expect(formatZone(-570)).toBe('-09:30');
  });

  it('are never minus zero', () => {
    expect(Object.is(zoneOffsetMinutes('utc', 0), 0)).toBe(true);
    expect(Object.is(zoneOffsetMinutes('local', Number.NaN), 0)).toBe(true);
  });
});

describe('time ranges', () => {
  it('tell the date once when both ends share it', () => {
    const end = { milliseconds: moment.milliseconds + 60_000, hundredNanoseconds: 0 };
    expect(formatTimeRange(moment, end, 0)).toBe('2024-06-10 22:18:35–22:19:35 UTC');
  });

  it('tell both dates when midnight lies between', () => {
    const end = { milliseconds: moment.milliseconds + 7_200_000, hundredNanoseconds: 0 };
    expect(formatTimeRange(moment, end, 0)).toBe('2024-06-10 22:18:35–2024-06-11 00:18:35 UTC');
  });
});

describe('ISO instants', () => {
  it('are split into milliseconds and the rest', () => {
    expect(instantOfIso('2024-06-10T22:18:35.4891721Z')).toEqual(moment);
    expect(instantOfIso('2024-06-10T22:18:35Z')).toEqual({
      milliseconds: Date.parse('2024-06-10T22:18:35Z'),
      hundredNanoseconds: 0,
    });
  });

  it('that are none give undefined', () => {
    expect(instantOfIso('yesterday')).toBeUndefined();
  });

  it('are ordered to 100 ns', () => {
    expect(compareInstants(moment, { ...moment, hundredNanoseconds: 1722 })).toBeLessThan(0);
    expect(compareInstants(moment, { ...moment })).toBe(0);
  });
});

describe('ages', () => {
  it('grow from minutes to hours to a date', () => {
    const now = Date.parse('2024-06-10T12:00:00Z');
    expect(formatAge(now - 10_000, now)).toBe('just now');
    expect(formatAge(now - 5 * 60_000, now)).toBe('5 min ago');
    expect(formatAge(now - 3 * 3_600_000, now)).toBe('3 h ago');
    expect(formatAge(now - 72 * 3_600_000, now)).toContain('2024');
  });
});

describe('a later instant', () => {
  const instant = { milliseconds: 1000, hundredNanoseconds: 9_999 };

  it('carries over into milliseconds, and back', () => {
    expect(laterBy(instant, 1)).toEqual({ milliseconds: 1001, hundredNanoseconds: 0 });
    expect(laterBy(instant, -10_000)).toEqual({ milliseconds: 999, hundredNanoseconds: 9_999 });
    expect(laterBy(instant, 0)).toEqual(instant);
    expect(laterBy({ milliseconds: 0, hundredNanoseconds: 0 }, -1)).toEqual({
      milliseconds: -1,
      hundredNanoseconds: 9_999,
    });
  });
});

describe('times that are counted from another', () => {
  const second = 10_000_000;
  const display: TimeDisplay = {
    format: 'clock',
    offsetMinutes: 120,
    withDate: false,
    start: laterBy(moment, -5 * second),
    reference: laterBy(moment, 3),
  };

  it('are seconds with all seven decimals, also before what they are counted from', () => {
    expect(formatSeconds(1234)).toBe('0.0001234');
    expect(formatSeconds(0)).toBe('0.0000000');
    expect(formatSeconds(-125_000_000)).toBe('-12.5000000');
    expect(formatSeconds(86_400 * second + 1)).toBe('86400.0000001');
  });

  it('are exact over days', () => {
    const later = laterBy(moment, 3 * 86_400 * second + 7);
    expect(stepsBetween(moment, later)).toBe(3 * 86_400 * second + 7);
    expect(stepsBetween(later, moment)).toBe(-(3 * 86_400 * second + 7));
  });

  it('follow the format', () => {
    const told = (format: TimeDisplay['format'], before = laterBy(moment, -12)): string =>
      formatTime(moment, before, { ...display, format });
    expect(told('clock')).toBe('00:18:35.4891721');
    expect(told('start')).toBe('5.0000000');
    expect(told('reference')).toBe('-0.0000003');
    expect(told('delta')).toBe('0.0000012');
    expect(told('delta-shown')).toBe('0.0000012');
    expect(formatTime(moment, undefined, { ...display, format: 'delta' })).toBe('');
  });

  it('count from the start while there is no reference', () => {
    expect(formatTime(moment, undefined, { ...display, format: 'reference', reference: undefined })).toBe('5.0000000');
  });

  it('may be on the clock of the machine that made the trace', () => {
    expect(zoneOffsetMinutes('trace', moment.milliseconds, -300)).toBe(-300);
    expect(zoneOffsetMinutes('utc', moment.milliseconds, -300)).toBe(0);
  });
});
