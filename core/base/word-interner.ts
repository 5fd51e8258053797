import { mix } from './hash.ts';

/**
 * Gives equal keys equal numbers, counted from 0 in the order of first sight. A key is a fixed count of 32-bit words
 * (an IPv6 address, a pair of MACs, an event header's identity). Made for hot loops: set `key`, call `intern`.
 */
export class WordInterner {
  /** The key to look up: fill it, then call `intern`. */
  readonly key: Uint32Array;
  /** Number of distinct keys. */
  length = 0;

  private readonly width: number;
  private stored: Uint32Array;
  /** Open addressing: 1 + number of the key, 0 where a slot is free. */
  private slots: Int32Array;
  /** The two keys seen last: send and receive take turns. */
  private last = -1;
  private beforeLast = -1;

  constructor(wordsPerKey: number) {
    this.width = wordsPerKey;
    this.key = new Uint32Array(wordsPerKey);
    this.stored = new Uint32Array(wordsPerKey * 64);
    this.slots = new Int32Array(256);
  }

  /** Number of the key that stands in `key`. It is new when the number equals the `length` of before. */
  intern(): number {
    if (this.last >= 0 && this.equals(this.last)) return this.last;
    if (this.beforeLast >= 0 && this.equals(this.beforeLast)) return this.takeBeforeLast();
    const mask = this.slots.length - 1;
    let slot = this.hash() & mask;
    for (;;) {
      const found = this.slots[slot] - 1;
      if (found < 0) break;
      if (this.equals(found)) return this.remember(found);
      slot = (slot + 1) & mask;
    }
    return this.remember(this.add(slot));
  }

  /** All keys one after the other, in the order of their numbers. */
  keys(): Uint32Array {
    return this.stored.slice(0, this.length * this.width);
  }

  private remember(number: number): number {
    this.beforeLast = this.last;
    this.last = number;
    return number;
  }

  private takeBeforeLast(): number {
    return this.remember(this.beforeLast);
  }

  private equals(number: number): boolean {
    const { key, stored, width } = this;
    const base = number * width;
    for (let word = 0; word < width; word++) {
      if (stored[base + word] !== key[word]) return false;
    }
    return true;
  }

  private hash(): number {
    const { key, width } = this;
    let hash = 0;
    for (let word = 0; word < width; word++) hash = mix(hash, key[word]);
    return hash ^ (hash >>> 15);
  }

  private add(slot: number): number {
    const number = this.length++;
    if (this.length * this.width > this.stored.length) {
      const larger = new Uint32Array(this.stored.length * 2);
      larger.set(this.stored);
      this.stored = larger;
    }
    this.stored.set(this.key, number * this.width);
    this.slots[slot] = number + 1;
    if (this.length * 2 > this.slots.length) this.rehash();
    return number;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 4);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.length; number++) {
      let hash = 0;
      for (let word = 0; word < this.width; word++) hash = mix(hash, this.stored[number * this.width + word]);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }
}
