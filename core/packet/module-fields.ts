import { dhcpv4OptionKinds, relayAgentKinds } from './dhcpv4.ts';
import { dhcpv6OptionKinds } from './dhcpv6.ts';
import { bindingParameters, extensionKinds } from './domain-records.ts';
import {
  booleans,
  byteStrings,
  flags,
  group,
  integers,
  ipv4s,
  ipv6s,
  macs,
  options,
  texts,
  type FieldNode,
  type FieldTree,
} from './field-tree.ts';
import { neighborOptionKinds } from './icmpv6.ts';
import { ipv4OptionKinds } from './ipv4.ts';
import { ipv6OptionKinds } from './ipv6.ts';
import type { PacketModule } from './module.ts';
import { tcpOptionKinds } from './tcp.ts';
import { elementKinds } from './wifi-elements.ts';

/** What each dissector may show. The test beside packet-fields.ts holds this against what they do show. */

const ipv4Route = group({ ...integers('Pointer'), ...ipv4s('RouteAddress') });

const ipv4: FieldTree = {
  ...integers('Version IHL TotalLength Identification FragmentOffset TimeToLive Protocol HeaderChecksum'),
  ...ipv4s('SourceAddress DestinationAddress'),
  DifferentiatedServices: flags(integers('DSCP ECN')),
  Flags: flags(booleans('DF MF')),
  Options: group(
    options(ipv4OptionKinds, {
      RecordRoute: ipv4Route,
      LooseSourceRecordRoute: ipv4Route,
      StrictSourceRoute: ipv4Route,
      TimeStamp: group({ ...integers('Pointer Overflow Flag TimeStampValue'), ...ipv4s('InternetAddress') }),
    }),
  ),
};

const ipv6OptionsHeader = group({
  ...integers('NextHeader HdrExtLen'),
  Options: group(options(ipv6OptionKinds)),
});

const ipv6: FieldTree = {
  ...integers('Version TrafficClass FlowLabel PayloadLength NextHeader HopLimit'),
  ...ipv6s('SourceAddress DestinationAddress'),
  HopByHopOptionsHeader: ipv6OptionsHeader,
  DestinationOptionsHeader: ipv6OptionsHeader,
  RoutingHeader: group({
    ...integers('NextHeader HdrExtLen RoutingType SegmentsLeft LastEntry Flags Tag'),
    ...ipv6s('Address Segment'),
    ...byteStrings('TypeSpecificData TypeLengthValues'),
  }),
  FragmentHeader: group({ ...integers('NextHeader FragmentOffset Identification'), ...booleans('MFlag') }),
  AuthenticationHeader: group(integers('NextHeader PayloadLen SecurityParametersIndex SequenceNumber')),
};

const tcpHeader: FieldTree = {
  ...integers(
    'SourcePort DestinationPort SequenceNumber AcknowledgmentNumber DataOffset Window Checksum UrgentPointer',
  ),
  ...integers('PayloadLength'),
  Flags: flags(booleans('CWR ECE URG ACK PSH RST SYN FIN')),
  Options: group(
    options(tcpOptionKinds, {
      // The options have no room for more (RFC 2018, 3).
      Sack: group(texts('Block1 Block2 Block3 Block4')),
      UserTimeout: group(integers('Granularity Timeout')),
      Authentication: group({ ...integers('KeyID RNextKeyID'), ...byteStrings('MAC') }),
      MultipathTCP: group({ ...integers('Subtype'), ...byteStrings('Data') }),
    }),
  ),
};

/** What only the connection tells. */
const connectionFields = integers(
  'WindowScaled RelativeSequenceNumber RelativeAcknowledgmentNumber Conversation InitialRtt',
);

const udp = integers('SourcePort DestinationPort Length Checksum');

const quotedDatagram = group({ IPv4: group(ipv4), IPv6: group(ipv6), TCP: group(tcpHeader), UDP: group(udp) });

const prefixFields: FieldTree = { ...integers('PrefixLength'), ...ipv6s('Prefix') };

const icmpv6: FieldTree = {
  ...integers('Type Code Checksum Identifier SequenceNumber MTU Pointer MaximumResponseDelay QRV QQIC NumberOfSources'),
  ...integers('McastAddressRecordsCount CurHopLimit Prf RouterLifetime ReachableTime RetransTimer'),
  ...ipv6s('TargetAddress MulticastAddress DestinationAddress SourceAddress'),
  ...booleans('M O H R S'),
  OriginalDatagram: quotedDatagram,
  McastAddressRecord: group({
    ...integers('RecordType AuxDataLen NumberOfSources'),
    ...ipv6s('MulticastAddress SourceAddress'),
    ...byteStrings('AuxiliaryData'),
  }),
  Options: group(
    options(neighborOptionKinds, {
      MTU: group(integers('MTU')),
      PrefixInformation: group({
        ...prefixFields,
        ...integers('ValidLifetime PreferredLifetime'),
        ...booleans('L A'),
      }),
      RedirectedHeader: group({ OriginalDatagram: quotedDatagram }),
      RouteInformation: group({ ...prefixFields, ...integers('Prf RouteLifetime') }),
      RecursiveDNSServer: group({ ...integers('Lifetime'), ...ipv6s('Address') }),
      DNSSearchList: group({ ...integers('Lifetime'), ...texts('DomainName') }),
    }),
  ),
};

const wifiElements = options(elementKinds, {
  TIM: group({ ...integers('DTIMCount DTIMPeriod BitmapControl'), ...byteStrings('PartialVirtualBitmap') }),
  Country: group({ ...texts('CountryString'), ...integers('FirstChannel NumberOfChannels MaximumTransmitPower') }),
  BSSLoad: group(integers('StationCount ChannelUtilization AvailableAdmissionCapacity')),
  ChannelSwitchAnnouncement: group(integers('ChannelSwitchMode NewChannelNumber ChannelSwitchCount')),
  HTCapabilities: group({
    ...integers('HTCapabilityInformation AMPDUParameters'),
    ...byteStrings('SupportedMCSSet'),
  }),
  RSN: group({
    ...integers('Version GroupCipherSuite PairwiseCipherSuiteCount PairwiseCipherSuite AKMSuiteCount AKMSuite'),
    ...integers('RSNCapabilities PMKIDCount GroupManagementCipherSuite'),
    ...byteStrings('PMKID'),
  }),
  HTOperation: group({ ...integers('PrimaryChannel'), ...byteStrings('HTOperationInformation') }),
  VHTCapabilities: group({ ...integers('VHTCapabilitiesInformation'), ...byteStrings('SupportedVHTMCSSet') }),
  VHTOperation: group({
    ...integers('ChannelWidth ChannelCenterFrequencySegment0 ChannelCenterFrequencySegment1'),
    ...byteStrings('BasicVHTMCSSet'),
  }),
  VendorSpecific: group({ ...integers('OrganizationIdentifier'), ...byteStrings('VendorData') }),
  ElementExtension: group({ ...integers('ElementIDExtension'), ...byteStrings('ExtensionData') }),
});

const wifi: FieldTree = {
  ...integers(
    'Duration FragmentNumber SequenceNumber Timestamp BeaconInterval StatusCode AssociationID ListenInterval',
  ),
  ...integers('AuthenticationAlgorithm AuthenticationSequence ReasonCode Category ActionCode'),
  ...macs('BSSID SourceAddress DestinationAddress ReceiverAddress TransmitterAddress CurrentAPAddress'),
  ...byteStrings('SAEFields'),
  FrameControl: flags({
    ...integers('Version Type SubType'),
    ...booleans('ToDS FromDS MoreFrag Retry PowerManagement MoreData ProtectedFrame Order'),
  }),
  QoSControl: flags({ ...integers('TID'), ...booleans('AMSDUPresent') }),
  Capabilities: flags(booleans('ESS IBSS Privacy ShortPreamble SpectrumManagement ShortSlotTime RadioMeasurement')),
  Elements: group(wifiElements),
};

/** What tells messages of the DNS kind apart. */
interface DomainFields {
  readonly flags: FieldTree;
  readonly question?: FieldTree;
  readonly record?: FieldTree;
  readonly data: FieldTree;
}

const recordFields: FieldTree = {
  ...texts('ResourceName'),
  ...integers('ResourceType ResourceClass TimeToLive ResourceDataLength'),
  ...byteStrings('ResourceData'),
};

/** What NetBIOS has in common with DNS. */
const hostData: FieldTree = { ...ipv4s('IPAddress'), ...texts('NameServer') };

function domainMessage({ flags: dialectFlags, question = {}, record = {}, data }: DomainFields): FieldTree {
  const recordNode = group({ ...recordFields, ...record, ...data });
  return {
    ...integers('QueryIdentifier QuestionCount AnswerCount NameServerCount AdditionalCount'),
    Flags: flags({ ...integers('QR OpCode RCode'), ...dialectFlags }),
    Question: group({ ...texts('QuestionName'), ...integers('QuestionType QuestionClass'), ...question }),
    AnswerRecord: recordNode,
    AuthorityRecord: recordNode,
    AdditionalRecord: recordNode,
  };
}

const domainData: FieldTree = {
  ...hostData,
  ...ipv6s('IPv6Address'),
  ...texts('CanonicalName DomainName PrimaryNameServer ResponsibleMailbox MailExchange Text Target'),
  ...texts('TargetName NextDomainName'),
  ...integers('SerialNumber RefreshInterval RetryInterval ExpirationLimit MinimumTTL Preference Priority Weight Port'),
  ...integers('SvcPriority TypeBitMaps UDPPayloadSize ExtendedRCode Version'),
  ...booleans('DO'),
  Options: group(options(extensionKinds)),
  SvcParams: group(options(bindingParameters)),
};

const dnsFlags = booleans(
  'AuthoritativeAnswer Truncation RecursionDesired RecursionAvailable AuthenticData CheckingDisabled',
);

const ownerFlags: FieldTree = { ...booleans('Group'), ...integers('OwnerNodeType') };

const netbiosData: FieldTree = {
  ...hostData,
  ...ipv4s('NBAddress'),
  ...integers('NumberOfNames'),
  ...macs('UnitIdentifier'),
  ...byteStrings('Statistics'),
  NBFlags: flags(ownerFlags),
  NodeName: group({
    ...texts('Name'),
    NameFlags: flags({ ...ownerFlags, ...booleans('Deregister Conflict Active Permanent') }),
  }),
};

const dhcpv4Options = options(dhcpv4OptionKinds, {
  ClientFQDN: group({ ...integers('Flags RCode1 RCode2'), ...texts('Name') }),
  RelayAgentInformation: group({ SubOptions: group(options(relayAgentKinds)) }),
});

/** Text; or options, where these say that they go on there. */
const textOrOptions: FieldNode = { type: 'text', members: dhcpv4Options };

const uniqueIdentifier = group({
  ...integers('DUIDType HardwareType Time EnterpriseNumber'),
  ...macs('LinkLayerAddress'),
  ...byteStrings('Identifier'),
});

const statusOption = group({ ...integers('StatusCode'), ...texts('StatusMessage') });

const statusOptions = group({ StatusCode: statusOption });

const associationOptions = group({
  IAAddress: group({
    ...ipv6s('IPv6Address'),
    ...integers('PreferredLifetime ValidLifetime'),
    Options: statusOptions,
  }),
  IAPrefix: group({
    ...integers('PreferredLifetime ValidLifetime PrefixLength'),
    ...ipv6s('IPv6Prefix'),
    Options: statusOptions,
  }),
  StatusCode: statusOption,
});

const association = group({ ...integers('IAID T1 T2'), Options: associationOptions });

const dhcpv6ClientOptions: FieldTree = {
  VendorClass: group({ ...integers('EnterpriseNumber VendorClassLength'), ...texts('VendorClassData') }),
  VendorOptions: group({ ...integers('EnterpriseNumber'), ...byteStrings('VendorOptionData') }),
  ClientFQDN: group({ ...integers('Flags'), ...texts('DomainName') }),
};

/** Of the messages in a message, only the first has fields of its own here. */
function dhcpv6Message(inner: FieldTree): FieldTree {
  return {
    ...integers('MessageType TransactionID HopCount'),
    ...ipv6s('LinkAddress PeerAddress'),
    Options: group(
      options(dhcpv6OptionKinds, {
        ClientIdentifier: uniqueIdentifier,
        ServerIdentifier: uniqueIdentifier,
        IA_NA: association,
        IA_TA: group({ ...integers('IAID'), Options: associationOptions }),
        IA_PD: association,
        StatusCode: statusOption,
        ...dhcpv6ClientOptions,
        RelayMessage: group(inner),
      }),
    ),
  };
}

const headerLines: FieldTree = {
  ...texts('Method Uri Version ReasonPhrase'),
  ...integers('StatusCode'),
  Headers: group({}),
};

const tlsExtension = group({
  ...integers('Type Length SupportedVersion'),
  ...byteStrings('Data'),
  ServerNameList: group({ ...integers('Length NameType NameLength'), ...texts('ServerName') }),
  ProtocolNameList: group({ ...integers('Length NameLength'), ...texts('ProtocolName') }),
  SupportedVersions: group(integers('Length SupportedVersion')),
});

const tlsHandshake = group({
  ...integers('Type Length Version SessionIdLength CipherSuite CompressionMethod'),
  ...byteStrings('Random SessionId Body'),
  CipherSuites: group(integers('Length CipherSuite')),
  CompressionMethods: group(integers('Length CompressionMethod')),
  Extensions: group({ ...integers('Length'), Extension: tlsExtension }),
});

const smb2Message = group({
  ...integers('ProtocolId Command Status StructureSize CreditCharge ChannelSequence CreditRequest CreditResponse'),
  ...integers('NextCommand MessageId AsyncId TreeId SessionId OriginalMessageSize'),
  ...byteStrings('Signature Nonce'),
  Flags: flags(booleans('ServerToRedir AsyncCommand RelatedOperations Signed DfsOperations')),
});

const kerberosMessage = group({
  ...integers('ProtocolVersion MessageType ErrorCode'),
  ...texts('ClientRealm ClientName ServerTime Realm ServerName ErrorText'),
  RequestBody: group(texts('ClientName Realm ServerName')),
  Ticket: group({ ...integers('TicketVersion'), ...texts('Realm ServerName') }),
});

const ldapOperation = group({
  ...integers('Version ResultCode Scope'),
  ...texts('Name BaseObject ObjectName MatchedDN DiagnosticMessage RequestName'),
});

const encapsulationFlags = flags({ ...booleans('Checksum Routing Key Sequence'), ...integers('Version') });

/** The fields of each module. Any module may have a `Payload` besides: bytes that nobody knows. */
export const moduleFields: Readonly<Record<PacketModule, FieldTree>> = {
  Ethernet: { ...macs('DestinationAddress SourceAddress'), ...integers('Type Length') },
  WiFi: wifi,
  VLAN: { ...integers('Priority VlanId Type Length'), ...booleans('DropEligible') },
  LLC: integers('DSAP SSAP Control'),
  SNAP: integers('OrganizationCode EtherType'),
  ARP: {
    ...integers('HardwareType ProtocolType HardwareAddressLength ProtocolAddressLength Operation'),
    ...macs('SenderHardwareAddress TargetHardwareAddress'),
    ...ipv4s('SenderProtocolAddress TargetProtocolAddress'),
  },
  IPv4: ipv4,
  IPv6: ipv6,
  ICMP: {
    ...integers('Type Code Checksum NextHopMTU Identifier SequenceNumber Pointer NumberOfAddresses AddressEntrySize'),
    ...integers('OriginateTimestamp ReceiveTimestamp TransmitTimestamp Lifetime PreferenceLevel'),
    ...ipv4s('GatewayInternetAddress AddressMask RouterAddress'),
    OriginalDatagram: quotedDatagram,
  },
  ICMPv6: icmpv6,
  IGMP: {
    ...integers('Type MaxRespCode Checksum NumberOfGroupRecords QRV QQIC NumberOfSources'),
    ...ipv4s('GroupAddress SourceAddress'),
    ...booleans('S'),
    GroupRecord: group({
      ...integers('RecordType AuxDataLen NumberOfSources'),
      ...ipv4s('MulticastAddress SourceAddress'),
      ...byteStrings('AuxiliaryData'),
    }),
  },
  TCP: { ...tcpHeader, ...connectionFields },
  UDP: udp,
  GRE: { ...integers('ProtocolType Checksum Key SequenceNumber'), Flags: encapsulationFlags },
  NVGRE: { ...integers('ProtocolType VSID FlowID'), Flags: encapsulationFlags },
  VXLAN: { ...integers('VNI'), Flags: flags(booleans('I')) },
  Geneve: {
    ...integers('Version OptLen ProtocolType VNI'),
    ...booleans('O C'),
    Options: group({ Option: group({ ...integers('Class Type Length'), ...byteStrings('Data') }) }),
  },
  EAPOL: {
    ...integers('ProtocolVersion PacketType PacketBodyLength Code Identifier Length Method DescriptorType'),
    ...integers('KeyLength KeyDataLength'),
    ...byteStrings('ReplayCounter KeyNonce KeyIV KeyRSC Reserved KeyMICValue KeyData'),
    KeyInformation: flags({
      ...integers('KeyDescriptorVersion'),
      ...booleans('Pairwise Install KeyACK KeyMIC Secure Error EncryptedKeyData'),
    }),
  },
  STP: {
    ...integers('ProtocolIdentifier ProtocolVersionIdentifier BPDUType RootPathCost PortIdentifier'),
    ...integers('MessageAge MaxAge HelloTime ForwardDelay'),
    ...texts('RootIdentifier BridgeIdentifier'),
    Flags: flags({
      ...booleans('TopologyChangeAcknowledgment Agreement Forwarding Learning Proposal TopologyChange'),
      ...integers('PortRole'),
    }),
  },
  DNS: { ...integers('Length'), ...domainMessage({ flags: dnsFlags, data: domainData }) },
  MDNS: domainMessage({
    flags: dnsFlags,
    question: booleans('UnicastResponse'),
    record: booleans('CacheFlush'),
    data: domainData,
  }),
  LLMNR: domainMessage({ flags: booleans('Conflict Truncation Tentative'), data: domainData }),
  NBTNS: domainMessage({
    flags: booleans('AuthoritativeAnswer Truncation RecursionDesired RecursionAvailable Broadcast'),
    data: netbiosData,
  }),
  DHCPv4: {
    ...integers('OpCode HardwareType HardwareAddressLength HopCount TransactionID Seconds MagicCookie'),
    ...booleans('Broadcast'),
    ...ipv4s('ClientIP YourIP ServerIP RelayAgentIP'),
    ...macs('ClientHardwareAddress'),
    ServerHostName: textOrOptions,
    BootFileName: textOrOptions,
    Options: group(dhcpv4Options),
  },
  DHCPv6: dhcpv6Message(dhcpv6Message({})),
  NTP: {
    ...integers('LeapIndicator VersionNumber Mode Stratum Poll Precision RootDelay RootDispersion KeyIdentifier'),
    ...texts('ReferenceIdentifier ReferenceTimestamp OriginTimestamp ReceiveTimestamp TransmitTimestamp'),
    ...byteStrings('MessageDigest'),
  },
  SSDP: headerLines,
  HTTP: headerLines,
  TLS: {
    Record: group({
      ...integers('ContentType Version Length Level Description'),
      ...byteStrings('Data EncryptedHandshake'),
      Handshake: tlsHandshake,
    }),
  },
  SMB2: { ...integers('StreamProtocolLength'), Message: smb2Message },
  RDP: {
    ...integers('Version Length LengthIndicator Type DestinationReference SourceReference Class'),
    ...texts('RoutingToken'),
    ...booleans('EOT'),
    Negotiation: group(integers('Type Flags Length RequestedProtocols SelectedProtocol FailureCode')),
  },
  KerberosV5: { ...integers('RecordLength'), Message: kerberosMessage },
  LDAP: { Message: group({ ...integers('MessageId'), Operation: ldapOperation }) },
  QUIC: {
    ...integers('HeaderForm PacketType Version DestinationConnectionIdLength SourceConnectionIdLength TokenLength'),
    ...integers('Length SupportedVersion'),
    ...byteStrings('DestinationConnectionId SourceConnectionId Token ProtectedPayload RetryToken RetryIntegrityTag'),
  },
};
