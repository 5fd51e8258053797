import { LinkType } from '../link-type.ts';
import { datagram, ipv4, ipv6, segment, tcp, wifiManagement } from '../test-frames.ts';
import type { Corpus } from './tshark-judge.ts';

const address = '20010db8000000000000000000000044';
const status = '000d 0002 0002';

/** Frames with fields that the frames of the corpus do not have. Nobody else judges how they are read. */
export const rareFields: Corpus = {
  'WiFi beacon that protects its management frames': {
    linkType: LinkType.WiFi,
    text: wifiManagement('80 00', '0102030405060708 6400 1104 30 12 0100 000fac04 0000 0000 0000 0000 000fac06'),
  },
  'IPv6 routing header of another type': {
    linkType: LinkType.RawIp,
    text: ipv6(43, `3b 01 03 00 ${'00'.repeat(12)}`),
  },
  'IPv6 segment list with options': {
    linkType: LinkType.RawIp,
    text: ipv6(43, `3b 03 04 00 00 00 0007 ${address} 0406000000000000`),
  },
  'TCP with four blocks received': {
    linkType: LinkType.RawIp,
    text: ipv4(6, `c350 01bb 000003e8 000007d0 e0 10 0200 abcd 0000 01 01 05 22 ${'00001000 00002000'.repeat(4)}`),
  },
  'ICMP about a TCP segment': {
    linkType: LinkType.RawIp,
    text: ipv4(1, `03 03 abcd 00000000 ${ipv4(6, tcp(2))}`),
  },
  'Multicast listener report with auxiliary data': {
    linkType: LinkType.RawIp,
    text: ipv6(58, `8f 00 abcd 0000 0001 06 01 0000 ${address} 01020304`),
  },
  'DHCPv6 reply about a temporary address': {
    linkType: LinkType.RawIp,
    text: ipv6(
      17,
      datagram(
        547,
        546,
        `07 123456 0001 000a 0002 00000137 abcdabcd  0011 0008 00000137 01020304
         0004 0026 07001d01 0005 001e ${address} 00000e10 00001c20 ${status}`,
      ),
    ),
  },
  'TLS certificate and encrypted handshake': {
    linkType: LinkType.RawIp,
    text: ipv4(6, segment(443, 50001, '16 0303 0008 0b 000004 00000000  16 0303 0004 ffffffff')),
  },
};
