import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compileScenario } from '../../scenario/compile.ts';
import type { Row } from '../contract.ts';
import { Engine } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';
import { decodedRows } from '../test-support/decoded-rows.ts';
import { filterTrace } from '../test-support/filter-trace.ts';
import {
  naiveField,
  naiveGridCell,
  naivelyCounted,
  naivelySorted,
  type NaiveCell,
} from '../test-support/naive-columns.ts';
import { headerBytes, randomTrace } from '../test-support/random-traces.ts';
import { realTraces } from '../test-support/real-traces.ts';
import { scenarioText } from '../test-support/sample-scenarios.ts';

/** Columns, sorting and grouping as they are carried out, columns first, against every row decoded. */

const folder = mkdtempSync(join(tmpdir(), 'hopscope-columns-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** As they are carried out on traces of millions of rows: in many portions. */
const analysisBounds = { rowsPerTask: { none: 128, some: 100, all: 64 }, sortedValues: 100_000, groups: 100_000 };

const fields = [
  'TCP.SourcePort',
  'TCP.Flags',
  'TCP.Flags.SYN',
  'TCP.SequenceNumber',
  'TCP.Window',
  'TCP.PayloadLength',
  'UDP.DestinationPort',
  'IPv4.SourceAddress',
  'IPv4.Protocol',
  'IPv4.Identification',
  'IPv6.DestinationAddress',
  'Ethernet.SourceAddress',
  'VLAN.VlanId',
  'ICMP.Type',
  'DNS.QueryIdentifier',
  'Etw.ProcessId',
  'Etw.ThreadId',
  'Etw.ProviderId',
  'Etw.Descriptor.Id',
  'Etw.Keywords',
  'Etw.Processor',
];
const grid = [
  'MessageNumber',
  'Timestamp',
  'TimeElapsed',
  'Source',
  'Destination',
  'Module',
  'Summary',
  'Diagnosis',
  'Sighting',
];

interface Opened {
  readonly engine: Engine;
  readonly trace: number;
  readonly view: number;
  readonly rows: Row[];
  /** Of each column a cell for each row. */
  readonly cells: ReadonlyMap<string, readonly NaiveCell[]>;
}

async function opened(name: string, file: Uint8Array): Promise<Opened> {
  const path = join(folder, `${name}.etl`);
  writeFileSync(path, file);
  const engine = new Engine(new InlinePool(), { analysisBounds });
  const { trace, providers } = await engine.call('open', { files: [path] });
  await engine.call('diagnosis', { trace });
  const { view, rows: length } = await engine.call('view', { trace, filter: '' });
  const rows = await allRows(engine, view, length);
  const decoded = decodedRows(file, new Map(providers.map(({ guid, name: own }) => [guid, own ?? guid])));
  const cells = new Map<string, NaiveCell[]>();
  for (const column of fields)
    cells.set(
      column,
      decoded.map((row) => naiveField(row, column)),
    );
  for (const column of grid)
    cells.set(
      column,
      rows.map((row) => naiveGridCell(row, column)),
    );
  return { engine, trace, view, rows, cells };
}

async function allRows(engine: Engine, view: number, length: number, columns?: string[]): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < length) {
    const params = { view, from: rows.length, count: 1000, ...(columns && { columns }) };
    rows.push(...(await engine.call('rows', params)).rows);
  }
  return rows;
}

const named = Object.values(filterTrace).map((statement, number) => `+${number + 1}ms ${statement}`);
const traces: readonly (readonly [name: string, make: () => Uint8Array])[] = [
  ['a row of each kind', () => compileScenario(`trace cpus=1 buffer=64KiB\n${named.join('\n')}`)],
  ['sound packets', () => randomTrace({ seed: 21, rows: 250 })],
  ['packets with damaged payloads', () => randomTrace({ seed: 22, rows: 200, soundBytes: headerBytes })],
  ['packets cut and damaged anywhere', () => randomTrace({ seed: 23, rows: 200, soundBytes: 14 })],
  ['a sample', () => compileScenario(scenarioText('container-syn'))],
];

/** Of a TCP header that is impossible, the columns count its payload and the details do not. */
const differWhereDamaged = new Set(['TCP.PayloadLength']);
/** Packets in fragments are told alike to filters and groups; the grid shows them with the packet's first event. */
const differForFragments = new Set(['Source', 'Destination', 'Sighting', 'Diagnosis']);

describe.each(traces)('of %s', (name, make) => {
  it('columns, orders and groups are those of reading every row in full', async () => {
    const { engine, view, rows, cells } = await opened(name, make());
    try {
      const columns = [...cells.keys()];
      const shown = await allRows(engine, view, rows.length, columns);
      const texts = columns.flatMap((column, place) =>
        shown.flatMap((row, number) => {
          const [own, wanted] = [row.columns?.[place], cells.get(column)?.[number].text];
          return own === wanted ? [] : [`${column} of row ${number}: ${own}, but ${wanted}`];
        }),
      );
      expect(texts, 'columns with other texts').toEqual([]);
      const orders: string[] = [];
      const groups: string[] = [];
      for (const [column, wanted] of cells) {
        if (name.includes('damaged') && differWhereDamaged.has(column)) continue;
        for (const descending of [false, true]) {
          const sorted = await engine.call('sort', { view, order: { by: column, descending } });
          const found = (await allRows(engine, sorted.view, rows.length)).map(({ row }) => row);
          await engine.call('closeView', { view: sorted.view });
          if (found.join() !== naivelySorted(wanted, descending).join()) orders.push(`${column} ${descending}`);
        }
        if (differForFragments.has(column)) continue;
        const counted = naivelyCounted([wanted]);
        const grouping = await engine.call('group', { view, by: [column], order: 'rows', limit: 10_000 });
        const own = new Map(grouping.groups.map(({ values, rows: count }) => [values[0], count]));
        if (!isEqual(own, counted.groups) || grouping.rowsWithout !== counted.without) groups.push(column);
      }
      expect(orders, 'columns with another order').toEqual([]);
      expect(groups, 'columns with other groups').toEqual([]);
      const pairs = [
        ['Module', 'TCP.SourcePort'],
        ['IPv4.SourceAddress', 'TCP.SourcePort', 'TCP.Flags'],
        ['Etw.ProcessId', 'Ethernet.SourceAddress', 'Module'],
      ];
      for (const by of pairs) {
        const counted = naivelyCounted(by.map((column) => cells.get(column) ?? []));
        const grouping = await engine.call('group', { view, by, order: 'value', limit: 10_000 });
        const own = new Map(grouping.groups.map(({ values, rows: count }) => [values.join(' | '), count]));
        expect(isEqual(own, counted.groups), by.join()).toBe(true);
        expect(grouping.rowsWithout).toBe(counted.without);
      }
    } finally {
      await engine.close();
    }
  });
});

function isEqual(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one.size === other.size && [...one].every(([key, count]) => other.get(key) === count);
}

/** Columns of which a group of a sound trace always has a filter, and such as may have none. */
const filtered = [
  'Source',
  'Destination',
  'Module',
  'Conversation',
  'Component',
  'Direction',
  'Provider',
  'TCP.SourcePort',
  'Sighting',
];
const others = [
  'Summary',
  'Diagnosis',
  'Timestamp',
  'DropReason',
  'TCP.Flags.SYN',
  'IPv4.TimeToLive',
  'IPv4.SourceAddress',
  'IPv4.Address',
  'UDP.Port',
  'Ethernet.Type',
  'Etw.Id',
  '*Name',
];

/** IPv6 tells the protocol of a later fragment where no field names it. */
const withoutFilter = /^Conversation: \S+::\S+ ↔ \S+ protocol \d+$/;

async function groupsWithOtherFilters(
  { engine, trace, view }: Pick<Opened, 'engine' | 'trace' | 'view'>,
  columns: readonly string[],
): Promise<{ wrong: string[]; missing: string[]; filters: number }> {
  const wrong: string[] = [];
  const missing: string[] = [];
  let filters = 0;
  for (const column of columns) {
    const { groups } = await engine.call('group', { view, by: [column], order: 'rows', limit: 25 });
    for (const { values, rows, filter } of groups) {
      if (filter === undefined) {
        missing.push(`${column}: ${values[0]}`);
        continue;
      }
      filters++;
      const found = await engine.call('view', { trace, filter });
      await engine.call('closeView', { view: found.view });
      if (found.rows !== rows) wrong.push(`${rows} rows, but ${found.rows} of ${filter}`);
    }
  }
  return { wrong, missing, filters };
}

describe.each(traces.filter(([name]) => !name.includes('damaged')))('of %s', (name, make) => {
  it('the filter of a group lets through the rows of the group', async () => {
    const { engine, ...rest } = await opened(`${name} filtered`, make());
    try {
      const sure = await groupsWithOtherFilters({ engine, ...rest }, filtered);
      const perhaps = await groupsWithOtherFilters({ engine, ...rest }, others);
      expect([...sure.wrong, ...perhaps.wrong]).toEqual([]);
      expect(sure.missing.filter((group) => !withoutFilter.test(group))).toEqual([]);
      expect(perhaps.filters).toBeGreaterThan(10);
    } finally {
      await engine.close();
    }
  });
});

const { folder: realFolder, present } = realTraces('columns of real traces are not compared.');

describe.skipIf(!present)('of a real trace of pktmon', () => {
  it('columns, orders, groups and filters are those of reading every row in full', async () => {
    const path = `${realFolder}pktmon/demikernel-PktMon.etl`;
    const opening = await opened('real', readFileSync(path));
    const { engine, view, cells, rows } = opening;
    try {
      for (const [column, wanted] of cells) {
        const sorted = await engine.call('sort', { view, order: { by: column, descending: true } });
        const found = (await allRows(engine, sorted.view, rows.length)).map(({ row }) => row);
        expect(found, column).toEqual(naivelySorted(wanted, true));
      }
      const { wrong, filters } = await groupsWithOtherFilters(opening, [...filtered, ...others]);
      expect(wrong).toEqual([]);
      expect(filters).toBeGreaterThan(30);
    } finally {
      await engine.close();
    }
  });
});
