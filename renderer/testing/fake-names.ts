/**
 * A made-up name book for each trace. What a file or text is called decides what it names: `VMNetworkAdapter` the adapters of
 * machines and containers, `NetAdapter` those of the host; `broken` holds nothing. Names given and taken are remembered.
 */
import type {
  Contract,
  NameBook,
  NamedSubject,
  NameSource,
  NameSubjectKind,
  TraceId,
} from '../../core/engine/contract.ts';

const vmCommand = 'Get-VMNetworkAdapter -All | Format-List Name,VMName,Id,AdapterId,MacAddress,SwitchName';
const hostCommand = 'Get-NetAdapter | Format-List Name,InterfaceDescription,ifIndex,InterfaceGuid,MacAddress';
const importedAt = Date.parse('2024-06-11T08:30:00Z');

interface FakeSubject {
  kind: NameSubjectKind;
  text: string;
  seenIn: string;
  uses: number;
  /** What the trace itself says. */
  own?: string;
  /** What an output of the cmdlet says. */
  vmNetworkAdapter?: string;
  netAdapter?: string;
  facts?: [string, string][];
}

const subjects: readonly FakeSubject[] = [
  {
    kind: 'nic',
    text: '/DEVICE/{5AA3FFAC-83AE-4A3D-A33E-2E2B2E2B7C11}',
    seenIn: 'VmSwitch NBL events, vSwitch frames',
    uses: 41_882,
    own: 'Microsoft Hyper-V Network Adapter',
    netAdapter: 'Ethernet 2',
    facts: [
      ['MAC', '00-15-5D-01-02-03'],
      ['Switch', 'Layered Ethernet'],
    ],
  },
  {
    kind: 'nic',
    text: '/DEVICE/{B1C7E6F0-1D52-4B0E-9C8A-7F1B0A51D7C2}',
    seenIn: 'VmSwitch NBL events',
    uses: 1204,
    own: 'Microsoft Hyper-V Network Adapter',
    netAdapter: 'Ethernet 3',
    facts: [['MAC', '00-15-5D-01-02-04']],
  },
  {
    kind: 'nic',
    text: 'FB5C285C-7E0F-46E5-9F3B-1C1D0E6A2B44',
    seenIn: 'VmSwitch NBL events, vSwitch frames',
    uses: 40_100,
    own: 'Container NIC fb5c285c',
    facts: [['Switch', 'Layered Ethernet']],
  },
  {
    kind: 'nic',
    text: '2B61A2B0-6A0E-4B61-8D55-0F2A64B0C9AA--9A7F7C1E-8C11-4B68-A3A3-61D8E2B0F0D1',
    seenIn: 'VmSwitch NBL events',
    uses: 8112,
    vmNetworkAdapter: 'web01: Network Adapter',
    facts: [['MAC', '00-15-5D-00-0A-09']],
  },
  {
    kind: 'nic',
    text: '2B61A2B0-6A0E-4B61-8D55-0F2A64B0C9AA--D0C2A6A8-05E4-4B9E-8E53-8E0D54F0BB07',
    seenIn: 'VmSwitch NBL events',
    uses: 77,
    vmNetworkAdapter: 'web01: backup',
    facts: [['MAC', '00-15-5D-00-0A-0A']],
  },
  {
    kind: 'switch',
    text: '3FD1C2A4-9E1E-4C5B-A5A8-5C0E8E4D1D2E',
    seenIn: 'VmSwitch NBL events, vSwitch frames',
    uses: 83_120,
    own: 'Layered Ethernet',
  },
  {
    kind: 'port',
    text: 'C0FFEE11-4E0B-4C29-8F43-6F40E7C81D07',
    seenIn: 'VmSwitch port events',
    uses: 12,
    vmNetworkAdapter: 'port of web01',
  },
  { kind: 'interface', text: 'ifIndex 9', seenIn: 'NDIS frames', uses: 22_817, netAdapter: 'Ethernet 2' },
  { kind: 'interface', text: 'ifIndex 14', seenIn: 'NDIS frames', uses: 5102, own: 'vEthernet (nat)' },
  { kind: 'pktmon-component', text: 'component 32', seenIn: 'PktMon', uses: 611, own: 'vmswitch.sys' },
  { kind: 'pktmon-component', text: 'component 9', seenIn: 'PktMon', uses: 402, own: 'TCPIP' },
  { kind: 'mac', text: '00-15-5D-00-0A-09', seenIn: 'frames', uses: 9020, vmNetworkAdapter: 'web01' },
  { kind: 'ip-address', text: '10.0.0.60', seenIn: 'frames', uses: 40_001, own: 'fb5c285c' },
  { kind: 'network', text: 'E1D7B25A-6B4B-4A18-9A9A-2F2B50A9E0C3', seenIn: 'VmSwitch VXLAN events', uses: 31 },
  { kind: 'vm', text: '2B61A2B0-6A0E-4B61-8D55-0F2A64B0C9AA', seenIn: 'VmSwitch NIC events', uses: 14, own: 'web01' },
];

interface TraceNames {
  /** Files and texts, the newest first. */
  imports: NameSource[];
  byHand: Map<string, string>;
}

type NamesMethod = 'names' | 'importNames' | 'setName' | 'removeNames' | 'exportNames' | 'readNames';
interface KeptByFake {
  /** Traces with names. */
  count(): number;
  forgetAll(): void;
}

type FakeNames = KeptByFake & { [M in NamesMethod]: (params: Contract[M]['params']) => Contract[M]['result'] };

export function createFakeNames(): FakeNames {
  const traces = new Map<TraceId, TraceNames>();
  const of = (trace: TraceId): TraceNames => {
    const known = traces.get(trace) ?? { imports: [], byHand: new Map<string, string>() };
    traces.set(trace, known);
    return known;
  };
  let imports = 0;
  return {
    count: () => [...traces.values()].filter((names) => names.imports.length + names.byHand.size > 0).length,
    forgetAll() {
      traces.clear();
    },
    names: ({ trace }) => bookOf(of(trace)),
    importNames({ trace, files, texts }) {
      const titles = [
        ...files,
        ...texts.map(({ title, text }) => (text.includes('Name') ? `${title}: NetAdapter` : title)),
      ];
      const readable = titles.filter(isReadable);
      const added = readable.map((title) => sourceOf(`import-${++imports}`, title));
      const names = of(trace);
      names.imports = [...added, ...names.imports];
      const failures = titles.filter((title) => !isReadable(title)).map((title) => ({ title, message: unreadable }));
      return { book: bookOf(names), added, failures };
    },
    setName({ trace, key, name }) {
      const { byHand } = of(trace);
      if (name === null) byHand.delete(key);
      else byHand.set(key, name);
      return bookOf(of(trace));
    },
    removeNames({ trace, source }) {
      const names = of(trace);
      if (source === 'hand') names.byHand.clear();
      names.imports = names.imports.filter(({ id }) => id !== source);
      return bookOf(names);
    },
    exportNames: ({ trace, target }) => ({
      file: target.replace('target of ', ''),
      names: bookOf(of(trace)).named,
      bytes: 2311,
    }),
    readNames: ({ files }) => files.map((title) => ({ title, contents: contentsOf(title), notes: [], names: [] })),
  };
}

const unreadable =
  'It holds no table, list, CSV, JSON or CLIXML of PowerShell, and no output of docker, ipconfig or pktmon.';

/** Which of a subject's names a file gives. */
const columnOf = (title: string): 'vmNetworkAdapter' | 'netAdapter' | undefined =>
  /VMNetworkAdapter/i.test(title) ? 'vmNetworkAdapter' : /NetAdapter/i.test(title) ? 'netAdapter' : undefined;

function isReadable(title: string): boolean {
  return columnOf(title) !== undefined && !title.includes('broken');
}

function contentsOf(title: string): string[] {
  return columnOf(title) === 'netAdapter'
    ? ['Get-NetAdapter (table), 3 adapters']
    : ['Get-VMNetworkAdapter (list), 4 adapters'];
}

function sourceOf(id: string, title: string): NameSource {
  const column = columnOf(title);
  const notes =
    column === 'netAdapter'
      ? ['The table was cut at 80 characters: “Ethernet 3…” is not whole. Pipe to Format-List, or to Export-Csv.']
      : [];
  const matched = subjects.filter((subject) => column !== undefined && subject[column] !== undefined).length;
  return {
    id,
    kind: 'import',
    title: title.replace(/: NetAdapter$/, ''),
    contents: contentsOf(title),
    notes,
    names: matched + 1,
    matched,
    addedAt: importedAt,
  };
}

function bookOf({ imports, byHand }: TraceNames): NameBook {
  const known = subjects.map((subject) => subjectOf(subject, imports, byHand));
  const sorted = [...known.filter(({ name }) => name === null), ...known.filter(({ name }) => name !== null)];
  const hand: NameSource = {
    id: 'hand',
    kind: 'hand',
    title: 'names given by hand',
    contents: [],
    notes: [],
    names: byHand.size,
    matched: byHand.size,
    addedAt: importedAt,
  };
  const own: NameSource = {
    id: 'trace',
    kind: 'trace',
    title: 'this trace',
    contents: ['VmSwitch events', 'pktmon components'],
    notes: [],
    names: subjects.filter((subject) => subject.own !== undefined).length,
    matched: subjects.filter((subject) => subject.own !== undefined).length,
    addedAt: 0,
  };
  return {
    subjects: sorted,
    others: imports.map(({ id }, index) => unseen(id, index)),
    sources: [own, ...imports, ...(byHand.size > 0 ? [hand] : [])],
    named: known.filter(({ name }) => name !== null).length,
    conflicts: known.filter(({ conflict }) => conflict !== null).length,
  };
}

function subjectOf(
  subject: FakeSubject,
  imports: readonly NameSource[],
  byHand: ReadonlyMap<string, string>,
): NamedSubject {
  const { kind, text, seenIn, uses, own, facts = [] } = subject;
  const key = `${kind}:${text}`;
  const fromHand = byHand.get(key);
  const fromImports = imports.flatMap(({ id, title, contents }) => {
    const column = contents[0].startsWith('Get-NetAdapter') ? 'netAdapter' : (columnOf(title) ?? 'netAdapter');
    const name = subject[column];
    return name === undefined ? [] : [{ name, source: id, detail: contents[0] }];
  });
  const candidates = [
    ...(fromHand === undefined ? [] : [{ name: fromHand, source: 'hand', detail: 'given by hand' }]),
    ...fromImports,
    ...(own === undefined ? [] : [{ name: own, source: 'trace', detail: seenIn }]),
  ];
  const strongest = candidates.at(0);
  return {
    key,
    kind,
    text,
    name: strongest?.name ?? null,
    source: strongest?.source ?? '',
    candidates,
    conflict: conflictOf(subject, candidates),
    seenIn,
    uses,
    command: strongest ? null : commandOf(subject),
    facts: facts.map(([label, value]) => ({ label, value })),
  };
}

function conflictOf({ own }: FakeSubject, candidates: NamedSubject['candidates']): string | null {
  if (candidates.length === 1 && own === 'Microsoft Hyper-V Network Adapter') {
    return 'Another adapter of this trace has the same name: ifIndex 9 and the end of the GUID tell them apart.';
  }
  const names = new Set(candidates.filter(({ source }) => source !== 'hand').map(({ name }) => name));
  return names.size > 1 ? `Sources differ: ${[...names].join(', ')}.` : null;
}

function commandOf({ vmNetworkAdapter, netAdapter }: FakeSubject): string | null {
  if (vmNetworkAdapter !== undefined) return vmCommand;
  return netAdapter === undefined ? null : hostCommand;
}

function unseen(source: string, index: number): NamedSubject {
  const name = `Ethernet ${7 + index}`;
  return {
    key: `mac:00-15-5D-77-00-0${index}`,
    kind: 'mac',
    text: `00-15-5D-77-00-0${index}`,
    name,
    source,
    candidates: [{ name, source, detail: 'MacAddress' }],
    conflict: null,
    seenIn: '',
    uses: 0,
    command: null,
    facts: [],
  };
}
