import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import type { DetailNode, ViewProgress } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-filters-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const way = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
const request = `${way} | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 ACK PSH seq=1 | "GET /msn HTTP/1.1${String.raw`\r\n\r\n`}"`;
const scenario = `trace start=2024-05-01T14:03:07.0000000Z metadata
+10us pid4 ndis in miniport=9 | ${way} | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 SYN seq=0 win=8192 mss=1460
+10us ndis in miniport=9 | ${way} | ipv4 10.0.0.50 > 10.0.0.1 | udp 50000 > 53 | "question"
+10us vmswitch 56 NicName=NIC1 NicFName="Ethernet" SwitchName=S1 SwitchFName="nat" BufferAddress=0xffff9383cbf21490
+10us ndis in miniport=9 | ${request}
+10us pktmon drop group=5 appearance=3 direction=Rx component=60 edge=0 reason=9 location=0xE0002006 | ${way} | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 SYN seq=0`;

let engine: Engine;
let trace: number;
beforeEach(async () => {
  engine = new Engine(new InlinePool());
  const file = join(folder, 'trace.etl');
  writeFileSync(file, compileScenario(scenario));
  ({ trace } = await engine.call('open', { files: [file] }));
});
afterEach(() => engine.close());

async function wholeView(filter = ''): Promise<{ view: number; rows: number; notes: string[] }> {
  return engine.call('view', { trace, filter });
}

describe('checking a filter while it is typed', () => {
  it('names every mistake with its place and what to try', async () => {
    const { problems, notes } = await engine.call('check', { trace, filter: 'TCP.Port = 80 and (UDP' });
    expect(notes).toEqual([]);
    expect(problems.map(({ start, end }) => [start, end])).toEqual([
      [9, 10],
      [18, 19],
    ]);
    expect(problems[0].suggestion).toBe('TCP.Port == 80 and (UDP)');
  });

  it('knows the names of the trace, and without a trace only the language', async () => {
    const filter = 'TPC and Port == 80';
    expect((await engine.call('check', { trace, filter })).problems).toMatchObject([
      { suggestion: 'TPC and *Port == 80' },
    ]);
    expect((await engine.call('check', { trace, filter: 'TPC' })).notes).toEqual([
      'This trace has no module named "TPC", so that part of the filter matches nothing. Near names: TCP.',
    ]);
    expect(await engine.call('check', { trace: null, filter })).toEqual({ problems: [], notes: [] });
  });
});

describe('completing a filter', () => {
  const texts = async (filter: string, position = filter.length): Promise<string[]> =>
    (await engine.call('complete', { trace, filter, position })).items.map(({ text }) => text);

  it.each([
    ['TC', ['TCP']],
    ['tcp.fl', ['Flags', 'Flags.ACK']],
    ['TCP.Flags.', ['ACK', 'SYN']],
    ['TCP:', ['Segment']],
    ['TCP::', ['SourcePort', 'Flags']],
    ['*Sour', ['SourcePort', 'SourceAddress', 'Source']],
    ['#Diag', ['DiagnosisLevels', 'DiagnosisTypes']],
    ['Microsoft_Windows_Hy', ['Microsoft_Windows_Hyper_V_VmSwitch']],
    ['Microsoft_Windows_Hyper_V_VmSwitch.Nic', ['NicName', 'NicFName']],
    ['TCP.Port ', ['==', '!=', 'in', 'and']],
    ['TCP ', ['and', 'or']],
    ['TCP.Port == ', ['52891', '80', 'IANA.Port.HTTP']],
    ['TCP.Port == IANA.Port.HT', ['HTTP']],
    ['IPv4.Address in [', ['10.0.0.50', '10.0.0.60', '10.0.0.1']],
    ['Component == ', ['"interface 9"']],
    ['contains "x" encoding U', ['UTF7', 'UTF8', 'Unicode', 'UTF32']],
    ['\\HTTP\\T', ['TCP']],
  ])('offers behind %s', async (filter, wanted) => {
    expect(await texts(filter)).toEqual(expect.arrayContaining(wanted));
  });

  it('replaces the word at the cursor, and offers nothing inside a text', async () => {
    const { from, to, items } = await engine.call('complete', { trace, filter: 'TCP.Porx == 80', position: 6 });
    expect([from, to]).toEqual([4, 8]);
    expect(items[0]).toEqual({ text: 'Port', kind: 'field', type: 'number', detail: 'TCP.Segment.Port' });
    expect(await texts('contains "TC')).toEqual([]);
  });
});

describe('explaining a filter', () => {
  it('tells the tree and the plan, in the order of the work', async () => {
    const { canonical, tree, plan, notes } = await engine.call('explain', {
      trace,
      filter: 'http.uri contains "msn" AND tcp.port==80',
    });
    expect(canonical).toBe('http.uri contains "msn" and tcp.port == 80');
    expect(tree.text).toBe('and');
    const lines = (node: { text: string; children: (typeof plan)[] }): string[] => [
      node.text,
      ...node.children.flatMap(lines),
    ];
    const steps = lines(plan);
    expect(steps.findIndex((step) => step.includes('sourcePort'))).toBeGreaterThan(0);
    expect(steps.at(-1)).toBe('decode the message: http.uri contains "msn"');
    expect(notes).toEqual([]);
  });

  it("tells the filter in Wireshark's language, or why there is none", async () => {
    const explain = async (filter: string) => (await engine.call('explain', { trace: null, filter })).wireshark;
    expect(await explain('TCP.Port != IANA.Port.HTTP')).toEqual({ filter: '!(tcp.port == 80)' });
    expect(await explain('#MessageNumber == 5')).toMatchObject({ reason: expect.any(String) as string });
  });

  it('is refused where the view would be', async () => {
    await expect(engine.call('explain', { trace, filter: 'TCP ==' })).rejects.toMatchObject({ name: 'FilterError' });
  });
});

describe('finding in a view', () => {
  const find = async (view: number, filter: string, from: number, direction: 'forward' | 'backward' = 'forward') =>
    engine.call('find', { view, filter, from, direction });

  it('goes on from a position and around the end, both ways', async () => {
    const { view } = await wholeView('*Address == 10.0.0.50');
    const positions = { syn: 0, question: 1, request: 2, drop: 3 };
    expect(await find(view, 'TCP.Flags.SYN == true', 1)).toMatchObject({ position: positions.drop, wrapped: false });
    expect(await find(view, 'TCP.Flags.SYN == true', 4)).toMatchObject({ position: positions.syn, wrapped: true });
    expect(await find(view, 'UDP', 0, 'backward')).toMatchObject({ position: positions.question, wrapped: true });
    expect(await find(view, 'HTTP.Uri contains "MSN"', 3, 'backward')).toMatchObject({
      position: positions.request,
      wrapped: false,
    });
    expect(await find(view, 'ARP', 0)).toBeNull();
  });

  it('looks for a quoted text in what is shown and in the bytes', async () => {
    const { view } = await wholeView();
    const { rows } = await engine.call('rows', { view, from: 0, count: 100 });
    const inBytes = await find(view, '"QUESTION"', 0);
    expect(rows[inBytes?.position ?? -1].module).toBe('UDP');
    const shown = await find(view, '"received from nic nic1"', 0);
    expect(rows[shown?.position ?? -1].module).toBe('Microsoft_Windows_Hyper_V_VmSwitch');
  });
});

describe('color rules', () => {
  it('give each row the first that lets it through', async () => {
    const { view } = await wholeView('*Address == 10.0.0.50');
    const colorRules = ['no filter ==', 'HTTP.Uri contains "msn"', 'Dropped == true', 'TCP', 'IPv4'];
    const { rows } = await engine.call('rows', { view, from: 0, count: 10, colorRules });
    expect(rows.map(({ colorRule }) => colorRule)).toEqual([3, 4, 1, 2]);
    const plain = await engine.call('rows', { view, from: 0, count: 1 });
    expect(plain.rows[0].colorRule).toBe(-1);
  });
});

describe('a view that is being made', () => {
  it('can be used from its first rows on, and is gone when it is given up', async () => {
    const told: ViewProgress[] = [];
    const controller = new AbortController();
    const making = engine.call(
      'view',
      { trace, filter: '*Summary contains "Flags"' },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          told.push(progress);
          if (progress.rows > 0) controller.abort();
        },
      },
    );
    const failure = await making.then(
      () => 'made',
      (error: unknown) => (error as Error).name,
    );
    const usable = told.find(({ rows }) => rows > 0);
    expect(usable?.view).toBeGreaterThan(0);
    if (failure !== 'made') {
      await expect(engine.call('rows', { view: usable?.view ?? 0, from: 0, count: 1 })).rejects.toMatchObject({
        name: 'BadRequest',
      });
    }
  });
});

describe('the filter of a value in the details', () => {
  it('lets through the event it was taken from', async () => {
    const { view, rows } = await wholeView('*Address == 10.0.0.50 or Microsoft_Windows_Hyper_V_VmSwitch');
    const block = await engine.call('rows', { view, from: 0, count: rows });
    let asked = 0;
    for (const { row } of block.rows) {
      const { nodes } = await engine.call('detail', { view, row });
      for (const filter of filtersIn(nodes)) {
        const found = await wholeView(filter);
        const { rows: matched } = await engine.call('rows', { view: found.view, from: 0, count: 100 });
        expect(
          matched.map((each) => each.row),
          filter,
        ).toContain(row);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(100);
  });
});

function filtersIn(nodes: readonly DetailNode[]): string[] {
  return nodes.flatMap(({ filter, children }) => [...(filter === undefined ? [] : [filter]), ...filtersIn(children)]);
}

describe('a filter by time', () => {
  it('may be open at either side', async () => {
    const { rows } = await wholeView();
    for (const filter of [
      '#Timestamp <= "9999-01-01"',
      '#Timestamp < "9999-01-01"',
      '#Timestamp >= "1700-01-01"',
      '#Timestamp >= "1700-01-01" && #Timestamp <= "9999-01-01"',
    ]) {
      expect([filter, (await wholeView(filter)).rows]).toEqual([filter, rows]);
    }
    expect((await wholeView('#Timestamp <= "1700-01-01"')).rows).toBe(0);
  });
});
