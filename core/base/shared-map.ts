import { mix } from './hash.ts';
import { sharedWords } from './words.ts';

/** A map from two 32-bit words to one, as plain data in shared memory, so that one worker can go on with another's. */
export interface SharedMapState {
  count: number;
  /** Four words a slot: 1 if it is taken, the key's two words, the value. */
  slots: Uint32Array;
}

const wordsPerSlot = 4;

export function newSharedMap(expected = 256): SharedMapState {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
  return { count: 0, slots: sharedWords(slots * wordsPerSlot) };
}

/** Open addressing over a SharedMapState. Nothing is ever taken out; a key's value may be replaced. */
export class SharedMap {
  private readonly state: SharedMapState;

  constructor(state: SharedMapState) {
    this.state = state;
  }

  /** The value of a key, or -1. */
  get(first: number, second: number): number {
    const { slots } = this.state;
    const at = this.slotOf(slots, first >>> 0, second >>> 0);
    return slots[at] === 0 ? -1 : slots[at + 3];
  }

  set(first: number, second: number, value: number): void {
    const { state } = this;
    const at = this.slotOf(state.slots, first >>> 0, second >>> 0);
    const isNew = state.slots[at] === 0;
    state.slots[at] = 1;
    state.slots[at + 1] = first;
    state.slots[at + 2] = second;
    state.slots[at + 3] = value;
    if (isNew && ++state.count * 2 * wordsPerSlot > state.slots.length) this.enlarge();
  }

  private slotOf(slots: Uint32Array, first: number, second: number): number {
    const mask = slots.length / wordsPerSlot - 1;
    let hash = mix(mix(0, first), second);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = slot * wordsPerSlot;
      if (slots[at] === 0 || (slots[at + 1] === first && slots[at + 2] === second)) return at;
    }
  }

  private enlarge(): void {
    const { state } = this;
    const larger = sharedWords(state.slots.length * 4);
    for (let at = 0; at < state.slots.length; at += wordsPerSlot) {
      if (state.slots[at] === 0) continue;
      larger.set(
        state.slots.subarray(at, at + wordsPerSlot),
        this.slotOf(larger, state.slots[at + 1], state.slots[at + 2]),
      );
    }
    state.slots = larger;
  }
}
