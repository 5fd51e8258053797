import { describe, expect, it } from 'vitest';
import { ipv4At, ipv4Text, ipv6At, macAt, parseIpv4, parseIpv6, parseMac } from './address.ts';

describe('IPv4', () => {
  it('goes from bytes and numbers to text and back', () => {
    expect(ipv4At(Uint8Array.of(0, 10, 0, 0, 50), 1)).toBe('10.0.0.50');
    expect(ipv4Text(0xff00_0001)).toBe('255.0.0.1');
    expect(parseIpv4('255.0.0.1')).toBe(0xff00_0001);
  });

  it.each(['1.2.3', '1.2.3.256', '1.2.3.4.5', 'a.b.c.d', ''])('is not %j', (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });
});

describe('IPv6', () => {
  it.each([
    '::',
    '::1',
    'fe80::1',
    '2001:4898:0:fff:200:5efe:4135:4a7',
    '2001:db8::1:0:0:1',
    '1:2:3:4:5:6:7:8',
    'ff02::1:ff00:1',
  ])('writes %s as RFC 5952 wants it', (text) => {
    expect(ipv6At(parseIpv6(text) ?? new Uint8Array(16), 0)).toBe(text);
  });

  it('reads upper case, leading zeros and an embedded dotted quad', () => {
    expect(ipv6At(parseIpv6('2001:0DB8::00A1') ?? new Uint8Array(16), 0)).toBe('2001:db8::a1');
    expect(ipv6At(parseIpv6('::ffff:10.0.0.1') ?? new Uint8Array(16), 0)).toBe('::ffff:a00:1');
  });

  it.each(['', ':', '1:2:3', '1::2::3', '12345::', '1:2:3:4:5:6:7:8:9', '::1.2.3', 'g::'])('is not %j', (text) => {
    expect(parseIpv6(text)).toBeUndefined();
  });
});

describe('MAC', () => {
  it.each(['00-15-5D-01-02-03', '00:15:5d:01:02:03', '00155D010203'])('is read from %s', (text) => {
    expect(macAt(parseMac(text) ?? new Uint8Array(6), 0)).toBe('00-15-5D-01-02-03');
  });

  it.each(['', '00-15-5D-01-02', '00-15-5D-01-02-03-04', '00-15:5D-01-02-03', '00155D01020'])('is not %j', (text) => {
    expect(parseMac(text)).toBeUndefined();
  });
});
