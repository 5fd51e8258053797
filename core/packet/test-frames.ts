import type { LinkType } from './link-type.ts';
import { LinkType as Link } from './link-type.ts';

/** Test input: frames written as readable text, from hexadecimal digits with blanks and `# comments`. */

export const bytesOf = (text: string): Uint8Array => {
  const digits = text.replace(/#.*$/gm, '').replace(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new Error(`not pairs of hexadecimal digits: ${digits}`);
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
};

const lengthOf = (text: string): number => bytesOf(text).length;
export const byte = (value: number): string => value.toString(16).padStart(2, '0');
export const word = (value: number): string => value.toString(16).padStart(4, '0');
/** The bytes of an ASCII text. */
export const ascii = (text: string): string => Array.from(text, (letter) => byte(letter.charCodeAt(0))).join(' ');

export const destinationMac = '00 15 5d 01 02 03';
export const sourceMac = '00 15 5d 0a 0b 0c';

/** An Ethernet frame; `type` is an EtherType or a length. */
export const ethernet = (type: number, payload: string): string =>
  `${destinationMac} ${sourceMac} ${word(type)} ${payload}`;

export interface Ipv4Wishes {
  totalLength?: number;
  /** Flags and offset, as the 16 bits in the header. */
  fragment?: number;
  /** A multiple of four bytes. */
  options?: string;
}

/** An IPv4 packet from 10.0.0.4 to 10.0.0.5 with identification 6699 and time to live 128. */
export const ipv4 = (protocol: number, payload: string, wishes: Ipv4Wishes = {}): string => {
  const options = wishes.options ?? '';
  const headerLength = 20 + lengthOf(options);
  const totalLength = wishes.totalLength ?? headerLength + lengthOf(payload);
  return `${byte(0x40 + headerLength / 4)} 00 ${word(totalLength)} 1a2b ${word(wishes.fragment ?? 0x4000)} 80 ${byte(protocol)} beef
    0a000004 0a000005 ${options} ${payload}`;
};

/** An IPv6 packet from fe80::1 to ff02::1 with hop limit 255. */
export const ipv6 = (nextHeader: number, payload: string, payloadLength = lengthOf(payload)): string =>
  `60 00 00 00 ${word(payloadLength)} ${byte(nextHeader)} ff
   fe80 0000 0000 0000 0000 0000 0000 0001  ff02 0000 0000 0000 0000 0000 0000 0001 ${payload}`;

/** The SYN of Message Analyzer's own example: port 52891 to HTTP, window 8192, scale 8. */
export const tcpSyn = `
  ce9b 0050          # ports 52891, 80
  6662be41 00000000  # sequence 1717747265, acknowledgment 0
  80 02 2000         # 32 bytes of header, SYN, window 8192
  1c46 0000          # checksum, urgent pointer
  02 04 05b4         # maximum segment size 1460
  01                 # no operation
  03 03 08           # window scale 8
  01 01              # no operation, twice
  04 02              # selective acknowledgment permitted`;

/** A TCP header without options: ports 50000 to 443, sequence 1000, acknowledgment 2000, window 512. */
export const tcp = (flags: number, payload = ''): string =>
  `c350 01bb 000003e8 000007d0 50 ${byte(flags)} 0200 abcd 0000 ${payload}`;

/** A TCP segment that pushes data, between any two ports. */
export const segment = (sourcePort: number, destinationPort: number, payload: string): string =>
  `${word(sourcePort)} ${word(destinationPort)} 000003e8 000007d0 50 18 0200 abcd 0000 ${payload}`;

/** A UDP datagram. */
export const datagram = (sourcePort: number, destinationPort: number, payload: string): string =>
  `${word(sourcePort)} ${word(destinationPort)} ${word(8 + lengthOf(payload))} 1234 ${payload}`;

/** A UDP datagram from port 50123 to DNS. */
export const udp = (payload: string, length = 8 + lengthOf(payload)): string =>
  `c3cb 0035 ${word(length)} 1234 ${payload}`;

export const arpRequest = `0001 0800 06 04 0001 ${sourceMac} 0a000004 000000000000 0a000005`;

/** LLC and SNAP before an ordinary EtherType. */
export const snap = (etherType: number, payload: string): string => `aa aa 03 00 00 00 ${word(etherType)} ${payload}`;

const accessPointMac = '02 00 00 00 00 aa';

/** A QoS data frame from a station to an access point; `control` is the frame control as it lies in the frame. */
export const wifiData = (payload: string, control = '88 01'): string =>
  `${control} 2c00 ${accessPointMac} ${sourceMac} ${destinationMac} 3002 0600 ${payload}`;

export const beacon = `80 00 0000 ffffffffffff ${accessPointMac} ${accessPointMac} 1000
  0102030405060708 6400 1104  # timestamp, interval, capabilities
  00 07 ${ascii('CorpNet')}   # SSID
  01 04 82848b96              # rates`;

/** One frame of every kind, for tests that go over all of them. */
export const sampleFrames: Readonly<Record<string, { readonly linkType: LinkType; readonly text: string }>> = {
  'TCP SYN': { linkType: Link.Ethernet, text: ethernet(0x0800, ipv4(6, tcpSyn)) },
  'TCP with selective acknowledgment and timestamps': {
    linkType: Link.Ethernet,
    text: ethernet(
      0x0800,
      ipv4(
        6,
        'c350 01bb 000003e8 000007d0 b0 10 0200 abcd 0000 0101 080a 0000000a 00000014 0101 050a 00000bb8 00000fa0 ab',
      ),
    ),
  },
  'UDP in IPv4 with options': {
    linkType: Link.Ethernet,
    text: ethernet(0x0800, ipv4(17, udp('00 01 02 03 04'), { options: '94 04 0000 01 01 01 00' })),
  },
  'UDP in two VLAN tags': {
    linkType: Link.Ethernet,
    text: ethernet(0x88a8, `0064 8100 a0c8 0800 ${ipv4(17, udp('aabb'))}`),
  },
  ARP: { linkType: Link.Ethernet, text: ethernet(0x0806, arpRequest) },
  'ICMP unreachable': {
    linkType: Link.Ethernet,
    text: ethernet(0x0800, ipv4(1, `03 03 abcd 00000000 ${ipv4(17, udp(''))}`)),
  },
  'ICMP echo in IPv4 in IPv4': { linkType: Link.RawIp, text: ipv4(4, ipv4(1, '08 00 abcd 0001 0002 616263')) },
  IGMP: {
    linkType: Link.Ethernet,
    text: ethernet(0x0800, ipv4(2, '22 00 abcd 0000 0001 04 00 0001 efff fffa 0a000004')),
  },
  'Neighbor Solicitation': {
    linkType: Link.Ethernet,
    text: ethernet(0x86dd, ipv6(58, `87 00 abcd 00000000 fe80 0000 0000 0000 0000 0000 0000 0002 01 01 ${sourceMac}`)),
  },
  'Listener report behind hop-by-hop options': {
    linkType: Link.Ethernet,
    text: ethernet(0x86dd, ipv6(0, '3a 00 05 02 0000 01 00  8f 00 abcd 0000 0000')),
  },
  'TCP behind all IPv6 extension headers': {
    linkType: Link.Ethernet,
    text: ethernet(
      0x86dd,
      ipv6(
        0,
        `2b 00 01 04 00000000       # hop-by-hop options, then routing
         2c 00 00 00 00000000       # routing, then fragment
         33 00 0001 00000007        # first fragment, then authentication
         3c 04 0000 00000100 00000001 000000000000000000000000  # authentication, then destination options
         06 00 01 04 00000000       # destination options, then TCP
         ${tcp(0x18, '686579')}`,
      ),
    ),
  },
  'WiFi data': { linkType: Link.WiFi, text: wifiData(snap(0x0800, ipv4(17, udp('00')))) },
  'WiFi beacon': { linkType: Link.WiFi, text: beacon },
  'WiFi request to send': { linkType: Link.WiFi, text: `b4 00 2c00 ${accessPointMac} ${sourceMac}` },
  'Spanning tree': { linkType: Link.Ethernet, text: ethernet(38, `42 42 03 ${'00'.repeat(43)}`) },
};

/** A frame that throws when anything outside it is read. */
export const guarded = (frame: Uint8Array): Uint8Array =>
  new Proxy(frame, {
    get(target, property) {
      if (typeof property === 'string' && /^-?\d+$/.test(property) && !(Number(property) in target)) {
        throw new RangeError(`byte ${property} of ${target.length} was read`);
      }
      if (property === 'subarray' || property === 'slice') return guardedRange(target, property);
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

const guardedRange =
  (target: Uint8Array, method: 'subarray' | 'slice') =>
  (from: number, to: number): Uint8Array => {
    if (from < 0 || from > target.length || to > target.length)
      throw new RangeError(`bytes ${from} to ${to} were read`);
    return target[method](from, to);
  };
