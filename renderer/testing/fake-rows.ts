import type { Row } from '../../core/engine/contract.ts';

const firstMillisecond = Date.parse('2024-06-10T12:03:00.118Z');

type Shape = Pick<Row, 'source' | 'destination' | 'module' | 'summary' | 'mark'>;

const shapes: readonly Shape[] = [
  {
    source: '10.0.0.50',
    destination: '10.0.0.60',
    module: 'TCP',
    summary: 'Flags: ......S., SrcPort=52891, DstPort=HTTP(80), Length=0, Seq=3042217640, Ack=0, Win=64240',
    mark: 'none',
  },
  {
    source: 'NBL 0xFFFF9C0F1A2B3040',
    destination: 'pNIC1',
    module: 'Microsoft_Windows_Hyper_V_VmSwitch',
    summary: 'NBL 0xFFFF9C0F1A2B3040 received from NIC 1F2A… (Friendly Name: pNIC1) in switch "Layered Ethernet"',
    mark: 'none',
  },
  {
    source: '10.0.0.60',
    destination: '10.0.0.50',
    module: 'TCP',
    summary: 'Flags: ...A..S., SrcPort=HTTP(80), DstPort=52891, Length=0, Seq=118004522, Ack=3042217641, Win=65535',
    mark: 'none',
  },
  {
    source: '10.0.0.50',
    destination: '10.0.0.1',
    module: 'UDP',
    summary: 'SrcPort = 61022, DstPort = DNS(53), Length = 42',
    mark: 'none',
  },
  {
    source: '00-15-5D-01-02-03',
    destination: 'FF-FF-FF-FF-FF-FF',
    module: 'ARP',
    summary: 'Request, 10.0.0.50 asks for 10.0.0.60',
    mark: 'none',
  },
  {
    source: 'fe80::215:5dff:fe01:203',
    destination: 'ff02::1:ff00:60',
    module: 'ICMPv6',
    summary: 'Neighbor Solicitation, Target: fe80::60',
    mark: 'none',
  },
  {
    source: '',
    destination: '',
    module: 'Microsoft_Windows_PktMon',
    summary: 'Packet dropped at component 32 (vmswitch.sys): INET_DestinationUnreachable, direction Tx',
    mark: 'drop',
  },
  {
    source: '10.0.0.60',
    destination: '10.0.0.50',
    module: 'ICMP',
    summary: 'Destination Unreachable Message, Port Unreachable, 10.0.0.60',
    mark: 'warning',
  },
  {
    source: '10.0.0.50',
    destination: '10.0.0.60',
    module: 'TCP',
    summary:
      'Flags: ...A...., SrcPort=52891, DstPort=HTTP(80), PayloadLen=1460, Seq=3042217641, Ack=118004523, Win=1026',
    mark: 'none',
  },
];
const usual = [0, 1, 1, 2, 1, 8, 8, 1, 8, 8, 3, 1, 8, 1, 4, 8, 8, 1, 5, 8];

/** The made-up row of a number; always the same. `shift`: steps of 100 ns by which its time was moved. */
export function fakeRow(row: number, shift = 0): Row {
  const index = row % 97 === 40 ? 6 : row % 131 === 60 ? 7 : usual[row % usual.length];
  const ticks = row * 3173 + (row % 7) * 411 + shift;
  return {
    row,
    milliseconds: firstMillisecond + Math.floor(ticks / 10_000),
    hundredNanoseconds: ((ticks % 10_000) + 10_000) % 10_000,
    timeElapsed: row % 9 === 0 ? 32 + (row % 50) : 0,
    ...shapes[index],
    diagnosis: '',
    diagnosisLevel: 'none',
    sighting: 0,
    colorRule: -1,
    marked: false,
    comment: '',
  };
}
