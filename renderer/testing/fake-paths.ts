/**
 * Packets on their way, made up: every 200 rows tell the same nine attempts once more, of other clients. The rows of a
 * packet lead to its path, all others to none.
 */
import type {
  AttemptOrder,
  ConnectionAttempt,
  ConnectionBlock,
  ConnectionQuery,
  PacketPath,
  PathHop,
  PathLane,
  VerdictKind,
} from '../../core/engine/contract.ts';
import { verdictKinds } from '../../core/engine/contract-paths.ts';
import { laterBy } from '../format/time.ts';
import { fakeRow } from './fake-rows.ts';

/** Rows in which each story is told once. */
const rowsOfRound = 200;

/** First rows of the stories in their round; tests and the page name them. */
export const storyRows = {
  container: 0,
  dropped: 10,
  broadcast: 20,
  long: 40,
  translated: 100,
  answer: 120,
  refused: 130,
  outside: 140,
  inside: 150,
  unanswered: 160,
  firstRetransmission: 170,
  secondRetransmission: 180,
} as const;
type StoryName = keyof typeof storyRows;

type LaneName = keyof typeof lanes;
const switchGuid = '{C08CB7B8-9B3C-408E-8E30-5E16A3AEB444}';
const lanes = {
  wire: lane('wire', 'wire', 'Wire', ''),
  nic: lane('nic:2', 'physical-nic', 'Ethernet 2', '/DEVICE/{5AA3FFAC-E5A7-4AD1-8C5E-9D3F0B4B8A10}', null, [
    ['Description', 'Mellanox ConnectX-4 Lx Ethernet Adapter'],
    ['MAC', '00-15-5D-00-0A-01'],
    ['Name from', 'Get-NetAdapter'],
  ]),
  team: lane('team:1', 'team', 'Team “Uplink”', 'ifIndex 14'),
  layered: lane('switch:1', 'switch', 'Layered Ethernet', switchGuid),
  extension: lane('extension:1', 'extension', 'Azure VFP Switch Extension', 'vfpext.sys', 'switch:1'),
  container: lane(
    'nic:34',
    'container-nic',
    'Container NIC fb5c285c',
    '{FB5C285C-0EFD-4CF3-8D17-6C5B2C33B1A4}',
    'switch:1',
    [
      ['MAC', '00-15-5D-00-0A-09'],
      ['Address', '10.0.0.60'],
    ],
  ),
  host: lane('nic:11', 'host-vnic', 'vEthernet (Layered Ethernet)', 'ifIndex 23', 'switch:1'),
  nat: lane('nat:1', 'translator', 'WinNAT', 'winnat.sys'),
  inner: lane('switch:2', 'switch', 'nat', '{B95D0C5E-57D4-412B-B571-18A81A16E005}'),
  guest: lane('nic:51', 'container-nic', 'Ethernet of web01', 'ifIndex 51', 'switch:2'),
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [
      `vm${index}`,
      lane(
        `nic:${60 + index}`,
        'vm-nic',
        `VM web${String(index + 1).padStart(2, '0')}`,
        `0A1B2C${index}0-77AA-4F0E-9C3D-${String(index).repeat(12)}`,
        'switch:1',
      ),
    ]),
  ),
} as Record<
  'wire' | 'nic' | 'team' | 'layered' | 'extension' | 'container' | 'host' | 'nat' | 'inner' | 'guest',
  PathLane
> &
  Record<`vm${number}`, PathLane>;

function lane(
  key: string,
  kind: PathLane['kind'],
  name: string,
  identifier: string,
  within: string | null = null,
  facts: readonly (readonly [label: string, value: string])[] = [],
): PathLane {
  return { key, kind, name, identifier, within, facts: facts.map(([label, value]) => ({ label, value })) };
}

/** A hop as the stories tell it; `at` in 100 ns since the first hop. */
interface ToldHop extends Partial<Omit<PathHop, 'lane' | 'from' | 'to' | 'row' | 'link'>> {
  at: number;
  lane: LaneName;
  to?: LaneName;
  from?: LaneName;
  text: string;
  link?: PathHop['link'];
}

interface Story {
  hops: ToldHop[];
  protocol: ConnectionAttempt['protocol'];
  server: string;
  serverPort: number;
  verdict: VerdictKind;
  verdictText: string;
  /** Story whose first row shows the verdict. */
  verdictAt?: StoryName;
  roundTrip?: number;
  retransmissions?: StoryName[];
  notes?: string[];
}

const nblAddress = '0xffff9383cbf21490';
const beside: PathHop['link'] = { by: 'beside', isInferred: false, text: 'same thread and processor, right beside' };
const byNbl: PathHop['link'] = { by: 'nbl', isInferred: false, text: `same NBL ${nblAddress}` };
const inferred = (by: PathHop['link']['by'], text: string): PathHop['link'] => ({ by, isInferred: true, text });

function nbl(at: number, where: LaneName, step: PathHop['step'], text: string, rest: Partial<ToldHop> = {}): ToldHop {
  return {
    at,
    lane: where,
    step,
    text: `NBL ${nblAddress} ${text}`,
    nbl: nblAddress,
    sighting: 'nbl',
    link: byNbl,
    ...rest,
  };
}

function frame(at: number, where: LaneName, text: string, rest: Partial<ToldHop> = {}): ToldHop {
  return { at, lane: where, step: 'frame', text, sighting: 'frame', link: beside, ...rest };
}

function pktmon(at: number, where: LaneName, text: string, rest: Partial<ToldHop> = {}): ToldHop {
  return {
    at,
    lane: where,
    step: 'frame',
    text,
    sighting: 'pktmon',
    link: { by: 'group', isInferred: false, text: 'same packet group 4711' },
    ...rest,
  };
}

const inSwitch = 'in switch Layered Ethernet';
const containerHops: ToldHop[] = [
  frame(0, 'nic', 'Frame in, 66 bytes', { direction: 'in' }),
  nbl(30, 'layered', 'received', `received from Nic Ethernet 2 ${inSwitch}`, {
    from: 'nic',
    direction: 'in',
    link: beside,
  }),
  frame(55, 'layered', 'Frame on the switch, 66 bytes', { direction: 'in' }),
  nbl(90, 'layered', 'routed', `routed from Nic Ethernet 2 to Nic Container NIC fb5c285c ${inSwitch}`, {
    to: 'container',
    from: 'nic',
    direction: 'in',
  }),
  frame(120, 'layered', 'Frame on the switch, 66 bytes', { direction: 'out' }),
  nbl(160, 'container', 'delivered', `delivered to Nic Container NIC fb5c285c ${inSwitch}`, {
    direction: 'out',
  }),
  frame(240, 'container', 'Frame at the container, 66 bytes', { direction: 'out', isSlow: true }),
];

const longHops: ToldHop[] = Array.from({ length: 60 }, (_, index): ToldHop => {
  const order: LaneName[] = ['wire', 'nic', 'team', 'layered', 'extension', 'host', 'nat', 'inner', 'guest'];
  const step = index % 16;
  const where = order[step < 9 ? step : 16 - step];
  const round = Math.floor(index / 16) + 1;
  return pktmon(
    index * 17 + (index % 5) * 3,
    where,
    `${lanes[where].name}: packet ${index % 2 ? 'out' : 'in'}, round ${round}`,
    {
      direction: index % 2 ? 'out' : 'in',
      isSlow: index === 23 || index === 48,
    },
  );
});

const receivers = Array.from({ length: 8 }, (_, index): LaneName => `vm${index}`);
const broadcastHops: ToldHop[] = [
  frame(0, 'nic', 'Frame in, 342 bytes', { direction: 'in' }),
  nbl(28, 'layered', 'received', `received from Nic Ethernet 2 ${inSwitch}`, { from: 'nic' }),
  ...receivers.map((to, index) =>
    nbl(60 + index * 4, 'layered', 'routed', `routed to Nic ${lanes[to].name} ${inSwitch}`, { to, after: 1 }),
  ),
  ...receivers.map((to, index) =>
    index === 5
      ? nbl(120, to, 'dropped', `dropped at Nic ${lanes[to].name}`, {
          after: 2 + index,
          drop: { reason: 'VLAN mismatch', location: `ingress port of ${lanes[to].name}` },
        })
      : nbl(105 + index * 11, to, 'delivered', `delivered to Nic ${lanes[to].name} ${inSwitch}`, { after: 2 + index }),
  ),
];

const retransmissionHops: ToldHop[] = [
  frame(0, 'container', 'Frame out, 66 bytes', { direction: 'out' }),
  nbl(35, 'layered', 'received', `received from Nic Container NIC fb5c285c ${inSwitch}`, { from: 'container' }),
  frame(92, 'nic', 'Frame out, 66 bytes', {
    direction: 'out',
    link: { by: 'identity', isInferred: false, text: 'same addresses, ports, IP id 0x4c1d and sequence number' },
  }),
];

const sentAgain: Story = {
  hops: retransmissionHops,
  protocol: 'TCP',
  server: '192.0.2.17',
  serverPort: 443,
  verdict: 'unanswered',
  verdictText: 'not answered; sent 3 times, last seen at Ethernet 2',
};

const stories: Record<StoryName, Story> = {
  container: {
    hops: containerHops,
    protocol: 'TCP',
    server: '10.0.0.60',
    serverPort: 80,
    verdict: 'answered',
    verdictText: 'answered after 412 µs',
    verdictAt: 'answer',
    roundTrip: 4120,
  },
  dropped: {
    hops: [
      ...containerHops.slice(0, 4),
      nbl(118, 'container', 'dropped', 'dropped at Nic Container NIC fb5c285c', {
        after: 3,
        drop: { reason: 'Failed security policy', location: 'port ACL of Container NIC fb5c285c' },
      }),
    ],
    protocol: 'TCP',
    server: '10.0.0.60',
    serverPort: 3389,
    verdict: 'dropped',
    verdictText: 'dropped by vSwitch “Layered Ethernet”: Failed security policy',
  },
  broadcast: {
    hops: broadcastHops,
    protocol: 'UDP',
    server: '255.255.255.255',
    serverPort: 67,
    verdict: 'unanswered',
    verdictText: 'not answered; delivered at 7 of 8 ends',
  },
  long: {
    hops: longHops,
    protocol: 'TCP',
    server: '172.28.16.4',
    serverPort: 443,
    verdict: 'vanished',
    verdictText: 'vanished; last seen at vEthernet (Layered Ethernet)',
    notes: ['214 events were lost while this packet was under way: hops may be missing.'],
  },
  translated: {
    hops: [
      frame(0, 'nic', 'Frame in, 74 bytes', { direction: 'in' }),
      nbl(26, 'layered', 'received', `received from Nic Ethernet 2 ${inSwitch}`, { from: 'nic', link: beside }),
      nbl(71, 'layered', 'routed', `routed to Nic vEthernet (Layered Ethernet) ${inSwitch}`, { to: 'host' }),
      nbl(103, 'host', 'delivered', `delivered to Nic vEthernet (Layered Ethernet) ${inSwitch}`),
      pktmon(188, 'nat', 'Destination 10.0.0.200 became 172.28.16.4', {
        step: 'translated',
        link: inferred(
          'translation',
          'the same ICMP identifier, sequence number and payload; only the addresses differ',
        ),
      }),
      nbl(231, 'inner', 'received', 'received from Nic vEthernet (nat) in switch nat', {
        link: inferred('beside', 'right behind the translation on the same thread, but no header in the event'),
      }),
      nbl(266, 'inner', 'routed', 'routed to Nic Ethernet of web01 in switch nat', { to: 'guest' }),
      nbl(301, 'guest', 'delivered', 'delivered to Nic Ethernet of web01 in switch nat'),
    ],
    protocol: 'ICMP',
    server: '10.0.0.200',
    serverPort: 0,
    verdict: 'answered',
    verdictText: 'answered after 1.21 ms',
    roundTrip: 12_100,
    notes: ['The address was translated on the way: 2 of 8 hops are linked by what stays the same.'],
  },
  answer: {
    hops: [
      frame(0, 'container', 'Frame out, 66 bytes', { direction: 'in' }),
      nbl(24, 'layered', 'received', `received from Nic Container NIC fb5c285c ${inSwitch}`, {
        from: 'container',
        link: beside,
      }),
      frame(46, 'layered', 'Frame on the switch, 66 bytes'),
      nbl(80, 'layered', 'routed', `routed to Nic Ethernet 2 ${inSwitch}`, { to: 'nic', after: 1 }),
      nbl(124, 'nic', 'delivered', `delivered to Nic Ethernet 2 ${inSwitch}`, { after: 3 }),
      frame(151, 'nic', 'Frame out, 66 bytes', { direction: 'out' }),
    ],
    protocol: 'TCP',
    server: '10.0.0.60',
    serverPort: 80,
    verdict: 'answered',
    verdictText: 'answered after 412 µs',
  },
  refused: {
    hops: containerHops.slice(0, 3),
    protocol: 'TCP',
    server: '10.0.0.60',
    serverPort: 8080,
    verdict: 'refused',
    verdictText: 'refused after 96 µs: RST from 10.0.0.60',
    roundTrip: 960,
  },
  outside: {
    hops: [
      frame(0, 'wire', 'Frame in, 66 bytes', { direction: 'in' }),
      frame(41, 'nic', 'Frame in, 66 bytes', {
        direction: 'in',
        link: { by: 'identity', isInferred: false, text: 'same addresses, ports, IP id 0x11c0 and sequence number' },
      }),
    ],
    protocol: 'TCP',
    server: '10.0.0.61',
    serverPort: 443,
    verdict: 'outside-only',
    verdictText: 'seen only outside; no component of a vSwitch saw it',
  },
  inside: {
    hops: [
      frame(0, 'vm1', 'Frame out, 66 bytes', { direction: 'out' }),
      nbl(33, 'layered', 'received', `received from Nic VM web02 ${inSwitch}`, { from: 'vm1', link: beside }),
      nbl(64, 'layered', 'routed', `routed to Nic VM web03 ${inSwitch}`, { to: 'vm2' }),
      nbl(99, 'vm2', 'delivered', `delivered to Nic VM web03 ${inSwitch}`),
    ],
    protocol: 'TCP',
    server: '10.0.0.72',
    serverPort: 445,
    verdict: 'inside-only',
    verdictText: 'seen only inside; no physical NIC saw it',
  },
  unanswered: { ...sentAgain, retransmissions: ['firstRetransmission', 'secondRetransmission'] },
  firstRetransmission: sentAgain,
  secondRetransmission: sentAgain,
};

const storyNames = Object.keys(stories) as StoryName[];

/** Stories that are told as part of another one's attempt. */
const attemptOf: Partial<Record<StoryName, StoryName>> = {
  answer: 'container',
  firstRetransmission: 'unanswered',
  secondRetransmission: 'unanswered',
};
const attemptStories = storyNames.filter((name) => attemptOf[name] === undefined);

/** The path of the packet that a row shows; null where it shows none. */
export function fakePath(row: number): PacketPath | null {
  const round = Math.floor(row / rowsOfRound);
  const name = storyNames.find((candidate) => {
    const first = firstRow(round, candidate);
    return row >= first && row < first + stories[candidate].hops.length;
  });
  return name === undefined ? null : pathOfStory(round, name);
}

function firstRow(round: number, name: StoryName): number {
  return round * rowsOfRound + storyRows[name];
}

function pathOfStory(round: number, name: StoryName): PacketPath {
  const { hops: told, notes = [] } = stories[name];
  const used = new Set(told.flatMap((hop) => [hop.lane, hop.to ?? hop.lane, hop.from ?? hop.lane]));
  const order = (Object.keys(lanes) as LaneName[]).filter((candidate) => used.has(candidate));
  const laneOf = (lane: LaneName | undefined): number | null => (lane === undefined ? null : order.indexOf(lane));
  const row = firstRow(round, name);
  const hops = told.map((hop, index): PathHop => {
    const after = index === 0 ? null : (hop.after ?? index - 1);
    return {
      row: row + index,
      ...laterBy(fakeRow(row), hop.at),
      after,
      latency: after === null ? 0 : hop.at - told[after].at,
      isSlow: hop.isSlow ?? false,
      lane: order.indexOf(hop.lane),
      from: laneOf(hop.from),
      to: laneOf(hop.to),
      sighting: hop.sighting ?? 'frame',
      step: hop.step ?? 'frame',
      direction: hop.direction ?? 'unknown',
      text: hop.text,
      link: index === 0 ? { by: '', isInferred: false, text: '' } : (hop.link ?? beside),
      drop: hop.drop ?? null,
      nbl: hop.nbl ?? '',
      process: 4,
      thread: 0x1a4 + (index % 3) * 8,
      processor: index % 4,
    };
  });
  const attempt = fakeAttempt(round, attemptOf[name] ?? name);
  const sent = [attemptOf[name] ?? name, ...(stories[attemptOf[name] ?? name].retransmissions ?? [])];
  return {
    row,
    title: titleOf(name, attempt),
    lanes: order.map((key) => lanes[key]),
    hops,
    branches: ends(hops),
    totalLatency: told[told.length - 1].at - told[0].at,
    attempt,
    answerRow: name === 'container' ? firstRow(round, 'answer') : null,
    questionRow: name === 'answer' ? firstRow(round, 'container') : null,
    retransmissionRows: sent
      .filter((other) => other !== name && name !== 'answer')
      .map((other) => firstRow(round, other)),
    notes,
  };
}

function titleOf(name: StoryName, attempt: ConnectionAttempt): string {
  const client = withPort(attempt.client, attempt.clientPort);
  const server = withPort(attempt.server, attempt.serverPort);
  const kinds = { TCP: ' SYN', UDP: '', ICMP: ' echo request' };
  if (name === 'answer') return `TCP ${server} → ${client} SYN-ACK`;
  return `${attempt.protocol} ${client} → ${server}${kinds[attempt.protocol]}`;
}

function withPort(address: string, port: number): string {
  return port === 0 ? address : `${address}:${port}`;
}

/** Hops that no other hop comes after, unless they stand between: frames beside an NBL end no branch of their own. */
function ends(hops: readonly PathHop[]): number {
  const continued = new Set(hops.map((hop) => hop.after));
  return Math.max(1, hops.filter((hop, index) => !continued.has(index) && hop.step !== 'frame').length);
}

/** The attempts of a trace with so many events. */
export function fakeAttempts(events: number): ConnectionAttempt[] {
  const rounds = Math.floor(events / rowsOfRound);
  return Array.from({ length: rounds }, (_, round) => attemptStories.map((name) => fakeAttempt(round, name))).flat();
}

function fakeAttempt(round: number, name: StoryName): ConnectionAttempt {
  const place = attemptStories.indexOf(name);
  const { hops, protocol, server, serverPort, verdict, verdictText, verdictAt, roundTrip, retransmissions } =
    stories[name];
  const row = firstRow(round, name);
  const { milliseconds, hundredNanoseconds } = fakeRow(row);
  const passed = [...new Set(hops.map((hop) => hop.lane))].slice(0, 12);
  return {
    number: round * attemptStories.length + place + 1,
    protocol,
    row,
    milliseconds,
    hundredNanoseconds,
    client: `10.0.0.${50 + (round % 9)}`,
    clientPort: protocol === 'ICMP' ? 0 : 52_891 + round * attemptStories.length + place,
    server,
    serverPort,
    verdict,
    verdictText,
    verdictRow: verdictAt ? firstRow(round, verdictAt) : row + hops.length - 1,
    retransmissions: retransmissions?.length ?? 0,
    hops: hops.length,
    firstLatency: hops.length > 1 ? hops[1].at : 0,
    totalLatency: hops[hops.length - 1].at,
    roundTrip: roundTrip ?? null,
    strip: passed.map((key) => ({
      kind: lanes[key].kind,
      name: lanes[key].name,
      isDrop: hops.some((hop) => hop.lane === key && hop.drop !== undefined && hop.drop !== null),
    })),
    isInferred: hops.some((hop) => hop.link?.isInferred === true),
  };
}

/** What the engine tells of the attempts of a trace; `accepts` is the query's filter by row. */
export function fakeConnections(
  events: number,
  query: ConnectionQuery,
  accepts: (row: number) => boolean,
  from: number,
  count: number,
): ConnectionBlock {
  const { protocols = ['TCP'], verdicts = [] } = query;
  const available = fakeAttempts(events).filter((attempt) => protocols.includes(attempt.protocol));
  const wanted = available.filter(
    (attempt) =>
      (verdicts.length === 0 || verdicts.includes(attempt.verdict)) &&
      showsWords(attempt, query.text ?? '') &&
      Array.from({ length: attempt.hops }, (_, index) => attempt.row + index).some(accepts),
  );
  const { by, descending } = query.sort ?? { by: 'time', descending: false };
  const sorted = wanted.sort((first, second) => {
    const order = compareKeys(keyOf(first, by), keyOf(second, by));
    return (descending ? -order : order) || first.number - second.number;
  });
  return {
    total: sorted.length,
    available: available.length,
    verdicts: verdictKinds.map((kind) => ({
      kind,
      attempts: available.filter((attempt) => attempt.verdict === kind).length,
    })),
    attempts: sorted.slice(from, from + count),
    notes: ['214 events were lost in the capture: an attempt that vanished may have been answered.'],
  };
}

function showsWords(attempt: ConnectionAttempt, text: string): boolean {
  const shown = [
    withPort(attempt.client, attempt.clientPort),
    withPort(attempt.server, attempt.serverPort),
    attempt.verdict,
    attempt.verdictText,
    ...attempt.strip.map(({ name }) => name),
  ]
    .join(' ')
    .toLowerCase();
  const words = text.toLowerCase().split(/\s+/);
  return words.every((word) => shown.includes(word));
}

function keyOf(attempt: ConnectionAttempt, by: AttemptOrder): number | string {
  switch (by) {
    case 'time':
      return attempt.number;
    case 'port':
      return attempt.serverPort;
    case 'verdict':
      return verdictKinds.indexOf(attempt.verdict);
    case 'roundTrip':
      return attempt.roundTrip ?? Number.POSITIVE_INFINITY;
    default:
      return attempt[by];
  }
}

function compareKeys(first: number | string, second: number | string): number {
  if (typeof first === 'number' && typeof second === 'number') return first === second ? 0 : first - second;
  return String(first).localeCompare(String(second), 'en', { numeric: true });
}
