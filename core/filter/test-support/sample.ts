import { emptyVocabulary, type FilterVocabulary } from '../vocabulary.ts';
import type { TestEvent } from './synthetic-segment.ts';

export const pktMon = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
export const ndisCapture = '{2ed6006e-4729-4609-b423-3ee7bcd678ef}';
export const nameless = '{00000000-1111-2222-3333-444444444444}';

export const sampleVocabulary: FilterVocabulary = {
  ...emptyVocabulary,
  providers: [
    { guid: pktMon, name: 'Microsoft-Windows-PktMon' },
    { guid: ndisCapture, name: 'Microsoft-Windows-NDIS-PacketCapture' },
    { guid: nameless, name: null },
  ],
  absentNames: ['Microsoft-Windows-TCPIP', 'SMTP'],
};

const ethernet = { sourceMac: '02-01-0A-01-01-64', destinationMac: '00-15-5D-01-02-03', etherType: 0x0800 };
const ipv4Tcp = { ...ethernet, modules: ['Ethernet', 'IPv4', 'TCP'], protocol: 6 } as const;

/** One row for each thing a filter tells apart, by name. */
const rowsByName = {
  /** The SYN of a connection to port 80, in two fragments. */
  syn: {
    provider: ndisCapture,
    id: 1001,
    process: 4,
    thread: 8,
    packet: {
      ...ipv4Tcp,
      source: '192.168.1.1',
      destination: '10.1.2.3',
      sourcePort: 50000,
      destinationPort: 80,
      flags: 2,
      sequence: 1648745597,
      window: 8192,
    },
  },
  rest: { provider: ndisCapture, id: 1001, process: 0, thread: 0, continues: 0 },
  /** Data to another host's port 443. */
  data: {
    provider: pktMon,
    id: 160,
    process: 4,
    thread: 12,
    packet: {
      ...ipv4Tcp,
      sourceMac: '00-15-5D-01-02-03',
      source: '10.1.2.3',
      destination: '10.9.9.9',
      sourcePort: 50001,
      destinationPort: 443,
      flags: 24,
      sequence: 7,
      acknowledgement: 9,
      window: 500,
      payloadLength: 1000,
    },
  },
  udp: {
    provider: ndisCapture,
    id: 1001,
    process: 20,
    packet: {
      ...ethernet,
      modules: ['Ethernet', 'IPv4', 'UDP'],
      protocol: 17,
      source: '192.168.1.1',
      destination: '224.0.0.251',
      sourcePort: 500,
      destinationPort: 80,
    },
  },
  ipv6: {
    provider: pktMon,
    id: 160,
    packet: {
      ...ethernet,
      modules: ['Ethernet', 'VLAN', 'IPv6', 'TCP'],
      etherType: 0x86dd,
      vlan: 42,
      source: '2001:4898:0:FFF:200:5EFE:4135:4A7',
      destination: 'fe80::1',
      sourcePort: 3389,
      destinationPort: 50002,
      flags: 18,
    },
  },
  arp: { provider: ndisCapture, id: 1001, packet: { ...ethernet, modules: ['Ethernet', 'ARP'], etherType: 0x0806 } },
  /** An event without a packet. */
  metadata: { provider: ndisCapture, id: 5002, process: 4 },
  unnamed: { provider: nameless, id: 1, process: 99 },
} as const satisfies Record<string, TestEvent>;

export type SampleRow = keyof typeof rowsByName;
export const sampleNames = Object.keys(rowsByName) as SampleRow[];
export const sampleRows: readonly TestEvent[] = Object.values(rowsByName);
