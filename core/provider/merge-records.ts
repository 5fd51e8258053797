import { eventMetadataClass, imageIdClass, systemConfigExClass, winSatClass } from './event-metadata.ts';
import { bitMap, EventTable, valueMap } from './event-table.ts';

/** The classic events that Windows adds when it merges a trace. */

const decodingSourceMap = valueMap(
  'DecodingSource',
  `0 XMLFile
   1 Wbem
   2 WPP
   3 Tlg`,
);

/** The fixed parts of TRACE_EVENT_INFO and EVENT_MAP_INFO (tdh.h); core/schema/trace-event-info.ts reads the rest. */
export const eventMetadataEvents = new EventTable({
  provider: eventMetadataClass,
  providerName: 'EventMetadata',
  isClass: true,
  maps: { DecodingSource: decodingSourceMap },
  abbreviations: {
    DESCRIPTOR: 'Id:u16 Version:u8 Channel:u8 Level:u8 Opcode:u8 Task:u16 Keyword:hex64',
    NAMES:
      'ProviderNameOffset:u32 LevelNameOffset:u32 ChannelNameOffset:u32 KeywordsNameOffset:u32 TaskNameOffset:u32 ' +
      'OpcodeNameOffset:u32 EventMessageOffset:u32 ProviderMessageOffset:u32 BinaryXMLOffset:u32 BinaryXMLSize:u32 ' +
      'EventNameOffset:u32 EventAttributesOffset:u32',
    COUNTS: 'PropertyCount:u32 TopLevelPropertyCount:u32 Flags:hex32',
  },
  rows: `
32 EventInfo | ProviderGuid:guid EventGuid:guid DESCRIPTOR DecodingSource:u32=DecodingSource NAMES COUNTS PropertiesAndTexts:bytes
33 MapInfo | ProviderGuid:guid NameOffset:u32 Flag:hex32 EntryCount:u32 ValueType:u32 EntriesAndTexts:bytes
`,
});

const interfaceTypeMap = valueMap(
  'InterfaceType',
  `6 Ethernet
   9 TokenRing
   23 PPP
   24 Loopback
   37 ATM
   53 Virtual
   71 WiFi
   131 Tunnel
   144 IEEE1394
   237 WiMax
   243 WwanPP
   244 WwanPP2`,
);

const tunnelTypeMap = valueMap(
  'TunnelType',
  `0 None
   1 Other
   2 Direct
   11 6to4
   13 ISATAP
   14 Teredo
   15 IPHTTPS`,
);

const physicalMediumMap = valueMap(
  'NdisPhysicalMedium',
  `0 Unspecified
   1 WirelessLan
   2 CableModem
   3 PhoneLine
   4 PowerLine
   5 DSL
   6 FibreChannel
   7 1394
   8 WirelessWan
   9 Native802_11
   10 Bluetooth
   11 Infiniband
   12 WiMax
   13 UWB
   14 802_3
   15 802_5
   16 Irda
   17 WiredWAN
   18 WiredCoWan
   19 Other`,
);

const accessTypeMap = valueMap(
  'AccessType',
  `1 Loopback
   2 Broadcast
   3 PointToPoint
   4 PointToMultiPoint`,
);

const directionTypeMap = valueMap(
  'DirectionType',
  `0 SendReceive
   1 SendOnly
   2 ReceiveOnly`,
);

const interfaceFlagMap = bitMap(
  'InterfaceFlags',
  `1 HardwareInterface
   2 FilterInterface
   4 ConnectorPresent
   8 NotAuthenticated
   16 NotMediaConnected
   32 Paused
   64 LowPower
   128 EndPointInterface`,
);

const operStatusMap = valueMap(
  'OperStatus',
  `1 Up
   2 Down
   3 Testing
   4 Unknown
   5 Dormant
   6 NotPresent
   7 LowerLayerDown`,
);

const adminStatusMap = valueMap(
  'AdminStatus',
  `1 Up
   2 Down
   3 Testing`,
);

const connectStateMap = valueMap(
  'MediaConnectState',
  `0 Unknown
   1 Connected
   2 Disconnected`,
);

const connectionTypeMap = valueMap(
  'ConnectionType',
  `1 Dedicated
   2 Passive
   3 Demand`,
);

const deviceFamilyMap = valueMap(
  'DeviceFamily',
  `3 Desktop
   4 Mobile
   5 Xbox
   6 Team
   7 IoT
   8 IoTHeadless
   9 Server
   10 Holographic`,
);

/**
 * 36 is MIB_IF_ROW2 of netioapi.h, whose addresses lie in buffers of 32 bytes: the first layout fits addresses of six.
 * 37 was read off traces: the number of Windows' version, lowest part first, and the family of device.
 */
export const systemConfigExEvents = new EventTable({
  provider: systemConfigExClass,
  providerName: 'SystemConfigEx',
  isClass: true,
  maps: {
    InterfaceType: interfaceTypeMap,
    TunnelType: tunnelTypeMap,
    PhysicalMedium: physicalMediumMap,
    AccessType: accessTypeMap,
    DirectionType: directionTypeMap,
    InterfaceFlags: interfaceFlagMap,
    OperStatus: operStatusMap,
    AdminStatus: adminStatusMap,
    ConnectState: connectStateMap,
    ConnectionType: connectionTypeMap,
    DeviceFamily: deviceFamilyMap,
  },
  abbreviations: {
    INTERFACE:
      'InterfaceLuid:hex64 InterfaceIndex:u32 InterfaceGuid:guid Alias:wstr[257] Description:wstr[257] ' +
      'PhysicalAddressLength:u32',
    MACS:
      'PhysicalAddress:bytes[PhysicalAddressLength] Unused:bytes[26] ' +
      'PermanentPhysicalAddress:bytes[PhysicalAddressLength] PermanentUnused:bytes[26]',
    ADDRESSES: 'PhysicalAddress:bytes[32] PermanentPhysicalAddress:bytes[32]',
    KIND:
      'Mtu:u32 Type:u32=InterfaceType TunnelType:u32=TunnelType MediaType:u32 PhysicalMediumType:u32=PhysicalMedium ' +
      'AccessType:u32=AccessType DirectionType:u32=DirectionType InterfaceAndOperStatusFlags:u8=InterfaceFlags ' +
      'Padding1:bytes[3]',
    STATE:
      'OperStatus:u32=OperStatus AdminStatus:u32=AdminStatus MediaConnectState:u32=ConnectState NetworkGuid:guid ' +
      'ConnectionType:u32=ConnectionType Padding2:u32 TransmitLinkSpeed:u64 ReceiveLinkSpeed:u64',
    RECEIVED:
      'InOctets:u64 InUcastPkts:u64 InNUcastPkts:u64 InDiscards:u64 InErrors:u64 InUnknownProtos:u64 ' +
      'InUcastOctets:u64 InMulticastOctets:u64 InBroadcastOctets:u64',
    SENT:
      'OutOctets:u64 OutUcastPkts:u64 OutNUcastPkts:u64 OutDiscards:u64 OutErrors:u64 OutUcastOctets:u64 ' +
      'OutMulticastOctets:u64 OutBroadcastOctets:u64 OutQLen:u64',
  },
  rows: `
32 BuildInfo | InstallDate:filetime BuildLab:wstr ProductName:wstr
33 SystemPaths | SystemDirectory:wstr SystemWindowsDirectory:wstr
34 UnknownVolume | NtPath:wstr
35 VolumeMapping | NtPath:wstr DosPath:wstr
36 NetworkInterface | INTERFACE MACS KIND STATE RECEIVED SENT
36 NetworkInterface | INTERFACE ADDRESSES KIND STATE RECEIVED SENT
37 DeviceFamily | Revision:u16 Build:u16 Minor:u16 Major:u16 DeviceFamily:u32=DeviceFamily DeviceForm:u32
`,
});

/** Identities of images, for finding their symbols; read off traces. */
export const imageIdEvents = new EventTable({
  provider: imageIdClass,
  providerName: 'ImageId',
  isClass: true,
  abbreviations: {
    SYMBOLS: 'ImageBase:pointer ProcessId:pid GuidSig:guid Age:u32 PdbFileName:ansi',
    VERSIONS:
      'OrigFileName:wstr FileDescription:wstr FileVersion:wstr BinFileVersion:wstr VerLanguage:wstr ProductName:wstr ' +
      'CompanyName:wstr ProductVersion:wstr FileId:wstr ProgramId:wstr',
  },
  rows: `
0@2 Info | ImageBase:pointer ImageSize:size ProcessId:pid TimeDateStamp:hex32 OriginalFileName:wstr
32@2 None | ImageBase:pointer ProcessId:pid
36@2 DbgIdRSDS | SYMBOLS
37@2 DbgIdILRSDS | SYMBOLS
64 FileVersion | ImageSize:u32 TimeDateStamp:hex32 VERSIONS
`,
});

/** Parts of the machine's assessment, each an XML text compressed by XPRESS; read off traces. */
export const winSatEvents = new EventTable({
  provider: winSatClass,
  providerName: 'WinSAT',
  isClass: true,
  rows: `
33 WinSPR | Format:u32 UncompressedSize:u32 CompressedXml:bytes
35 Metrics | Format:u32 UncompressedSize:u32 CompressedXml:bytes
37 SystemConfig | Format:u32 UncompressedSize:u32 CompressedXml:bytes
`,
});
