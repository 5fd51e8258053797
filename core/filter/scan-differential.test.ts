import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Expression, LiteralValue } from './language/ast.ts';
import { parseFilter } from './language/parser.ts';
import { print } from './language/print.ts';
import { interpret } from './test-support/interpret.ts';
import { matchingRows } from './test-support/match.ts';
import { nameless, ndisCapture, pktMon, sampleVocabulary } from './test-support/sample.ts';
import type { TestEvent, TestPacket } from './test-support/synthetic-segment.ts';

// Few values, so that filters and rows meet.
const ports = [0, 80, 443, 65535];
const numbers = [0, 1, 80, 0xffff, 0x8000_0000, 0xffff_ffff];
const ipv4 = ['0.0.0.1', '10.0.0.1', '10.0.255.1', '192.168.1.1', '255.255.255.255'];
const ipv6 = ['::', 'fe80::1', 'fe80::2', '2001:db8::1'];
const macs = ['00-00-00-00-00-00', '00-15-5D-01-02-03', 'FF-FF-FF-FF-FF-FF'];

const pick = <Value>(values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);

const links: TestPacket['modules'][] = [[], ['Ethernet'], ['Ethernet', 'VLAN'], ['Ethernet', 'LLC']];
const packet: fc.Arbitrary<TestPacket> = fc
  .record({
    link: pick(links),
    network: pick(['IPv4', 'IPv6', 'ARP'] as const),
    transport: pick(['TCP', 'UDP', 'ICMP'] as const),
    sourceMac: pick(macs),
    destinationMac: pick(macs),
    etherType: pick([0, 0x0800, 0x86dd]),
    vlan: pick([0, 42, 4095]),
    protocol: pick([0, 6, 17, 255]),
    sourcePort: pick(ports),
    destinationPort: pick(ports),
    flags: fc.integer({ min: 0, max: 31 }),
    sequence: pick(numbers),
    acknowledgement: pick(numbers),
    window: pick(ports),
    payloadLength: pick(numbers),
    ends: fc.tuple(fc.nat(), fc.nat()),
  })
  .map(({ link, network, transport, ends, vlan, sourceMac, destinationMac, ...fields }) => {
    const pool = network === 'IPv6' ? ipv6 : ipv4;
    const [source, destination] = ends.map((end) => pool[end % pool.length]);
    const modules = [...link, network, ...(network === 'ARP' ? [] : [transport])];
    const tagged = link.includes('VLAN') ? { vlan } : {};
    const ethernet = link.includes('Ethernet') ? { sourceMac, destinationMac } : {};
    return { modules, source, destination, ...fields, ...tagged, ...ethernet };
  });

const event: fc.Arbitrary<TestEvent> = fc
  .record({
    provider: pick([pktMon, ndisCapture, nameless]),
    id: pick([1, 160, 1001]),
    process: pick([0, 4, 0xffff_ffff]),
    thread: pick([0, 8]),
    packet: fc.option(packet, { nil: undefined }),
    continues: fc.option(fc.nat(200), { nil: undefined }),
  })
  .map(({ packet: own, continues, ...rest }) => ({
    ...rest,
    ...(own && continues === undefined ? { packet: own } : {}),
    ...(continues === undefined ? {} : { continues }),
  }));

/** An event that continues one which begins no packet, or a later one, has none. */
const rows: fc.Arbitrary<TestEvent[]> = fc.array(event, { maxLength: 100 }).map((events) =>
  events.map(({ continues, ...rest }, number) => {
    const valid = continues !== undefined && continues < number && events[continues].packet !== undefined;
    return valid ? { ...rest, continues } : rest;
  }),
);

interface Shape {
  readonly path: string;
  readonly values: fc.Arbitrary<string>;
  readonly ordered?: boolean;
  /** What stands in a list behind `in`; the values themselves when left out. */
  readonly members?: fc.Arbitrary<string>;
}
const port = pick([...ports, 79, 70000].map(String));
const wide = pick([...numbers, 2, 0x1_0000_0000].map(String));
const subnets4 = pick(['10.0.0.0/16', '10.0.3.4/8', '0.0.0.0/0', '192.168.1.1/32']);
const subnets6 = pick(['fe80::/64', '::/0', '2001:db8::1/128']);
const truth = pick(['true', 'false']);
const shapes: Shape[] = [
  ...['TCP.Port', 'UDP.Port', '*Port', 'TCP.SourcePort', 'UDP.DestinationPort', '*SourcePort', 'TCP.Window'].map(
    (path) => ({
      path,
      values: port,
      ordered: true,
    }),
  ),
  ...['IPv4.Address', 'IPv4.SourceAddress', 'IPv4.DestinationAddress'].map((path) => ({
    path,
    values: pick(ipv4),
    members: fc.oneof(pick(ipv4), subnets4),
  })),
  ...['IPv6.Address', 'IPv6.SourceAddress'].map((path) => ({
    path,
    values: pick([...ipv6, '3::']),
    members: fc.oneof(pick(ipv6), subnets6),
  })),
  ...['Ethernet.Address', 'Ethernet.DestinationAddress'].map((path) => ({
    path,
    values: pick([...macs, '00-00-00-00-00-01']),
  })),
  ...['*Address', '*SourceAddress'].map((path) => ({
    path,
    values: pick([...ipv4, ...ipv6, ...macs]),
    members: fc.oneof(pick([...ipv4, ...ipv6, ...macs]), subnets4, subnets6),
  })),
  ...['TCP.Flags.SYN', 'TCP.ACK', '*FIN'].map((path) => ({ path, values: truth })),
  ...['TCP.SequenceNumber', 'TCP.AcknowledgmentNumber', 'TCP.PayloadLength', 'Etw.ProcessId', 'Etw.ThreadId'].map(
    (path) => ({
      path,
      values: wide,
      ordered: true,
    }),
  ),
  { path: 'Ethernet.Type', values: pick(['0', '0x800', '0x86DD']), ordered: true },
  { path: 'VLAN.VlanId', values: pick(['0', '42', '4095', '5000']), ordered: true },
  { path: 'IPv4.Protocol', values: pick(['0', '6', '255', '256']), ordered: true },
  { path: 'Etw.Id', values: pick(['1', '160', '7']), ordered: true },
];

const comparison = fc.tuple(pick(shapes), fc.nat(), fc.nat()).chain(([{ path, values, ordered }, choice]) => {
  const operators = ['==', '!=', '~=', ...(ordered ? ['<', '<=', '>', '>='] : [])];
  return values.map((value) => `${path} ${operators[choice % operators.length]} ${value}`);
});
const membership = pick(shapes).chain(({ path, values, members }) =>
  fc.array(members ?? values, { minLength: 1, maxLength: 4 }).map((list) => `${path} in [${list.join(', ')}]`),
);
const names = ['TCP', 'udp', 'Ethernet', 'IPv4', 'IPv6', 'ARP', 'VLAN', 'Etw', 'HTTP', 'Nonsense'];
const existence = pick([
  ...names,
  'Microsoft_Windows_PktMon',
  'Microsoft_Windows_NDIS_PacketCapture',
  ...shapes.map(({ path }) => path),
]);

const { filter } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    comparison,
    membership,
    existence,
    tie('filter').map((inner) => `not (${inner})`),
    fc
      .array(tie('filter'), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.map((part) => `(${part})`).join(' and ')),
    fc
      .array(tie('filter'), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.map((part) => `(${part})`).join(' or ')),
  ),
}));

it('scans columns to the same rows as reading the filter row by row', () => {
  fc.assert(
    fc.property(filter, rows, (text, events) => {
      const { expression } = parseFilter(text);
      expect(matchingRows(text, events, sampleVocabulary)).toEqual(interpret(expression, events, sampleVocabulary));
    }),
    { seed: 19_450_806, numRuns: 2000 },
  );
});

it('prints a filter so that it reads the same again', () => {
  fc.assert(
    fc.property(filter, (text) => {
      const { expression } = parseFilter(text);
      if (expression === null) throw new Error('no generated filter is empty');
      const printed = print(expression);
      expect(withoutPlaces(parseFilter(printed).expression)).toEqual(withoutPlaces(expression));
      expect(print(parseFilter(printed).expression ?? expression)).toBe(printed);
    }),
    { seed: 7, numRuns: 500 },
  );
});

function withoutPlaces(expression: Expression | null): unknown {
  return JSON.parse(
    JSON.stringify(expression, (key, value: LiteralValue | bigint | undefined) => {
      if (key === 'start' || key === 'end') return undefined;
      return typeof value === 'bigint' ? `${value}n` : value;
    }),
  );
}
