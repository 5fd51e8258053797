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
  expect(fields.slice(3)).toMatchObject([
    { name: 'NextHopMTU', value: '1500', start: 26, length: 2 },
    {
      name: 'OriginalDatagram',
      value: '28 bytes',
      start: 28,
      length: 28,
      members: [
        { name: 'IPv4', value: 'Next Protocol: UDP, Packet ID: 6699, Total Length: 28', start: 28, length: 28 },
        { name: 'UDP', value: 'SrcPort: 50123, DstPort: DNS(53), Length: 8', start: 48, length: 8 },
      ],
    },
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

it('neighbour discovery options are read in full', () => {
  const { fields } = icmpv6(
    `86 00 abcd 40 48 0708 00000000 00000000 03 04 40 c0 00278d00 00093a80 00000000 20010db8000000000000000000000000
     05 01 0000 000005dc 18 02 30 08 00000708 20010db800000000 19 03 0000 00000708 ${target}
     1f 02 0000 00000708 03 6c616e 00 000000`,
  );
  expect(fields.at(-1)?.value).toBe(
    'PrefixInformation: 2001:db8::/64, MTU: 1500, RouteInformation: 2001:db8::/48, RecursiveDNSServer: fe80::2, DNSSearchList: lan',
  );
});

it('a multicast listener report has its records', () => {
  const record = icmpv6(`8f 00 abcd 0000 0002 06 00 0001 ${target} ${target} 03 00 0000 ${target}`).fields.at(-2);
  expect(record).toMatchObject({ name: 'McastAddressRecord', value: 'fe80::2', length: 36 });
  expect(record?.members?.map(({ value }) => value)).toEqual(['BLOCK_OLD_SOURCES(6)', '0', '1', 'fe80::2', 'fe80::2']);
});

it('a packet quoted by an error is neither a layer nor does it name addresses', () => {
  const layers = dissectFrame(bytesOf(ipv6(58, `03 00 abcd 00000000 ${ipv6(17, udp(''))}`)), LinkType.RawIp);
  expect(layers.map(({ module }) => module)).toEqual(['IPv6', 'ICMPv6']);
  expect(layers[1].source).toBeUndefined();
});
