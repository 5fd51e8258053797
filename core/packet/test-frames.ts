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

/** A domain name without pointers. */
export const domainName = (name: string): string =>
  `${name
    .split('.')
    .map((label) => `${byte(label.length)} ${ascii(label)}`)
    .join(' ')} 00`;

export const dnsRequest = `1a2b 0100 0001 0000 0000 0000 ${domainName('www.example.com')} 0001 0001`;

/** A resource record whose owner is the name of the first question. */
const answer = (type: number, data: string, owner = 'c00c', recordClass = 1): string =>
  `${owner} ${word(type)} ${word(recordClass)} 00000e10 ${word(lengthOf(data))} ${data}`;

/** Answers of every type that is read in full, and two options of the sender. */
export const dnsResponse = `1a2b 8580 0001 000d 0001 0002 ${domainName('www.example.com')} 00ff 0001
  ${answer(5, `03 ${ascii('web')} c010`)}        # CNAME web.example.com
  ${answer(1, '5db8d822')}                       # A 93.184.216.34
  ${answer(28, '20010db8000000000000000000000022')}
  ${answer(2, `02 ${ascii('ns')} c010`)}         # NS
  ${answer(12, domainName('host.example'))}      # PTR
  ${answer(15, `000a 04 ${ascii('mail')} c010`)} # MX
  ${answer(16, `02 ${ascii('hi')} 05 ${ascii('there')}`)}
  ${answer(33, `0001 0002 0185 ${domainName('ldap.example')}`)}
  ${answer(65, `0001 00 0001 0006 02 ${ascii('h2')} 02 ${ascii('h3')} 0003 0002 01bb 0004 0004 5db8d822 0006 0010 20010db8000000000000000000000022`)}
  ${answer(64, `0002 ${domainName('svc.example')}`)}
  ${answer(39, domainName('other.example'))}     # DNAME
  ${answer(47, `${domainName('a.example')} 0006 400000000003`)} # NSEC
  ${answer(99, `01 ${ascii('v')}`)}              # SPF, which is not read
  ${answer(6, `02 ${ascii('ns')} c010 0a ${ascii('hostmaster')} c010 00000007 00000e10 00000258 00093a80 0000003c`)}
  ${answer(1, '0a000035', `02 ${ascii('ns')} c010`)}
  00 0029 04d0 00 00 8000 0010 000a 0008 0102030405060708 000c 0000`;

export const mdnsResponse = `0000 8400 0001 0001 0000 0000 ${domainName('pc.local')} 0001 8001
  ${answer(1, '0a000004', 'c00c', 0x8001)}`;

const netbiosLetters = (name: string, type: number): string =>
  Array.from(name.padEnd(15) + String.fromCharCode(type), (letter) => letter.charCodeAt(0))
    .map((code) => String.fromCharCode(0x41 + (code >> 4), 0x41 + (code & 15)))
    .join('');

export const netbiosQuery = `0007 0110 0001 0000 0000 0000 ${domainName(netbiosLetters('FILESERVER', 0x20))} 0020 0001`;
export const netbiosRegistration = `0008 2910 0001 0000 0000 0001 ${domainName(netbiosLetters('WORKGROUP', 0x1e))} 0020 0001
  c00c 0020 0001 000493e0 0006 a000 0a000004`;
export const netbiosNodeStatus = `0009 8400 0000 0001 0000 0000 ${domainName(netbiosLetters('FILESERVER', 0x20))} 0021 0001 00000000 0041
  01 ${ascii('FILESERVER     ')} 20 6400 ${sourceMac} ${'00'.repeat(40)}`;

const dhcpHead = (operation: number, yours: string): string =>
  `${byte(operation)} 01 06 00 3d1d12e5 0002 8000 00000000 ${yours} 00000000 0a0000fe ${sourceMac} ${'00'.repeat(10)}`;

export const dhcpDiscover = `${dhcpHead(1, '00000000')} ${'00'.repeat(192)} 63825363
  35 01 01  3d 07 01 ${sourceMac}  32 04 0a000005  0c 04 ${ascii('PC-7')}
  51 0a 00 00 00 ${ascii('pc7.lan')}  3c 08 ${ascii('MSFT 5.0')}  37 04 01 03 06 f9  39 02 05dc
  5d 02 0007  5e 03 010310  61 11 00 01020304050607080910111213141516
  52 08 01 02 abcd 02 02 ef01  2b 02 dc00  00 ff 0000`;

/** An acknowledgment that goes on in the boot file name. */
export const dhcpAcknowledgment = `${dhcpHead(2, '0a000005')} ${ascii('dc01')} ${'00'.repeat(60)}
  2a 04 0a000003 06 04 0a000002 ff ${'00'.repeat(115)} 63825363
  35 01 05  36 04 0a000001  33 04 00015180  3a 04 0000a8c0  3b 04 00012750  01 04 ffffff00
  03 08 0a0000fe 0a0000fd  06 04 0a000002  0f 07 ${ascii('corp.lo')}  2c 04 0a000009  2e 01 08  1c 04 0a0000ff
  79 0d 18 c0a801 0a0000fe 00 0a0000fe  77 09 ${domainName('corp.lo')}  34 01 01  1a 02 05dc  ff`;

const clientDuid = `0001 000e 0001 0001 2c3d4e5f ${sourceMac}`;
export const dhcpv6Solicit = `01 123456 ${clientDuid}  0008 0002 0064  0006 0006 0017 0018 0027
  0003 000c 07001d01 00000000 00000000  0010 000e 00000137 0008 ${ascii('MSFT 5.0')}  0027 000a 00 ${domainName('pc7.lan')}`;
export const dhcpv6Reply = `07 123456 ${clientDuid}  0002 000a 0003 0001 ${destinationMac}
  0003 0028 07001d01 00000708 00000b40 0005 0018 20010db8000000000000000000000044 00000e10 00001c20
  0019 0029 07001d01 00000708 00000b40 001a 0019 00000e10 00001c20 38 20010db8000100000000000000000000
  000d 0006 0000 ${ascii('fine')}  0017 0010 20010db8000000000000000000000053  0018 0009 ${domainName('corp.lo')}  000e 0000`;
export const dhcpv6Relayed = `0c 00 20010db8000000000000000000000001 fe800000000000000000000000000044
  0012 0004 ${ascii('eth0')}  0009 ${word(lengthOf(dhcpv6Solicit))} ${dhcpv6Solicit}`;

export const ntpServer = `24 02 0a e9 00000650 00000c80 0a000001
  e8fb1c00 80000000  e8fb1c10 00000000  e8fb1c10 40000000  00000001 00000000`;

const httpLines = (lines: readonly string[]): string => ascii(`${lines.join('\r\n')}\r\n\r\n`);
export const ssdpNotify = httpLines([
  'NOTIFY * HTTP/1.1',
  'HOST: 239.255.255.250:1900',
  'CACHE-CONTROL: max-age=1800',
  'LOCATION: http://10.0.0.4:2869/device.xml',
  'NT: upnp:rootdevice',
  'NTS: ssdp:alive',
  'USN: uuid:1::upnp:rootdevice',
]);
export const ssdpSearch = httpLines(['M-SEARCH * HTTP/1.1', 'MAN: "ssdp:discover"', 'MX: 3', 'ST: ssdp:all']);
export const ssdpResponse = httpLines(['HTTP/1.1 200 OK', 'EXT:', 'ST: upnp:rootdevice']);

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

const overUdp = (source: number, destination: number, payload: string) => ({
  linkType: Link.Ethernet,
  text: ethernet(0x0800, ipv4(17, datagram(source, destination, payload))),
});

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
  'DNS request': overUdp(50123, 53, dnsRequest),
  'DNS response': overUdp(53, 50123, dnsResponse),
  'DNS response in a stream': {
    linkType: Link.Ethernet,
    text: ethernet(
      0x0800,
      ipv4(6, `0035 c350 000003e8 000007d0 50 18 0200 abcd 0000 ${word(lengthOf(dnsResponse))} ${dnsResponse}`),
    ),
  },
  'MDNS response': overUdp(5353, 5353, mdnsResponse),
  'LLMNR request': overUdp(50123, 5355, dnsRequest),
  'NetBIOS name query': overUdp(137, 137, netbiosQuery),
  'NetBIOS name registration': overUdp(137, 137, netbiosRegistration),
  'NetBIOS node status': overUdp(137, 137, netbiosNodeStatus),
  'DHCPv4 discover': overUdp(68, 67, dhcpDiscover),
  'DHCPv4 acknowledgment': overUdp(67, 68, dhcpAcknowledgment),
  'DHCPv6 reply': overUdp(547, 546, dhcpv6Reply),
  'DHCPv6 solicit, relayed': overUdp(547, 547, dhcpv6Relayed),
  NTP: overUdp(123, 123, ntpServer),
  'SSDP notify': overUdp(50123, 1900, ssdpNotify),
  'SSDP search': overUdp(50123, 1900, ssdpSearch),
  'SSDP response': overUdp(1900, 50123, ssdpResponse),
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
