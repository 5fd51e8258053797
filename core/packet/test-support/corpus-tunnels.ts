import { LinkType } from '../link-type.ts';
import { arpRequest, byte, datagram, ethernet, ipv4, ipv6, tcpSyn, udp, word } from '../test-frames.ts';
import type { JudgedArea } from './tshark-judge.ts';

const onEthernet = (text: string) => ({ linkType: LinkType.Ethernet, text });
const inIpv4 = (protocol: number, payload: string) => onEthernet(ethernet(0x0800, ipv4(protocol, payload)));

const innerSyn = ethernet(0x0800, ipv4(6, tcpSyn));
const innerIpv6 = ethernet(0x86dd, ipv6(58, '80 00 abcd 0001 0002 616263'));

const gre = (flags: number, protocol: number, rest: string): string => `${word(flags)} ${word(protocol)} ${rest}`;
/** A frame in virtual subnet 5001, flow 7. */
const nvgre = (frame: string): string => gre(0x2000, 0x6558, `001389 07 ${frame}`);
/** A frame in virtual network 5001. */
const vxlan = (frame: string): string => datagram(54321, 4789, `08 000000 001389 00 ${frame}`);
const geneve = (protocol: number, options: string, payload: string, optionWords: number): string =>
  datagram(54321, 6081, `${byte(optionWords)} 40 ${word(protocol)} 001389 00 ${options} ${payload}`);

/** Packets in packets. */
export const tunnelArea: JudgedArea = {
  frames: {
    'GRE with IPv4': inIpv4(47, gre(0, 0x0800, ipv4(17, udp('0102')))),
    'GRE with checksum, key and sequence': inIpv4(
      47,
      gre(0xb000, 0x86dd, `abcd 0000 00000064 00000007 ${ipv6(6, tcpSyn)}`),
    ),
    NVGRE: inIpv4(47, nvgre(innerSyn)),
    'NVGRE over IPv6 with IPv6': onEthernet(ethernet(0x86dd, ipv6(47, nvgre(innerIpv6)))),
    VXLAN: inIpv4(17, vxlan(innerSyn)),
    'VXLAN with a tagged frame in a tagged frame': onEthernet(
      ethernet(0x8100, `0064 0800 ${ipv4(17, vxlan(ethernet(0x8100, `0065 86dd ${ipv6(17, udp('01'))}`)))}`),
    ),
    'VXLAN with ARP': inIpv4(17, vxlan(ethernet(0x0806, arpRequest))),
    'VXLAN in VXLAN': inIpv4(17, vxlan(ethernet(0x0800, ipv4(17, vxlan(innerIpv6))))),
    Geneve: inIpv4(17, geneve(0x6558, '', innerSyn, 0)),
    'Geneve with options': inIpv4(17, geneve(0x6558, '0102 80 01 00000009  0103 01 00', innerIpv6, 3)),
    'Geneve with IPv4': inIpv4(17, geneve(0x0800, '', ipv4(6, tcpSyn), 0)),
    'IPv6 in IPv4': inIpv4(41, ipv6(6, tcpSyn)),
    'IPv4 in IPv6': onEthernet(ethernet(0x86dd, ipv6(4, ipv4(6, tcpSyn)))),
  },
  judges: {
    GRE: {
      pairs: {
        'Flags.Checksum': 'gre.flags.checksum',
        'Flags.Routing': 'gre.flags.routing',
        'Flags.Key': 'gre.flags.key',
        'Flags.Sequence': 'gre.flags.sequence_number',
        'Flags.Version': 'gre.flags.version',
        ProtocolType: 'gre.proto',
        Checksum: 'gre.checksum',
        Key: 'gre.key',
        SequenceNumber: 'gre.sequence_number',
      },
    },
    NVGRE: {
      pairs: {
        'Flags.Checksum': 'gre.flags.checksum',
        'Flags.Routing': 'gre.flags.routing',
        'Flags.Key': 'gre.flags.key',
        'Flags.Sequence': 'gre.flags.sequence_number',
        'Flags.Version': 'gre.flags.version',
        ProtocolType: 'gre.proto',
        VSID: { tshark: 'gre.key', theirs: (key) => String(Number(key) >>> 8) },
      },
      notInTshark: { FlowID: 'tshark takes it for the low byte of the key' },
    },
    VXLAN: { pairs: { 'Flags.I': 'vxlan.flag_i', VNI: 'vxlan.vni' } },
    Geneve: {
      pairs: {
        Version: 'geneve.version',
        OptLen: { tshark: 'geneve.option.length', ours: (words) => String(Number(words) * 4) },
        O: 'geneve.flags.oam',
        C: 'geneve.flags.critical',
        ProtocolType: 'geneve.proto_type',
        VNI: 'geneve.vni',
        'Options.Option.Class': 'geneve.option.class',
        'Options.Option.Type': 'geneve.option.type',
        'Options.Option.Length': { tshark: 'geneve.option.length', ours: (words) => String(Number(words) * 4 + 4) },
        'Options.Option.Data': { tshark: 'geneve.option.unknown.data', theirs: (shown) => (shown === '' ? [] : shown) },
      },
    },
  },
};
