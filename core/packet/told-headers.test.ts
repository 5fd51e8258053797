import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { packetLine } from './stack.ts';
import { bytesOf, guarded, tcpSyn, udp } from './test-frames.ts';
import { isTold, type PacketHeaders } from './told-headers.ts';

const headers: PacketHeaders = {
  ethernet: { source: '00-15-5D-00-00-01', destination: '00-15-5D-00-00-02' },
  etherType: 0x0800,
  vlan: 5,
  network: { module: 'IPv4', source: '10.0.0.4', destination: '10.0.0.5' },
  isArp: false,
  protocol: 6,
  sourcePort: 52891,
  destinationPort: 80,
  tcpFlags: 0x12,
};
const nothing = new Uint8Array(0);
const modulesOf = (frame: Uint8Array, linkType: LinkType, told: PacketHeaders): string =>
  dissectFrame(frame, linkType, { headers: told })
    .map((layer) => `${layer.module}${isTold(layer) ? ' (told)' : ''}`)
    .join(', ');

describe('headers that an event tells', () => {
  it('are layers without bytes', () => {
    const layers = dissectFrame(nothing, LinkType.HeadersOnly, { headers });
    expect(layers.map(({ module, summary }) => `${module}: ${summary}`)).toEqual([
      'Ethernet: Type: IPv4',
      'VLAN: VLAN ID: 5',
      'IPv4: Next Protocol: TCP',
      'TCP: Flags: ...A..S., SrcPort: 52891, DstPort: HTTP(80)',
    ]);
    expect(layers.every((layer) => isTold(layer) && layer.start === layer.end)).toBe(true);
    expect(packetLine(layers)).toMatchObject({ source: '10.0.0.4', destination: '10.0.0.5' });
    expect(layers[3].fields.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'SourcePort 52891',
      'DestinationPort HTTP(80)',
      'Flags ...A..S.',
    ]);
    expect(layers.map(({ fields }) => fields.at(-1)?.raw)).toEqual([0x0800, 5, Uint8Array.of(10, 0, 0, 5), 0x12]);
    expect(layers[0].fields[1].raw).toEqual(Uint8Array.of(0, 0x15, 0x5d, 0, 0, 1));
  });

  it('leave out what was not told', () => {
    const bare = { etherType: 0, vlan: 0, isArp: false, protocol: 0, sourcePort: 0, destinationPort: 0, tcpFlags: 0 };
    expect(dissectFrame(nothing, LinkType.HeadersOnly, { headers: bare })).toEqual([]);
    expect(modulesOf(nothing, LinkType.HeadersOnly, { ...bare, isArp: true, etherType: 0x0806 })).toBe('ARP (told)');
    const { network } = headers;
    const noFlags = { ...bare, protocol: 6, ...(network && { network }) };
    expect(modulesOf(nothing, LinkType.HeadersOnly, noFlags)).toBe('IPv4 (told), TCP (told)');
    expect(modulesOf(nothing, LinkType.HeadersOnly, { ...noFlags, protocol: 47 })).toBe('IPv4 (told)');
    expect(modulesOf(nothing, LinkType.HeadersOnly, { ...noFlags, protocol: 1 })).toBe('IPv4 (told), ICMP (told)');
  });

  it('stand in front of a transport header that was logged', () => {
    const layers = dissectFrame(bytesOf(tcpSyn), LinkType.Transport, { headers });
    expect(layers.map((layer) => `${layer.module} ${isTold(layer)}`).slice(-2)).toEqual(['IPv4 true', 'TCP false']);
    expect(layers[3].summary).toContain('Seq Range: 1717747265 - 1717747266');
    expect(modulesOf(bytesOf(udp('00')), LinkType.Transport, { ...headers, protocol: 17 })).toBe(
      'Ethernet (told), VLAN (told), IPv4 (told), UDP',
    );
  });

  it('carry bytes that nobody knows as the payload of the topmost', () => {
    const esp = dissectFrame(bytesOf('00112233'), LinkType.Transport, { headers: { ...headers, protocol: 50 } });
    expect(esp.at(-1)).toMatchObject({ module: 'IPv4', fields: [{}, {}, {}, { name: 'Payload', value: '4 bytes' }] });
    const text = dissectFrame(bytesOf('00112233'), LinkType.TransportPayload, { headers });
    expect(text.at(-1)?.fields.at(-1)).toMatchObject({ name: 'Payload', value: '4 bytes', start: 0, length: 4 });
  });

  it('do not make any bytes readable outside the frame, however it is cut', () => {
    const frame = bytesOf(tcpSyn);
    for (const linkType of [LinkType.HeadersOnly, LinkType.Arp, LinkType.Transport, LinkType.TransportPayload]) {
      for (let length = 0; length <= frame.length; length++) {
        for (const protocol of [1, 2, 4, 6, 17, 41, 58]) {
          dissectFrame(guarded(frame.slice(0, length)), linkType, { headers: { ...headers, protocol } });
        }
        expect(dissectFrame(guarded(frame.slice(0, length)), linkType)).toHaveLength(
          linkType === LinkType.Arp && length > 0 ? 1 : 0,
        );
      }
    }
  });
});
