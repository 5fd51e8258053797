import { EventTable, valueMap } from './event-table.ts';

/** The NDIS capture filter, ndiscap.sys: what `netsh trace` captures packets with. */
export const ndisPacketCaptureProvider = '{2ed6006e-4729-4609-b423-3ee7bcd678ef}';
export const ndisPacketCaptureProviderName = 'Microsoft-Windows-NDIS-PacketCapture';

/** Ids of the events that the rest of the house reads by name. */
export const NdisPacketCaptureEvent = {
  PacketFragment: 1001,
  PacketMetadata: 1002,
  VmSwitchPacketFragment: 1003,
} as const;

/**
 * Bits of the keyword that the driver sets on each event. The low 24 bits are 1 << NDIS_MEDIUM. A packet is whole in
 * one event when it has both PacketStart and PacketEnd.
 */
export const NdisPacketCaptureKeyword = {
  Ethernet: 0x1n,
  Wan: 0x8n,
  WirelessWan: 0x200n,
  Tunnel: 0x8000n,
  NativeWifi: 0x1_0000n,
  VmSwitch: 0x100_0000n,
  PacketTruncated: 0x200_0000n,
  PacketStart: 0x4000_0000n,
  PacketEnd: 0x8000_0000n,
  SendPath: 0x1_0000_0000n,
  ReceivePath: 0x2_0000_0000n,
  L3ConnectPath: 0x4_0000_0000n,
  L2ConnectPath: 0x8_0000_0000n,
  ClosePath: 0x10_0000_0000n,
  Authentication: 0x20_0000_0000n,
  Configuration: 0x40_0000_0000n,
  Global: 0x80_0000_0000n,
  PiiPresent: 0x200_0000_0000n,
  Packet: 0x400_0000_0000n,
} as const;

const ruleIdMap = valueMap(
  'RuleIdMap',
  `2 FrameControl
   3 MultiLayer
   4 InterfaceIndex
   6 EtherType
   7 Source MAC
   8 Destination MAC
   9 Any MAC
   10 Source IPv4
   11 Destination IPv4
   12 Any IPv4
   13 Source IPv6
   14 Destination IPv6
   15 Any IPv6
   16 IP Protocol
   17 Packet Truncate Bytes
   18 Custom MAC Offset
   19 Custom IP Offset`,
);

const directiveMap = valueMap(
  'DirectiveMap',
  `0 OFF
   1 LTE
   2 GTE
   3 EQU
   4 MASK
   5 LIST
   6 RANGE
   131 NEQ
   132 NMASK
   133 NLIST
   134 NRANGE`,
);

const stateMap = valueMap(
  'OpcodeMap',
  `1 Start State
   2 End State
   21 Loading State
   22 Unloading State`,
);

const captureSourceMap = valueMap(
  'CaptureSource',
  `0 Undefined
   1 NDIS
   2 VM-Switch
   3 Test`,
);

/** The two GFT fields of 1001 came with Windows 10 1903 and left the version at 0. */
export const ndisPacketCaptureEvents = new EventTable({
  provider: ndisPacketCaptureProvider,
  providerName: ndisPacketCaptureProviderName,
  maps: { RuleId: ruleIdMap, Directive: directiveMap, State: stateMap, CaptureSource: captureSourceMap },
  abbreviations: {
    LAYER: 'MiniportIfIndex:u32 LowerIfIndex:u32',
    SOURCEPORT: 'SourcePortId:u32 SourcePortName:wstr SourceNicName:wstr SourceNicType:wstr',
    DESTINATIONS: 'DestinationCount:u32 Destination[DestinationCount]{ DESTINATIONPORT }',
    DESTINATIONPORT: 'DestinationPortId:u32 DestinationPortName:wstr DestinationNicName:wstr DestinationNicType:wstr',
    FRAGMENT: 'FragmentSize:u32 Fragment:bytes[FragmentSize]',
    OOBDATA: 'OOBDataSize:u32 OOBData:bytes[OOBDataSize]',
    DRIVER: 'FriendlyName:wstr UniqueName:wstr ServiceName:wstr Version:wstr',
    RULE: 'RuleId:u8=RuleId Directive:u8=Directive Length:u16 Value:bytes[Length]',
    TRANSITION: 'PreviousState:u8=State NextState:u8=State Location:u32 Context:u32',
  },
  rows: `
1001 | LAYER FRAGMENT GftFlowEntryId:u64|none GftOffloadInformation:hex64|none | Packet Fragment, MiniportIfIndex: %1, LowerIfIndex: %2, FragmentSize: %3 | Information | ut:PiiPresent ut:Packet
1002 | LAYER MetadataSize:u32 Metadata:bytes[MetadataSize] | Packet Metadata, MetadataSize: %3 bytes | Information | ut:Packet
1003 | LAYER SOURCEPORT DESTINATIONS FRAGMENT OOBDATA | VmSwitch Packet Fragment, MiniportIfIndex: %1, LowerIfIndex: %2, SourcePortId: %3, SourceNicName: %5, FragmentSize: %9 | Information | VMSwitch ut:Packet
1011 | RulesCount:u32 | Capture Rules, Count: %1 | Information | ut:Configuration ut:Global
1012 | DRIVER | Driver Load, FriendlyName: %1, UniqueName: %2, ServiceName: %3, Version: %4 | Verbose | ut:Global
1013 | DRIVER | Driver Unload, FriendlyName: %1, UniqueName: %2, ServiceName: %3, Version: %4 | Verbose | ut:Global
1014 | LAYER MediaType:u32 ReferenceContext:u32 | Layer Load, MiniportIfIndex: %1, LowerIfIndex: %2, MediaType: %3, Context: %4 | Verbose | ut:Global
1015 | LAYER MediaType:u32 ReferenceContext:u32 | Layer Unload, MiniportIfIndex: %1, LowerIfIndex: %2, MediaType: %3, Context: %4 | Verbose | ut:Global
1016 | RULE | Capture Rule, Id: %1, Directive: %2, Length: %3, Value: %4 | Information | ut:Configuration ut:Global
2001 | ErrorCode:status Location:u32 Context:u32 | Driver Load Error, Status: %1, Location: %2, Context: %3 | Error | ut:Global | Loading State
2002 | ErrorCode:status Location:u32 Context:u32 | Layer Load Error, Status: %1, Location: %2, Context: %3 | Error | ut:Global | Loading State
2003 | RULE | Rule Load Error, Id: %1, Directive: %2, Length: %3, Value: %4 | Error | ut:Global | Loading State
3001 | TRANSITION | State Transition, %1 -> %2, Location: %3, Context: %4 | Verbose | ut:Global | Loading State
3002 | TRANSITION | State Transition, %1 -> %2, Location: %3, Context: %4 | Verbose | ut:Global | Loading State
5000 | | Rx Packet Processing Start | Verbose
5001 | | Rx Packet Processing Complete | Verbose
5002 | | Tx Packet Processing Start | Verbose
5003 | | Tx Packet Processing Complete | Verbose
5100 | SourceId:u8=CaptureSource RundownId:u32 Param1:hex64 Param2:hex64 ParamStr:wstr Description:wstr | Rundown, Source: %1, Id: %2, Param1: %3, Param2: %4, %5, %6 | Information
5101 | SourceId:u8=CaptureSource SourceName:wstr IfIndex:u32 LayerCount:u16 LayerInfo[LayerCount]{ LayerId:u32 LayerName:wstr } | Packet Source, %1: %2, IfIndex: %3, LayerCount: %4 | Information
`,
});

/** The message of a fragment event as Message Analyzer shows it: it tells a packet's first fragment of several. */
export function withFragmentPosition(message: string, keyword: bigint): string {
  const { PacketStart, PacketEnd } = NdisPacketCaptureKeyword;
  const isFirstOfSeveral = (keyword & PacketStart) !== 0n && (keyword & PacketEnd) === 0n;
  return isFirstOfSeveral ? message.replace('Packet Fragment,', 'Packet Fragment, First Fragment,') : message;
}
