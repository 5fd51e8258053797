import { describe, expect, it } from 'vitest';
import { hexPairs } from '../base/text.ts';
import { buildFrame, internetChecksum, splitFrame } from './frame.ts';
import { readLayers, splitAtBars } from './frame-text.ts';
import { tokenizeStatements } from './tokens.ts';

const frameOf = (text: string): Uint8Array => buildFrame(readLayers(splitAtBars(tokenizeStatements(text)[0])));
const hexOf = (text: string): string => hexPairs(frameOf(text), 2000);
const ends = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';

/** The checksum over the pseudo header and the transport segment; 0 when the one inside is right. */
function remainingTransportSum(frame: Uint8Array, ipAt: number): number {
  const isIpv6 = frame[ipAt] >> 4 === 6;
  const segmentAt = ipAt + (isIpv6 ? 40 : 20);
  const addresses = isIpv6 ? frame.slice(ipAt + 8, ipAt + 40) : frame.slice(ipAt + 12, ipAt + 20);
  const length = frame.length - segmentAt;
  const protocol = isIpv6 ? frame[ipAt + 6] : frame[ipAt + 9];
  return internetChecksum([addresses, Uint8Array.of(0, protocol, length >> 8, length & 255), frame.slice(segmentAt)]);
}

describe('a frame', () => {
  it('is the SYN that a real stack sends', () => {
    const syn = hexOf(
      `${ends} | ipv4 10.0.0.50 > 10.0.0.60 id=7 df | tcp 52891 > 80 SYN seq=1717747265 win=8192 mss=1460 scale=8 sackok`,
    );
    expect(syn).toBe(
      '00 15 5d 00 00 02 00 15 5d 00 00 01 08 00 45 00 00 34 00 07 40 00 80 06 e6 4f 0a 00 00 32 0a 00 00 3c ' +
        'ce 9b 00 50 66 62 be 41 00 00 00 00 80 02 20 00 47 13 00 00 02 04 05 b4 01 03 03 08 01 01 04 02',
    );
  });

  it('carries right checksums over IPv4 and IPv6, whatever stands in it', () => {
    for (const inner of [
      'tcp 1 > 2 PSH ACK seq=1 ack=2 "odd"',
      'tcp 1 > 2 ACK ts=7,8 sack=10,20',
      'udp 53 > 9 "even"',
      'udp 1 > 2',
    ]) {
      for (const ip of ['ipv4 10.0.0.1 > 10.255.0.2', 'ipv6 2001:db8::1 > fe80::2']) {
        expect(remainingTransportSum(frameOf(`${ends} | ${ip} | ${inner}`), 14)).toBe(0);
      }
    }
    expect(internetChecksum([frameOf(`${ends} | ipv4 1.2.3.4 > 5.6.7.8 | udp 1 > 2`).slice(14, 34)])).toBe(0);
    expect(internetChecksum([frameOf('ipv4 1.2.3.4 > 5.6.7.8 | icmp echo id=1 seq=2 "abc"').slice(20)])).toBe(0);
    expect(
      remainingTransportSum(frameOf('ipv6 fe80::1 > ff02::1 | icmpv6 solicit fe80::2 mac=00-15-5D-00-00-01'), 0),
    ).toBe(0);
  });

  it('takes the checksum and length it is told, for offloads', () => {
    const frame = frameOf('ipv4 1.2.3.4 > 5.6.7.8 length=0 checksum=0 | tcp 1 > 2 ACK checksum=0x1234');
    expect([...frame.slice(2, 4), ...frame.slice(10, 12), ...frame.slice(36, 38)]).toEqual([0, 0, 0, 0, 0x12, 0x34]);
  });

  it('announces each inner layer by its EtherType, through VLAN tags', () => {
    const tagged = `${ends} | vlan 100 tag=0x88A8 | vlan 5 priority=3 | ipv6 ::1 > ::2 | udp 1 > 2`;
    expect(hexOf(tagged).slice(36, 36 + 29)).toBe('88 a8 00 64 81 00 60 05 86 dd');
    expect(hexOf(`${ends} type=0x88cc | bytes 0207`)).toMatch(/ 88 cc 02 07$/);
  });

  it('asks and answers by ARP', () => {
    expect(hexOf('arp who-has 10.0.0.60 tell 10.0.0.50 from 00-15-5D-00-00-01')).toBe(
      '00 01 08 00 06 04 00 01 00 15 5d 00 00 01 0a 00 00 32 00 00 00 00 00 00 0a 00 00 3c',
    );
    expect(hexOf('arp 10.0.0.60 is-at 00-15-5D-00-00-02 to 10.0.0.50 00-15-5D-00-00-01')).toBe(
      '00 01 08 00 06 04 00 02 00 15 5d 00 00 02 0a 00 00 3c 00 15 5d 00 00 01 0a 00 00 32',
    );
  });

  it('flies as 802.11 data with LLC and SNAP', () => {
    const wifi = 'wifi 00-15-5D-00-00-01 > 00-15-5D-00-00-02 bssid=00-15-5D-00-00-03';
    expect(hexOf(`${wifi} | arp who-has 1.1.1.1 tell 2.2.2.2 from 00-15-5D-00-00-01`).slice(0, 95)).toBe(
      '08 01 00 00 00 15 5d 00 00 03 00 15 5d 00 00 01 00 15 5d 00 00 02 00 00 aa aa 03 00 00 00 08 06',
    );
    expect(frameOf(`${wifi} from-ds qos | ipv4 1.1.1.1 > 2.2.2.2`).length).toBe(26 + 8 + 20);
  });

  it('nests in a tunnel with the outer and the inner checksum right', () => {
    const inner = `${ends} | ipv4 192.168.0.1 > 192.168.0.2 | tcp 5 > 6 SYN`;
    const frame = frameOf(`${ends} | ipv4 10.0.0.1 > 10.0.0.2 | udp 50000 > 4789 | vxlan 5001 | ${inner}`);
    expect(remainingTransportSum(frame, 14)).toBe(0);
    expect(remainingTransportSum(frame.slice(14 + 20 + 8 + 8), 14)).toBe(0);
  });

  it('asks for a name and gets its address', () => {
    expect(hexOf('dns query a.bc id=1')).toBe('00 01 01 00 00 01 00 00 00 00 00 00 01 61 02 62 63 00 00 01 00 01');
    expect(hexOf('dns answer a.bc 1.2.3.4 id=1')).toMatch(
      /^00 01 81 80 00 01 00 01 .* c0 0c 00 01 00 01 00 00 00 3c 00 04 01 02 03 04$/,
    );
  });

  it('is cut into the pieces asked for, and the rest', () => {
    const sizes = (lengths: number[]): number[] =>
      splitFrame(new Uint8Array(155), lengths).map((piece) => piece.length);
    expect(sizes([])).toEqual([155]);
    expect(sizes([64, 64])).toEqual([64, 64, 27]);
    expect(sizes([64, 64, 27])).toEqual([64, 64, 27]);
    expect(sizes([200])).toEqual([155]);
  });
});
