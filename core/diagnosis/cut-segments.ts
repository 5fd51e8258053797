import { sharedWords } from '../base/words.ts';
import { isBefore } from './tcp-analysis.ts';

/** How far which segments were seen again in pieces, and where; see CutSegments. */
export interface CutState {
  /** Packet number plus 1 and place of each entry; 0 where a slot is free. */
  readonly packets: Uint32Array;
  readonly places: Uint32Array;
  readonly highest: Uint32Array;
}

/** A power of two. Only segments that are on their way just now need an entry; a newer one takes an older one's slot. */
const slots = 1 << 16;

export function newCutState(): CutState {
  return { packets: sharedWords(slots), places: sharedWords(slots), highest: sharedWords(slots) };
}

/** Tells pieces of a segment that a place sees for the first time from those it saw before. */
export class CutSegments {
  private readonly state: CutState;

  constructor(state: CutState) {
    this.state = state;
  }

  /** Whether the piece sequence..end of a segment is new at a place, whose pieces come in order. Remembers it then. */
  isNew(packet: number, place: number, sequence: number, end: number): boolean {
    const { packets, places, highest } = this.state;
    const slot = (Math.imul(packet, 0x9e37_79b1) ^ Math.imul(place, 0x85eb_ca6b)) >>> 16;
    const isKnown = packets[slot] === packet + 1 && places[slot] === place;
    if (isKnown && isBefore(sequence, highest[slot])) return false;
    packets[slot] = packet + 1;
    places[slot] = place;
    highest[slot] = end;
    return true;
  }
}
