import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv4, ipv6, sourceMac, udp } from './test-frames.ts';

const icmp = (text: string) => dissectFrame(bytesOf(ipv4(1, text)), LinkType.RawIp)[1];
const icmpv6 = (text: string) => dissectFrame(bytesOf(ipv6(58, text)), LinkType.RawIp)[1];
const target = 'fe80 0000 0000 0000 0000 0000 0000 0002';

describe('an ICMP message is summarised as Message Analyzer did', () => {
  it.each([
    ['08 00 abcd 0001 0002', 'Echo Request'],
    ['00 00 abcd 0001 0002', 'Echo Reply'],
    ['03 03 abcd 0000 0000', 'Destination Unreachable, Port unreachable error.'],
    ['03 04 abcd 0000 05dc', 'Destination Unreachable, The datagram is too big.'],
    ['03 63 abcd 0000 0000', 'Destination Unreachable, Code: Unknown (99)'],
    ['05 01 abcd 0a000001', 'Redirect, Host error.'],
    ['0b 00 abcd 0000 0000', 'Time Exceeded, Time to live (TTL) equals 0 during transit.'],
    ['64 00 abcd', 'Reserved'],
  ])('%s: %s', (text, summary) => {
    expect(icmp(text).summary).toBe(summary);
  });
});

it('an ICMP echo has identifier, sequence number and data', () => {
  expect(
    icmp('08 00 abcd 0001 0002 616263').fields.map(
      ({ name, value, start, length }) => `${name} ${value} @${start}+${length}`,
    ),
  ).toEqual([
    'Type Echo Request(8) @20+1',
    'Code 0 @21+1',
    'Checksum 0xABCD @22+2',
    'Identifier 1 @24+2',
    'SequenceNumber 2 @26+2',
    'Payload 3 bytes @28+3',
  ]);
});

it('an ICMP error tells the MTU that would pass, and quotes the packet', () => {
  const { fields } = icmp(`03 04 abcd 0000 05dc ${ipv4(17, udp(''))}`);
  expect(fields.slice(3)).toEqual([
    { name: 'NextHopMTU', value: '1500', start: 26, length: 2 },
    { name: 'OriginalDatagram', value: '28 bytes', start: 28, length: 28 },
  ]);
});

describe('an ICMPv6 message is summarised as Message Analyzer did', () => {
  it.each([
    ['80 00 abcd 0001 0002', 'Echo Request, ID: 0x0001, Seq: 0x0002'],
    ['81 00 abcd 0001 00ff', 'Echo Reply, ID: 0x0001, Seq: 0x00FF'],
    ['01 04 abcd 0000 0000', 'Destination Unreachable, Port unreachable.'],
    ['02 00 abcd 0000 0500', 'Packet Too Big, MTU: 1280'],
    ['03 00 abcd 0000 0000', 'Time Exceeded, Hop limit exceeded in transit.'],
    ['04 01 abcd 0000 0006', 'Parameter Problem, Unrecognized Next Header type encountered., Pointer: 0x00000006'],
    ['85 00 abcd 0000 0000', 'Router Solicitation'],
    ['86 00 abcd 40 c0 0708 00000000 00000000', 'Router Advertisement'],
    [`87 00 abcd 0000 0000 ${target}`, 'Neighbor Solicitation, Target: fe80::2'],
    [`88 00 abcd 6000 0000 ${target}`, 'Neighbor Advertisement, Target: fe80::2'],
    ['8f 00 abcd 0000 0000', 'MLDv2 Multicast Listener Report'],
    ['c8 00 abcd', 'Type: 200'],
  ])('%s: %s', (text, summary) => {
    expect(icmpv6(text).summary).toBe(summary);
  });
});

it('neighbour discovery shows link-layer addresses and flags', () => {
  const { fields } = icmpv6(`88 00 abcd 6000 0000 ${target} 02 01 ${sourceMac}`);
  expect(fields.slice(3).map(({ name, value }) => `${name} ${value}`)).toEqual([
    'R false',
    'S true',
    'O true',
    'TargetAddress fe80::2',
    'Options TargetLinkLayerAddress: 00-15-5D-0A-0B-0C',
  ]);
});

it('a message cut behind its type says so', () => {
  expect(icmpv6('87')).toMatchObject({ summary: 'Neighbor Solicitation' });
  expect(icmpv6('87').note).toContain('The frame ends inside this header');
});
