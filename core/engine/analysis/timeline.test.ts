import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filetimeOfInstant, instantOfFiletime } from '../../base/filetime.ts';
import { compileScenario } from '../../scenario/compile.ts';
import type { Row, Timeline, TraceId, ViewId } from '../contract.ts';
import { Engine } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';
import { realTraces } from '../test-support/real-traces.ts';
import { Dice } from '../test-support/tcp-traffic.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-timeline-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let engine: Engine;
beforeEach(() => {
  engine = new Engine(new InlinePool());
});
afterEach(() => engine.close());

const syn = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 id=7 | tcp 52891 > 80 SYN seq=17';
const badChecksum =
  'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.61 id=8 checksum=1 | udp 5000 > 53';
const drop = `pktmon drop group=5 appearance=3 direction=Rx component=60 edge=0 reason=9 location=0xE0002006 | ${syn}`;
const ownProvider = '{11111111-2222-3333-4444-555555555555}';

const kinds = [
  (cpu: number) => `cpu${cpu} ndis in miniport=9 | ${syn}`,
  (cpu: number) => `cpu${cpu} ${drop}`,
  (cpu: number) => `cpu${cpu} event ${ownProvider} id=7 level=2 payload=00`,
  (cpu: number) => `cpu${cpu} event ${ownProvider} id=8 level=4 payload=00`,
  (cpu: number) => `cpu${cpu} ndis in miniport=9 | ${badChecksum}`,
];

/** Events of all kinds at random times, some at the same one. */
function randomScenario(events: number, seed: number, header = 'trace cpus=3 buffer=64KiB'): string {
  const dice = new Dice(seed);
  const times = Array.from({ length: events }, () => dice.roll(events * 4)).sort((a, b) => a - b);
  return [header, ...times.map((time) => `+${time}us ${kinds[dice.roll(kinds.length)](dice.roll(3))}`)].join('\n');
}

async function open(...texts: string[]): Promise<TraceId> {
  const files = texts.map((text, number) => {
    const path = join(folder, `trace${number}.etl`);
    writeFileSync(path, compileScenario(text));
    return path;
  });
  return (await engine.call('open', { files })).trace;
}

async function viewOf(trace: TraceId, filter = ''): Promise<{ view: ViewId; rows: Row[] }> {
  const { view, rows } = await engine.call('view', { trace, filter });
  const blocks: Row[] = [];
  for (let from = 0; from < rows; from += 1000) {
    blocks.push(...(await engine.call('rows', { view, from, count: 1000 })).rows);
  }
  return { view, rows: blocks };
}

/** Row after row, in doubles where these are exact. */
function naiveTimeline(
  all: Row[],
  shown: Row[],
  bins: number,
  from: bigint,
  to: bigint,
): Omit<Timeline, 'from' | 'to'> {
  const countOf = (rows: Row[]): number[] => {
    const counts = Array.from({ length: bins }, () => 0);
    for (const row of rows) {
      const time = filetimeOfInstant(row);
      if (time < from || time > to) continue;
      const part = to === from ? 0 : Number(((time - from) * BigInt(bins)) / (to - from));
      counts[Math.min(part, bins - 1)]++;
    }
    return counts;
  };
  return {
    all: countOf(all),
    shown: countOf(shown),
    drops: countOf(shown.filter(({ mark }) => mark === 'drop')),
    errors: countOf(shown.filter(({ mark }) => mark === 'error')),
  };
}

async function expectNaive(trace: TraceId, filter: string, bins: number, share: [number, number]): Promise<Timeline> {
  const everything = await viewOf(trace);
  const { view, rows } = await viewOf(trace, filter);
  const first = filetimeOfInstant(everything.rows[0]);
  const last = filetimeOfInstant(everything.rows[everything.rows.length - 1]);
  const at = (part: number): bigint => first + (BigInt(Math.round(part * 1000)) * (last - first)) / 1000n;
  const [from, to] = [at(share[0]), at(share[1])];
  const isWhole = share[0] === 0 && share[1] === 1;
  const ends = isWhole ? {} : { from: instantOfFiletime(from), to: instantOfFiletime(to) };
  const timeline = await engine.call('timeline', { trace, view, bins, ...ends });
  expect(timeline).toEqual({
    from: instantOfFiletime(from),
    to: instantOfFiletime(to),
    ...naiveTimeline(everything.rows, rows, bins, from, to),
  });
  return timeline;
}

const cases: [string, number, [number, number]][] = [
  ['', 50, [0, 1]],
  ['TCP', 7, [0, 1]],
  ['*Address == 10.0.0.61', 13, [0.2, 0.4]],
  ['Microsoft_Windows_PktMon or not TCP', 4000, [-0.5, 1.5]],
  ['UDP and TCP', 5, [0, 1]],
  ['', 1, [0.5, 0.5]],
];

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

describe('a timeline', () => {
  it.each(cases)('of "%s" in %i parts counts what the rows say, before and after the diagnosis', async (...asked) => {
    const trace = await open(randomScenario(700, 3));
    const before = await expectNaive(trace, ...asked);
    await engine.call('diagnosis', { trace });
    const after = await expectNaive(trace, ...asked);
    expect(after.drops).toEqual(before.drops);
    if (asked[0] === '') expect(sum(before.drops) > 0 || asked[1] === 1).toBe(true);
    if (asked[0] === '' && asked[1] === 50) expect(sum(after.errors)).toBeGreaterThan(sum(before.errors));
  });

  it('of two files follows the shift of one of them', async () => {
    const trace = await open(
      randomScenario(300, 4),
      randomScenario(200, 5, 'trace start=1969-12-31T23:59:59.9999999Z cpus=3'),
    );
    await engine.call('shiftTime', { trace, file: 1, hundredNanoseconds: -5_000_123 });
    await expectNaive(trace, '', 40, [0, 1]);
    await expectNaive(trace, 'TCP', 40, [0, 0.001]);
    await engine.call('shiftTime', { trace, file: 0, hundredNanoseconds: -9_000_000_000_000_000 });
    await expectNaive(trace, '', 11, [0.1, 1]);
  });

  it('without a view shows all rows', async () => {
    const trace = await open(randomScenario(200, 6));
    const { view } = await viewOf(trace);
    const asked = { trace, bins: 9 };
    expect(await engine.call('timeline', { ...asked, view: null })).toEqual(
      await engine.call('timeline', { ...asked, view }),
    );
  });

  it('of one instant lies in its first part', async () => {
    const trace = await open(`trace start=1950-01-01T00:00:00.0000000Z\n+0us ${kinds[0](0)}\n+0us ${kinds[1](0)}`);
    const { view, rows } = await viewOf(trace, 'TCP');
    const { all, shown, drops, from, to } = await engine.call('timeline', {
      trace,
      view,
      bins: 3,
      from: rows[0],
      to: rows[0],
    });
    expect([shown, drops, from]).toEqual([[2, 0, 0], [1, 0, 0], to]);
    expect(sum(all)).toBeGreaterThanOrEqual(2);
    expect(from.milliseconds).toBe(Date.parse('1950-01-01T00:00:00Z'));
  });

  it('tells how far it is, and refuses what cannot be', async () => {
    const trace = await open(randomScenario(200, 7));
    const other = await open(randomScenario(20, 8));
    const { view, rows } = await viewOf(trace);
    const told: number[] = [];
    await engine.call('timeline', { trace, view, bins: 3 }, { onProgress: ({ done }) => told.push(done) });
    expect(told.at(-1)).toBe(rows.length);
    const [from, to] = [rows[rows.length - 1], rows[0]];
    await expect(engine.call('timeline', { trace, view, bins: 3, from, to })).rejects.toThrow(/ends before it begins/);
    await expect(engine.call('timeline', { trace: other, view, bins: 3 })).rejects.toThrow(/of another trace/);
    await expect(engine.call('timeline', { trace, view: 999, bins: 3 })).rejects.toThrow(/no view 999/);
    await expect(engine.call('place', { view: 999, row: 1 })).rejects.toThrow(/no view 999/);
    await expect(engine.call('placeOfTime', { view: 999, time: from })).rejects.toThrow(/no view 999/);
  });

  it('can be asked for while the trace is being read and a view grows', async () => {
    const path = join(folder, 'growing.etl');
    writeFileSync(path, compileScenario(randomScenario(6000, 9)));
    const asked: Promise<void>[] = [];
    const { trace } = await engine.call(
      'open',
      { files: [path] },
      {
        onProgress: ({ trace: opening }) => {
          asked.push(
            engine.call('view', { trace: opening, filter: 'TCP' }).then(async ({ view, rows, available }) => {
              const timeline = await engine.call('timeline', { trace: opening, view, bins: 30 });
              expect(sum(timeline.shown)).toBe(rows);
              // A view that was made before anything was read knows of no events; by now there may be some.
              if (available > 0) expect(sum(timeline.all)).toBe(available);
            }),
          );
        },
      },
    );
    await Promise.all(asked);
    expect(asked.length).toBeGreaterThan(1);
    const growing: Promise<void>[] = [];
    await engine.call(
      'view',
      { trace, filter: 'TCP' },
      {
        onProgress: ({ view }) => {
          if (view === 0) return;
          growing.push(
            engine.call('timeline', { trace, view, bins: 30 }).then(({ shown, all, drops }) => {
              expect(sum(shown)).toBeGreaterThan(0);
              expect(sum(shown)).toBeLessThanOrEqual(sum(all));
              expect(sum(drops)).toBeLessThanOrEqual(sum(shown));
            }),
          );
        },
      },
    );
    await Promise.all(growing);
    expect(growing.length).toBeGreaterThan(0);
  });
});

describe('the place of a row and of a time', () => {
  it.each(['', 'TCP', '*Address == 10.0.0.61', 'UDP and TCP'])('in a view of "%s" is found', async (filter) => {
    const trace = await open(randomScenario(300, 10), randomScenario(150, 11));
    const everything = await viewOf(trace);
    const { view, rows } = await viewOf(trace, filter);
    const nearest = (isBehind: (row: Row) => boolean): number => {
      const behind = rows.findIndex(isBehind);
      return behind < 0 ? rows.length - 1 : behind;
    };
    for (const { row } of everything.rows) {
      const position = nearest((other) => other.row >= row);
      const expected = position < 0 ? null : { position, row: rows[position].row, exact: rows[position].row === row };
      expect(await engine.call('place', { view, row })).toEqual(expected);
    }
    const moments = everything.rows.flatMap((row) => [-1n, 0n, 1n].map((step) => filetimeOfInstant(row) + step));
    for (const moment of moments) {
      const position = nearest((other) => filetimeOfInstant(other) >= moment);
      const isExact = position >= 0 && filetimeOfInstant(rows[position]) === moment;
      const expected = position < 0 ? null : { position, row: rows[position].row, exact: isExact };
      expect(await engine.call('placeOfTime', { view, time: instantOfFiletime(moment) })).toEqual(expected);
    }
  });
});

describe('the place of a row in a sorted view', () => {
  it('is where it is shown; of one that is missing, where the nearest in time is shown', async () => {
    const trace = await open(randomScenario(200, 12));
    const everything = await viewOf(trace);
    const { view } = await engine.call('view', { trace, filter: 'TCP' });
    const sorted = await engine.call('sort', { view, order: { by: 'MessageNumber', descending: true } });
    const shown = (await engine.call('rows', { view: sorted.view, from: 0, count: 1000 })).rows.map(({ row }) => row);
    const inTime = [...shown].sort((a, b) => a - b);
    expect(shown).toEqual(inTime.toReversed());
    for (const { row, ...time } of everything.rows) {
      const nearest = inTime.find((other) => other >= row) ?? inTime[inTime.length - 1];
      const place = { position: shown.indexOf(nearest), row: nearest, exact: nearest === row };
      expect(await engine.call('place', { view: sorted.view, row })).toEqual(place);
      const ofTime = await engine.call('placeOfTime', { view: sorted.view, time });
      expect(ofTime && shown[ofTime.position]).toBe(ofTime?.row);
      expect(ofTime?.row).toBe((await engine.call('placeOfTime', { view, time }))?.row);
    }
  });
});

const { folder: realFolder, files } = realTraces('no timeline is compared with its rows.');

describe.skipIf(files.length === 0)('the timeline of a real trace', () => {
  const chosen = files.filter((file) => /vmswitch|pktmon/i.test(file)).slice(0, 3);

  it.each(chosen)('%s counts what the rows say', async (file) => {
    const { trace } = await engine.call('open', { files: [realFolder + file] });
    await expectNaive(trace, '', 100, [0, 1]);
    await expectNaive(trace, 'Etw.ProcessId > 1000', 64, [0.3, 0.9]);
  });
});
