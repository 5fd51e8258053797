import type { DetailNode, EventDetail, Row } from '../../core/engine/contract.ts';

const frameHex =
  '00155d01020300155d0a0b0c0800' +
  '4500003415d240008006d0a30a0000320a00003c' +
  'ce9b0050b5544468000000008002faf0a1b20000' +
  '020405b40103030801010402';
const frame = bytesOf(frameHex);
const longFrame = Uint8Array.from({ length: 65_536 }, (_, index) => index & 255);
const record = Uint8Array.from({ length: 160 }, (_, index) => (index * 37 + 11) & 255);

/** The made-up detail of a row: a TCP SYN captured by NDIS, and what is wrong with it. */
export function fakeDetail(
  row: number,
  { diagnosis, diagnosisLevel }: Pick<Row, 'diagnosis' | 'diagnosisLevel'>,
): EventDetail {
  return {
    row,
    sources: [
      { name: 'Frame', bytes: row % 50 === 49 ? longFrame : frame },
      { name: 'Event', bytes: record },
    ],
    nodes: [
      ...(diagnosis === '' ? [] : [diagnosisNode(diagnosis, diagnosisLevel)]),
      node('TCP', 'Flags: ......S., SrcPort=52891, DstPort=HTTP(80)', 34, 32, [
        node('SourcePort', '52891', 34, 2),
        node('DestinationPort', 'HTTP (80)', 36, 2),
        node('SequenceNumber', '3042217064 (0xB5544468)', 38, 4),
        node('AcknowledgementNumber', '0', 42, 4),
        node('DataOffset', '8 (32 bytes)', 46, 1),
        node('Flags', '......S. (0x02)', 47, 1, [
          node('FIN', 'false', 47, 1),
          node('SYN', 'true', 47, 1),
          node('RST', 'false', 47, 1),
          node('ACK', 'false', 47, 1),
        ]),
        node('Window', '64240', 48, 2),
        {
          ...node('Checksum', '0xA1B2', 50, 2),
          note: 'Not the sum of these bytes: the NIC computes it when it sends (checksum offload).',
        },
        node('UrgentPointer', '0', 52, 2),
        node('Options', '4 options', 54, 12, [
          node('MaximumSegmentSize', '1460', 54, 4),
          node('NoOption', '', 58, 1),
          node('WindowScale', '8 (multiply by 256)', 59, 3),
          node('NoOption', '', 62, 1),
          node('NoOption', '', 63, 1),
          node('SackPermitted', '', 64, 2),
        ]),
      ]),
      node('IPv4', '10.0.0.50 → 10.0.0.60, Next Protocol = TCP', 14, 20, [
        node('TotalLength', '52', 16, 2),
        node('TimeToLive', '128', 22, 1),
        node('Protocol', 'TCP (6)', 23, 1),
        node('SourceAddress', '10.0.0.50', 26, 4),
        node('DestinationAddress', '10.0.0.60', 30, 4),
      ]),
      node('Ethernet', '00-15-5D-0A-0B-0C → 00-15-5D-01-02-03', 0, 14, [
        node('DestinationAddress', '00-15-5D-01-02-03', 0, 6),
        node('SourceAddress', '00-15-5D-0A-0B-0C', 6, 6),
        node('Type', 'IPv4 (0x0800)', 12, 2),
      ]),
      {
        name: 'Microsoft_Windows_NDIS_PacketCapture',
        value: 'Event 1001, version 0',
        note: 'Layout from the built-in tables',
        bytes: { source: 1, start: 0, length: 160 },
        children: [
          field('MiniportIfIndex', '12', 80),
          field('LowerIfIndex', '12', 84),
          field('FragmentSize', '66', 88),
        ],
      },
    ],
  };
}

function diagnosisNode(diagnosis: string, level: string): DetailNode {
  const sightings: DetailNode[] = [
    { name: '#6', value: 'Ethernet', children: [] },
    { name: '#7', value: 'vSwitch “Layered Ethernet”', children: [] },
  ];
  return {
    name: 'Diagnosis',
    value: diagnosis,
    children: [
      {
        name: diagnosis,
        value: level,
        note: 'The same bytes were sent again, because no acknowledgement came in time.',
        children: [],
      },
      {
        name: 'Sightings',
        value: 'Seen 2 times: #6 at Ethernet, #7 at vSwitch “Layered Ethernet”',
        children: sightings,
      },
    ],
  };
}

function node(name: string, value: string, start: number, length: number, children: DetailNode[] = []): DetailNode {
  return { name, value, bytes: { source: 0, start, length }, children };
}

function field(name: string, value: string, start: number): DetailNode {
  return { name, value, type: 'UInt32', bytes: { source: 1, start, length: 4 }, children: [] };
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
