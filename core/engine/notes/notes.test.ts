import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../../scenario/compile.ts';
import type { NoteBook, Row, TraceId } from '../contract.ts';
import { Engine } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';
import { folderShelf } from '../schema-shelf.ts';
import { hasTshark, judged } from '../test-support/export-judge.ts';
import { KeptNotes } from './kept-notes.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-notes-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const engines: Engine[] = [];
let notes: string;
let number = 0;
beforeEach(() => {
  notes = join(folder, `notes${number++}`);
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

/** As if the program were started anew. */
function newEngine(poolSize = 2): Engine {
  const engine = new Engine(new InlinePool(poolSize), { keptNotes: new KeptNotes(folderShelf(notes)) });
  engines.push(engine);
  return engine;
}

const ethernet = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
const packet = (port: number): string => `${ethernet} | ipv4 10.0.0.50 > 10.0.0.60 id=${port} | udp ${port} > 9999`;

function scenario(start: string, firstPort: number, count: number, options = ''): string {
  const lines = Array.from(
    { length: count },
    (_, index) => `+${index * 10}us cpu${index % 3} pid4 tid8 ndis in miniport=9 | ${packet(firstPort + index)}`,
  );
  return [`trace start=${start} cpus=3 buffer=64KiB ${options}`, ...lines].join('\n');
}

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, compileScenario(text));
  return path;
}

const start = '2024-05-01T14:03:07.0000000Z';
const host = (): string => fileOf('host.etl', scenario(start, 1000, 40));
const guest = (): string => fileOf('guest.etl', scenario('2024-05-01T14:03:07.0000050Z', 2000, 40));

async function open(engine: Engine, ...files: string[]): Promise<TraceId> {
  return (await engine.call('open', { files })).trace;
}

async function rowsOf(engine: Engine, trace: TraceId, filter = '', choice = {}): Promise<Row[]> {
  const { view, rows } = await engine.call('view', { trace, filter, choice });
  return (await engine.call('rows', { view, from: 0, count: rows })).rows;
}

async function rowOfPort(engine: Engine, trace: TraceId, port: number): Promise<number> {
  const [{ row }] = await rowsOf(engine, trace, `UDP.SourcePort == ${port}`);
  return row;
}

const portOf = (summary: string): string => /SrcPort: (\d+)/.exec(summary)?.[1] ?? summary;

/** Port, mark and comment of each note. */
function told({ notes: listed }: NoteBook): string[] {
  return listed.map(({ summary, marked, comment }) => `${portOf(summary)}${marked ? ' marked' : ''} ${comment}`.trim());
}

async function noted(engine: Engine, trace: TraceId): Promise<string[]> {
  const book = await engine.call('notes', { trace });
  const rows = await rowsOf(engine, trace);
  const asRows = rows
    .filter(({ marked, comment }) => marked || comment !== '')
    .map(({ row, milliseconds, hundredNanoseconds, summary, marked, comment }) => ({
      ...{ row, milliseconds, hundredNanoseconds, summary, marked, comment },
    }));
  expect(book).toEqual({ notes: asRows, problems: [] });
  return told(book);
}

describe('marks and comments', () => {
  it('are set, changed and taken back, and rows bear them', async () => {
    const engine = newEngine();
    const trace = await open(engine, host());
    const [first, second] = [await rowOfPort(engine, trace, 1003), await rowOfPort(engine, trace, 1011)];
    expect(await noted(engine, trace)).toEqual([]);
    await engine.call('setNotes', { trace, rows: [second, first], marked: true });
    await engine.call('setNotes', { trace, rows: [second], comment: 'why\nso late?' });
    expect(await noted(engine, trace)).toEqual(['1003 marked', '1011 marked why\nso late?']);
    await engine.call('setNotes', { trace, rows: [first, second], marked: false });
    expect(await noted(engine, trace)).toEqual(['1011 why\nso late?']);
    const book = await engine.call('setNotes', { trace, rows: [second], comment: '' });
    expect(book).toEqual({ notes: [], problems: [] });
    expect(readdirSync(notes)).toEqual([]);
    await expect(engine.call('setNotes', { trace, rows: [1e6], marked: true })).rejects.toThrow(/no row 1000000/);
  });

  it('are found again when the trace is opened anew, under another name, and with other times', async () => {
    const before = newEngine();
    const trace = await open(before, host());
    await before.call('setNotes', {
      trace,
      rows: [await rowOfPort(before, trace, 1007)],
      marked: true,
      comment: 'here',
    });
    mkdirSync(join(folder, 'elsewhere'), { recursive: true });
    const moved = join(folder, 'elsewhere', 'renamed.etl');
    renameSync(join(folder, 'host.etl'), moved);
    const after = newEngine(7);
    const again = await open(after, moved);
    expect(await noted(after, again)).toEqual(['1007 marked here']);
    await after.call('shiftTime', { trace: again, file: 0, hundredNanoseconds: -123_456_789 });
    expect(await noted(after, again)).toEqual(['1007 marked here']);
    await after.call('setNotes', { trace: again, rows: [await rowOfPort(after, again, 1008)], comment: 'shifted' });
    await after.call('shiftTime', { trace: again, file: 0, hundredNanoseconds: 5 });
    expect(await noted(after, again)).toEqual(['1007 marked here', '1008 shifted']);
  });

  it('stay with a file that has grown and is opened anew, and do not go to another of its name', async () => {
    const engine = newEngine();
    const trace = await open(engine, fileOf('grows.etl', scenario(start, 1000, 10)));
    await engine.call('setNotes', {
      trace,
      rows: [await rowOfPort(engine, trace, 1004)],
      marked: true,
      comment: 'early',
    });
    const grown = await open(engine, fileOf('grows.etl', scenario(start, 1000, 3000)));
    await engine.call('close', { trace });
    expect(told(await engine.call('notes', { trace: grown }))).toEqual(['1004 marked early']);
    const again = newEngine();
    expect(told(await again.call('notes', { trace: await open(again, join(folder, 'grows.etl')) }))).toEqual([
      '1004 marked early',
    ]);
    const other = await open(engine, fileOf('grows.etl', scenario('2024-05-02T14:03:07.0000000Z', 1000, 20)));
    expect(await noted(engine, other)).toEqual([]);
  });

  it('belong to their file when it is read together with another one', async () => {
    const engine = newEngine();
    const alone = await open(engine, guest());
    await engine.call('setNotes', {
      trace: alone,
      rows: [await rowOfPort(engine, alone, 2005)],
      comment: 'of the guest',
    });
    const both = await open(engine, host(), guest());
    expect(await noted(engine, both)).toEqual(['2005 of the guest']);
    const rows = [await rowOfPort(engine, both, 1005), await rowOfPort(engine, both, 2005)];
    await engine.call('setNotes', { trace: both, rows, marked: true });
    await engine.call('shiftTime', { trace: both, file: 0, hundredNanoseconds: 10_000_000 });
    expect(await noted(engine, both)).toEqual(['2005 marked of the guest', '1005 marked']);
    expect(await noted(engine, alone)).toEqual(['2005 marked of the guest']);
    expect(await noted(newEngine(), await open(engines[1], host()))).toEqual(['1005 marked']);
    await engine.call('clearNotes', { trace: alone });
    expect(await noted(engine, both)).toEqual(['1005 marked']);
  });

  it('are found in compressed traces and in captures, in whatever ranges these are read', async () => {
    const large = Array.from(
      { length: 900 },
      (_, index) => `+${index * 10}us cpu${index % 3} ndis in miniport=9 | ${packet(1000 + index)} | zeros 5000`,
    );
    const compressed = fileOf(
      'packed.etl',
      [`trace start=${start} cpus=3 buffer=64KiB compressed`, ...large].join('\n'),
    );
    const engine = newEngine();
    const trace = await open(engine, compressed);
    const { view } = await engine.call('view', { trace, filter: 'UDP' });
    const capture = join(folder, 'large.pcapng');
    await engine.call('export', { view, format: 'pcapng', target: capture });
    for (const file of [compressed, capture]) {
      const first = newEngine(1);
      const opened = await open(first, file);
      const ports = [1000, 1450, 1899];
      const rows = await Promise.all(ports.map((port) => rowOfPort(first, opened, port)));
      await first.call('setNotes', { trace: opened, rows, marked: true });
      const second = newEngine(16);
      expect(told(await second.call('notes', { trace: await open(second, file) }))).toEqual(
        ports.map((port) => `${port} marked`),
      );
    }
  });
});

describe('a view of what is marked', () => {
  it('has exactly these rows, and goes with a filter and with the other choices', async () => {
    const engine = newEngine();
    const scenarioTwice = scenario(start, 1000, 20)
      .split('\n')
      .flatMap((line) => (line.startsWith('+') ? [line, line.replace('miniport=9', 'miniport=9 lower=11')] : [line]));
    const trace = await open(engine, fileOf('twice.etl', scenarioTwice.join('\n')));
    const all = await rowsOf(engine, trace);
    const chosen = all.filter(({ summary }) => /SrcPort: 10(03|07|15)/.test(summary)).map(({ row }) => row);
    expect(chosen).toHaveLength(6);
    expect(await rowsOf(engine, trace, '', { marked: true })).toEqual([]);
    await engine.call('setNotes', { trace, rows: chosen, marked: true });
    await engine.call('setNotes', { trace, rows: [0], comment: 'not marked' });
    const rows = async (filter: string, choice: object): Promise<number[]> =>
      (await rowsOf(engine, trace, filter, choice)).map(({ row }) => row);
    expect(await rows('', { marked: true })).toEqual(chosen);
    expect(await rows('UDP.SourcePort > 1005', { marked: true })).toEqual(chosen.slice(2));
    expect(await rows('*Summary contains "1007"', { marked: true })).toEqual(chosen.slice(2, 4));
    const firsts = await rows('', { sightings: 'first' });
    expect(firsts.length).toBeLessThan(all.length);
    expect(await rows('', { marked: true, sightings: 'first' })).toEqual(chosen.filter((row) => firsts.includes(row)));
    expect(await rows('UDP.SourcePort == 1003', { marked: true, sightings: 'first' })).toHaveLength(1);
    const { view } = await engine.call('view', { trace, filter: 'ARP', choice: { marked: true } });
    const target = join(folder, 'none.csv');
    await expect(engine.call('export', { view, format: 'csv', target })).rejects.toThrow(/Nothing to export/);
  });
});

describe.skipIf(!hasTshark)('an exported pcapng', () => {
  it('has the comments of its packets beside what it says itself', async () => {
    const engine = newEngine();
    const trace = await open(engine, host());
    await engine.call('setNotes', { trace, rows: [await rowOfPort(engine, trace, 1001)], comment: 'dröpped here?' });
    await engine.call('setNotes', { trace, rows: [await rowOfPort(engine, trace, 1002)], marked: true });
    const target = join(folder, 'remarks.pcapng');
    const { view } = await engine.call('view', { trace, filter: 'UDP.SourcePort < 1003' });
    await engine.call('export', { view, format: 'pcapng', target });
    expect(judged(target, ['udp.srcport', 'frame.comment'], 'a')).toEqual([
      ['1000', 'PID=4 TID=8'],
      ['1001', 'PID=4 TID=8,dröpped here?'],
      ['1002', 'PID=4 TID=8'],
    ]);
  });
});

describe('kept notes', () => {
  const keptFile = (): string => {
    const [name] = readdirSync(notes).filter((file) => !file.includes('damaged'));
    return join(notes, name);
  };

  async function marked(): Promise<TraceId> {
    const engine = newEngine();
    const trace = await open(engine, host());
    await engine.call('setNotes', { trace, rows: [await rowOfPort(engine, trace, 1001)], marked: true });
    await engine.call('setNotes', { trace, rows: [await rowOfPort(engine, trace, 1002)], comment: 'second' });
    return trace;
  }

  it.each([
    ['no JSON', (text: string) => text.slice(0, 50), [], /cannot be read/],
    ['something else', () => '{"format":"x","notes":[]}', [], /no file of notes/],
    ['a newer version', (text: string) => text.replace('"version":1', '"version":2'), [], /newer version/],
    [
      'an impossible place',
      (text: string) => text.replace(/"buffer":\d+/, '"buffer":-1'),
      ['1002 second'],
      /1 of the kept/,
    ],
    [
      'an endless comment',
      (text: string) => text.replace('second', 'x'.repeat(10_001)),
      ['1001 marked'],
      /1 of the kept/,
    ],
    [
      'a place without event',
      (text: string) => text.replace(/"offset":\d+/, '"offset":7'),
      ['1002 second'],
      /One note belongs/,
    ],
    [
      'another event',
      (text: string) => text.replace(/"filetime":"\d+"/, '"filetime":"5"'),
      ['1002 second'],
      /One note belongs/,
    ],
    ['nothing', () => '', [], /cannot be read/],
  ])('that hold %s cost what is damaged, and are put aside', async (_, damage, left, problem) => {
    await marked();
    const damaged = damage(readFileSync(keptFile(), 'utf8'));
    writeFileSync(keptFile(), damaged);
    const engine = newEngine();
    const trace = await open(engine, host());
    const book = await engine.call('notes', { trace });
    expect(told(book)).toEqual(left);
    expect(book.problems).toEqual([expect.stringMatching(problem)]);
    await engine.call('setNotes', { trace, rows: [await rowOfPort(engine, trace, 1030)], marked: true });
    const again = newEngine();
    expect(told(await again.call('notes', { trace: await open(again, host()) }))).toEqual([...left, '1030 marked']);
    const aside = readdirSync(notes).filter((file) => file.includes('damaged'));
    if (!problem.source.includes('One note')) expect(readFileSync(join(notes, aside[0]), 'utf8')).toBe(damaged);
    else expect(aside).toEqual([]);
  });

  it('of two windows at once are all there, and never half written', async () => {
    const [one, two] = [newEngine(), newEngine()];
    const traces = [await open(one, host()), await open(two, host())];
    const rows = (await rowsOf(one, traces[0])).filter(({ module }) => module === 'UDP').map(({ row }) => row);
    await Promise.all(
      rows.map((row, index) => {
        const engine = index % 2 === 0 ? one : two;
        return engine.call('setNotes', { trace: traces[index % 2], rows: [row], comment: `of ${index % 2}` });
      }),
    );
    const third = newEngine();
    const book = await third.call('notes', { trace: await open(third, host()) });
    expect(book.notes.map(({ row }) => row)).toEqual(rows);
    expect(book.problems).toEqual([]);
    expect(readdirSync(notes)).toHaveLength(1);
  });

  it('are forgotten of all files at once, open ones and what was put aside too', async () => {
    await marked();
    writeFileSync(join(notes, 'other.damaged.json'), 'put aside');
    const engine = newEngine();
    const trace = await open(engine, host());
    expect(await engine.call('kept', {})).toEqual({ names: 0, notes: 1 });
    expect(await engine.call('forgetKept', { what: 'notes' })).toEqual({ names: 0, notes: 0 });
    expect(readdirSync(notes)).toEqual([]);
    expect(await noted(engine, trace)).toEqual([]);
    expect((await rowsOf(engine, trace)).some((row) => row.marked || row.comment !== '')).toBe(false);
    await engine.call('setNotes', { trace, rows: [await rowOfPort(engine, trace, 1003)], marked: true });
    expect(await engine.call('kept', {})).toEqual({ names: 0, notes: 1 });
  });

  it('that cannot be written are refused with the reason, and nothing is shown that is not kept', async () => {
    const engine = newEngine();
    const trace = await open(engine, host());
    writeFileSync(notes, 'a file in the place of the folder');
    const row = await rowOfPort(engine, trace, 1001);
    await expect(engine.call('setNotes', { trace, rows: [row], marked: true })).rejects.toThrow(
      /list of kept notes was not written/,
    );
    expect(await noted(engine, trace)).toEqual([]);
  });
});
