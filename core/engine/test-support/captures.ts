import { writeEtl, type EventRecord, type PlacedRecord } from '../../etl/writer.ts';
import {
  NdisPacketCaptureEvent,
  NdisPacketCaptureKeyword as Keyword,
  ndisPacketCaptureProvider,
} from '../../provider/ndis-packet-capture.ts';
import { PktMonEvent, pktMonProvider } from '../../provider/pktmon.ts';
import { buildFrame } from '../../scenario/frame.ts';
import { Dice, type TrafficPacket } from './tcp-traffic.ts';

/** A place that sees packets pass. `group`: pktmon gives its sightings of one packet the same group. */
export type CapturePlace =
  | { readonly kind: 'ndis'; readonly miniport: number; readonly lower: number }
  | { readonly kind: 'switch'; readonly port: number }
  | { readonly kind: 'pktmon'; readonly component: number; readonly group: boolean };

const startTick = 36_000_000_000;
const ticksPerMicrosecond = 10;
const processors = 3;

interface Sighting {
  readonly time: number;
  readonly record: EventRecord;
}

/**
 * An ETL of what the places see: the server's computer, where packets from the client come in through the last place and
 * go out through the first. A step from one place to the next takes `step` microseconds at most, so that packets overtake
 * each other between places when that is more than what lies between them. Order at each place is kept.
 */
export function captureOf(
  packets: readonly TrafficPacket[],
  places: readonly CapturePlace[],
  step = 0,
  seed = 1,
): Uint8Array {
  const dice = new Dice(seed);
  /** Of each direction and place: when the last packet passed. */
  const passed = [places.map(() => 0), places.map(() => 0)];
  let lastStart = 0;
  const sightings = packets.flatMap((packet, number) => {
    const way = packet.fromClient ? places.toReversed() : places;
    const frame = buildFrame(packet.layers);
    // No two packets set out at one moment: else only their places in the file would tell which came first.
    lastStart = Math.max(packet.time * ticksPerMicrosecond, lastStart + 1);
    let time = lastStart;
    return way.map((place, hop): Sighting => {
      const times = passed[packet.fromClient ? 1 : 0];
      if (hop > 0) time += 1 + dice.roll(step * ticksPerMicrosecond);
      time = Math.max(time, times[hop] + 1);
      times[hop] = time;
      const timestamp = BigInt(startTick + time);
      return { time, record: { ...recordOf(place, frame, packet.fromClient, number + 1, hop + 1), timestamp } };
    });
  });
  const records = sightings
    .sort((a, b) => a.time - b.time)
    .map(({ record }): PlacedRecord => ({ processor: dice.roll(processors), record }));
  return writeEtl({ sessionName: 'Traffic', startTick: BigInt(startTick), processors, bufferSize: 0x2_0000, records });
}

function recordOf(
  place: CapturePlace,
  frame: Uint8Array,
  isInbound: boolean,
  number: number,
  appearance: number,
): EventRecord {
  switch (place.kind) {
    case 'ndis':
      return ndisRecord(NdisPacketCaptureEvent.PacketFragment, isInbound, 0n, [
        words(place.miniport, place.lower, frame.length),
        frame,
        new Uint8Array(16),
      ]);
    case 'switch':
      return ndisRecord(NdisPacketCaptureEvent.VmSwitchPacketFragment, isInbound, Keyword.VmSwitch, [
        words(1, 1, place.port),
        // Three empty names, no destinations.
        new Uint8Array(6),
        words(0, frame.length),
        frame,
        words(0),
      ]);
    case 'pktmon':
      return pktMonRecord(place, frame, isInbound, number, appearance);
  }
}

function ndisRecord(id: number, isInbound: boolean, keyword: bigint, parts: readonly Uint8Array[]): EventRecord {
  const direction = isInbound ? Keyword.ReceivePath : Keyword.SendPath;
  const whole = Keyword.Ethernet | Keyword.PacketStart | Keyword.PacketEnd;
  return {
    kind: 'event',
    timestamp: 0n,
    provider: ndisPacketCaptureProvider,
    id,
    level: 4,
    keyword: direction | whole | keyword,
    payload: Buffer.concat(parts),
  };
}

function pktMonRecord(
  { component, group }: Extract<CapturePlace, { kind: 'pktmon' }>,
  frame: Uint8Array,
  isInbound: boolean,
  number: number,
  appearance: number,
): EventRecord {
  const header = new DataView(new ArrayBuffer(34));
  header.setBigUint64(0, BigInt(group ? number : number * 16 + component), true);
  header.setUint16(10, appearance, true);
  header.setUint16(12, isInbound ? 3 : 4, true);
  header.setUint16(14, 1, true);
  header.setUint16(16, component, true);
  header.setUint16(30, frame.length, true);
  header.setUint16(32, frame.length, true);
  return {
    kind: 'event',
    timestamp: 0n,
    provider: pktMonProvider,
    id: PktMonEvent.Frame,
    level: 4,
    keyword: 0x10n,
    payload: Buffer.concat([new Uint8Array(header.buffer), frame]),
  };
}

function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}
