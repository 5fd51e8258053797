import type { DecodedField } from '../../../schema/decode.ts';
import type { EventText } from '../event-text.ts';

/** A field without a place in a payload, which text never shows. */
export function field(
  name: string,
  type: string,
  value: string,
  rest: Partial<Omit<DecodedField, 'name' | 'type' | 'value'>> = {},
): DecodedField {
  return { name, type, value, start: 0, length: 0, ...rest };
}

/** An event that a manifest explains, in full. */
export const manifestEvent: EventText = {
  messageNumber: 7,
  time: 133_590_457_871_234_567n, // 2024-05-01 14:03:07.1234567 UTC
  timeElapsed: 0,
  source: '',
  destination: '',
  module: 'Microsoft_Windows_TCPIP',
  summary: 'TCP: connection 0xffffb00112345678 timed out, "SynSent", after 3 tries.',
  mark: 'none',
  diagnosis: '',
  diagnosisLevel: 'none',
  conversation: null,
  sighting: 0,
  provider: { guid: '{2f07e2ee-15db-40f1-90ef-9d7ba282188a}', name: 'Microsoft-Windows-TCPIP' },
  name: 'TcpConnect/Timeout',
  family: 'manifest',
  id: 1046,
  version: 1,
  channel: 16,
  level: 4,
  opcode: 14,
  task: 1007,
  keyword: 0x8000_0000_0000_0080n,
  levelName: 'Information',
  opcodeName: 'Timeout',
  taskName: 'TcpConnect',
  channelName: 'Microsoft-Windows-TCPIP/Diagnostic',
  keywordNames: ['ut:ConnectPath', 'ut:TcpipDiagnosis'],
  processor: 3,
  process: 4,
  thread: 1234,
  activity: '{00000000-0000-0001-0000-00000000002a}',
  relatedActivity: null,
  fields: [
    field('Tcb', 'Pointer', '0xffffb00112345678', { raw: 0xffff_b001_1234_5678n }),
    field('State', 'UInt32', 'SynSent (2)', { raw: 2, label: 'SynSent' }),
    field('Tries', 'UInt32', '3', { raw: 3 }),
  ],
  layout: 'Layout described in the trace itself.',
  payload: null,
  notes: [],
  packet: null,
};

/** A dropped packet: a row with a source and a destination. */
export const packetEvent: EventText = {
  ...manifestEvent,
  messageNumber: 8,
  timeElapsed: 12,
  source: '10.0.0.5',
  destination: '10.0.0.10',
  module: 'TCP',
  summary: 'Dropped: Filtered VLAN. Flags: ......S., SrcPort: 52891, DstPort: HTTP(80)',
  mark: 'drop',
  provider: { guid: '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}', name: 'Microsoft-Windows-PktMon' },
  name: '',
  id: 160,
  level: 2,
  levelName: 'Error',
  keyword: 0n,
  keywordNames: [],
  activity: null,
  fields: [field('Payload', 'Binary', '45 00', { raw: Uint8Array.of(0x45, 0x00) })],
  packet: {
    linkType: 'Ethernet',
    direction: 'inbound',
    component: 'pktmon 60 vmswitch',
    vlan: 5,
    ipProtocol: 6,
    sourcePort: 52_891,
    destinationPort: 80,
    tcpFlags: 2,
    sequence: 1_717_747_265,
    acknowledgment: 0,
    window: 8192,
    payloadLength: 0,
    capturedLength: 2,
    originalLength: 66,
    dropReason: 9,
    dropText: 'Filtered VLAN',
  },
};

/** An event whose layout nobody knows, logged outside of any process. */
export const unknownEvent: EventText = {
  ...manifestEvent,
  messageNumber: 9,
  module: 'Unknown',
  summary: 'Event type 10, 4 bytes: de ad be ef',
  provider: { guid: '{ce1dbfb4-137e-4da6-87b0-3f59aa102cbc}', name: null },
  name: '',
  family: 'system',
  id: 0,
  version: 2,
  channel: 0,
  level: 0,
  opcode: 10,
  task: 0,
  keyword: 0n,
  levelName: '',
  opcodeName: '',
  taskName: '',
  channelName: '',
  keywordNames: [],
  processor: 12,
  process: null,
  thread: null,
  activity: null,
  fields: [],
  layout: null,
  payload: Uint8Array.of(0xde, 0xad, 0xbe, 0xef),
};

const elements = (values: readonly DecodedField[]): DecodedField[] =>
  values.map((value, index) => ({ ...value, name: `[${index}]` }));

/** Fields of every shape: arrays, structs, arrays of structs, binary, labels, addresses, notes. */
export const shapedFields: readonly DecodedField[] = [
  field('Ports', 'UInt16[]', '[80, 443]', {
    children: elements([field('', 'UInt16', '80', { raw: 80 }), field('', 'UInt16', '443', { raw: 443 })]),
  }),
  field('None', 'UInt16[]', '[]', { children: [] }),
  field('Address', 'Struct', '{Family: 2, Host: 10.0.0.5}', {
    children: [field('Family', 'UInt16', '2', { raw: 2 }), field('Host', 'IPv4', '10.0.0.5', { raw: 0x0a00_0005 })],
  }),
  field('Hops', 'Struct[]', '[{Id: 1}, {Id: 2}]', {
    children: elements([
      field('', 'Struct', '{Id: 1}', { children: [field('Id', 'UInt8', '1', { raw: 1 })] }),
      field('', 'Struct', '{Id: 2}', { children: [field('Id', 'UInt8', '2', { raw: 2 })] }),
    ]),
  }),
  field('States', 'UInt8[]', '[Up (1), 9]', {
    children: elements([
      field('', 'UInt8', 'Up (1)', { raw: 1, label: 'Up' }),
      field('', 'UInt8', '9', { raw: 9, note: 'Cut short: 1 of 2 bytes.' }),
    ]),
  }),
  field('Mac', 'Binary', '00-15-5D-00-00-2A', { raw: Uint8Array.of(0, 0x15, 0x5d, 0, 0, 0x2a) }),
  field('Bytes', 'Binary', '00 15 5d', { raw: Uint8Array.of(0, 0x15, 0x5d), note: 'Cut short: 3 of 9 bytes.' }),
];
