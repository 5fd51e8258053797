import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatenate } from '../base/bytes.ts';
import { filetimeToIso } from '../base/filetime.ts';
import { compileScenario } from '../scenario/compile.ts';
import { containerVariants, plainVariant, ringOf } from '../scenario/container-variants.ts';
import type { ScenarioOptions } from '../scenario/options.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { TraceSession, type OrderedTrace } from './trace-session.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-reading-'));
});
afterAll(() => {
  for (const session of sessions) session.close();
  rmSync(folder, { recursive: true });
});

let written = 0;
function fileOf(bytes: Uint8Array): string {
  const path = join(folder, `trace-${++written}.etl`);
  writeFileSync(path, bytes);
  return path;
}

const sessions: TraceSession[] = [];
function opened(files: readonly Uint8Array[], poolSize = 2): TraceSession {
  const session = TraceSession.open(sessions.length, files.map(fileOf), new InlinePool(poolSize));
  sessions.push(session);
  return session;
}

async function read(files: readonly Uint8Array[], poolSize = 2): Promise<TraceSession> {
  const session = opened(files, poolSize);
  await session.index(() => undefined, undefined);
  return session;
}

/** Number and time of each short event, in the trace's order. */
function numbersOf({ columns, order }: OrderedTrace): string[] {
  return Array.from(order, (event) => {
    const { segment, index } = columns.locate(event);
    const { family, id } = segment.schemas[segment.events.schema[index]];
    return family === 'message' ? `${id}@${filetimeToIso(columns.timeOf(event)).slice(14, 27)}` : '';
  }).filter((text) => text !== '');
}

function newest(session: TraceSession): OrderedTrace {
  const ordered = session.newest;
  if (!ordered) throw new Error('nothing is ordered');
  return ordered;
}

describe('the engine', () => {
  const rowsOf = async (files: readonly Uint8Array[]): Promise<{ rows: string[]; problems: string[] }> => {
    const engine = new Engine(new InlinePool(3));
    const info = await engine.call('open', { files: files.map(fileOf) });
    const { view, rows } = await engine.call('view', { trace: info.trace, filter: 'not EventTrace' });
    const block = await engine.call('rows', { view, from: 0, count: rows });
    await engine.close();
    return {
      rows: block.rows.map((row) => `${row.milliseconds} ${row.hundredNanoseconds} ${row.module} ${row.summary}`),
      problems: info.problems.map(({ message }) => message),
    };
  };

  it('shows a trace alike in every container', async () => {
    const wanted = await rowsOf(plainVariant().files);
    expect(wanted.rows).toHaveLength(108);
    for (const { name, files } of containerVariants()) {
      const found = await rowsOf(files);
      expect(found.rows, name).toEqual(wanted.rows);
      expect(found.problems.filter((message) => !message.includes('never written'))).toEqual([]);
    }
  });

  it('shows what is left of a circular file', async () => {
    const whole = await rowsOf(plainVariant().files);
    const { rows, problems } = await rowsOf([ringOf(4)]);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every((row) => whole.rows.includes(row))).toBe(true);
    expect(problems.filter((message) => !message.includes('fragment'))).toEqual([]);
  });
});

/** Several ranges of a file: a buffer an event. */
const manyRanges = (start: string, first: number, count: number, options: ScenarioOptions = {}): Uint8Array =>
  compileScenario(
    [
      `trace start=2024-05-01T14:${start}.0000000Z buffer=64KiB session=Plain`,
      ...Array.from(
        { length: count },
        (_, index) => `+${index}ms timed number=${first + index} payload=${'00'.repeat(60_000)}`,
      ),
    ].join('\n'),
    options,
  );
const threeSessions = [
  manyRanges('03:07', 100, 40),
  manyRanges('03:08', 200, 3, { clock: { kind: 'system time' }, bufferSize: 1 << 17 }),
  manyRanges('03:09', 300, 60, { clock: { kind: 'CPU cycles', megahertz: 2400 }, pointerSize: 4 }),
];

describe('sessions put into one file', () => {
  it('are found wherever they begin, and each is read by its own clock', async () => {
    const apart = await read(threeSessions);
    const wanted = numbersOf(newest(apart));
    expect([wanted.length, wanted[0], wanted[102]]).toEqual([103, '100@03:07.0000000', '359@03:09.0590000']);
    for (const poolSize of [1, 2, 8]) {
      const together = await read([concatenate(threeSessions)], poolSize);
      expect(numbersOf(newest(together))).toEqual(wanted);
      const [first, second, third] = threeSessions.map((bytes) => bytes.length);
      expect(together.sections.map(({ from, to }) => [from, to])).toEqual([
        [0, first],
        [first, first + second],
        [first + second, first + second + third],
      ]);
      expect(together.segmentsRead.map(({ section, pointerSize }) => [section, pointerSize]).at(-1)).toEqual([2, 4]);
      expect(together.problems).toEqual([]);
    }
  });

  it('never show a time by another clock, not even while the file is being read', async () => {
    const session = opened([concatenate(threeSessions)], 4);
    const states: Promise<OrderedTrace | undefined>[] = [];
    await session.index(() => states.push(session.ordered()), undefined);
    const all = new Set(numbersOf(newest(session)));
    const early = (await Promise.all(states)).filter((state) => state && !state.complete);
    expect(early.length).toBeGreaterThan(0);
    for (const state of early) if (state) expect(numbersOf(state).filter((number) => !all.has(number))).toEqual([]);
  });

  it('of any number are read in bounded time; too many share the last clock, and that is said', async () => {
    const empty = compileScenario('trace buffer=1KiB\n');
    const session = await read([concatenate(Array.from({ length: 1100 }, () => empty))]);
    expect(session.sections).toHaveLength(1000);
    expect(session.segmentsRead.reduce((sum, { buffers }) => sum + buffers.length, 0)).toBe(1100);
    expect(session.problems).toEqual([
      { kind: 'other', offset: 999 * 1024, message: expect.stringContaining('1000 log file headers') as string },
    ]);
  });
});

describe('problems', () => {
  it('name their file when the trace has several', async () => {
    const good = compileScenario('trace buffer=1KiB\ntimed number=1\nflush\ntimed number=2');
    const session = await read([good, good.subarray(0, 2100)]);
    expect(session.problems).toEqual([
      {
        kind: 'cut',
        offset: 2048,
        bytes: 52,
        message: expect.stringMatching(/^trace-\d+\.etl: The file ends 52 bytes/) as string,
      },
    ]);
  });

  it('of unwritten space and unknown records are told once for a file of many ranges', async () => {
    const unknown = 'raw payload=10007bc0000000000000000000000000';
    const text = ['trace buffer=64KiB', ...Array.from({ length: 90 }, () => `${unknown}\ntimed number=1\nflush`)].join(
      '\n',
    );
    const session = await read([compileScenario(text, { reservedBytes: 9 << 20 })]);
    expect(session.segmentsRead.length).toBeGreaterThan(2);
    expect(session.problems.map(({ kind, bytes, message }) => [kind, bytes, message.slice(0, 40)])).toEqual([
      ['damaged', 90 * 16, '90 records have header type 123, which H'],
      ['unwritten', (9 << 20) - 91 * 65_536, `${(9 << 20) - 91 * 65_536} bytes of the file were reserved `],
    ]);
    expect(numbersOf(newest(session))).toHaveLength(90);
  });
});

describe('shifting an input', () => {
  const host = 'trace start=2024-05-01T14:03:07.0000000Z\n+1 timed number=1\n+3 timed number=3';
  const guest = 'trace start=2024-05-01T14:03:07.0000000Z clock=cycles:2400\n+2 timed number=2\n+4 timed number=4';
  const files = [compileScenario(host), compileScenario(guest)];

  it('makes a new order with new times; what was shown before stays as it was', async () => {
    const session = await read(files);
    const before = newest(session);
    await session.shift(1, -15_000_001);
    expect(numbersOf(newest(session))).toEqual([
      '2@03:07.4999999',
      '1@03:08.0000000',
      '4@03:09.4999999',
      '3@03:10.0000000',
    ]);
    expect(numbersOf(before)).toEqual(['1@03:08.0000000', '2@03:09.0000000', '3@03:10.0000000', '4@03:11.0000000']);
    expect([newest(session).complete, newest(session).id === before.id, session.shifts]).toEqual([
      true,
      false,
      [0, -15_000_001],
    ]);
    await session.shift(1, 0);
    expect(numbersOf(newest(session))).toEqual(numbersOf(before));
  });

  it('ends with the shift that was set last, however many are set at once', async () => {
    const session = await read(files);
    await Promise.all([100, 200, 300].map(async (steps) => session.shift(0, steps)));
    expect(numbersOf(newest(session))[0]).toBe('1@03:08.0000300');
  });

  it('is heeded while the trace is being read', async () => {
    const session = opened(files);
    const reading = session.index(() => undefined, undefined);
    await session.shift(0, 20_000_000);
    await reading;
    expect(numbersOf(newest(session))[0]).toBe('2@03:09.0000000');
  });

  it('is refused when it is no whole number', async () => {
    const session = await read(files);
    await expect(session.shift(0, 0.5)).rejects.toThrow('whole number');
  });
});
