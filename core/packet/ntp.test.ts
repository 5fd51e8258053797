import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import type { Layer } from './layer.ts';
import { LinkType } from './link-type.ts';
import { ascii, bytesOf, datagram, ipv4, ntpServer } from './test-frames.ts';

const topOf = (message: string): Layer | undefined =>
  dissectFrame(bytesOf(ipv4(17, datagram(123, 123, message))), LinkType.RawIp).at(-1);
const valueOf = (message: string, name: string): string | undefined =>
  topOf(message)?.fields.find((field) => field.name === name)?.value;

describe('an NTP packet', () => {
  it('is summarised by mode, version, stratum and reference', () => {
    expect(topOf(ntpServer)?.summary).toBe('Server, Version: 4, Stratum: 2, Reference ID: 10.0.0.1');
    const client = `e3 00 06 e9 ${'00'.repeat(36)} e8fb1c10 40000000`;
    expect(topOf(client)?.summary).toBe('Client, Version: 4, Stratum: 0');
  });

  it('tells its reference as letters where a clock says who it is', () => {
    const primary = `24 01 0a e9 00000000 00000000 ${ascii('GPS')} 00 ${'00'.repeat(32)}`;
    expect(valueOf(primary, 'ReferenceIdentifier')).toBe('GPS');
  });

  it('has timestamps as instants and as they are, across the era of 2036', () => {
    expect(valueOf(ntpServer, 'ReferenceTimestamp')).toBe('2023-11-12T09:40:16.5000000Z (0xE8FB1C00.80000000)');
    expect(valueOf(ntpServer, 'TransmitTimestamp')).toBe('2036-02-07T06:28:17.0000000Z (0x00000001.00000000)');
    expect(valueOf(ntpServer.replace('00000001 00000000', '00000000 00000000'), 'TransmitTimestamp')).toBe('0');
  });

  it('has a signed precision, and delays in seconds', () => {
    expect(valueOf(ntpServer, 'Precision')).toBe('-23');
    expect(valueOf(ntpServer, 'RootDelay')).toBe('0.024658');
  });

  it('may end with a digest; other bytes behind it are left alone', () => {
    expect(valueOf(`${ntpServer} 00000007 ${'ab'.repeat(16)}`, 'KeyIdentifier')).toBe('7');
    expect(topOf(`${ntpServer} 0104 0008 00000000`)?.fields.at(-1)).toMatchObject({ name: 'Payload', length: 8 });
  });

  it('of a control message only tells its first byte', () => {
    expect(topOf('16 02 0001 0000 0000 0000 0000')).toMatchObject({ summary: 'Control, Version: 2' });
  });

  it('is none when it is short or of an unknown version', () => {
    expect(topOf('24 02')?.module).toBe('UDP');
    expect(topOf(ntpServer.replace('24 02', '3c 02'))?.module).toBe('UDP');
  });
});
