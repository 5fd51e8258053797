import { ExtendedType } from '../../etl/format.ts';
import { InType } from '../../schema/event-schema.ts';
import { writeProviderTraits, writeTraceLoggingSchema } from '../../schema/trace-logging-writer.ts';
import { corpusFrame, corpusPayload, hexadecimal, type NamedStatements } from './named-rows.ts';

const ethernet = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
const toServer = `${ethernet} | ipv4 192.168.1.1 > 10.1.2.3`;
const toClient = 'eth 00-15-5D-00-00-02 > 00-15-5D-00-00-01 | ipv4 10.1.2.3 > 192.168.1.1';
const between = (source: string, destination: string): string => `${ethernet} | ipv4 ${source} > ${destination}`;
const ndis = 'pid9 tid1 ndis in miniport=9 |';
const nobodys = '{11111111-2222-3333-4444-555555555555}';
const bytesOf = (text: string, encoding: BufferEncoding = 'latin1'): string => hexadecimal(Buffer.from(text, encoding));

const httpRequest = String.raw`"GET /msn/index.html HTTP/1.1\r\nHost: www.contoso.com\r\n\r\n"`;
const httpResponse = String.raw`"HTTP/1.1 200 OK\r\nServer: Microsoft-IIS/10.0\r\n\r\n"`;
const unreachable = `icmp 3 code=3 rest=00000000 | ipv4 172.16.0.9 > 172.16.0.8 id=9 | udp 9998 > 9999`;

/** An event that carries its layout: `Arrived` of the provider `Contoso.Travel`, with the field `City`. */
function traceLoggingEvent(city: string): string {
  const layout = writeTraceLoggingSchema('Arrived', [{ name: 'City', inType: InType.UnicodeString, outType: 0 }]);
  const items: (readonly [number, Uint8Array])[] = [
    [ExtendedType.EventSchema, layout],
    [ExtendedType.ProviderTraits, writeProviderTraits('Contoso.Travel')],
  ];
  const extended = items.map(([type, data]) => `${type}:${hexadecimal(data)}`).join();
  const payload = bytesOf(`${city}\0`, 'utf16le');
  return `event {99999999-2222-3333-4444-555555555555} channel=11 extended=${extended} payload=${payload}`;
}

/** A row for each thing that Message Analyzer's own filters ask for, and rows that look like it and are something else. */
export const filterTrace: NamedStatements = {
  syn: `${ndis} ${toServer} id=1 | tcp 52891 > 80 SYN seq=1648745597 win=8192 mss=1460 scale=0`,
  'syn-ack': `${ndis} ${toClient} id=1 | tcp 80 > 52891 SYN ACK seq=500 ack=1648745598 win=8192 mss=1460 scale=1`,
  ack: `pid4 tid77 ndis in miniport=9 | ${toServer} id=2 | tcp 52891 > 80 ACK seq=1648745598 ack=501 win=900`,
  get: `${ndis} ${toServer} id=3 | tcp 52891 > 80 PSH ACK seq=1648745598 ack=501 win=900 | ${httpRequest}`,
  'get again': `${ndis} ${toServer} id=4 | tcp 52891 > 80 PSH ACK seq=1648745598 ack=501 win=900 | ${httpRequest}`,
  'response behind a gap': `${ndis} ${toClient} id=2 | tcp 80 > 52891 PSH ACK seq=1501 ack=1648745652 win=4000 | ${httpResponse}`,
  rdp: `${ndis} ${between('192.168.1.1', '172.16.0.1')} | tcp 50100 > 3389 SYN seq=1`,
  ldap: `${ndis} ${between('172.16.0.9', '192.0.0.2')} | tcp 50101 > 389 PSH ACK seq=1 | ${corpusPayload('LDAP bind')}`,
  'odd ports': `${ndis} ${between('192.0.1.1', '172.16.0.1')} | tcp 6609 > 13220 SYN seq=1`,
  'https over ipv6': `${ndis} ${ethernet} | ipv6 2001:4898:0:fff:200:5efe:4135:4a7 > 2001:db8::2 | tcp 50102 > 443 SYN seq=1`,
  isakmp: `${ndis} ${between('172.16.0.1', '172.16.0.2')} | udp 500 > 500 | zeros 28`,
  'dns query': `${ndis} ${between('172.16.0.1', '172.16.0.2')} | udp 50200 > 53 | dns query www.msn.com id=7`,
  smb2: `${ndis} ${between('172.16.0.1', '172.16.0.2')} | tcp 50103 > 445 PSH ACK seq=1 | ${corpusPayload('SMB2 request')}`,
  'smb2 damaged': `${ndis} ${between('172.16.0.1', '172.16.0.2')} | tcp 50104 > 445 PSH ACK seq=1 checksum=0x1234 | ${corpusPayload('SMB2 request')}`,
  'kerberos error': `${ndis} ${between('172.16.0.2', '172.16.0.1')} | udp 88 > 50300 | ${corpusPayload('Kerberos error')}`,
  'wifi data': `${ndis} wifi 00-15-5D-00-00-01 > 00-15-5D-00-00-02 bssid=00-15-5D-00-00-03 from-ds | ipv4 172.16.0.3 > 172.16.0.4 | udp 4000 > 4001 | zeros 4`,
  'wifi beacon': `pid9 ndis in miniport=9 medium=wifi | ${corpusFrame('WiFi beacon')}`,
  arp: `${ndis} eth 02-01-0A-01-01-64 > FF-FF-FF-FF-FF-FF | arp who-has 172.16.0.1 tell 172.16.0.2 from 02-01-0A-01-01-64`,
  ping: `${ndis} ${between('172.16.0.1', '10.1.200.1')} | icmp echo id=1 seq=2`,
  'port unreachable': `${ndis} ${between('172.16.0.8', '172.16.0.9')} | ${unreachable}`,
  tunnel: `${ndis} ${between('10.1.2.3', '172.16.5.5')} | udp 54321 > 4789 | vxlan 5001 | ${between('192.168.1.1', '192.168.7.7')} | tcp 50400 > 80 SYN seq=1`,
  vlan: `${ndis} ${ethernet} | vlan 5 | ipv4 172.16.0.1 > 172.16.0.2 | udp 4000 > 4001 | "MICROSOFT"`,
  'wide text': `${ndis} ${between('172.16.0.1', '172.16.0.2')} | udp 4000 > 4001 | bytes ${bytesOf('Microsoft', 'utf16le')}`,
  fragments: `pid9 ndis in miniport=9 fragments=50,20,8 | ${between('172.16.0.5', '172.16.0.6')} | udp 4000 > 4001 | "fragments of Microsoft and co. 36 by"`,
  drop: `pid9 pktmon drop group=5 appearance=3 direction=Rx component=60 edge=0 reason=9 location=0xE0002006 | ${between('172.16.0.1', '172.16.0.2')} | udp 7 > 9`,
  vmswitch:
    'pid9 vmswitch 56 NicName=NIC1 NicFName="Ethernet" SwitchName=S1 SwitchFName="nat" BufferAddress=0xffff9383cbf21490',
  'trace logging': `pid9 ${traceLoggingEvent('Madrid')}`,
  'number of a person': `pid9 event ${nobodys} id=7 payload=${bytesOf('078-05-1120')}`,
  'number in a text': `pid9 event ${nobodys} id=8 payload=${bytesOf('my 078-05-1120 is')}`,
};
