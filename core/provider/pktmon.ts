import { dropLocationMap } from './pktmon-drop-locations.ts';
import { dropReasonMap } from './pktmon-drop-reasons.ts';
import { bitMap, EventTable, valueMap } from './event-table.ts';

/** The packet monitor, PktMon.sys. */
export const pktMonProvider = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
export const pktMonProviderName = 'Microsoft-Windows-PktMon';

export const PktMonKeyword = { Config: 0x1, Rundown: 0x2, NblParsed: 0x4, NblInfo: 0x8, Payload: 0x10 } as const;

/** Ids of the events that the rest of the house reads by name. */
export const PktMonEvent = {
  ComponentInfo: 20,
  NumberProperty: 30,
  GuidProperty: 40,
  HexProperty: 50,
  MediumProperty: 60,
  Ipv4Property: 65,
  Ipv6Property: 66,
  BinaryProperty: 70,
  StringProperty: 73,
  EtherTypeProperty: 75,
  DropCounters: 80,
  FlowCounters: 90,
  ParsedIpv4: 120,
  ParsedIpv6: 130,
  DroppedParsedIpv4: 140,
  DroppedParsedIpv6: 150,
  Frame: 160,
  DroppedFrame: 170,
  NblInformation: 180,
  DroppedNblInformation: 190,
  Ipv4Payload: 200,
  DroppedIpv4Payload: 210,
  Ipv6Payload: 220,
  DroppedIpv6Payload: 230,
  DuplicateDrop: 240,
  Context: 250,
  DroppedContext: 260,
  ComponentRegistered: 270,
  ComponentUnregistered: 280,
} as const;

export const componentTypeMap = valueMap(
  'ComponentType',
  `1 NDIS
   2 Miniport
   3 Filter
   4 Protocol
   5 VmsVmNic
   6 VmsMiniport
   7 VmsExtMiniport
   8 VmsProtocolNic
   9 NetVsc Miniport
   10 HTTP Protocol
   11 IpInterface
   12 Slbmux
   13 IPSec
   14 NetCx
   15 HTTP Message`,
);

/** What a component-property event (30 to 75) is about: its field Type. */
export const PktMonProperty = {
  IfIndex: 1,
  MiniportIfIndex: 2,
  LowerIfIndex: 3,
  IfGuid: 4,
  NdisMedium: 5,
  PhysAddress: 6,
  EtherType: 7,
  OptDataPath: 8,
  NdisObject: 9,
  VmSwitchName: 10,
  VmsExtIfIndex: 11,
  LowestIfIndex: 12,
  IpAddress: 13,
  IpIfIndex: 14,
  Vsid: 15,
  Vlan: 16,
  CompartmentId: 17,
} as const;

export const propertyTypeMap = valueMap(
  'PropertyType',
  `1 IfIndex
   2 MiniportIfIndex
   3 LowerIfIndex
   4 IfGuid
   5 NdisMedium
   6 PhysAddress
   7 EtherType
   8 OptDataPath
   9 NdisObject
   10 VMSwitchName
   11 VmsExtIfIndex
   12 LowestIfIndex
   13 IP Address
   14 IpIfIndex
   15 VSID
   16 VLAN
   17 Compartment ID`,
);

/** Rx and Tx are a network interface's, Ingress and Egress a vSwitch's, In and Out those of other components. */
export const directionMap = valueMap(
  'PacketDirectionTag',
  `0 None
   1 In
   2 Out
   3 Rx
   4 Tx
   5 Ingress
   6 Egress`,
);

/** What a logged payload begins with, as far as code asks for it; all in packetTypeMap. */
export const PktMonPacketType = {
  Ethernet: 1,
  Wifi: 2,
  Ip: 3,
  Http: 4,
  Tcp: 5,
  Udp: 6,
  Arp: 7,
  Icmp: 8,
  Esp: 9,
  Ah: 10,
  L4Payload: 11,
} as const;

/** 3 was called MBB (raw IP all the same) until Windows 10 2004. */
export const packetTypeMap = valueMap(
  'PacketType',
  `0 Unknown
   1 Ethernet
   2 WiFi
   3 IP
   4 HTTP
   5 TCP
   6 UDP
   7 ARP
   8 ICMP
   9 ESP
   10 AH
   11 L4Payload`,
);

export const pktMonMediumMap = valueMap(
  'NdisMedium',
  `0 Ethernet
   16 WiFi
   19 MBB`,
);

const etherTypeMap = valueMap(
  'EtherType',
  `2048 IPv4
   2054 ARP
   33024 VLAN
   34525 IPv6
   35020 LLDP
   35033 LLTD`,
);

const tcpFlagsMap = bitMap(
  'TCPFlags',
  `1 FIN
   2 SYN
   4 RST
   8 PSH
   16 ACK
   32 URG
   64 ECE
   128 CWR`,
);

/**
 * Bytes lie packed. Ports are plain little-endian numbers: that is what traces' own descriptions of the filter events
 * say. Events 160 to 190, 250 and 260 begin with the 30 bytes of metadata that the streaming API delivers. Messages of
 * drops do not say why and where: every row of such an event begins with that (pktmon-drop-text.ts).
 */
export const pktMonEvents = new EventTable({
  provider: pktMonProvider,
  providerName: pktMonProviderName,
  maps: {
    ComponentType: componentTypeMap,
    PropertyType: propertyTypeMap,
    Direction: directionMap,
    PacketType: packetTypeMap,
    NdisMedium: pktMonMediumMap,
    EtherType: etherTypeMap,
    TcpFlags: tcpFlagsMap,
    DropReason: dropReasonMap,
    DropLocation: dropLocationMap,
  },
  abbreviations: {
    PROPERTY: 'ComponentId:u16 Type:u16=PropertyType',
    COUNTERS: 'DirTagIn:u16=Direction PacketsIn:u64 BytesIn:u64 DirTagOut:u16=Direction PacketsOut:u64 BytesOut:u64',
    FILTERHEAD: 'FilterId:u16 FilterName:wstr MacAddress1:mac MacAddress2:mac EtherType:u16=EtherType VlanId:u16',
    FILTERTAIL: 'Protocol:u8 Port1:u16 Port2:u16 TCPFlags:u8=TcpFlags',
    ETHERNET: 'DestinationMAC:mac SourceMAC:mac EtherType:u16=EtherType VlanId:u16',
    IPV4: 'DestinationIP:ipv4 SourceIP:ipv4 Protocol:u8 DestinationPort:u16 SourcePort:u16',
    IPV6: 'DestinationIP:ipv6 SourceIP:ipv6 Protocol:u8 DestinationPort:u16 SourcePort:u16',
    PLACE: 'DirTag:u16=Direction PacketType:u16=PacketType ComponentId:u16 EdgeId:u16 FilterId:u16 DROP',
    DROP: 'DropReason:u32=DropReason DropLocation:hex32=DropLocation',
    PACKET: 'PktGroupId:u64 PktNumber:u16 AppearanceCount:u16 PLACE',
    PARSED: 'TCPFlags:u8=TcpFlags PktGroupId:u64 PktCount:u16 AppearanceCount:u16 PLACE',
    PAYLOAD: 'OriginalPayloadSize:u16 LoggedPayloadSize:u16 Payload:bytes[LoggedPayloadSize]',
    NBLINFO:
      'TcpIpChecksum:pointer TcpLargeSend:pointer Ieee8021Q:pointer HashInfo:pointer HashValue:pointer ' +
      'VirtualSubnetInfo:pointer TcpRecvSegCoalesceInfo:pointer NrtNameResolutionId:pointer ' +
      'TcpSendOffloadsSupplementalInfo:pointer SwitchForwardingDetail:hex64 GftOffloadInfo:hex64 GftFlowEntryId:u64',
  },
  rows: `
10 | Status:status | Driver failed to start, Status: %1 | Error | Config
20 | Id:u16 Type:u16=ComponentType Name:wstr Description:wstr | Component %1: %3, Type: %2, %4 | Information | Rundown
30 | PROPERTY Value:u32 | Component %1, %2: %3 | Information | Rundown
40 | PROPERTY Value:guid | Component %1, %2: %3 | Information | Rundown
50 | PROPERTY Value:hex32 | Component %1, %2: %3 | Information | Rundown
60 | PROPERTY Value:u16=NdisMedium | Component %1, %2: %3 | Information | Rundown
65 | PROPERTY IpAddress:ipv4 | Component %1, %2: %3 | Information | Rundown
66 | PROPERTY IpAddress:ipv6 | Component %1, %2: %3 | Information | Rundown
70 | PROPERTY Size:u32 Value:bytes[Size] | Component %1, %2: %4 | Information | Rundown
73 | PROPERTY Value:wstr | Component %1, %2: %3 | Information | Rundown
75 | PROPERTY EtherType:u16=EtherType | Component %1, %2: %3 | Information | Rundown
80 | ComponentId:u16 COUNTERS | Drop Counters, Component: %1, %2: %3 packets, %4 bytes, %5: %6 packets, %7 bytes | Information | Rundown
90 | ComponentId:u16 EdgeName:wstr EdgeId:u16 COUNTERS | Flow Counters, Component: %1, Edge: %3 (%2), %4: %5 packets, %6 bytes, %7: %8 packets, %9 bytes | Information | Rundown
100 | FILTERHEAD IpAddress1:ipv4 IpAddress2:ipv4 FILTERTAIL | Filter %1: %2, MAC: %3, %4, EtherType: %5, VLAN: %6, IP: %7, %8, Protocol: %9, Ports: %10, %11, TCP Flags: %12 | Information | Rundown
110 | FILTERHEAD IpAddress1:ipv6 IpAddress2:ipv6 FILTERTAIL | Filter %1: %2, MAC: %3, %4, EtherType: %5, VLAN: %6, IP: %7, %8, Protocol: %9, Ports: %10, %11, TCP Flags: %12 | Information | Rundown
120 | ETHERNET IPV4 PARSED | Packet, %2 -> %1, %6 -> %5, Protocol: %7, Ports: %9 -> %8, Group: %11, Direction: %14, Component: %16, Edge: %17 | Information | NblParsed
130 | ETHERNET IPV6 PARSED | Packet, %2 -> %1, %6 -> %5, Protocol: %7, Ports: %9 -> %8, Group: %11, Direction: %14, Component: %16, Edge: %17 | Information | NblParsed
140 | ETHERNET IPV4 PARSED | Packet, %2 -> %1, %6 -> %5, Protocol: %7, Ports: %9 -> %8, Group: %11, Direction: %14, Component: %16, Edge: %17 | Information | NblParsed
150 | ETHERNET IPV6 PARSED | Packet, %2 -> %1, %6 -> %5, Protocol: %7, Ports: %9 -> %8, Group: %11, Direction: %14, Component: %16, Edge: %17 | Information | NblParsed
160 | PACKET PAYLOAD | Frame, Group: %1, Number: %2, Appearance: %3, Direction: %4, Type: %5, Component: %6, Edge: %7, Size: %11, Logged: %12 | Information | Payload
170 | PACKET PAYLOAD | Frame, Group: %1, Number: %2, Appearance: %3, Direction: %4, Type: %5, Component: %6, Size: %11, Logged: %12 | Information | Payload
180 | PACKET NBLINFO | NBL Information, Group: %1, Appearance: %3, Direction: %4, Component: %6, Edge: %7 | Information | NblInfo
190 | PACKET NBLINFO | NBL Information, Group: %1, Appearance: %3, Direction: %4, Component: %6 | Information | NblInfo
200 | PLACE IPV4 PAYLOAD | IP Packet, %9 -> %8, Protocol: %10, Ports: %12 -> %11, Direction: %1, Component: %3, Edge: %4, Size: %13, Logged: %14 | Information | Payload
210 | PLACE IPV4 PAYLOAD | IP Packet, %9 -> %8, Protocol: %10, Ports: %12 -> %11, Component: %3 | Information | Payload
220 | PLACE IPV6 PAYLOAD | IP Packet, %9 -> %8, Protocol: %10, Ports: %12 -> %11, Direction: %1, Component: %3, Edge: %4, Size: %13, Logged: %14 | Information | Payload
230 | PLACE IPV6 PAYLOAD | IP Packet, %9 -> %8, Protocol: %10, Ports: %12 -> %11, Component: %3 | Information | Payload
240 | PACKET PAYLOAD | Drop Reported Again, Group: %1, Number: %2, Appearance: %3, Component: %6, Size: %11, Logged: %12 | Information | Payload
250 | PACKET Type:u16 PktContext:hex64 | Packet Context, Group: %1, Appearance: %3, Component: %6, Edge: %7, Type: %11, Context: %12 | Information | NblInfo
260 | PACKET Type:u16 PktContext:hex64 | Packet Context, Group: %1, Component: %6, Type: %11, Context: %12 | Information | NblInfo
270 | Id:u16 Type:u16=ComponentType Name:wstr Description:wstr | Component %1 registered: %3, Type: %2, %4 | Information | CompRegister
280 | Id:u16 Type:u16=ComponentType Name:wstr Description:wstr | Component %1 unregistered: %3, Type: %2, %4 | Information | CompRegister
`,
});
