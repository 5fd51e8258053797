import { describe, expect, it } from 'vitest';
import { newSharedMap, SharedMap } from './shared-map.ts';

describe('a map in shared memory', () => {
  it('keeps what it is given, through growth, for whoever goes on with its state', () => {
    const state = newSharedMap(4);
    const map = new SharedMap(state);
    for (let key = 0; key < 5000; key++) map.set(key, key * 7, key + 1);
    map.set(17, 119, 999);
    const other = new SharedMap(structuredClone(state));
    expect(state.count).toBe(5000);
    expect(other.get(17, 119)).toBe(999);
    expect(
      Array.from({ length: 5000 }, (_, key) => other.get(key, key * 7)).filter((value, key) => value !== key + 1),
    ).toEqual([999]);
  });

  it('tells keys apart by both words, and knows 0 and numbers with the highest bit', () => {
    const map = new SharedMap(newSharedMap());
    map.set(0, 0, 5);
    map.set(-1, 0x8000_0000, 6);
    expect([map.get(0, 0), map.get(0xffff_ffff, 0x8000_0000), map.get(0, 1), map.get(1, 0)]).toEqual([5, 6, -1, -1]);
  });
});
