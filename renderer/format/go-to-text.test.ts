import { expect, it } from 'vitest';
import { goToTarget } from './go-to-text.ts';
import { instantOfIso } from './time.ts';

const clock = { offsetMinutes: 120, start: instantOfIso('2024-06-10T12:03:00.1180000Z') };
const timeOf = (text: string) => {
  const target = goToTarget(text, clock);
  return target?.kind === 'time' ? target.time : undefined;
};

it('is a number, however it is written', () => {
  for (const text of ['1234', '#1234', '1,234', "1'234", ' 1 234 '])
    expect(goToTarget(text, clock), text).toEqual({ kind: 'number', number: 1234 });
});

it('is a time of the day on which the trace begins, in the zone that is shown', () => {
  expect(timeOf('14:03:07.118')).toEqual(instantOfIso('2024-06-10T12:03:07.1180000Z'));
  expect(timeOf('14:03')).toEqual(instantOfIso('2024-06-10T12:03:00.0000000Z'));
  expect(timeOf('14:03:07.1180317')).toEqual(instantOfIso('2024-06-10T12:03:07.1180317Z'));
});

it('is ISO 8601 with its own zone or without', () => {
  expect(timeOf('2024-06-11T01:00:00Z')).toEqual(instantOfIso('2024-06-11T01:00:00.0000000Z'));
  expect(timeOf('2024-06-11 01:00:00')).toEqual(instantOfIso('2024-06-10T23:00:00.0000000Z'));
  expect(timeOf('2024-06-11T01:00:00-05:00')).toEqual(instantOfIso('2024-06-11T06:00:00.0000000Z'));
});

it('counts from the start of the trace', () => {
  expect(timeOf('+1.5s')).toEqual(instantOfIso('2024-06-10T12:03:01.6180000Z'));
  expect(timeOf('+ 200 ms')).toEqual(instantOfIso('2024-06-10T12:03:00.3180000Z'));
  expect(timeOf('+3µs')).toEqual(instantOfIso('2024-06-10T12:03:00.1180030Z'));
  expect(timeOf('+2 min')).toEqual(instantOfIso('2024-06-10T12:05:00.1180000Z'));
});

it('is nothing else', () => {
  for (const text of ['', 'x', '-4', '14:3', '+1 parsec', '2024-13-45T00:00:00Z', '25:99'])
    expect(goToTarget(text, clock), text).toBeUndefined();
  expect(goToTarget('+1s', { offsetMinutes: 0, start: undefined })).toBeUndefined();
});
