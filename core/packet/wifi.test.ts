import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import {
  beacon,
  bytesOf,
  destinationMac,
  ipv4,
  snap,
  sourceMac,
  udp,
  wifiData,
  wifiElements,
  wifiManagement,
} from './test-frames.ts';

const dissect = (text: string) => dissectFrame(bytesOf(text), LinkType.WiFi);
const packet = snap(0x0800, ipv4(17, udp('')));
const accessPoint = '02 00 00 00 00 aa';

describe('a WiFi data frame', () => {
  it('goes on with LLC behind its QoS control', () => {
    const layers = dissect(wifiData(packet));
    expect(layers.map((layer) => layer.module)).toEqual(['WiFi', 'LLC', 'SNAP', 'IPv4', 'UDP']);
    expect(layers[0].summary).toBe('QoS Data, Flags: .......T');
    expect(layers[0].fields.map(({ name, value, start, length }) => `${name} ${value} @${start}+${length}`)).toEqual([
      'FrameControl QoS Data, Flags: .......T @0+2',
      'Duration 44 @2+2',
      'BSSID 02-00-00-00-00-AA @4+6',
      'SourceAddress 00-15-5D-0A-0B-0C @10+6',
      'DestinationAddress 00-15-5D-01-02-03 @16+6',
      'FragmentNumber 0 @22+2',
      'SequenceNumber 35 @22+2',
      'QoSControl 6 @24+2',
    ]);
  });

  it('has type, subtype and flags as members of its frame control', () => {
    const members = dissect(wifiData(packet))[0].fields[0].members;
    expect(members?.slice(0, 5).map(({ name, value }) => `${name} ${value}`)).toEqual([
      'Version 0',
      'Type Data(2)',
      'SubType QoS Data(8)',
      'ToDS true',
      'FromDS false',
    ]);
  });

  it.each([
    ['08 00', `${destinationMac} ${sourceMac} ${accessPoint} 3002`, 'Data, Flags: ........'],
    ['08 01', `${accessPoint} ${sourceMac} ${destinationMac} 3002`, 'Data, Flags: .......T'],
    ['08 02', `${destinationMac} ${accessPoint} ${sourceMac} 3002`, 'Data, Flags: ......F.'],
    ['08 03', `${accessPoint} ${accessPoint} ${destinationMac} 3002 ${sourceMac}`, 'Data, Flags: ......FT'],
    ['88 82', `${destinationMac} ${accessPoint} ${sourceMac} 3002 0000 00000000`, 'QoS Data, Flags: O.....F.'],
  ])('finds its addresses and its body by its direction: %s', (control, header, summary) => {
    const layers = dissect(`${control} 0000 ${header} ${packet}`);
    expect(layers[0]).toMatchObject({ summary, source: '00-15-5D-0A-0B-0C', destination: '00-15-5D-01-02-03' });
    expect(layers.at(-1)?.module).toBe('UDP');
  });

  it('is read on when it is marked protected but Windows has already decrypted it', () => {
    expect(dissect(wifiData(packet, '88 41')).at(-1)?.module).toBe('UDP');
    const [encrypted, ...above] = dissect(wifiData('01 02 03 04 05 06 07 08', '88 41'));
    expect(above).toEqual([]);
    expect(encrypted).toMatchObject({ summary: 'QoS Data, Flags: .P.....T', note: 'The body is encrypted.' });
    expect(encrypted.fields.at(-1)).toMatchObject({ name: 'Payload', length: 8 });
  });

  it('without a body has nothing above it', () => {
    expect(dissect(wifiData('', 'c8 01'))).toMatchObject([{ summary: 'QoS Null, Flags: .......T' }]);
  });

  it('of several packets is not taken apart, and says so', () => {
    const layers = dissect(wifiData('0102030405060708').replace('0600', '8600'));
    expect(layers).toHaveLength(1);
    expect(layers[0].note).toContain('A-MSDU');
  });
});

describe('a WiFi management frame', () => {
  it('tells the name of its network', () => {
    expect(dissect(beacon)).toMatchObject([
      {
        summary: 'Beacon, Flags: ........, SSID: CorpNet',
        source: '02-00-00-00-00-AA',
        destination: 'FF-FF-FF-FF-FF-FF',
      },
    ]);
    const probe = `40 00 0000 ffffffffffff ${sourceMac} ffffffffffff 1000 00 00`;
    expect(dissect(probe)[0].summary).toBe('Probe Request, Flags: ........, SSID: (any)');
  });

  it('keeps control characters of a network name out of the summary', () => {
    expect(dissect(`40 00 0000 ffffffffffff ${sourceMac} ffffffffffff 1000 00 03 41 0a 42`)[0].summary).toContain(
      'SSID: A?B',
    );
  });

  it('has no network name when the element is cut or another one', () => {
    expect(dissect(`40 00 0000 ffffffffffff ${sourceMac} ffffffffffff 1000 00 09 41`)[0].summary).toBe(
      'Probe Request, Flags: ........',
    );
    expect(dissect(`40 00 0000 ffffffffffff ${sourceMac} ffffffffffff 1000 01 01 82`)[0].summary).toBe(
      'Probe Request, Flags: ........',
    );
  });
});

describe('the body of a WiFi management frame', () => {
  const management = (control: string, body: string) => dissect(wifiManagement(control, body))[0];

  it.each([
    ['10 00', '1104 1100 05c0', 'Association Response, Flags: ........, Status: Access point has no room'],
    [
      'b0 00',
      '0000 0100 0000',
      'Authentication, Flags: ........, Algorithm: Open System, Sequence: 1, Status: Success',
    ],
    ['c0 00', '0f00', 'Deauthentication, Flags: ........, Reason: 4-way handshake timeout'],
    ['a0 00', '6300', 'Disassociation, Flags: ........, Reason: 99'],
    ['d0 00', '03 00', 'Action, Flags: ........, Category: Block Ack'],
    ['00 00', `1104 0a00 ${wifiElements}`, 'Association Request, Flags: ........, SSID: CorpNet'],
  ])('%s %s is summarised: %s', (control, body, summary) => {
    expect(management(control, body).summary).toBe(summary);
  });

  it('has its elements by name', () => {
    const elements = management('80 00', `0102030405060708 6400 1115 ${wifiElements}`).fields.at(-1)?.members ?? [];
    const valueOf = (name: string) => elements.find((element) => element.name === name)?.value;
    expect(valueOf('SSID')).toBe('CorpNet');
    expect(valueOf('SupportedRates')).toBe('1(B), 2(B), 5.5(B), 11(B)');
    expect(valueOf('DSParameterSet')).toBe('6');
    expect(valueOf('Country')).toBe('DE');
    expect(valueOf('RSN')).toBe('PSK, SAE');
    expect(valueOf('VendorSpecific')).toBe('0x0050F2');
    expect(valueOf('ElementExtension')).toBe('HEOperation');
  });

  it('may leave out everything behind the version of its protection', () => {
    const element = management('80 00', '0102030405060708 6400 1115 30 02 0100').fields.at(-1)?.members?.[0];
    expect(element).toMatchObject({ name: 'RSN', value: '', members: [{ name: 'Version', value: '1' }] });
  });

  it('is not read when it is protected', () => {
    expect(management('c0 40', '0f00').summary).toBe('Deauthentication, Flags: .P......');
  });
});

it('a WiFi control frame has only the addresses of its kind', () => {
  expect(dissect(`b4 00 2c00 ${destinationMac} ${sourceMac}`)[0]).toMatchObject({
    summary: 'RTS, Flags: ........',
    source: '00-15-5D-0A-0B-0C',
    destination: '00-15-5D-01-02-03',
  });
  const [acknowledgment] = dissect(`d4 00 0000 ${destinationMac}`);
  expect(acknowledgment.summary).toBe('ACK, Flags: ........');
  expect(acknowledgment.source).toBeUndefined();
});

it('an unknown subtype keeps its number', () => {
  expect(dissect(`f0 00 0000 ${destinationMac} ${sourceMac} ${accessPoint} 0000`)[0].summary).toBe(
    'Management SubType 15, Flags: ........',
  );
});
