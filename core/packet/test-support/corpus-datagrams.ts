import { LinkType } from '../link-type.ts';
import { ascii, datagram, dnsRequest, domainName, ethernet, ipv4, mdnsResponse, ntpServer } from '../test-frames.ts';
import type { Difference, FieldPair, JudgedArea, ModuleJudge } from './tshark-judge.ts';

const overUdp = (source: number, destination: number, payload: string) => ({
  linkType: LinkType.Ethernet,
  text: ethernet(0x0800, ipv4(17, datagram(source, destination, payload))),
});

type Pairs = ModuleJudge['pairs'];

/** One difference of several fields. */
const differing = (paths: readonly string[], difference: Difference): Record<string, Difference> =>
  Object.fromEntries(paths.map((path) => [path, difference]));

const answersAlone = (paths: readonly string[], frames: readonly string[]): Record<string, Difference> =>
  differing(paths, { why: 'tshark leaves out of a question what only an answer sets', frames });

/** The same pairs for fields of several structures, which tshark does not tell apart. */
const within = (structures: readonly string[], pairs: Pairs): Pairs =>
  Object.fromEntries(
    structures.flatMap((structure) => Object.entries(pairs).map(([path, pair]) => [`${structure}.${path}`, pair])),
  );

/** Values that stand in one field of ours, and in several of tshark's. */
const list = (tshark: string): FieldPair => ({ tshark, ours: (value) => value.split(', ') });

/** tshark ends names with a dot, or writes the root in words. */
const name = (tshark: string): FieldPair => ({
  tshark,
  theirs: (shown) => (shown === '<Root>' ? '.' : shown.replace(/\.$/, '')),
});

/** tshark writes the type in lower case, with what it stands for behind it. */
const netbiosName: FieldPair = {
  tshark: 'nbns.name',
  theirs: (shown) => shown.replace(/<(..)>.*$/, (_, type: string) => `<${type.toUpperCase()}>`),
};

const messagePairs: Pairs = {
  QueryIdentifier: 'dns.id',
  'Flags.QR': 'dns.flags.response',
  'Flags.OpCode': 'dns.flags.opcode',
  'Flags.Truncation': 'dns.flags.truncated',
  'Flags.RCode': 'dns.flags.rcode',
  QuestionCount: 'dns.count.queries',
  AnswerCount: 'dns.count.answers',
  NameServerCount: 'dns.count.auth_rr',
  AdditionalCount: 'dns.count.add_rr',
  'Question.QuestionName': 'dns.qry.name',
  'Question.QuestionType': 'dns.qry.type',
  'Question.QuestionClass': 'dns.qry.class',
};
const dnsFlagPairs: Pairs = {
  'Flags.AuthoritativeAnswer': 'dns.flags.authoritative',
  'Flags.RecursionDesired': 'dns.flags.recdesired',
  'Flags.RecursionAvailable': 'dns.flags.recavail',
  'Flags.AuthenticData': 'dns.flags.authenticated',
  'Flags.CheckingDisabled': 'dns.flags.checkdisable',
};
const recordPairs: Pairs = {
  ResourceName: name('dns.resp.name'),
  ResourceType: 'dns.resp.type',
  ResourceClass: 'dns.resp.class',
  TimeToLive: 'dns.resp.ttl',
  ResourceDataLength: 'dns.resp.len',
};

/** Datagram applications, and DNS in a stream. */
export const datagramArea: JudgedArea = {
  frames: {
    'MDNS question for a unicast answer': overUdp(
      5353,
      5353,
      `0000 0000 0001 0000 0000 0000 ${domainName('pc.local')} 0001 8001`,
    ),
    'LLMNR answer': overUdp(5355, 50123, mdnsResponse.replace(/8001/g, '0001')),
    'DNS that asks nobody': overUdp(50123, 53, dnsRequest.replace('0100', '0110')),
    'NTP client': overUdp(123, 123, `e3 00 06 e9 ${'00'.repeat(36)} e8fb1c10 40000000`),
    'NTP with a digest': overUdp(123, 123, `${ntpServer} 00000007 ${'ab'.repeat(16)}`),
    'NTP primary server': overUdp(123, 123, `24 01 0a e9 00000000 00000000 ${ascii('GPS')} 00 ${ntpServer.slice(36)}`),
  },
  judges: {
    DNS: {
      pairs: {
        ...messagePairs,
        ...dnsFlagPairs,
        Length: 'dns.length',
        ...within(['AnswerRecord', 'AuthorityRecord', 'AdditionalRecord'], recordPairs),
        ...within(['AnswerRecord', 'AdditionalRecord'], { IPAddress: 'dns.a' }),
        ...within(['AnswerRecord'], {
          IPv6Address: 'dns.aaaa',
          CanonicalName: 'dns.cname',
          NameServer: 'dns.ns',
          DomainName: 'dns.ptr.domain_name',
          Preference: 'dns.mx.preference',
          MailExchange: 'dns.mx.mail_exchange',
          Text: 'dns.txt',
          Priority: 'dns.srv.priority',
          Weight: 'dns.srv.weight',
          Port: 'dns.srv.port',
          Target: 'dns.srv.target',
          SvcPriority: 'dns.svcb.svcpriority',
          TargetName: { ...name(''), tshark: ['dns.svcb.targetname', 'dns.dname'] },
          'SvcParams.alpn': list('dns.svcb.svcparam.alpn'),
          'SvcParams.port': 'dns.svcb.svcparam.port',
          'SvcParams.ipv4hint': list('dns.svcb.svcparam.ipv4hint.ip'),
          'SvcParams.ipv6hint': list('dns.svcb.svcparam.ipv6hint.ip'),
          NextDomainName: 'dns.nsec.next_domain_name',
          TypeBitMaps: list('dns.resp.type'),
        }),
        ...within(['AuthorityRecord'], {
          PrimaryNameServer: 'dns.soa.mname',
          ResponsibleMailbox: 'dns.soa.rname',
          SerialNumber: 'dns.soa.serial_number',
          RefreshInterval: 'dns.soa.refresh_interval',
          RetryInterval: 'dns.soa.retry_interval',
          ExpirationLimit: 'dns.soa.expire_limit',
          MinimumTTL: 'dns.soa.minimum_ttl',
        }),
        ...within(['AdditionalRecord'], {
          UDPPayloadSize: 'dns.rr.udp_payload_size',
          ExtendedRCode: 'dns.resp.ext_rcode',
          Version: 'dns.resp.edns0_version',
          DO: 'dns.resp.z.do',
          'Options.Cookie': 'dns.opt.cookie.client',
          'Options.Padding': 'dns.opt.padding',
        }),
      },
      differences: {
        ...answersAlone(
          ['Flags.AuthoritativeAnswer', 'Flags.RecursionAvailable', 'Flags.AuthenticData', 'Flags.RCode'],
          ['DNS request', 'DNS that asks nobody'],
        ),
        ...differing(['AnswerRecord.ResourceName', 'AuthorityRecord.ResourceName', 'AdditionalRecord.ResourceName'], {
          why: 'tshark splits the owner of an SRV record into service, protocol and domain',
          frames: ['DNS response', 'DNS response in a stream'],
        }),
      },
      notInTshark: {
        'AnswerRecord.ResourceData': 'data of a type that is not read',
      },
    },
    MDNS: {
      differences: answersAlone(
        ['Flags.AuthoritativeAnswer', 'Flags.RecursionAvailable', 'Flags.AuthenticData', 'Flags.RCode'],
        ['MDNS question for a unicast answer'],
      ),
      pairs: {
        ...messagePairs,
        ...dnsFlagPairs,
        'Question.UnicastResponse': 'dns.qry.qu',
        ...within(['AnswerRecord'], { ...recordPairs, CacheFlush: 'dns.resp.cache_flush', IPAddress: 'dns.a' }),
      },
    },
    LLMNR: {
      differences: answersAlone(['Flags.RCode'], ['LLMNR request']),
      pairs: {
        ...messagePairs,
        'Flags.Conflict': 'dns.flags.conflict',
        'Flags.Tentative': 'dns.flags.tentative',
        ...within(['AnswerRecord'], { ...recordPairs, IPAddress: 'dns.a' }),
      },
    },
    NBTNS: {
      differences: answersAlone(
        ['Flags.AuthoritativeAnswer', 'Flags.RecursionAvailable', 'Flags.RCode'],
        ['NetBIOS name query', 'NetBIOS name registration'],
      ),
      pairs: {
        QueryIdentifier: 'nbns.id',
        'Flags.QR': 'nbns.flags.response',
        'Flags.OpCode': 'nbns.flags.opcode',
        'Flags.AuthoritativeAnswer': 'nbns.flags.authoritative',
        'Flags.Truncation': 'nbns.flags.truncated',
        'Flags.RecursionDesired': 'nbns.flags.recdesired',
        'Flags.RecursionAvailable': 'nbns.flags.recavail',
        'Flags.Broadcast': 'nbns.flags.broadcast',
        'Flags.RCode': 'nbns.flags.rcode',
        QuestionCount: 'nbns.count.queries',
        AnswerCount: 'nbns.count.answers',
        NameServerCount: 'nbns.count.auth_rr',
        AdditionalCount: 'nbns.count.add_rr',
        'Question.QuestionName': netbiosName,
        'Question.QuestionType': 'nbns.type',
        'Question.QuestionClass': 'nbns.class',
        ...within(['AnswerRecord', 'AdditionalRecord'], {
          ResourceName: netbiosName,
          ResourceType: 'nbns.type',
          ResourceClass: 'nbns.class',
          TimeToLive: 'nbns.ttl',
          ResourceDataLength: 'nbns.data_length',
        }),
        'AdditionalRecord.NBFlags.Group': 'nbns.nb_flags.group',
        'AdditionalRecord.NBFlags.OwnerNodeType': 'nbns.nb_flags.ont',
        'AdditionalRecord.NBAddress': 'nbns.addr',
        'AnswerRecord.NumberOfNames': 'nbns.number_of_names',
        'AnswerRecord.NodeName.NameFlags.Group': 'nbns.name_flags.group',
        'AnswerRecord.NodeName.NameFlags.OwnerNodeType': 'nbns.name_flags.ont',
        'AnswerRecord.NodeName.NameFlags.Deregister': 'nbns.name_flags.drg',
        'AnswerRecord.NodeName.NameFlags.Conflict': 'nbns.name_flags.cnf',
        'AnswerRecord.NodeName.NameFlags.Active': 'nbns.name_flags.act',
        'AnswerRecord.NodeName.NameFlags.Permanent': 'nbns.name_flags.prm',
        'AnswerRecord.UnitIdentifier': 'nbns.unit_id',
      },
      notInTshark: {
        'AnswerRecord.NodeName.Name': 'tshark leaves its type out',
        'AnswerRecord.Statistics': 'tshark splits the counters, which Windows leaves zero',
      },
    },
    DHCPv4: {
      differences: {
        HardwareType: {
          why: 'tshark calls the type in a client identifier by the same name',
          frames: ['DHCPv4 discover'],
        },
      },
      pairs: {
        OpCode: 'dhcp.type',
        HardwareType: 'dhcp.hw.type',
        HardwareAddressLength: 'dhcp.hw.len',
        HopCount: 'dhcp.hops',
        TransactionID: 'dhcp.id',
        Seconds: 'dhcp.secs',
        Broadcast: 'dhcp.flags.bc',
        ClientIP: 'dhcp.ip.client',
        YourIP: 'dhcp.ip.your',
        ServerIP: 'dhcp.ip.server',
        RelayAgentIP: 'dhcp.ip.relay',
        ClientHardwareAddress: 'dhcp.hw.mac_addr',
        ServerHostName: 'dhcp.server',
        BootFileName: 'dhcp.file',
        MagicCookie: { tshark: 'dhcp.cookie', theirs: numberOfOctets },
        'BootFileName.NTPServers': list('dhcp.option.ntp_server'),
        ...within(['BootFileName', 'Options'], { DomainNameServer: list('dhcp.option.domain_name_server') }),
        ...within(['Options'], {
          MessageType: 'dhcp.option.dhcp',
          ClientIdentifier: 'dhcp.hw.mac_addr',
          RequestedIPAddress: 'dhcp.option.requested_ip_address',
          HostName: 'dhcp.option.hostname',
          'ClientFQDN.Flags': 'dhcp.fqdn.flags',
          'ClientFQDN.RCode1': 'dhcp.fqdn.rcode1',
          'ClientFQDN.RCode2': 'dhcp.fqdn.rcode2',
          'ClientFQDN.Name': 'dhcp.fqdn.name',
          VendorClassIdentifier: 'dhcp.option.vendor_class_id',
          ParameterRequestList: list('dhcp.option.request_list_item'),
          MaximumDHCPMessageSize: 'dhcp.option.dhcp_max_message_size',
          ClientSystemArchitecture: 'dhcp.option.client_system_architecture',
          ClientMachineIdentifier: { tshark: 'dhcp.client_id.uuid', theirs: (shown) => `{${shown}}` },
          'RelayAgentInformation.SubOptions.AgentCircuitID': 'dhcp.option.agent_information_option.agent_circuit_id',
          'RelayAgentInformation.SubOptions.AgentRemoteID': 'dhcp.option.agent_information_option.agent_remote_id',
          ServerIdentifier: 'dhcp.option.dhcp_server_id',
          IPAddressLeaseTime: 'dhcp.option.ip_address_lease_time',
          RenewalTime: 'dhcp.option.renewal_time_value',
          RebindingTime: 'dhcp.option.rebinding_time_value',
          SubnetMask: 'dhcp.option.subnet_mask',
          Router: list('dhcp.option.router'),
          DomainName: 'dhcp.option.domain_name',
          NetBIOSNameServer: 'dhcp.option.netbios_over_tcpip_name_server',
          NetBIOSNodeType: 'dhcp.option.netbios_over_tcpip_node_type',
          BroadcastAddress: 'dhcp.option.broadcast_address',
          DomainSearch: list('dhcp.option.dhcp_dns_domain_search_list_fqdn'),
          OptionOverload: 'dhcp.option.option_overload',
          InterfaceMTU: 'dhcp.option.interface_mtu',
        }),
      },
      notInTshark: {
        'BootFileName.End': 'a byte without a value',
        'Options.End': 'a byte without a value',
        'Options.Pad': 'a byte without a value',
        'Options.ClientNetworkInterface': 'tshark shows two of its three numbers',
        'Options.VendorSpecificInformation': 'tshark reads it as sub-options of PXE',
        'Options.ClasslessStaticRoute': 'tshark shows routes in bytes and words',
      },
    },
    DHCPv6: {
      pairs: {
        MessageType: 'dhcpv6.msgtype',
        TransactionID: 'dhcpv6.xid',
        HopCount: 'dhcpv6.hopcount',
        LinkAddress: 'dhcpv6.linkaddr',
        PeerAddress: 'dhcpv6.peeraddr',
        'Options.InterfaceID': 'dhcpv6.interface_id',
        'Options.RelayMessage.MessageType': 'dhcpv6.msgtype',
        'Options.RelayMessage.TransactionID': 'dhcpv6.xid',
        ...within(['Options', 'Options.RelayMessage.Options'], {
          'ClientIdentifier.DUIDType': 'dhcpv6.duid.type',
          'ClientIdentifier.HardwareType': 'dhcpv6.duidllt.hwtype',
          'ClientIdentifier.Time': { tshark: 'dhcpv6.duidllt.time', theirs: isoOfDate },
          'ClientIdentifier.LinkLayerAddress': 'dhcpv6.duidllt.link_layer_addr',
          'IA_NA.IAID': { tshark: 'dhcpv6.iaid', theirs: (shown) => `0x${shown}` },
          'IA_NA.T1': 'dhcpv6.iaid.t1',
          'IA_NA.T2': 'dhcpv6.iaid.t2',
        }),
        ...within(['Options.RelayMessage.Options'], {
          ElapsedTime: { tshark: 'dhcpv6.elapsed_time', ours: (value) => `${value}0` },
          OptionRequest: list('dhcpv6.requested_option_code'),
          'VendorClass.EnterpriseNumber': 'dhcpv6.vendorclass.enterprise',
          'VendorClass.VendorClassData': 'dhcpv6.vendorclass.data',
          'ClientFQDN.Flags': 'dhcpv6.client_fqdn_flags',
          'ClientFQDN.DomainName': name('dhcpv6.client_domain'),
        }),
        ...within(['Options'], {
          'ServerIdentifier.DUIDType': 'dhcpv6.duid.type',
          'ServerIdentifier.HardwareType': 'dhcpv6.duidll.hwtype',
          'ServerIdentifier.LinkLayerAddress': 'dhcpv6.duidll.link_layer_addr',
          'IA_NA.Options.IAAddress.IPv6Address': 'dhcpv6.iaaddr.ip',
          'IA_NA.Options.IAAddress.PreferredLifetime': 'dhcpv6.iaaddr.pref_lifetime',
          'IA_NA.Options.IAAddress.ValidLifetime': 'dhcpv6.iaaddr.valid_lifetime',
          'IA_PD.IAID': { tshark: 'dhcpv6.iaid', theirs: (shown) => `0x${shown}` },
          'IA_PD.T1': 'dhcpv6.iaid.t1',
          'IA_PD.T2': 'dhcpv6.iaid.t2',
          'IA_PD.Options.IAPrefix.PreferredLifetime': 'dhcpv6.iaprefix.pref_lifetime',
          'IA_PD.Options.IAPrefix.ValidLifetime': 'dhcpv6.iaprefix.valid_lifetime',
          'IA_PD.Options.IAPrefix.PrefixLength': 'dhcpv6.iaprefix.pref_len',
          'IA_PD.Options.IAPrefix.IPv6Prefix': 'dhcpv6.iaprefix.pref_addr',
          'StatusCode.StatusCode': 'dhcpv6.status_code',
          'StatusCode.StatusMessage': 'dhcpv6.status_msg',
          DNSRecursiveNameServer: list('dhcpv6.dns_server'),
          DomainSearchList: name('dhcpv6.search_list_entry'),
        }),
      },
      notInTshark: {
        'Options.RapidCommit': 'an option without a value',
        'Options.RelayMessage.Options.VendorClass.VendorClassLength': 'tshark does not show it',
      },
    },
    NTP: {
      pairs: {
        LeapIndicator: 'ntp.flags.li',
        VersionNumber: 'ntp.flags.vn',
        Mode: 'ntp.flags.mode',
        Stratum: 'ntp.stratum',
        Poll: 'ntp.ppoll',
        Precision: { tshark: 'ntp.precision', ours: (value) => String(Number(value) & 0xff) },
        RootDelay: { tshark: 'ntp.rootdelay', ours: fixedPoint },
        RootDispersion: { tshark: 'ntp.rootdispersion', ours: fixedPoint },
        ReferenceIdentifier: { tshark: 'ntp.refid', theirs: referenceText },
        ReferenceTimestamp: timestamp('ntp.reftime'),
        OriginTimestamp: timestamp('ntp.org'),
        ReceiveTimestamp: timestamp('ntp.rec'),
        TransmitTimestamp: timestamp('ntp.xmt'),
        KeyIdentifier: { tshark: 'ntp.keyid', theirs: (shown) => `0x${shown.replaceAll(':', '')}` },
        MessageDigest: 'ntp.mac',
      },
    },
    SSDP: {
      pairs: {
        Method: 'http.request.method',
        Uri: 'http.request.uri',
        Version: { tshark: ['http.request.version', 'http.response.version'] },
        StatusCode: 'http.response.code',
        ReasonPhrase: 'http.response.phrase',
        'Headers.HOST': 'http.host',
        'Headers.CACHE-CONTROL': 'http.cache_control',
        'Headers.LOCATION': 'http.location',
        ...Object.fromEntries(
          ['NT', 'NTS', 'USN', 'MAN', 'MX', 'ST', 'EXT'].map((line) => [`Headers.${line}`, otherLine(line)]),
        ),
      },
    },
  },
};

/** `99.130.83.99` as one number. */
function numberOfOctets(shown: string): string {
  return String(shown.split('.').reduce((value, octet) => value * 256 + Number(octet), 0));
}

/** Seconds as 16 bits and 16 bits of fractions. */
function fixedPoint(seconds: string): string {
  return String(Math.round(Number(seconds) * 0x1_0000));
}

/** Four bytes as an address, or as the letters of a code. */
function referenceText(shown: string): string {
  const bytes = shown.split(':').map((pair) => Number.parseInt(pair, 16));
  const isAddress = bytes.some((byte) => byte > 0 && byte < 0x20);
  return isAddress ? bytes.join('.') : String.fromCharCode(...bytes.filter((byte) => byte > 0));
}

/** `Nov 12, 2023 09:40:16.500000000 UTC` as an ISO instant with seven decimals. */
function isoOfDate(shown: string): string {
  const decimals = /\.(\d{7})/.exec(shown)?.[1] ?? '0000000';
  return `${new Date(shown.replace(/\.\d+/, '')).toISOString().slice(0, 19)}.${decimals}Z`;
}

/** We show the bits of a timestamp behind it; tshark calls an unknown time NULL. */
function timestamp(tshark: string): FieldPair {
  return {
    tshark,
    ours: (value) => value.replace(/ \(.*\)$/, ''),
    theirs: (shown) => (shown === '(0)' || shown === 'NULL' ? '0' : isoOfDate(shown)),
  };
}

/** A header line that tshark has no field for. */
function otherLine(line: string): FieldPair {
  return {
    tshark: ['http.request.line', 'http.response.line', 'http.unknown_header'],
    ours: (value) => `${line}: ${value}`.trim(),
    theirs: (shown) => shown.replace(/\\r\\n$/, '').trim(),
  };
}
