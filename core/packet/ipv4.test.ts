import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv4, tcp, udp } from './test-frames.ts';

const dissect = (text: string) => dissectFrame(bytesOf(text), LinkType.RawIp);

describe('an IPv4 packet', () => {
  it('is summarised by next protocol, id and length', () => {
    expect(dissect(ipv4(6, tcp(0x10)))[0].summary).toBe('Next Protocol: TCP, Packet ID: 6699, Total Length: 40');
    expect(dissect(ipv4(200, ''))[0].summary).toBe('Next Protocol: 200, Packet ID: 6699, Total Length: 20');
  });

  it('has its fields with their bytes', () => {
    const [layer] = dissect(ipv4(17, udp('')));
    expect(layer.fields.map(({ name, value, start, length }) => `${name} ${value} @${start}+${length}`)).toEqual([
      'Version 4 @0+1',
      'IHL 5 @0+1',
      'DifferentiatedServices 0 @1+1',
      'TotalLength 28 @2+2',
      'Identification 6699 @4+2',
      'Flags DF @6+2',
      'FragmentOffset 0 @6+2',
      'TimeToLive 128 @8+1',
      'Protocol UDP(17) @9+1',
      'HeaderChecksum 0xBEEF @10+2',
      'SourceAddress 10.0.0.4 @12+4',
      'DestinationAddress 10.0.0.5 @16+4',
    ]);
  });

  it('skips its options, and shows them', () => {
    const layers = dissect(ipv4(17, udp(''), { options: '94 04 0000 01 01 01 00' }));
    expect(layers[0].fields.at(-1)?.members?.map((member) => member.name)).toEqual([
      'RouterAlert',
      'NOP',
      'NOP',
      'NOP',
      'EndOfOptionsList',
    ]);
    expect(layers[1]).toMatchObject({ module: 'UDP', start: 28 });
  });

  it('says that it is a fragment; only the first one goes on to the transport', () => {
    const first = dissect(ipv4(17, udp('0102', 3000), { fragment: 0x2000 }));
    expect(first[0].summary).toBe('Fragment, Offset: 0, Next Protocol: UDP, Packet ID: 6699, Total Length: 30');
    expect(first[1].module).toBe('UDP');
    const later = dissect(ipv4(17, '0102', { fragment: 0x00b9 }));
    expect(later).toHaveLength(1);
    expect(later[0].summary).toBe('Fragment, Offset: 1480, Next Protocol: UDP, Packet ID: 6699, Total Length: 22');
    expect(later[0].fields.at(-1)).toMatchObject({ name: 'Payload', length: 2 });
  });

  it('takes its length from the frame when TotalLength is 0 before segmentation by the network card', () => {
    const layers = dissect(ipv4(6, tcp(0x18, '00'.repeat(3000)), { totalLength: 0 }));
    expect(layers[0].note).toBe(
      'TotalLength is 0, as before segmentation by the network card; the frame tells the length.',
    );
    expect(layers[1].summary).toContain('Length: 3000,');
  });

  it.each([
    ['45', '55', 'Version 5 is not IPv4.'],
    ['45', '44', 'The header length of 16 bytes is impossible: 20 is the least.'],
  ])('is not read on when its first byte is impossible: %s to %s', (right, wrong, note) => {
    const layers = dissectFrame(
      bytesOf(`00 15 5d 01 02 03 00 15 5d 0a 0b 0c 0800 ${ipv4(17, udp('')).replace(right, wrong)}`),
      LinkType.Ethernet,
    );
    expect(layers).toHaveLength(2);
    expect(layers[1].note).toBe(note);
  });

  it('notes a TotalLength that is less than the header', () => {
    expect(dissect(ipv4(17, udp(''), { totalLength: 10 }))[0].note).toBe(
      'TotalLength of 10 bytes is less than the header; the frame tells the length.',
    );
  });
});

it('routes and timestamps in options are members of their option', () => {
  const optionsOf = (options: string) =>
    dissectFrame(bytesOf(ipv4(17, '', { options })), LinkType.RawIp)[0].fields.find(({ name }) => name === 'Options');
  expect(optionsOf('07 0b 08 0a000001 00000000 00')?.members?.[0]).toMatchObject({
    name: 'RecordRoute',
    value: '10.0.0.1, 0.0.0.0',
    members: [{ name: 'Pointer', value: '8' }, { start: 23 }, { start: 27 }],
  });
  expect(optionsOf('44 0c 0d 11 0a000001 000003e8')?.members?.[0]).toMatchObject({
    value: '1000',
    members: [{}, { name: 'Overflow', value: '1' }, {}, { name: 'InternetAddress' }, { name: 'TimeStampValue' }],
  });
  expect(optionsOf('94 04 0000')?.members?.[0]).toMatchObject({ name: 'RouterAlert', value: '0' });
});
