import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import type { Layer } from './layer.ts';
import { LinkType } from './link-type.ts';
import { corpus } from './test-support/corpus.ts';
import { randomNumbers } from './test-support/damage.ts';
import { expectSoundLayers } from './test-support/sound-layers.ts';
import { bytesOf, ethernet, ipv4, sampleFrames, tcp, tcpSyn, udp } from './test-frames.ts';

const modulesOf = (layers: readonly Layer[]): string => layers.map((layer) => layer.module).join(' ');
const dissect = (text: string, linkType: LinkType = LinkType.Ethernet): Layer[] =>
  dissectFrame(bytesOf(text), linkType);

describe('the layers of a frame', () => {
  it('come bottom first, each inside the one below', () => {
    const layers = dissect(ethernet(0x0800, ipv4(6, tcpSyn)));
    expect(modulesOf(layers)).toBe('Ethernet IPv4 TCP');
    expect(layers.map(({ start, end }) => [start, end])).toEqual([
      [0, 66],
      [14, 66],
      [34, 66],
    ]);
    expect(layers.some((layer) => layer.note !== undefined)).toBe(false);
  });

  it.each([
    ['TCP SYN', 'Ethernet IPv4 TCP'],
    ['UDP in two VLAN tags', 'Ethernet VLAN VLAN IPv4 UDP'],
    ['ARP', 'Ethernet ARP'],
    ['ICMP echo in IPv4 in IPv4', 'IPv4 IPv4 ICMP'],
    ['IGMP', 'Ethernet IPv4 IGMP'],
    ['Neighbor Solicitation', 'Ethernet IPv6 ICMPv6'],
    ['TCP behind all IPv6 extension headers', 'Ethernet IPv6 TCP'],
    ['WiFi data', 'WiFi LLC SNAP IPv4 UDP'],
    ['WiFi beacon', 'WiFi'],
    ['Spanning tree', 'Ethernet LLC STP'],
    ['EAPOL identity', 'Ethernet EAPOL'],
    ['EAPOL key', 'WiFi LLC SNAP EAPOL'],
  ])('are found in: %s', (name, modules) => {
    const { text, linkType } = sampleFrames[name];
    expect(modulesOf(dissect(text, linkType))).toBe(modules);
  });

  it('start with the IP version on a medium without link header', () => {
    expect(modulesOf(dissect(ipv4(17, udp('')), LinkType.RawIp))).toBe('IPv4 UDP');
    expect(dissect('50 00', LinkType.RawIp)).toEqual([]);
  });

  it('are none for an empty frame or an unknown medium', () => {
    expect(dissect('')).toEqual([]);
    expect(dissect(ethernet(0x0800, ipv4(6, tcpSyn)), LinkType.Unknown)).toEqual([]);
  });

  it('give the bytes no dissector knows to the topmost layer', () => {
    const [layer] = dissect(ethernet(0x88cc, '02 07 04'));
    expect(layer.summary).toBe('Type: LLDP');
    expect(layer.fields.at(-1)).toMatchObject({ name: 'Payload', value: '3 bytes', start: 14, length: 3 });
  });

  it('leave Ethernet padding out of the packet', () => {
    const layers = dissect(ethernet(0x0800, `${ipv4(6, tcp(0x10))} 00 00 00 00 00 00`));
    expect(layers.map((layer) => layer.end)).toEqual([60, 54, 54]);
    expect(layers[2].summary).toContain('Length: 0, Seq Range: 1000 - 1000');
  });

  it('say when the frame ends where a type promises more', () => {
    expect(dissect(ethernet(0x0800, ''))).toMatchObject([
      { module: 'Ethernet', note: 'The frame ends before the payload.' },
    ]);
  });

  it('end after 24 when tags never stop', () => {
    const layers = dissect(ethernet(0x8100, '0001 8100'.repeat(100)));
    expect(layers).toHaveLength(24);
    expect(layers.at(-1)?.fields.at(-1)?.name).toBe('Payload');
  });
});

describe('a cut frame', () => {
  it('is shown as far as it goes, and counts payload by the IP header', () => {
    const full = bytesOf(ethernet(0x0800, ipv4(6, tcp(0x18, '00'.repeat(1000)))));
    const layers = dissectFrame(full.subarray(0, 64), LinkType.Ethernet);
    expect(layers[1]).toMatchObject({ end: 64, note: 'Cut short: 50 of 1040 bytes were captured.' });
    expect(layers[2].summary).toContain('Length: 1000, Seq Range: 1000 - 2000');
    expect(layers[2]).toMatchObject({ end: 64, note: 'Cut short: 30 of 1020 bytes were captured.' });
    expect(layers[2].fields.at(-1)).toMatchObject({ name: 'Payload', value: '10 bytes', start: 54, length: 10 });
  });

  it('keeps the fields before the cut', () => {
    const full = bytesOf(ethernet(0x0800, ipv4(6, tcpSyn)));
    const tcpLayer = dissectFrame(full.subarray(0, 39), LinkType.Ethernet)[2];
    expect(tcpLayer.fields.map((field) => field.name)).toEqual(['SourcePort', 'DestinationPort']);
    expect(tcpLayer.summary).toBe('SrcPort: 52891, DstPort: HTTP(80)');
    expect(tcpLayer.note).toBe('The frame ends inside this header: it holds 5 bytes of the layer.');
  });

  it('tells a header that the layer below leaves too little room', () => {
    const layers = dissect(ethernet(0x0800, `${ipv4(17, 'c3cb', { totalLength: 22 })} 0000`));
    expect(layers[2]).toMatchObject({
      summary: 'SrcPort: 50123',
      note: 'The layer below leaves 2 bytes, too few for this header.',
    });
  });
});

describe('whatever the bytes are', () => {
  const frames = Object.entries(corpus);

  it.each(frames)('every prefix is dissected without reading outside: %s', (_, { text, linkType }) => {
    const bytes = bytesOf(text);
    for (let length = 0; length <= bytes.length; length++) expectSoundLayers(bytes.subarray(0, length), linkType);
  });

  it('20,000 frames of random bytes are dissected without reading outside', () => {
    const random = randomNumbers(42);
    const linkTypes = [LinkType.Ethernet, LinkType.RawIp, LinkType.WiFi];
    for (let round = 0; round < 20_000; round++) {
      const bytes = Uint8Array.from({ length: random(200) }, () => random(256));
      expectSoundLayers(bytes, linkTypes[round % linkTypes.length]);
    }
  });
});
