import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv6, sampleFrames, tcp, udp } from './test-frames.ts';

const dissect = (text: string) => dissectFrame(bytesOf(text), LinkType.RawIp);

describe('an IPv6 packet', () => {
  it('is summarised by its transport protocol and payload length', () => {
    expect(dissect(ipv6(6, tcp(0x10)))[0].summary).toBe('Next Protocol: TCP, Payload Length: 20');
  });

  it('has its fields with their bytes', () => {
    expect(
      dissect(ipv6(17, udp('')))[0].fields.map(
        ({ name, value, start, length }) => `${name} ${value} @${start}+${length}`,
      ),
    ).toEqual([
      'Version 6 @0+4',
      'TrafficClass 0 @0+4',
      'FlowLabel 0x00000 @0+4',
      'PayloadLength 8 @4+2',
      'NextHeader UDP(17) @6+1',
      'HopLimit 255 @7+1',
      'SourceAddress fe80::1 @8+16',
      'DestinationAddress ff02::1 @24+16',
    ]);
  });

  it('reads through all extension headers', () => {
    const { text, linkType } = sampleFrames['TCP behind all IPv6 extension headers'];
    const layers = dissectFrame(bytesOf(text), linkType);
    expect(layers[1].summary).toBe('Fragment, Offset: 0, Next Protocol: TCP, Payload Length: 79');
    expect(layers[1].fields.slice(8).map(({ name, start, length }) => `${name} @${start}+${length}`)).toEqual([
      'HopByHopOptionsHeader @54+8',
      'RoutingHeader @62+8',
      'FragmentHeader @70+8',
      'AuthenticationHeader @78+24',
      'DestinationOptionsHeader @102+8',
    ]);
    expect(layers[2].summary).toContain('Length: 3, Seq Range: 1000 - 1003');
  });

  it('shows the options of an extension header', () => {
    const [layer] = dissect(ipv6(0, '3a 00 05 02 0000 01 00  8f 00 abcd 0000 0000'));
    const header = layer.fields.find((field) => field.name === 'HopByHopOptionsHeader');
    expect(header?.members?.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'NextHeader IPv6ICMP(58)',
      'HdrExtLen 0',
      'Options 05 02 00 00 01 00',
    ]);
    expect(header?.members?.at(-1)?.members?.map(({ name }) => name)).toEqual(['RouterAlert', 'PadN']);
  });

  it('keeps the bytes of a later fragment as payload', () => {
    const layers = dissect(ipv6(44, '11 00 05a8 00000007 0102'));
    expect(layers).toHaveLength(1);
    expect(layers[0].summary).toBe('Fragment, Offset: 1448, Next Protocol: UDP, Payload Length: 10');
    expect(layers[0].fields.at(-1)).toMatchObject({ name: 'Payload', start: 48, length: 2 });
  });

  it('takes its length from the frame when PayloadLength is 0', () => {
    const layers = dissect(ipv6(6, tcp(0x18, '00'.repeat(50)), 0));
    expect(layers[1].summary).toContain('Length: 50,');
    expect(layers[0].note).toContain('PayloadLength is 0');
  });

  it('may have nothing behind it', () => {
    expect(dissect(ipv6(59, ''))).toMatchObject([{ summary: 'Next Protocol: IPv6NoNxt, Payload Length: 0' }]);
  });

  it('says where an extension header is cut', () => {
    const layers = dissectFrame(bytesOf(ipv6(0, '06 01 01 0c')), LinkType.RawIp);
    expect(layers).toHaveLength(1);
    expect(layers[0].fields.at(-1)).toMatchObject({ name: 'HopByHopOptionsHeader', value: '16 bytes', length: 4 });
    expect(layers[0].note).toContain('The frame ends inside this header');
  });

  it('is not read on when the version is another one', () => {
    const frame = bytesOf(`00155d010203 00155d0a0b0c 86dd ${ipv6(17, udp('')).replace('60', '50')}`);
    expect(dissectFrame(frame, LinkType.Ethernet).at(-1)?.note).toBe('Version 5 is not IPv6.');
  });
});
