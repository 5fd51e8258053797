import { describe, expect, it } from 'vitest';
import { decodePayload } from '../schema/decode.ts';
import type { EncodableRecord } from '../schema/encode.ts';
import { encodePayload } from '../schema/encode.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { renderMessage } from '../schema/message.ts';
import { SchemaStore } from '../schema/schema-store.ts';
import { parseTraceEventInfo } from '../schema/trace-event-info.ts';
import { mapsOf, writeTraceEventInfo } from '../schema/trace-event-info-writer.ts';
import { builtInLibrary, builtInSchema, builtInSchemas } from './built-in-schemas.ts';
import { knownProviderName } from './known-providers.ts';
import { NdisPacketCaptureKeyword, ndisPacketCaptureProvider, withFragmentPosition } from './ndis-packet-capture.ts';
import { pktMonProvider } from './pktmon.ts';
import { vmSwitchProvider } from './vmswitch.ts';

function schemaOf(provider: string, id: number): EventSchema {
  const schema = builtInSchema({ provider, id, version: 0 });
  if (!schema) throw new Error(`no schema ${id}`);
  return schema;
}
/** The payload of these values, its message, and its fields as shown. */
function shown(schema: EventSchema, values: EncodableRecord, pointerSize: 4 | 8 = 8) {
  const payload = encodePayload(schema, values, pointerSize);
  const { fields, note } = decodePayload(schema, payload, 0, payload.length, pointerSize);
  return {
    length: payload.length,
    note,
    message: renderMessage(schema, fields),
    values: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  };
}

describe('built-in schemas', () => {
  it('know the events of these providers and classes, in all their versions', () => {
    const counts = new Map<string, number>();
    for (const { providerName } of builtInSchemas()) counts.set(providerName, (counts.get(providerName) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      'Microsoft-Windows-NDIS-PacketCapture': 20,
      'Microsoft-Windows-Hyper-V-VmSwitch': 271,
      'Microsoft-Windows-PktMon': 32,
      'Microsoft-Windows-Ras-NdisWanPacketCapture': 3,
      TcpIp: 36,
      UdpIp: 9,
      Process: 51,
      Thread: 44,
      Image: 58,
      DiskIo: 31,
      FileIo: 52,
      PageFault: 20,
      Registry: 56,
      PerfInfo: 40,
      StackWalk: 6,
      SystemConfig: 39,
      EventTrace: 19,
      Lost_Event: 3,
      EventMetadata: 2,
      SystemConfigEx: 6,
      ImageId: 5,
      WinSAT: 3,
    });
  });

  it('bear the names that their providers and classes have elsewhere', () => {
    for (const { provider, providerName } of builtInSchemas()) expect(knownProviderName(provider)).toBe(providerName);
  });

  it('decode what they encode, in every layout', () => {
    for (const schema of builtInSchemas()) {
      for (const layout of [schema, ...(schema.alternatives ?? [])]) {
        const payload = encodePayload(layout, {}, 8);
        const { note, fields } = decodePayload(schema, payload, 0, payload.length, 8);
        expect(note).toBeUndefined();
        expect(fields.reduce((sum, { length }) => sum + length, 0)).toBe(payload.length);
      }
    }
  });

  it('refer in their messages only to fields they have', () => {
    for (const { id, message, fields } of builtInSchemas()) {
      const highest = Math.max(0, ...[...message.matchAll(/%(\d+)/g)].map(([, number]) => Number(number)));
      expect(highest, `event ${id}`).toBeLessThanOrEqual(fields.length);
    }
  });

  it('survive the way through a trace’s own description', () => {
    for (const schema of builtInSchemas()) {
      const maps = new Map(mapsOf(schema).map((map) => [map.name, map]));
      const { schema: read } = parseTraceEventInfo(writeTraceEventInfo(schema), (_, name) => maps.get(name));
      expect(read).toEqual({ ...schema, source: 'file', alternatives: undefined });
    }
  });

  it('serve a schema store', () => {
    const store = new SchemaStore();
    store.addLibrary(builtInLibrary);
    expect(store.find({ provider: pktMonProvider, id: 160, version: 0 })?.source).toBe('built-in');
    expect(store.providerName(vmSwitchProvider)).toBe('Microsoft-Windows-Hyper-V-VmSwitch');
  });
});

describe('NDIS packet capture', () => {
  const fragment = { MiniportIfIndex: 10, LowerIfIndex: 9, Fragment: new Uint8Array(197) };

  it('reads a fragment with and without the GFT fields, although both have version 0', () => {
    const schema = schemaOf(ndisPacketCaptureProvider, 1001);
    const message = 'Packet Fragment, MiniportIfIndex: 10, LowerIfIndex: 9, FragmentSize: 197';
    expect(shown(schema, fragment)).toMatchObject({ length: 225, note: undefined, message });

    const older = encodePayload(schema.alternatives?.[0] ?? schema, fragment, 8);
    const { fields, note } = decodePayload(schema, older, 0, older.length, 8);
    expect(older.length).toBe(209);
    expect(note).toBeUndefined();
    expect(fields.map(({ name }) => name)).toEqual(['MiniportIfIndex', 'LowerIfIndex', 'FragmentSize', 'Fragment']);
  });

  it('reads the destinations of a vSwitch fragment', () => {
    const port = (id: number, nic: string): EncodableRecord => ({
      DestinationPortId: id,
      DestinationPortName: `port-${id}`,
      DestinationNicName: nic,
      DestinationNicType: 'Synthetic',
    });
    const { note, values, message } = shown(schemaOf(ndisPacketCaptureProvider, 1003), {
      SourcePortId: 2,
      SourceNicName: 'web01',
      Destination: [port(3, 'db01'), port(4, 'db02')],
      Fragment: Uint8Array.of(1, 2, 3),
      OOBData: new Uint8Array(8),
    });
    expect(note).toBeUndefined();
    expect(values).toMatchObject({ DestinationCount: '2', FragmentSize: '3', OOBDataSize: '8' });
    expect(values.Destination).toContain('DestinationPortId: 3, DestinationPortName: port-3, DestinationNicName: db01');
    expect(message).toContain('VmSwitch Packet Fragment, MiniportIfIndex: 0, LowerIfIndex: 0, SourcePortId: 2');
  });

  it('tells the first fragment of several', () => {
    const { PacketStart, PacketEnd } = NdisPacketCaptureKeyword;
    const message = 'Packet Fragment, MiniportIfIndex: 1';
    expect(withFragmentPosition(message, PacketStart)).toBe('Packet Fragment, First Fragment, MiniportIfIndex: 1');
    expect(withFragmentPosition(message, PacketStart | PacketEnd)).toBe(message);
    expect(withFragmentPosition(message, PacketEnd)).toBe(message);
  });

  it('names rules', () => {
    const rule = shown(schemaOf(ndisPacketCaptureProvider, 1016), {
      RuleId: 6,
      Directive: 0x83,
      Value: Uint8Array.of(8, 0),
    });
    expect(rule.message).toBe('Capture Rule, Id: EtherType, Directive: NEQ, Length: 2, Value: 08 00');
  });
});

describe('the virtual switch', () => {
  const nic = { NicName: '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241', NicFName: 'f82c3ec1d0fe590' };
  const vSwitch = { SwitchName: 'D2FD9981-CB99-4866-9548-81F4ADEF178C', SwitchFName: 'nat' };
  const BufferAddress = 0xffff9383cbf21490n;

  it('tells an NBL’s way as Windows does', () => {
    const route = {
      SrcNicName: nic.NicName,
      SrcNicFName: nic.NicFName,
      DestNicName: '7F88B4C9-7ED6-4013-ADBA-4CE5A0C50487',
      DestNicFName: 'Ethernet',
    };
    const from = '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241 (Friendly Name: f82c3ec1d0fe590)';
    const to = '7F88B4C9-7ED6-4013-ADBA-4CE5A0C50487 (Friendly Name: Ethernet)';
    const where = 'switch D2FD9981-CB99-4866-9548-81F4ADEF178C (Friendly Name: nat)';
    const message = (id: number, values: EncodableRecord): string =>
      shown(schemaOf(vmSwitchProvider, id), values).message;
    expect(message(56, { ...nic, ...vSwitch, BufferAddress })).toBe(
      `NBL 0xffff9383cbf21490 received from Nic ${from} in ${where}`,
    );
    expect(message(57, { ...route, ...vSwitch, BufferAddress })).toBe(
      `NBL 0xffff9383cbf21490 routed from Nic ${from} to Nic ${to} on ${where}`,
    );
    expect(message(58, { NicName: route.DestNicName, NicFName: 'Ethernet', ...vSwitch, BufferAddress })).toBe(
      `NBL 0xffff9383cbf21490 delivered to Nic ${to} in ${where}`,
    );
  });

  it('counts its texts in UTF-16 units and ends none with a zero', () => {
    const { length, values } = shown(schemaOf(vmSwitchProvider, 56), { ...nic, ...vSwitch, BufferAddress });
    expect(length).toBe(4 * 4 + 2 * (36 + 15 + 36 + 3) + 8);
    expect(values).toMatchObject({ NicNameLen: '36', NicFNameLen: '15', SwitchFNameLen: '3' });
  });

  it('tells why packets were dropped', () => {
    const { values } = shown(schemaOf(vmSwitchProvider, 54), { ...nic, ...vSwitch, DropReason: 9 });
    expect(values.DropReason).toBe('Filtered VLAN (9)');
  });

  it('tells who was connected to which port', () => {
    const port = { PortName: 'P1', PortFName: 'Port one' };
    expect(shown(schemaOf(vmSwitchProvider, 232), { ...nic, ...port, ...vSwitch }).message).toBe(
      'NIC 5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241 (Friendly Name: f82c3ec1d0fe590) successfully connected to port ' +
        'P1 (Friendly Name: Port one) on switch D2FD9981-CB99-4866-9548-81F4ADEF178C(Friendly Name: nat).',
    );
  });

  it('finds out by the payload whether flags take one byte or four', () => {
    const schema = schemaOf(vmSwitchProvider, 261);
    const values = { Status: 0, ...vSwitch, DropLowResourcesPackets: 1, FailReason: 2, Operation: 3 };
    const widths = [schema, ...(schema.alternatives ?? [])].map((layout) => {
      const payload = encodePayload(layout, values, 8);
      const { fields, note } = decodePayload(schema, payload, 0, payload.length, 8);
      expect(note).toBeUndefined();
      expect(fields.at(-1)?.value).toBe('3');
      return fields.find(({ name }) => name === 'DropLowResourcesPackets')?.length;
    });
    expect(widths).toEqual([4, 1]);
  });
});

describe('the packet monitor', () => {
  const frame = {
    PktGroupId: 5n,
    PktNumber: 1,
    AppearanceCount: 2,
    DirTag: 'Rx',
    PacketType: 'Ethernet',
    ComponentId: 12,
    EdgeId: 1,
    OriginalPayloadSize: 1514,
    Payload: new Uint8Array(128),
  };

  it('lays a frame out as the facts say: 34 bytes, then the payload', () => {
    const { length, values } = shown(schemaOf(pktMonProvider, 160), frame);
    expect(length).toBe(34 + 128);
    expect(values).toMatchObject({ DirTag: 'Rx (3)', PacketType: 'Ethernet (1)', LoggedPayloadSize: '128' });
  });

  it('tells why and where a frame was dropped', () => {
    const { message, values } = shown(schemaOf(pktMonProvider, 170), {
      ...frame,
      DropReason: 9,
      DropLocation: 0xe0002001,
    });
    expect(message).toBe(
      'Frame, Group: 5, Number: 1, Appearance: 2, Direction: Rx, Type: Ethernet, Component: 12, Size: 1514, Logged: 128',
    );
    expect(values).toMatchObject({
      DropReason: 'Filtered VLAN (9)',
      DropLocation: 'VMS_EXT_FILTER_DEST_PROC1 (0xe0002001)',
    });
  });

  it.each([
    [200, 35],
    [220, 59],
    [180, 30 + 9 * 8 + 24],
    [250, 40],
    [65, 8],
    [66, 20],
    [80, 38],
  ])('lays event %i out in %i bytes and what varies', (id, length) => {
    expect(shown(schemaOf(pktMonProvider, id), {}).length).toBe(length);
  });

  it('has pointers of the process that logged', () => {
    expect(shown(schemaOf(pktMonProvider, 180), {}, 4).length).toBe(30 + 9 * 4 + 24);
  });

  it('shows components and their properties', () => {
    const component = { Id: 12, Type: 'Miniport', Name: 'vmswitch', Description: 'Hyper-V Adapter' };
    expect(shown(schemaOf(pktMonProvider, 20), component).message).toBe(
      'Component 12: vmswitch, Type: Miniport, Hyper-V Adapter',
    );
    const property = { ComponentId: 12, Type: 'PhysAddress', Value: Uint8Array.of(0, 0x15, 0x5d, 1, 2, 3) };
    expect(shown(schemaOf(pktMonProvider, 70), property).message).toBe('Component 12, PhysAddress: 00-15-5D-01-02-03');
  });

  it('decodes every prefix of a frame without trouble', () => {
    const schema = schemaOf(pktMonProvider, 170);
    const payload = encodePayload(schema, frame, 8);
    for (let end = 0; end < payload.length; end++) {
      const { note, fields } = decodePayload(schema, payload, 0, end, 8);
      expect(note).toBeDefined();
      expect(renderMessage(schema, fields)).toContain('Frame, Group:');
    }
  });
});
