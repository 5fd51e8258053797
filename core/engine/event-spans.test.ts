import { expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { indexFile } from '../trace/index-file.ts';
import { eventSpans } from './event-spans.ts';

const frame = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 1 > 80 ACK | zeros 400';
const lines = Array.from({ length: 300 }, (_, index) => `+${index}us ndis in miniport=9 | ${frame}`);
const { columns } = indexFile(compileScenario(['trace buffer=4KiB', ...lines].join('\n')), { rangeBytes: 40_000 });

it('cuts all events into spans that begin at whole words, the first ones small', () => {
  const spans = eventSpans(columns, { first: 32, largest: 64 });
  const seen = columns.segments.map(({ events }) => new Uint8Array(events.length));
  for (const { segment, from, to } of spans) {
    expect(from % 32).toBe(0);
    expect(to - from).toBeLessThanOrEqual(64);
    for (let event = from; event < to; event++) seen[segment][event]++;
  }
  expect(seen.every((events) => events.every((count) => count === 1))).toBe(true);
  expect(spans[0].to - spans[0].from).toBe(32);
  expect(columns.segments.length).toBeGreaterThan(1);
});

it('puts those first that begin earliest', () => {
  const times = eventSpans(columns, { first: 32, largest: 64 }).map(
    ({ segment, from }) => columns.segments[segment].events.tick[from],
  );
  expect(times).toEqual([...times].sort((a, b) => a - b));
});
