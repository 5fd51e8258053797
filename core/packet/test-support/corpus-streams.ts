import { LinkType } from '../link-type.ts';
import { ascii, byte, bytesOf, datagram, ethernet, ipv4, segment, word } from '../test-frames.ts';
import type { JudgedArea } from './tshark-judge.ts';

const onTcp = (sourcePort: number, destinationPort: number, payload: string) => ({
  linkType: LinkType.Ethernet,
  text: ethernet(0x0800, ipv4(6, segment(sourcePort, destinationPort, payload))),
});
const onUdp = (sourcePort: number, destinationPort: number, payload: string) => ({
  linkType: LinkType.Ethernet,
  text: ethernet(0x0800, ipv4(17, datagram(sourcePort, destinationPort, payload))),
});

const lengthOf = (text: string): number => bytesOf(text).length;
/** Bytes behind their length in `bytes` bytes. */
const counted = (bytes: number, text: string): string =>
  `${lengthOf(text)
    .toString(16)
    .padStart(bytes * 2, '0')} ${text}`;
const lines = (...text: string[]): string => ascii(text.map((line) => `${line}\r\n`).join(''));

const record = (type: number, content: string): string => `${byte(type)} 0303 ${counted(2, content)}`;
const handshake = (type: number, body: string): string => `${byte(type)} ${counted(3, body)}`;
const extension = (type: number, data: string): string => `${word(type)} ${counted(2, data)}`;
const random = '5a'.repeat(32);

const clientHello = handshake(
  1,
  `0303 ${random} ${counted(1, '11223344')} ${counted(2, '1301 1302 c02f 0a0a')} ${counted(1, '00')} ${counted(
    2,
    [
      extension(0, counted(2, `00 ${counted(2, ascii('www.contoso.com'))}`)),
      extension(16, counted(2, `${counted(1, ascii('h2'))} ${counted(1, ascii('http/1.1'))}`)),
      extension(43, counted(1, '0a0a 0304 0303')),
      extension(23, ''),
    ].join(' '),
  )}`,
);
const serverHello = handshake(
  2,
  `0303 ${random} ${counted(1, '11223344')} 1301 00 ${counted(2, extension(43, '0304'))}`,
);
const oldServerHello = handshake(
  2,
  `0303 ${random} ${counted(1, '')} c02f 00 ${counted(
    2,
    `${extension(0, '')} ${extension(16, counted(2, counted(1, ascii('h2'))))} ${extension(0xff01, '00')}`,
  )}`,
);

/** A number as it lies in SMB messages, lowest byte first. */
const little = (value: number, bytes: number): string =>
  Array.from({ length: bytes }, (_, index) => byte(Math.floor(value / 256 ** index) % 256)).join('');

interface Smb2Wishes {
  readonly status?: number;
  readonly flags?: number;
  readonly next?: number;
  readonly body?: string;
}
const smb2 = (command: number, wishes: Smb2Wishes = {}): string =>
  `fe534d42 4000 ${little(1, 2)} ${little(wishes.status ?? 0, 4)} ${little(command, 2)} ${little(31, 2)}
   ${little(wishes.flags ?? 0, 4)} ${little(wishes.next ?? 0, 4)} ${little(5, 8)} ${little(0xfeff, 4)} ${little(9, 4)}
   ${little(0x400000000001, 8)} ${'00'.repeat(16)} ${wishes.body ?? '0400 0000'}`;
const inSession = (message: string): string => `00 ${counted(3, message)}`;
const response = 1;
const asynchronous = 2;

const der = (tag: number, ...content: string[]): string => {
  const all = content.join(' ');
  const length = lengthOf(all);
  return length < 0x80 ? `${byte(tag)} ${counted(1, all)}` : `${byte(tag)} 82 ${counted(2, all)}`;
};
const context = (number: number, ...content: string[]): string => der(0xa0 + number, ...content);
const sequence = (...content: string[]): string => der(0x30, ...content);
const integer = (value: number): string => der(2, byte(value));
const kerberosText = (text: string): string => der(0x1b, ascii(text));
const kerberosTime = context(4, der(0x18, ascii('20240610201835Z')));
const principal = (type: number, ...names: string[]): string =>
  sequence(context(0, integer(type)), context(1, sequence(...names.map(kerberosText))));

const kerberosRequest = (type: number): string =>
  der(
    0x60 + type,
    sequence(
      context(1, integer(5)),
      context(2, integer(type)),
      context(
        4,
        sequence(
          context(0, der(3, '00 40810010')),
          context(1, principal(1, 'alice')),
          context(2, kerberosText('CONTOSO.COM')),
          context(3, principal(2, 'krbtgt', 'CONTOSO.COM')),
          context(5, der(0x18, ascii('20370913024805Z'))),
          context(7, integer(7)),
          context(8, sequence(integer(18), integer(17))),
        ),
      ),
    ),
  );
const ticket = der(
  0x61,
  sequence(
    context(0, integer(5)),
    context(1, kerberosText('CONTOSO.COM')),
    context(2, principal(2, 'cifs', 'fs1.contoso.com')),
    context(3, sequence(context(0, integer(18)), context(2, der(4, '0102030405060708')))),
  ),
);
const kerberosReply = der(
  0x6d,
  sequence(
    context(0, integer(5)),
    context(1, integer(13)),
    context(3, kerberosText('CONTOSO.COM')),
    context(4, principal(1, 'alice')),
    context(5, ticket),
    context(6, sequence(context(0, integer(18)), context(2, der(4, '0102030405060708')))),
  ),
);
const kerberosError = der(
  0x7e,
  sequence(
    context(0, integer(5)),
    context(1, integer(30)),
    kerberosTime,
    context(5, integer(1)),
    context(6, integer(25)),
    context(9, kerberosText('CONTOSO.COM')),
    context(10, principal(2, 'krbtgt', 'CONTOSO.COM')),
    context(11, kerberosText('try again')),
  ),
);

const ldap = (id: number, operation: string): string => sequence(integer(id), operation);
const octets = (text: string): string => der(4, ascii(text));
const enumerated = (value: number): string => der(10, byte(value));
const ldapResult = (tag: number, code: number, text = ''): string =>
  der(tag, enumerated(code), octets(''), octets(text));
const search = der(
  0x63,
  octets('DC=contoso,DC=com'),
  enumerated(2),
  enumerated(0),
  integer(0),
  integer(0),
  der(1, '00'),
  der(0x87, ascii('objectClass')),
  sequence(octets('cn')),
);

const tpkt = (unit: string): string => `03 00 ${word(4 + lengthOf(unit))} ${unit}`;

/** Applications on TCP, and those of them that use datagrams too. */
export const streamArea: JudgedArea = {
  frames: {
    'HTTP request': onTcp(
      50000,
      80,
      lines('GET /index.html?a=1 HTTP/1.1', 'Host: www.contoso.com', 'User-Agent: Hopscope', ''),
    ),
    'HTTP request with a body': onTcp(
      50000,
      5985,
      `${lines('POST /wsman HTTP/1.1', 'Host: srv1', 'Content-Type: text/plain', 'Content-Length: 2', '')} 6869`,
    ),
    'HTTP response': onTcp(
      80,
      50000,
      lines('HTTP/1.1 404 Not Found', 'Server: Microsoft-IIS/10.0', 'Content-Length: 0', ''),
    ),
    'TLS client hello': onTcp(50000, 443, record(22, clientHello)),
    'TLS server hello and encrypted records': onTcp(
      443,
      50000,
      `${record(22, serverHello)} ${record(20, '01')} ${record(23, '0102030405060708090a0b0c0d0e0f1011')}`,
    ),
    'TLS 1.2 server hello, certificate and done': onTcp(
      443,
      50001,
      record(22, `${oldServerHello} ${handshake(14, '')}`),
    ),
    'TLS alert': onTcp(443, 50002, record(21, '02 28')),
    'SMB negotiate of both kinds': onTcp(
      50000,
      445,
      inSession(`ff534d42 72 00000000 18 0040 ${'00'.repeat(21)} 00 0000`),
    ),
    'SMB2 request': onTcp(50000, 445, inSession(smb2(13))),
    'SMB2 response': onTcp(
      445,
      50000,
      inSession(smb2(13, { status: 0xc0000022, flags: response, body: '0900 00 00 00000000' })),
    ),
    'SMB2 pending response': onTcp(
      445,
      50000,
      inSession(smb2(15, { status: 0x103, flags: response + asynchronous, body: '0900 00 00 00000000' })),
    ),
    'SMB2 compounded': onTcp(
      50000,
      445,
      inSession(`${smb2(13, { next: 72, body: '0400 0000 00000000' })} ${smb2(13, { flags: 4 })}`),
    ),
    'SMB3 encrypted': onTcp(
      50000,
      445,
      inSession(
        `fd534d42 ${'11'.repeat(16)} ${'22'.repeat(16)} ${little(8, 4)} 0000 0100 ${little(9, 8)} 0102030405060708`,
      ),
    ),
    'RDP connection request': onTcp(
      50000,
      3389,
      tpkt(counted(1, `e0 0000 0000 00 ${lines('Cookie: mstshash=alice')} 01 00 0800 0b000000`)),
    ),
    'RDP connection confirm': onTcp(3389, 50000, tpkt(counted(1, 'd0 0000 1234 00 02 1f 0800 02000000'))),
    'RDP refusal': onTcp(3389, 50000, tpkt(counted(1, 'd0 0000 1234 00 03 00 0800 05000000'))),
    'RDP data': onTcp(3389, 50000, tpkt('02 f0 80 7f6600')),
    'Kerberos request in a stream': onTcp(50000, 88, counted(4, kerberosRequest(10))),
    'Kerberos request': onUdp(50000, 88, kerberosRequest(12)),
    'Kerberos response': onTcp(88, 50000, counted(4, kerberosReply)),
    'Kerberos error': onUdp(88, 50000, kerberosError),
    'LDAP bind': onTcp(50000, 389, ldap(1, der(0x60, integer(3), octets('CN=alice'), der(0x80, ascii('secret'))))),
    'LDAP refusal': onTcp(389, 50000, ldap(1, ldapResult(0x61, 49, 'wrong'))),
    'LDAP search': onTcp(50000, 3268, ldap(2, search)),
    'LDAP entry and end': onTcp(
      389,
      50000,
      `${ldap(2, der(0x64, octets('CN=alice'), sequence()))} ${ldap(2, ldapResult(0x65, 0))}`,
    ),
    'LDAP ping': onUdp(50000, 389, ldap(7, search.replace(octets('DC=contoso,DC=com'), octets('')))),
    'LDAP extended request': onTcp(50000, 389, ldap(3, der(0x77, der(0x80, ascii('1.3.6.1.4.1.1466.20037'))))),
    'QUIC initial': onUdp(
      50000,
      443,
      `c0 00000001 ${counted(1, '0102030405060708')} ${counted(1, 'aabb')} 02 0909 4020 ${'5a'.repeat(32)}`,
    ),
    'QUIC handshake and 0-RTT': onUdp(
      50000,
      443,
      `e0 00000001 ${counted(1, '01020304')} ${counted(1, 'aabb')} 14 ${'5a'.repeat(20)}
       d0 00000001 ${counted(1, '01020304')} ${counted(1, 'aabb')} 14 ${'5a'.repeat(20)}`,
    ),
    'QUIC retry': onUdp(443, 50000, `f0 00000001 00 ${counted(1, 'aabb')} 070707 ${'11'.repeat(16)}`),
    'QUIC version negotiation': onUdp(
      443,
      50000,
      `80 00000000 ${counted(1, '0102')} ${counted(1, 'aabb')} 00000001 6b3343cf`,
    ),
  },
  judges: {
    HTTP: {
      pairs: {
        Method: 'http.request.method',
        Uri: 'http.request.uri',
        Version: { tshark: ['http.request.version', 'http.response.version'] },
        StatusCode: 'http.response.code',
        ReasonPhrase: 'http.response.phrase',
        'Headers.Host': 'http.host',
        'Headers.User-Agent': 'http.user_agent',
        'Headers.Server': 'http.server',
        'Headers.Content-Type': 'http.content_type',
        'Headers.Content-Length': 'http.content_length_header',
      },
    },
    TLS: {
      pairs: {
        'Record.ContentType': { tshark: ['tls.record.content_type', 'tls.record.opaque_type'] },
        'Record.Version': 'tls.record.version',
        'Record.Length': 'tls.record.length',
        'Record.Level': 'tls.alert_message.level',
        'Record.Description': 'tls.alert_message.desc',
        'Record.Handshake.Type': 'tls.handshake.type',
        'Record.Handshake.Length': 'tls.handshake.length',
        'Record.Handshake.Version': 'tls.handshake.version',
        'Record.Handshake.Random': 'tls.handshake.random',
        'Record.Handshake.SessionIdLength': 'tls.handshake.session_id_length',
        'Record.Handshake.SessionId': 'tls.handshake.session_id',
        'Record.Handshake.CipherSuites.Length': 'tls.handshake.cipher_suites_length',
        'Record.Handshake.CipherSuites.CipherSuite': 'tls.handshake.ciphersuite',
        'Record.Handshake.CompressionMethods.Length': 'tls.handshake.comp_methods_length',
        'Record.Handshake.CompressionMethods.CompressionMethod': 'tls.handshake.comp_method',
        'Record.Handshake.CipherSuite': 'tls.handshake.ciphersuite',
        'Record.Handshake.CompressionMethod': 'tls.handshake.comp_method',
        'Record.Handshake.Extensions.Length': 'tls.handshake.extensions_length',
        'Record.Handshake.Extensions.Extension.Type': 'tls.handshake.extension.type',
        'Record.Handshake.Extensions.Extension.Length': 'tls.handshake.extension.len',
        'Record.Handshake.Extensions.Extension.ServerNameList.Length': 'tls.handshake.extensions_server_name_list_len',
        'Record.Handshake.Extensions.Extension.ServerNameList.NameType': 'tls.handshake.extensions_server_name_type',
        'Record.Handshake.Extensions.Extension.ServerNameList.NameLength': 'tls.handshake.extensions_server_name_len',
        'Record.Handshake.Extensions.Extension.ServerNameList.ServerName': 'tls.handshake.extensions_server_name',
        'Record.Handshake.Extensions.Extension.ProtocolNameList.Length': 'tls.handshake.extensions_alpn_len',
        'Record.Handshake.Extensions.Extension.ProtocolNameList.NameLength': 'tls.handshake.extensions_alpn_str_len',
        'Record.Handshake.Extensions.Extension.ProtocolNameList.ProtocolName': 'tls.handshake.extensions_alpn_str',
        'Record.Handshake.Extensions.Extension.SupportedVersions.Length':
          'tls.handshake.extensions.supported_versions_len',
        'Record.Handshake.Extensions.Extension.SupportedVersions.SupportedVersion':
          'tls.handshake.extensions.supported_version',
        'Record.Handshake.Extensions.Extension.SupportedVersion': 'tls.handshake.extensions.supported_version',
      },
      notInTshark: {
        'Record.Data': 'change cipher spec and encrypted bytes have names of their own there',
        'Record.Handshake.Extensions.Extension.Data': 'tshark reads the extension',
      },
    },
    SMB2: {
      pairs: {
        StreamProtocolLength: 'nbss.length',
        'Message.StructureSize': 'smb2.header_len',
        'Message.CreditCharge': 'smb2.credit.charge',
        'Message.Status': { tshark: ['smb2.nt_status', 'smb.nt_status'] },
        'Message.ChannelSequence': 'smb2.channel_sequence',
        'Message.Command': { tshark: ['smb2.cmd', 'smb.cmd'] },
        'Message.CreditRequest': 'smb2.credits.requested',
        'Message.CreditResponse': 'smb2.credits.granted',
        'Message.Flags.ServerToRedir': 'smb2.flags.response',
        'Message.Flags.AsyncCommand': 'smb2.flags.async',
        'Message.Flags.RelatedOperations': 'smb2.flags.chained',
        'Message.Flags.Signed': 'smb2.flags.signature',
        'Message.Flags.DfsOperations': 'smb2.flags.dfs',
        'Message.Flags': { tshark: ['smb2.header.transform.flags', 'smb.flags'] },
        'Message.NextCommand': 'smb2.chain_offset',
        'Message.MessageId': 'smb2.msg_id',
        'Message.AsyncId': 'smb2.aid',
        'Message.TreeId': 'smb2.tid',
        'Message.SessionId': 'smb2.sesid',
        'Message.Signature': { tshark: ['smb2.signature', 'smb2.header.transform.signature'] },
        'Message.Nonce': 'smb2.header.transform.nonce',
        'Message.OriginalMessageSize': 'smb2.header.transform.msg_size',
      },
      notInTshark: { 'Message.ProtocolId': 'tshark shows it as text' },
    },
    RDP: {
      pairs: {
        Version: 'tpkt.version',
        Length: 'tpkt.length',
        LengthIndicator: 'cotp.li',
        Type: { tshark: 'cotp.type', ours: highHalf },
        DestinationReference: { tshark: 'cotp.destref', isDerivedElsewhere: true },
        SourceReference: 'cotp.srcref',
        Class: 'cotp.class',
        EOT: 'cotp.eot',
        RoutingToken: { tshark: 'rdp.rt_cookie', theirs: (shown) => shown.trim() },
        'Negotiation.Type': 'rdp.neg_type',
        'Negotiation.Flags': { tshark: ['rdp.negReq.flags', 'rdp.negRsp.flags'] },
        'Negotiation.Length': 'rdp.neg_length',
        'Negotiation.RequestedProtocols': 'rdp.negReq.requestedProtocols',
        'Negotiation.SelectedProtocol': 'rdp.negReq.selectedProtocol',
        'Negotiation.FailureCode': 'rdp.negFailure.failureCode',
      },
    },
    KerberosV5: {
      pairs: {
        RecordLength: 'kerberos.rm.length',
        'Message.ProtocolVersion': 'kerberos.pvno',
        'Message.MessageType': 'kerberos.msg_type',
        'Message.RequestBody.ClientName': { tshark: 'kerberos.CNameString', ours: namesOf },
        'Message.RequestBody.Realm': 'kerberos.realm',
        'Message.RequestBody.ServerName': { tshark: 'kerberos.SNameString', ours: namesOf },
        'Message.ClientRealm': 'kerberos.crealm',
        'Message.ClientName': { tshark: 'kerberos.CNameString', ours: namesOf },
        'Message.Ticket.TicketVersion': 'kerberos.tkt_vno',
        'Message.Ticket.Realm': 'kerberos.realm',
        'Message.Ticket.ServerName': { tshark: 'kerberos.SNameString', ours: namesOf },
        'Message.ErrorCode': 'kerberos.error_code',
        'Message.Realm': 'kerberos.realm',
        'Message.ServerName': { tshark: 'kerberos.SNameString', ours: namesOf },
        'Message.ErrorText': 'kerberos.e_text',
      },
      notInTshark: { 'Message.ServerTime': 'tshark writes times in its own way' },
    },
    LDAP: {
      pairs: {
        'Message.MessageId': 'ldap.messageID',
        'Message.Operation.Version': 'ldap.version',
        'Message.Operation.Name': 'ldap.name',
        'Message.Operation.BaseObject': 'ldap.baseObject',
        'Message.Operation.Scope': 'ldap.scope',
        'Message.Operation.ObjectName': 'ldap.objectName',
        'Message.Operation.ResultCode': 'ldap.resultCode',
        'Message.Operation.MatchedDN': 'ldap.matchedDN',
        'Message.Operation.DiagnosticMessage': 'ldap.errorMessage',
        'Message.Operation.RequestName': 'ldap.requestName',
      },
    },
    QUIC: {
      pairs: {
        HeaderForm: 'quic.header_form',
        PacketType: 'quic.long.packet_type',
        Version: 'quic.version',
        DestinationConnectionIdLength: 'quic.dcil',
        DestinationConnectionId: 'quic.dcid',
        SourceConnectionIdLength: 'quic.scil',
        SourceConnectionId: 'quic.scid',
        TokenLength: 'quic.token_length',
        Token: 'quic.token',
        Length: 'quic.length',
        RetryToken: 'quic.retry_token',
        RetryIntegrityTag: 'quic.retry_integrity_tag',
        SupportedVersion: 'quic.supported_version',
      },
      notInTshark: { ProtectedPayload: 'a count of bytes' },
    },
  },
};

/** The upper four bits, which alone are the type where the lower ones are credit. */
function highHalf(value: string): string {
  return String(Number(/\d+(?=\)?$)/.exec(value)?.[0] ?? value) >> 4);
}

/** The strings of a principal's name. */
function namesOf(value: string): readonly string[] {
  return value.split('/');
}
