import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../../scenario/compile.ts';
import type { DetailNode, Grouping, GroupOrder, SortOrder } from '../contract.ts';
import { Engine, type EngineOptions } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';
import { filterTrace } from '../test-support/filter-trace.ts';
import { randomTrace } from '../test-support/random-traces.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-analysis-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let engine: Engine;
beforeEach(() => {
  engine = new Engine(new InlinePool());
});
afterEach(() => engine.close());

async function openTrace(
  bytes: Uint8Array,
  options?: EngineOptions,
): Promise<{ trace: number; view: number; rows: number }> {
  if (options) {
    await engine.close();
    engine = new Engine(new InlinePool(), options);
  }
  const file = join(folder, 'trace.etl');
  writeFileSync(file, bytes);
  const { trace } = await engine.call('open', { files: [file] });
  const { view, rows } = await engine.call('view', { trace, filter: '' });
  return { trace, view, rows };
}

const named = Object.values(filterTrace).map((statement, number) => `+${number + 1}ms ${statement}`);
const everyKind = compileScenario(`trace cpus=1 buffer=64KiB\n${named.join('\n')}`);
const way = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
const tcp = (source: string, destination: string, ports: string): string =>
  `ndis in miniport=9 | ${way} | ipv4 ${source} > ${destination} | tcp ${ports} ACK seq=1 ack=1`;
const small = compileScenario(
  [
    'trace cpus=1 buffer=64KiB',
    `+1ms ${tcp('10.0.0.10', '10.0.0.2', '443 > 50000')}`,
    `+2ms ${tcp('10.0.0.9', '10.0.0.2', '80 > 50001')}`,
    `+3ms ${tcp('10.0.0.2', '10.0.0.9', '50001 > 80')}`,
    `+4ms ${tcp('10.0.0.9', '10.0.0.2', '80 > 50001')}`,
    `+5ms ndis in miniport=9 fragments=40,30 | ${way} | ipv4 10.0.0.1 > 10.0.0.2 | udp 5 > 6 | "28 bytes of payload, no more"`,
    '+6ms vmswitch 54 NicName=N1 NicFName=Web SwitchName=S SwitchFName=sw DropReason=9',
  ].join('\n'),
);

async function shownRows(view: number): Promise<number[]> {
  return (await engine.call('rows', { view, from: 0, count: 1000 })).rows.map(({ row }) => row);
}

async function sorted(view: number, by: string, descending = false): Promise<number> {
  return (await engine.call('sort', { view, order: { by, descending } })).view;
}

async function grouped(view: number, by: string[], order: GroupOrder = 'rows', limit = 100): Promise<Grouping> {
  return engine.call('group', { view, by, order, limit });
}

describe('columns of rows', () => {
  it('say what the details say of the field', async () => {
    const columns = [
      'TCP.SourcePort',
      'IPv4.TimeToLive',
      'TCP.Flags.SYN',
      'ICMP.Type',
      'UDP.Length',
      'DNS.QueryIdentifier',
    ];
    const { view, rows } = await openTrace(everyKind);
    const block = await engine.call('rows', { view, from: 0, count: rows, columns });
    let compared = 0;
    for (const row of block.rows) {
      const { nodes } = await engine.call('detail', { view, row: row.row });
      columns.forEach((column, place) => {
        const texts = [...new Set(nodeValues(nodes, column.split('.')))];
        if (texts.length > 0) compared++;
        // Details are those of the packet's first event.
        if (row.source !== '') expect(row.columns?.[place], column).toBe(texts.join(', '));
      });
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('know fields of events, in any case, by what filters call them', async () => {
    const { view } = await openTrace(small);
    const columns = [
      'microsoft_windows_hyper_v_vmswitch.dropreason',
      '*NicName',
      'dropreason',
      '#MessageNumber',
      'tcp.srcport',
    ];
    const { rows } = await engine.call('rows', { view, from: 1, count: 100, columns });
    expect(rows[0].columns).toEqual(['', '', '', '2', 'HTTPS(443)']);
    expect(rows.at(-1)?.columns).toEqual(['Filtered VLAN (9)', 'N1', 'Filtered VLAN', '8', '']);
  });

  it('are empty where nobody knows them, and absent where nobody asks', async () => {
    const { view } = await openTrace(small);
    const { rows } = await engine.call('rows', {
      view,
      from: 1,
      count: 1,
      columns: ['Nobody.Knows', 'TCP', '1 ==', ''],
    });
    expect(rows[0].columns).toEqual(['', '', '', '']);
    expect((await engine.call('rows', { view, from: 1, count: 1 })).rows[0]).not.toHaveProperty('columns');
  });
});

function nodeValues(nodes: readonly DetailNode[], path: readonly string[]): string[] {
  const [name, ...rest] = path;
  return nodes
    .filter((node) => node.name === name)
    .flatMap((node) => (rest.length === 0 ? [node.value] : nodeValues(node.children, rest)));
}

describe('a sorted view', () => {
  it('has addresses in their own order, rows without a value last, and equal ones in time order', async () => {
    const { view } = await openTrace(small);
    expect(await shownRows(await sorted(view, 'Source'))).toEqual([5, 3, 2, 4, 1, 7, 0, 6]);
    expect(await shownRows(await sorted(view, 'Source', true))).toEqual([7, 1, 2, 4, 3, 5, 0, 6]);
  });

  it('tells its order, outlives its base, and is sorted again from time order', async () => {
    const { view, rows } = await openTrace(small);
    const order: SortOrder = { by: 'Source', descending: true };
    const info = await engine.call('sort', { view, order });
    expect(info).toMatchObject({ rows, available: rows, complete: true, order });
    await engine.call('closeView', { view });
    expect(await shownRows(info.view)).toEqual([7, 1, 2, 4, 3, 5, 0, 6]);
    expect(await shownRows(await sorted(info.view, 'TCP.SourcePort'))).toEqual([2, 4, 1, 3, 0, 5, 6, 7]);
    expect(await shownRows(await sorted(info.view, 'MessageNumber', true))).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('keeps to the rows of its filter; finding and texts go by the order that is shown', async () => {
    const { trace } = await openTrace(small);
    const { view } = await engine.call('view', { trace, filter: 'TCP' });
    const byPort = await sorted(view, 'TCP.SourcePort', true);
    expect(await shownRows(byPort)).toEqual([3, 1, 2, 4]);
    const find = { view: byPort, filter: '*Source == 10.0.0.9', direction: 'forward' } as const;
    expect(await engine.call('find', { ...find, from: 0 })).toEqual({ position: 2, row: 2, wrapped: false });
    expect(await engine.call('find', { ...find, from: 3 })).toEqual({ position: 3, row: 4, wrapped: false });
    expect(await engine.call('find', { ...find, from: 3, filter: '*Source == 10.0.0.2' })).toEqual({
      position: 0,
      row: 3,
      wrapped: true,
    });
    const { text } = await engine.call('text', { view: byPort, format: 'jsonl', from: 0, count: 10 });
    const target = join(folder, 'sorted.jsonl');
    await engine.call('export', { view: byPort, format: 'jsonl', target });
    expect(readFileSync(target, 'utf8')).toBe(text);
    const numbers = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { messageNumber: number }).messageNumber);
    expect(numbers).toEqual([4, 2, 3, 5]);
  });

  it('of packets is exported in time order', async () => {
    const { view } = await openTrace(small);
    const paths = [view, await sorted(view, 'Source', true)].map((id, number) => ({
      id,
      target: join(folder, `${number}.pcapng`),
    }));
    for (const { id, target } of paths) await engine.call('export', { view: id, format: 'pcapng', target });
    expect(readFileSync(paths[1].target).equals(readFileSync(paths[0].target))).toBe(true);
  });
});

describe('groups', () => {
  it('count rows, and a packet in fragments once with its whole length', async () => {
    const { view, rows } = await openTrace(small);
    const { groups, ...sums } = await grouped(view, ['Source']);
    expect(groups.map(({ values, rows: count, packets, bytes }) => [values[0], count, packets, bytes])).toEqual([
      ['10.0.0.9', 2, 2, 108],
      ['10.0.0.1', 2, 1, 70],
      ['10.0.0.10', 1, 1, 54],
      ['10.0.0.2', 1, 1, 54],
      ['Web', 1, 0, 0],
    ]);
    expect(sums).toEqual({ total: 5, otherRows: 0, rowsWithout: 1, rows, notes: [] });
    const [{ first, last }] = groups;
    expect(last.milliseconds - first.milliseconds).toBe(2);
  });

  it('come in the order that is asked for, and the rest is counted', async () => {
    const { view } = await openTrace(small);
    const values = async (order: GroupOrder): Promise<string[]> =>
      (await grouped(view, ['Source'], order)).groups.map((group) => group.values[0]);
    expect(await values('first')).toEqual(['10.0.0.10', '10.0.0.9', '10.0.0.2', '10.0.0.1', 'Web']);
    expect(await values('value')).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.9', '10.0.0.10', 'Web']);
    expect(await values('bytes')).toEqual(['10.0.0.9', '10.0.0.1', '10.0.0.10', '10.0.0.2', 'Web']);
    expect(await grouped(view, ['Source'], 'rows', 2)).toMatchObject({ total: 5, otherRows: 3 });
  });

  it('by conversation know no direction', async () => {
    const { view } = await openTrace(small);
    const { groups } = await grouped(view, ['Conversation']);
    expect(groups.map(({ values, packets }) => [values[0], packets])).toEqual([
      ['10.0.0.2:50001 ↔ 10.0.0.9:80 TCP', 3],
      ['10.0.0.1:5 ↔ 10.0.0.2:6 UDP', 1],
      ['10.0.0.2:50000 ↔ 10.0.0.10:443 TCP', 1],
    ]);
  });

  it('by two columns have a filter for both', async () => {
    const { trace, view } = await openTrace(small);
    const { groups } = await grouped(view, ['Source', 'TCP.SourcePort'], 'value');
    expect(groups.map(({ values, filter }) => [...values, filter])).toEqual([
      ['10.0.0.2', '50001', '*Source == "10.0.0.2" and TCP.SourcePort == 50001'],
      ['10.0.0.9', 'HTTP(80)', '*Source == "10.0.0.9" and TCP.SourcePort == 80'],
      ['10.0.0.10', 'HTTPS(443)', '*Source == "10.0.0.10" and TCP.SourcePort == 443'],
    ]);
    for (const { filter = '', rows } of groups) {
      expect((await engine.call('view', { trace, filter })).rows).toBe(rows);
    }
  });

  it('beyond a bound are counted together, and said so', async () => {
    const analysisBounds = { rowsPerTask: { none: 3, some: 3, all: 3 }, sortedValues: 3, groups: 2 };
    const { view, rows } = await openTrace(small, { analysisBounds });
    const { groups, ...sums } = await grouped(view, ['Source']);
    expect(groups.map(({ values }) => values[0])).toEqual(['10.0.0.9', '10.0.0.10']);
    expect(sums).toMatchObject({ total: 2, otherRows: 4, rowsWithout: 1, rows });
    expect(sums.notes).toEqual([
      'There are more than 2 groups. 4 rows of those that were met last are counted together as other rows.',
    ]);
    await expect(sorted(view, 'Summary')).rejects.toMatchObject({
      name: 'ColumnError',
      message: expect.stringContaining('more than 3 different values') as unknown,
    });
  });
});

describe('what cannot be done', () => {
  it('is refused with names that may have been meant', async () => {
    const { view } = await openTrace(small);
    const refusal = async (by: string): Promise<unknown> => sorted(view, by).catch((error: unknown) => error);
    expect(await refusal('TCP.SourcPort')).toMatchObject({
      name: 'ColumnError',
      message: expect.stringContaining(
        'This trace has no column "TCP.SourcPort". Near names: TCP.SourcePort,',
      ) as unknown,
    });
    expect(await refusal('Sorce')).toMatchObject({
      name: 'ColumnError',
      message: expect.stringContaining('Source') as unknown,
    });
    expect(await refusal('Port')).toMatchObject({
      name: 'ColumnError',
      message: expect.stringContaining('*Port') as unknown,
    });
    expect(await refusal('TCP.Port == 80')).toMatchObject({ name: 'ColumnError' });
    await expect(grouped(view, ['Source', 'Nope.Nope'])).rejects.toMatchObject({ name: 'ColumnError' });
  });

  it('ends when it is cancelled, and leaves no view behind', async () => {
    const analysisBounds = { rowsPerTask: { none: 4, some: 4, all: 4 }, sortedValues: 1000, groups: 1000 };
    const { view } = await openTrace(randomTrace({ seed: 3, rows: 60 }), { analysisBounds });
    for (const method of ['sort', 'group'] as const) {
      const cancelling = new AbortController();
      const progress: number[] = [];
      const options = {
        signal: cancelling.signal,
        onProgress: ({ done }: { done: number }) => {
          progress.push(done);
          cancelling.abort();
        },
      };
      const asked =
        method === 'sort'
          ? engine.call('sort', { view, order: { by: 'Summary', descending: false } }, options)
          : engine.call('group', { view, by: ['Summary'], order: 'rows', limit: 9 }, options);
      await expect(asked).rejects.toThrow();
      expect(progress).toEqual([4]);
    }
  });
});

describe('while a trace is being read', () => {
  it('the rows that are there are sorted and grouped', async () => {
    const lines = Array.from(
      { length: 3000 },
      (_, index) =>
        `+${index}us cpu${index % 2} event {11111111-2222-3333-4444-555555555555} id=${(index * 7) % 3000} payload=${'00'.repeat(3000)}`,
    );
    const file = join(folder, 'growing.etl');
    writeFileSync(file, compileScenario(`trace cpus=2 buffer=64KiB\n${lines.join('\n')}`));
    const asked: Promise<void>[] = [];
    let early = 0;
    const look = async (trace: number): Promise<void> => {
      const { view, rows, complete } = await engine.call('view', { trace, filter: '' });
      if (rows === 0 || complete) return;
      const order = { by: 'Etw.Id', descending: true };
      const info = await engine.call('sort', { view, order });
      expect(info).toMatchObject({ rows, complete: false, order });
      const block = await engine.call('rows', { view: info.view, from: 0, count: 1000, columns: [order.by] });
      const ids = block.rows.map((row) => Number(row.columns?.[0]));
      expect(ids).toEqual(ids.toSorted((one, other) => other - one));
      const { groups, rowsWithout } = await grouped(view, ['Provider']);
      expect(groups.reduce((sum, group) => sum + group.rows, rowsWithout)).toBe(rows);
      early++;
    };
    await engine.call('open', { files: [file] }, { onProgress: ({ trace }) => asked.push(look(trace)) });
    await Promise.all(asked);
    expect(early).toBeGreaterThan(0);
  });
});

describe('the list of fields', () => {
  it('has what the trace has first, and is searched by name and path', async () => {
    const { trace } = await openTrace(small);
    const { fields, more } = await engine.call('fields', { trace, text: '' });
    expect([fields.length, more]).toEqual([500, true]);
    expect(fields[0]).toEqual({ column: 'Component', module: 'Hopscope', type: 'text' });
    const modules = [...new Set(fields.map(({ module }) => module))];
    expect(modules.indexOf('TCP')).toBeLessThan(modules.indexOf('ARP'));
    const found = await engine.call('fields', { trace, text: 'segment.flags.syn' });
    expect(found).toEqual({ fields: [{ column: 'TCP.Flags.SYN', module: 'TCP', type: 'true or false' }], more: false });
    const ofSwitch = await engine.call('fields', { trace, text: 'VmSwitch.DropReason' });
    expect(ofSwitch.fields).toContainEqual({
      column: 'Microsoft_Windows_Hyper_V_VmSwitch.DropReason',
      module: 'Microsoft_Windows_Hyper_V_VmSwitch',
      type: 'number',
    });
  });

  it('names columns that all can be shown', async () => {
    const { trace, view } = await openTrace(everyKind);
    const names: string[] = [];
    for (const text of ['TCP', 'IPv', 'Etw', 'DNS', 'SMB2', 'Microsoft', 'Hopscope', 'WiFi']) {
      names.push(...(await engine.call('fields', { trace, text })).fields.map(({ column }) => column));
    }
    const distinct = [...new Set(names)];
    expect(distinct.length).toBeGreaterThan(300);
    const unknown: string[] = [];
    for (const by of distinct) {
      await sorted(view, by).catch((error: unknown) => unknown.push(`${by}: ${String(error)}`));
    }
    expect(unknown).toEqual([]);
  });
});
