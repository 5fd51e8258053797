import { describe, expect, it } from 'vitest';
import { LinkType } from '../packet/link-type.ts';
import { encodePayload, type EncodableRecord } from '../schema/encode.ts';
import { builtInSchema } from './built-in-schemas.ts';
import { NdisPacketCaptureKeyword as Keyword, ndisPacketCaptureProvider } from './ndis-packet-capture.ts';
import { packetSiteReader } from './packet-site.ts';
import { pktMonProvider } from './pktmon.ts';
import { pktMonPlace, pktMonShapes } from './pktmon-shapes.ts';
import { rasPacketCaptureProvider } from './ras-packet-capture.ts';
import { ComponentSource, PacketSite } from './site.ts';
import { vmSwitchFacts } from './vmswitch-frame.ts';
import { wifiMetadata } from './wifi-metadata.ts';

function payloadOf(provider: string, id: number, values: EncodableRecord, pointerSize: 4 | 8 = 8): Uint8Array {
  const schema = builtInSchema({ provider, id, version: 0 });
  if (!schema) throw new Error(`no schema ${id}`);
  return encodePayload(schema, values, pointerSize);
}

/** Reads the first `length` bytes of an event that stands among bytes of others. */
function siteOf(
  provider: string,
  id: number,
  payload: Uint8Array,
  keyword = 0n,
  length = payload.length,
): PacketSite | undefined {
  const around = new Uint8Array(payload.length + 64).fill(0x45);
  around.set(payload, 32);
  const site = new PacketSite();
  const view = new DataView(around.buffer);
  const low = Number(keyword & 0xffff_ffffn);
  const high = Number((keyword >> 32n) & 0xffff_ffffn);
  const isRead = packetSiteReader(provider, id)?.(view, 32, 32 + length, low, high, site);
  return isRead === true ? site : undefined;
}

const ethernet = Uint8Array.from([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, ...new Array<number>(40).fill(7)]);
const ip = ethernet.subarray(14);

describe('the medium of an NDIS frame', () => {
  const whole = Keyword.PacketStart | Keyword.PacketEnd;
  it.each([
    ['Ethernet', Keyword.Ethernet, ethernet, LinkType.Ethernet],
    ['WAN', Keyword.Wan, ethernet, LinkType.Ethernet],
    ['none', 0n, ethernet, LinkType.Ethernet],
    ['WirelessWAN', Keyword.WirelessWan, ip, LinkType.RawIp],
    ['Native802.11', Keyword.NativeWifi, ethernet, LinkType.WiFi],
    ['Tunnel, bare IP', Keyword.Tunnel, ip, LinkType.RawIp],
    ['Tunnel, Ethernet', Keyword.Tunnel, ethernet, LinkType.Ethernet],
  ])('%s', (_, medium, Fragment, linkType) => {
    for (const id of [1001, 1003]) {
      const payload = payloadOf(ndisPacketCaptureProvider, id, { Fragment });
      expect(siteOf(ndisPacketCaptureProvider, id, payload, whole | medium)).toMatchObject({
        linkType,
        isTruncated: false,
      });
    }
  });

  it('says that a frame was cut', () => {
    const payload = payloadOf(ndisPacketCaptureProvider, 1001, { Fragment: ip });
    expect(siteOf(ndisPacketCaptureProvider, 1001, payload, whole | Keyword.PacketTruncated)?.isTruncated).toBe(true);
  });

  it('is read whether or not the two GFT fields follow', () => {
    const payload = payloadOf(ndisPacketCaptureProvider, 1001, { Fragment: ip, GftFlowEntryId: 7n });
    const bare = payload.subarray(0, payload.length - 16);
    for (const each of [payload, bare]) {
      const site = siteOf(ndisPacketCaptureProvider, 1001, each);
      expect(site && site.frameEnd - site.frameStart).toBe(ip.length);
    }
  });
});

const switchEvent = {
  MiniportIfIndex: 4,
  LowerIfIndex: 5,
  SourcePortId: 3,
  SourcePortName: 'Guest',
  SourceNicName: 'NIC1',
  SourceNicType: 'Synthetic',
  Destination: [
    { DestinationPortId: 7, DestinationPortName: 'Host', DestinationNicName: 'NIC2', DestinationNicType: 'Internal' },
    { DestinationPortId: 8, DestinationPortName: '', DestinationNicName: 'NIC3', DestinationNicType: 'External' },
  ],
  Fragment: ethernet,
};

/** NET_BUFFER_LIST_INFO with a tag (VLAN 291, CFI, priority 5) and a hash. */
function outOfBand(pointerSize: 4 | 8): Uint8Array {
  const bytes = new Uint8Array(10 * pointerSize);
  const view = new DataView(bytes.buffer);
  view.setUint32(4 * pointerSize, (291 << 4) | 8 | 5, true);
  view.setUint32(8 * pointerSize, 0xfeed_beef, true);
  view.setUint32(9 * pointerSize, 17, true);
  return bytes;
}

describe('a vSwitch frame', () => {
  it.each([4, 8] as const)('has its ports, tag and hash, with pointers of %i bytes', (pointerSize) => {
    const payload = payloadOf(ndisPacketCaptureProvider, 1003, { ...switchEvent, OOBData: outOfBand(pointerSize) });
    const facts = vmSwitchFacts(new DataView(payload.buffer), 0, payload.length, pointerSize);
    expect(facts).toMatchObject({
      miniportIfIndex: 4,
      lowerIfIndex: 5,
      source: { portId: 3, portName: 'Guest', nicName: 'NIC1', nicType: 'Synthetic' },
      destinations: [
        { portId: 7, portName: 'Host', nicName: 'NIC2', nicType: 'Internal' },
        { portId: 8, portName: '', nicName: 'NIC3', nicType: 'External' },
      ],
      tag: { vlanId: 291, priority: 5, canonicalFormat: true },
      rssHash: 0xfeed_beef,
    });
    expect(facts?.outOfBand[9]).toBe(17n);
    const site = new PacketSite();
    site.pointerSize = pointerSize;
    packetSiteReader(ndisPacketCaptureProvider, 1003)?.(new DataView(payload.buffer), 0, payload.length, 0, 0, site);
    expect([site.outOfBandVlan, site.componentId]).toEqual([291, 3]);
  });

  it('is read as far as it goes, and not at all where its frame is cut', () => {
    const payload = payloadOf(ndisPacketCaptureProvider, 1003, { ...switchEvent, OOBData: outOfBand(8) });
    const frameEnd = payload.length - 4 - 80;
    for (let length = 0; length <= payload.length; length++) {
      const facts = vmSwitchFacts(new DataView(payload.buffer), 0, length);
      const site = siteOf(ndisPacketCaptureProvider, 1003, payload, 0n, length);
      expect([facts !== undefined, site !== undefined], `${length} bytes`).toEqual([
        length >= frameEnd,
        length >= frameEnd,
      ]);
      if (length < frameEnd + 4 + 40) expect([facts?.tag, site?.outOfBandVlan ?? 0]).toEqual([undefined, 0]);
    }
  });

  it('survives any claim about destinations and sizes', () => {
    const payload = payloadOf(ndisPacketCaptureProvider, 1003, { ...switchEvent, OOBData: outOfBand(8) });
    for (let offset = 0; offset + 4 <= payload.length; offset++) {
      const broken = payload.slice();
      new DataView(broken.buffer).setUint32(offset, 0xffff_ffff, true);
      const site = siteOf(ndisPacketCaptureProvider, 1003, broken);
      if (site) expect(site.frameEnd).toBeLessThanOrEqual(32 + broken.length);
      vmSwitchFacts(new DataView(broken.buffer), 0, broken.length);
    }
  });
});

describe('a RAS frame', () => {
  const values = { RoutingDomainID: '{1}', RRASUserName: 'alice', Fragment: ethernet };
  it.each([
    [5001, { outbound: true, inbound: false }],
    [5002, { outbound: false, inbound: true }],
  ])('of event %i has its direction by the id', (id, direction) => {
    const payload = payloadOf(rasPacketCaptureProvider, id, values);
    const site = siteOf(rasPacketCaptureProvider, id, payload);
    expect(site).toMatchObject({ ...direction, source: ComponentSource.Ras, linkType: LinkType.Ethernet });
    for (let length = 0; length < payload.length; length++) {
      expect(siteOf(rasPacketCaptureProvider, id, payload, 0n, length)).toBeUndefined();
    }
  });

  it('belongs to a connection, by its user and routing domain', () => {
    const numberOf = (RRASUserName: string): number | undefined =>
      siteOf(rasPacketCaptureProvider, 5001, payloadOf(rasPacketCaptureProvider, 5001, { ...values, RRASUserName }))
        ?.componentId;
    expect(numberOf('alice')).toBe(numberOf('alice'));
    expect(numberOf('alice')).not.toBe(numberOf('bob'));
  });
});

describe('pktmon events about one packet', () => {
  const place = {
    DirTag: 3,
    PacketType: 3,
    ComponentId: 12,
    EdgeId: 2,
    FilterId: 1,
    DropReason: 9,
    DropLocation: 0xe000_2006,
  };
  const common: EncodableRecord = { PktGroupId: 0x1_0000_0005n, AppearanceCount: 4 };
  const network: EncodableRecord = { Protocol: 6, DestinationPort: 80, SourcePort: 52891 };
  const valuesOf = (id: number): EncodableRecord => {
    const names = new Set(builtInSchema({ provider: pktMonProvider, id, version: 0 })?.fields.map(({ name }) => name));
    const all = {
      ...place,
      ...common,
      ...network,
      TCPFlags: 2,
      OriginalPayloadSize: 1500,
      Payload: ip,
      DestinationMAC: Uint8Array.of(1, 2, 3, 4, 5, 6),
      EtherType: 0x0800,
      VlanId: 5,
    };
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
  };
  const ids = [...pktMonShapes.keys()];
  const drops = new Set([140, 150, 170, 190, 210, 230, 240, 260]);

  it.each(ids)('%i tells where the packet was seen and what became of it', (id) => {
    const payload = payloadOf(pktMonProvider, id, valuesOf(id));
    expect(pktMonPlace(new DataView(payload.buffer), 0, payload.length, id)).toEqual({
      direction: 3,
      packetType: 3,
      component: 12,
      edge: 2,
      filter: 1,
      isDrop: drops.has(id),
      dropReason: 9,
      dropLocation: 0xe000_2006,
    });
  });

  it.each(ids.filter((id) => packetSiteReader(pktMonProvider, id)))('%i stands for a packet', (id) => {
    const payload = payloadOf(pktMonProvider, id, valuesOf(id));
    const site = siteOf(pktMonProvider, id, payload);
    const hasGroup = ![200, 210, 220, 230].includes(id);
    const hasBytes = id >= 160;
    expect(site).toMatchObject({
      isDrop: drops.has(id),
      inbound: true,
      outbound: false,
      componentId: 12,
      isSighting: true,
      group: hasGroup ? 0x1_0000_0005 : 0,
      appearance: hasGroup ? 4 : 0,
      dropReason: 9,
      dropLocation: 0xe000_2006,
      originalLength: hasBytes ? 1500 : 0,
      linkType: hasBytes ? LinkType.RawIp : LinkType.HeadersOnly,
      hasToldHeaders: ![160, 170, 240].includes(id),
    });
    expect(site && site.frameEnd - site.frameStart).toBe(hasBytes ? ip.length : 0);
    if (site?.hasToldHeaders === true) {
      expect(site.toldHeaders).toMatchObject({ protocol: 6, sourcePort: 52891, destinationPort: 80 });
    }
    for (let length = 0; length < payload.length; length++) {
      expect(siteOf(pktMonProvider, id, payload, 0n, length), `${length} bytes`).toBeUndefined();
    }
  });

  it.each([180, 190, 250, 260])('%i stands for none', (id) => {
    expect(packetSiteReader(pktMonProvider, id)).toBeUndefined();
  });

  it.each([
    [3, LinkType.RawIp],
    [4, LinkType.TransportPayload],
    [5, LinkType.Transport],
    [6, LinkType.Transport],
    [7, LinkType.Arp],
    [8, LinkType.Transport],
    [9, LinkType.Transport],
    [10, LinkType.Transport],
    [11, LinkType.TransportPayload],
    [0, LinkType.HeadersOnly],
    [99, LinkType.HeadersOnly],
  ])(
    'a payload of type %i begins with its layer, and is of no known one without told headers',
    (PacketType, linkType) => {
      const told = payloadOf(pktMonProvider, 200, { ...valuesOf(200), PacketType });
      expect(siteOf(pktMonProvider, 200, told)?.linkType).toBe(linkType);
      const frame = payloadOf(pktMonProvider, 160, { ...valuesOf(160), PacketType });
      expect(siteOf(pktMonProvider, 160, frame)?.linkType).toBe(PacketType === 3 ? LinkType.RawIp : LinkType.Unknown);
    },
  );
});

describe('802.11 metadata', () => {
  it('is read when it has the size of the structure, to the byte', () => {
    const metadata = new Uint8Array(48);
    const context = new DataView(metadata.buffer);
    context.setUint32(4, 6, true);
    context.setUint32(8, 8, true);
    context.setUint32(12, 5180, true);
    context.setUint16(16, 3, true);
    context.setInt32(20, -61, true);
    context.setUint8(24, 13);
    context.setBigUint64(40, 123_456_789n, true);
    const shown = (Metadata: Uint8Array): Record<string, string> | undefined => {
      const payload = payloadOf(ndisPacketCaptureProvider, 1002, { MiniportIfIndex: 4, Metadata });
      const fields = wifiMetadata(new DataView(payload.buffer), 0, payload.length);
      return fields && Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    };
    expect(shown(metadata)).toEqual({
      ReceiveFlags: 'FCS failure, time stamp (0x00000006)',
      Phy: '802.11ac (8)',
      ChannelFrequency: '5180 MHz',
      MpdusReceived: '3',
      Rssi: '-61 dBm',
      DataRate: '6.5 Mbit/s',
      MediaSpecificInfoSize: '0',
      Timestamp: '123456789',
    });
    for (const size of [0, 40, 47, 49, 56]) expect(shown(new Uint8Array(size))).toBeUndefined();
  });
});
