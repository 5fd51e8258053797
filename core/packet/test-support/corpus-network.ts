import { LinkType } from '../link-type.ts';
import { arpRequest, ethernet, ipv4, ipv6, sampleFrames, snap, sourceMac, tcp, udp, wifiData } from '../test-frames.ts';
import type { JudgedArea } from './tshark-judge.ts';

const onEthernet = (text: string) => ({ linkType: LinkType.Ethernet, text });
const inIpv4 = (protocol: number, payload: string, wishes = {}) =>
  onEthernet(ethernet(0x0800, ipv4(protocol, payload, wishes)));
const inIpv6 = (nextHeader: number, payload: string) => onEthernet(ethernet(0x86dd, ipv6(nextHeader, payload)));

const target = 'fe80 0000 0000 0000 0000 0000 0000 0002';

/** Link, network and transport layers. */
export const networkArea: JudgedArea = {
  frames: {
    ...sampleFrames,
    'ARP reply': onEthernet(ethernet(0x0806, arpRequest.replace('0001 0a', '0002 0a'))),
    'Reverse ARP': onEthernet(ethernet(0x8035, arpRequest.replace('06 04 0001', '06 04 0003'))),
    'SNAP on Ethernet': onEthernet(ethernet(37, snap(0x0800, ipv4(17, udp('01'))))),
    'LLC supervisory frame': onEthernet(ethernet(4, 'f0 f1 01 03')),
    'WiFi data from an access point': {
      linkType: LinkType.WiFi,
      text: wifiData(snap(0x0800, ipv4(17, udp('00'))), '88 02'),
    },
    'First IPv4 fragment': inIpv4(17, udp('00 01 02 03', 100), { fragment: 0x2000 }),
    'Later IPv4 fragment': inIpv4(17, '00 01 02 03', { fragment: 0x2005 }),
    'Every ICMP error': inIpv4(1, `0b 01 abcd 00000000 ${ipv4(17, udp(''))}`),
    'ICMP too big': inIpv4(1, `03 04 abcd 0000 05dc ${ipv4(17, udp(''))}`),
    'ICMP redirect': inIpv4(1, `05 01 abcd 0a000001 ${ipv4(17, udp(''))}`),
    'ICMP parameter problem': inIpv4(1, `0c 00 abcd 14 000000 ${ipv4(17, udp(''))}`),
    'ICMP echo': inIpv4(1, '08 00 abcd 0001 0002 616263'),
    'IGMP query': inIpv4(2, '11 64 abcd 00000000'),
    'IGMP version 2 report': inIpv4(2, '16 00 abcd efff fffa'),
    'IGMP leave': inIpv4(2, '17 00 abcd efff fffa'),
    'ICMPv6 echo': inIpv6(58, '80 00 abcd 0001 0002 616263'),
    'ICMPv6 too big': inIpv6(58, `02 00 abcd 00000500 ${ipv6(17, udp(''))}`),
    'ICMPv6 parameter problem': inIpv6(58, `04 01 abcd 00000028 ${ipv6(17, udp(''))}`),
    'ICMPv6 unreachable': inIpv6(58, `01 04 abcd 00000000 ${ipv6(17, udp(''))}`),
    'Listener query': inIpv6(58, '82 00 abcd 2710 0000 00000000000000000000000000000000'),
    'Listener report': inIpv6(58, `83 00 abcd 0000 0000 ${target}`),
    'Router solicitation': inIpv6(58, `85 00 abcd 00000000 01 01 ${sourceMac}`),
    'Router advertisement': inIpv6(
      58,
      `86 00 abcd 40 c0 0708 00000000 00000001 01 01 ${sourceMac} 05 01 0000 000005dc
       03 04 40 c0 00278d00 00093a80 00000000 20010db8000000000000000000000000`,
    ),
    'Neighbor advertisement': inIpv6(58, `88 00 abcd 60000000 ${target} 02 01 ${sourceMac}`),
    'Neighbor redirect': inIpv6(58, `89 00 abcd 00000000 ${target} ${target}`),
    'LLC in a VLAN tag': onEthernet(ethernet(0x8100, '2064 0003 42 42 03')),
    'TCP with every flag': inIpv4(6, tcp(0xff, '00')),
    'Later IPv6 fragment': inIpv6(44, '11 00 0029 00000007 00010203'),
  },
  judges: {
    Ethernet: {
      pairs: {
        DestinationAddress: 'eth.dst',
        SourceAddress: 'eth.src',
        Type: 'eth.type',
        Length: 'eth.len',
      },
    },
    VLAN: {
      pairs: {
        Priority: { tshark: ['vlan.priority', 'ieee8021ad.priority'] },
        DropEligible: { tshark: ['vlan.dei', 'ieee8021ad.dei'] },
        VlanId: { tshark: ['vlan.id', 'ieee8021ad.id'] },
        Type: 'vlan.etype',
        Length: 'vlan.len',
      },
      differences: {
        Type: { why: 'tshark does not tell what follows an outer 802.1ad tag', frames: ['UDP in two VLAN tags'] },
      },
    },
    LLC: {
      pairs: { DSAP: 'llc.dsap', SSAP: 'llc.ssap', Control: 'llc.control' },
      differences: {
        Control: {
          why: 'two bytes are written in their order; tshark takes the first for the lower',
          frames: ['LLC supervisory frame'],
        },
      },
    },
    SNAP: { pairs: { OrganizationCode: 'llc.oui', EtherType: 'llc.type' } },
    WiFi: {
      pairs: {
        'FrameControl.Version': 'wlan.fc.version',
        'FrameControl.Type': 'wlan.fc.type',
        'FrameControl.SubType': 'wlan.fc.subtype',
        'FrameControl.ToDS': 'wlan.fc.tods',
        'FrameControl.FromDS': 'wlan.fc.fromds',
        'FrameControl.MoreFrag': 'wlan.fc.frag',
        'FrameControl.Retry': 'wlan.fc.retry',
        'FrameControl.PowerManagement': 'wlan.fc.pwrmgt',
        'FrameControl.MoreData': 'wlan.fc.moredata',
        'FrameControl.ProtectedFrame': 'wlan.fc.protected',
        'FrameControl.Order': 'wlan.fc.order',
        Duration: 'wlan.duration',
        BSSID: 'wlan.bssid',
        SourceAddress: 'wlan.sa',
        DestinationAddress: 'wlan.da',
        ReceiverAddress: { tshark: 'wlan.ra', isDerivedElsewhere: true },
        TransmitterAddress: { tshark: 'wlan.ta', isDerivedElsewhere: true },
        FragmentNumber: 'wlan.frag',
        SequenceNumber: 'wlan.seq',
        'QoSControl.TID': 'wlan.qos.tid',
        'QoSControl.AMSDUPresent': 'wlan.qos.amsdupresent',
        SSID: { tshark: 'wlan.ssid', theirs: textOfBytes },
      },
    },
    ARP: {
      pairs: {
        HardwareType: 'arp.hw.type',
        ProtocolType: 'arp.proto.type',
        HardwareAddressLength: 'arp.hw.size',
        ProtocolAddressLength: 'arp.proto.size',
        Operation: 'arp.opcode',
        SenderHardwareAddress: 'arp.src.hw_mac',
        SenderProtocolAddress: 'arp.src.proto_ipv4',
        TargetHardwareAddress: 'arp.dst.hw_mac',
        TargetProtocolAddress: 'arp.dst.proto_ipv4',
      },
    },
    IPv4: {
      pairs: {
        // tshark says the version of an IPv6 packet under this name too.
        Version: { tshark: 'ip.version', theirs: (shown) => (shown === '6' ? [] : shown) },
        IHL: { tshark: 'ip.hdr_len', ours: times(4) },
        'DifferentiatedServices.DSCP': 'ip.dsfield.dscp',
        'DifferentiatedServices.ECN': 'ip.dsfield.ecn',
        TotalLength: 'ip.len',
        Identification: 'ip.id',
        'Flags.DF': 'ip.flags.df',
        'Flags.MF': 'ip.flags.mf',
        FragmentOffset: 'ip.frag_offset',
        TimeToLive: 'ip.ttl',
        Protocol: 'ip.proto',
        HeaderChecksum: 'ip.checksum',
        SourceAddress: 'ip.src',
        DestinationAddress: 'ip.dst',
        'Options.RouterAlert': { tshark: 'ip.opt.ra', ours: numberOfBytes },
      },
      notInTshark: {
        'Options.NOP': 'a byte without a value',
        'Options.EndOfOptionsList': 'a byte without a value',
      },
    },
    IPv6: {
      pairs: {
        Version: 'ipv6.version',
        TrafficClass: 'ipv6.tclass',
        FlowLabel: 'ipv6.flow',
        PayloadLength: 'ipv6.plen',
        NextHeader: 'ipv6.nxt',
        HopLimit: 'ipv6.hlim',
        SourceAddress: 'ipv6.src',
        DestinationAddress: 'ipv6.dst',
        'HopByHopOptionsHeader.NextHeader': 'ipv6.hopopts.nxt',
        'HopByHopOptionsHeader.HdrExtLen': 'ipv6.hopopts.len',
        'HopByHopOptionsHeader.Options.RouterAlert': { tshark: 'ipv6.opt.router_alert', ours: numberOfBytes },
        'HopByHopOptionsHeader.Options.PadN': 'ipv6.opt.padn',
        'RoutingHeader.NextHeader': 'ipv6.routing.nxt',
        'RoutingHeader.HdrExtLen': 'ipv6.routing.len',
        'RoutingHeader.RoutingType': 'ipv6.routing.type',
        'RoutingHeader.SegmentsLeft': 'ipv6.routing.segleft',
        'FragmentHeader.NextHeader': 'ipv6.fraghdr.nxt',
        'FragmentHeader.FragmentOffset': 'ipv6.fraghdr.offset',
        'FragmentHeader.MFlag': 'ipv6.fraghdr.more',
        'FragmentHeader.Identification': 'ipv6.fraghdr.ident',
        'AuthenticationHeader.NextHeader': 'ah.next_header',
        'AuthenticationHeader.PayloadLen': 'ah.length',
        'AuthenticationHeader.SecurityParametersIndex': 'ah.spi',
        'AuthenticationHeader.SequenceNumber': 'ah.sequence',
        'DestinationOptionsHeader.NextHeader': 'ipv6.dstopts.nxt',
        'DestinationOptionsHeader.HdrExtLen': 'ipv6.dstopts.len',
        'DestinationOptionsHeader.Options.PadN': 'ipv6.opt.padn',
      },
    },
    ICMP: {
      pairs: {
        Type: 'icmp.type',
        Code: 'icmp.code',
        Checksum: 'icmp.checksum',
        Identifier: 'icmp.ident',
        SequenceNumber: 'icmp.seq',
        NextHopMTU: 'icmp.mtu',
        GatewayInternetAddress: 'icmp.redir_gw',
        Pointer: 'icmp.pointer',
      },
      notInTshark: { OriginalDatagram: 'tshark dissects the quoted packet' },
      differences: { NextHopMTU: { why: 'tshark shows it with code 4 alone', frames: ['ICMP unreachable'] } },
    },
    ICMPv6: {
      pairs: {
        Type: 'icmpv6.type',
        Code: 'icmpv6.code',
        Checksum: 'icmpv6.checksum',
        Identifier: 'icmpv6.echo.identifier',
        SequenceNumber: 'icmpv6.echo.sequence_number',
        MTU: 'icmpv6.mtu',
        Pointer: 'icmpv6.pointer',
        MaximumResponseDelay: 'icmpv6.mld.maximum_response_delay',
        MulticastAddress: 'icmpv6.mld.multicast_address',
        McastAddressRecordsCount: 'icmpv6.mldr.nb_mcast_records',
        CurHopLimit: 'icmpv6.nd.ra.cur_hop_limit',
        M: 'icmpv6.nd.ra.flag.m',
        O: { tshark: ['icmpv6.nd.ra.flag.o', 'icmpv6.nd.na.flag.o'] },
        R: 'icmpv6.nd.na.flag.r',
        S: 'icmpv6.nd.na.flag.s',
        RouterLifetime: 'icmpv6.nd.ra.router_lifetime',
        ReachableTime: 'icmpv6.nd.ra.reachable_time',
        RetransTimer: 'icmpv6.nd.ra.retrans_timer',
        TargetAddress: {
          tshark: ['icmpv6.nd.ns.target_address', 'icmpv6.nd.na.target_address', 'icmpv6.nd.rd.target_address'],
        },
        DestinationAddress: 'icmpv6.rd.na.destination_address',
        'Options.SourceLinkLayerAddress': 'icmpv6.opt.src_linkaddr',
        'Options.TargetLinkLayerAddress': 'icmpv6.opt.target_linkaddr',
      },
      notInTshark: {
        OriginalDatagram: 'tshark dissects the quoted packet',
        'Options.MTU': 'shown as bytes',
        'Options.PrefixInformation': 'shown as bytes',
      },
    },
    IGMP: {
      differences: {
        MaxRespCode: { why: 'tshark has one name for both reserved parts of a version 3 report', frames: ['IGMP'] },
      },
      pairs: {
        Type: 'igmp.type',
        MaxRespCode: { tshark: ['igmp.max_resp', 'igmp.reserved'] },
        Checksum: 'igmp.checksum',
        GroupAddress: 'igmp.maddr',
        NumberOfGroupRecords: 'igmp.num_grp_recs',
        'GroupRecord.RecordType': 'igmp.record_type',
        'GroupRecord.AuxDataLen': 'igmp.aux_data_len',
        'GroupRecord.NumberOfSources': 'igmp.num_src',
        'GroupRecord.MulticastAddress': 'igmp.maddr',
        'GroupRecord.SourceAddress': 'igmp.saddr',
      },
    },
    TCP: {
      differences: {
        PayloadLength: {
          why: "tshark does not tell it of an IPv6 packet's first fragment",
          frames: ['TCP behind all IPv6 extension headers'],
        },
      },
      pairs: {
        SourcePort: 'tcp.srcport',
        DestinationPort: 'tcp.dstport',
        SequenceNumber: 'tcp.seq_raw',
        AcknowledgmentNumber: 'tcp.ack_raw',
        DataOffset: { tshark: 'tcp.hdr_len', ours: times(4) },
        'Flags.CWR': 'tcp.flags.cwr',
        'Flags.ECE': 'tcp.flags.ece',
        'Flags.URG': 'tcp.flags.urg',
        'Flags.ACK': 'tcp.flags.ack',
        'Flags.PSH': 'tcp.flags.push',
        'Flags.RST': 'tcp.flags.reset',
        'Flags.SYN': 'tcp.flags.syn',
        'Flags.FIN': 'tcp.flags.fin',
        Window: 'tcp.window_size_value',
        Checksum: 'tcp.checksum',
        UrgentPointer: 'tcp.urgent_pointer',
        PayloadLength: 'tcp.len',
        'Options.MaxSegmentSize': 'tcp.options.mss_val',
        'Options.WindowsScaleFactor': 'tcp.options.wscale.shift',
        'Options.Timestamps': {
          tshark: ['tcp.options.timestamp.tsval', 'tcp.options.timestamp.tsecr'],
          ours: (value) => value.split(' '),
        },
        'Options.Sack.Block1': {
          tshark: ['tcp.options.sack_le', 'tcp.options.sack_re'],
          ours: (value) => value.split(' ~ '),
        },
      },
      notInTshark: {
        'Options.NoOperation': 'a byte without a value',
        'Options.SackPermitted': 'an option without a value',
      },
    },
    UDP: {
      pairs: {
        SourcePort: 'udp.srcport',
        DestinationPort: 'udp.dstport',
        Length: 'udp.length',
        Checksum: 'udp.checksum',
      },
    },
  },
};

/** A count of larger units in smaller ones. */
function times(unit: number): (value: string) => string {
  return (value) => String(Number(value) * unit);
}

/** Spaced hexadecimal pairs as one number. */
function numberOfBytes(value: string): string {
  return String(Number.parseInt(value.replaceAll(' ', ''), 16));
}

/** The text behind hexadecimal pairs with colons. */
function textOfBytes(shown: string): string {
  return Buffer.from(shown.replaceAll(':', ''), 'hex').toString('utf8');
}
