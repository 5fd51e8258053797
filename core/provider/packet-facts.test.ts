import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf16Bytes } from '../base/text.ts';
import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from './ndis-packet-capture.ts';
import { packetFacts } from './packet-facts.ts';
import { PktMonEvent, pktMonProvider } from './pktmon.ts';

const newestBuild = 26_100;
const { VmSwitchPacketFragment } = NdisPacketCaptureEvent;

/** Facts of a payload between other bytes. */
function factsOf(provider: string, id: number, payload: Uint8Array): string {
  const bytes = new Uint8Array(payload.length + 16).fill(0xee);
  bytes.set(payload, 8);
  const data = { view: new DataView(bytes.buffer), userData: 8, end: 8 + payload.length, pointerSize: 8 } as const;
  return packetFacts(provider, id, data, newestBuild);
}

function number(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}

const text = (words: string): number[] => [...utf16Bytes(words, true)];
const port = (id: number, name: string): number[] => [
  ...number(id),
  ...text(name),
  ...text(`${name} nic`),
  ...text('VM'),
];
const outOfBand = [...Array.from({ length: 32 }, () => 0), ...number(7 << 4), ...number(0)];
const switched = Uint8Array.from([
  ...number(17),
  ...number(17),
  ...port(2, 'a'),
  ...number(1),
  ...port(5, 'b'),
  ...number(3),
  ...[1, 2, 3],
  ...number(outOfBand.length),
  ...outOfBand,
]);

describe('the facts of a switched frame', () => {
  it('are its ports, its VLAN and where it went', () => {
    expect(factsOf(ndisPacketCaptureProvider, VmSwitchPacketFragment, switched)).toBe(
      'SourcePortId=2 SourcePortName=a SourceNicName="a nic" SourceNicType=VM VlanId=7' +
        ' DestinationPortId=5 DestinationPortName=b DestinationNicName="b nic" DestinationNicType=VM',
    );
  });

  it('stay inside the event, however it is cut or changed', () => {
    for (let length = 0; length < switched.length; length++) {
      const facts = factsOf(ndisPacketCaptureProvider, VmSwitchPacketFragment, switched.subarray(0, length));
      expect(facts).toMatch(/^$|^SourcePortId=2 /);
      expect(facts).not.toContain('\uEEEE');
    }
    fc.assert(
      fc.property(fc.nat(switched.length - 1), fc.nat(255), (place, value) => {
        const changed = switched.slice();
        changed[place] = value;
        const facts = factsOf(ndisPacketCaptureProvider, VmSwitchPacketFragment, changed);
        expect(facts.length).toBeLessThan(2000);
      }),
    );
  });
});

describe('the facts of a pktmon frame', () => {
  it('name component, edge, direction, group and sighting, and why it was dropped', () => {
    const payload = new Uint8Array(40);
    const view = new DataView(payload.buffer);
    view.setBigUint64(0, 0xffff_8000_0000_0001n, true);
    [3, 2, 4, 1, 60, 1, 8].forEach((value, index) => {
      view.setUint16(8 + index * 2, value, true);
    });
    view.setUint32(22, 9, true);
    view.setUint32(26, 0xdead, true);
    const seen = 'Component=60 Edge=1 Direction=Tx Group=18446603336221196289 Packet=3 Appearance=2 Filter=8';
    expect(factsOf(pktMonProvider, PktMonEvent.Frame, payload)).toBe(seen);
    expect(factsOf(pktMonProvider, PktMonEvent.DroppedFrame, payload)).toBe(
      `${seen} DropReason="Filtered VLAN" DropLocation="location 0x0000dead"`,
    );
  });
});
