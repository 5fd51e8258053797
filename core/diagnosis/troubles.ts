import type { EventKind } from '../trace/segment.ts';
import { PacketTrait } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { reportsDrop } from './choice.ts';
import { packetBases, type FindingTable } from './columns.ts';
import { diagnosisKinds, findingBit, kindText } from './kinds.ts';

/** What events say of trouble by themselves: a drop, or an error that is none. */
export type Trouble = 'drop' | 'error' | 'none';

/** ETW's levels: 1 critical, 2 error. 0 is "log always" and no level at all. */
const lastErrorLevel = 2;

/** The trouble that events of a kind tell of; an event that begins a packet tells of the packet's instead. */
export function troubleOfKind(kind: EventKind): Trouble {
  if (reportsDrop(kind)) return 'drop';
  const hasLevel = kind.family === 'manifest' || kind.family === 'classic';
  return hasLevel && kind.level > 0 && kind.level <= lastErrorLevel ? 'error' : 'none';
}

/** Sets of events, bit e of the words being event e; in shared memory. */
export interface TroubleBits {
  readonly drops: Uint32Array;
  readonly errors: Uint32Array;
}

/** Of the events of a segment: how many were found. */
export interface TroubleCounts {
  readonly drops: number;
  readonly errors: number;
}

const errorFindings = diagnosisKinds
  .filter((kind) => kindText(kind).level === 'error')
  .reduce((bits, kind) => bits | findingBit[kind], 0);

/**
 * Finds the drops and errors among a segment's events by their columns alone, as their rows are marked. With the diagnosis,
 * packets with a grave finding are errors too. The bits of the segment's events must be 0.
 */
export function findTroubles(
  columns: TraceColumns,
  number: number,
  found: FindingTable | null,
  { drops, errors }: TroubleBits,
): TroubleCounts {
  const segment = columns.segments[number];
  const { events, packets } = segment;
  const firstWord = columns.bases[number] / 32;
  const counts = { drops: 0, errors: 0 };
  const troubles = segment.schemas.map(troubleOfKind);
  const add = (trouble: Trouble, event: number): void => {
    if (trouble === 'none') return;
    const bits = trouble === 'drop' ? drops : errors;
    bits[firstWord + (event >>> 5)] |= 1 << (event & 31);
    counts[trouble === 'drop' ? 'drops' : 'errors']++;
  };
  const packetBase = packetBases(columns.segments)[number];
  const troubleOfPacket = (packet: number): Trouble => {
    if ((packets.traits[packet] & PacketTrait.Dropped) !== 0) return 'drop';
    return found && (found.findings[packetBase + packet] & errorFindings) !== 0 ? 'error' : 'none';
  };
  const hasTroubledKinds = troubles.some((trouble) => trouble !== 'none');
  let packet = 0;
  if (hasTroubledKinds) {
    for (let event = 0; event < events.length; event++) {
      if (packet < packets.length && packets.event[packet] === event) add(troubleOfPacket(packet++), event);
      else add(troubles[events.schema[event]], event);
    }
  } else {
    for (; packet < packets.length; packet++) add(troubleOfPacket(packet), packets.event[packet]);
  }
  return counts;
}
