import { describe, expect, it } from 'vitest';
import type { LayerValue } from '../../packet/layer.ts';
import { Dice } from '../test-support/tcp-traffic.ts';
import { TaskCancelled } from '../tasks.ts';
import { rankedKeys } from './sort-keys.ts';
import { stableOrder } from './stable-order.ts';
import { orderKey } from './value-order.ts';

function sortedSlowly(keys: readonly number[], descending: boolean): number[] {
  const sign = descending ? -1 : 1;
  return [...keys.keys()].sort((a, b) => {
    if (Number.isNaN(keys[a]) || Number.isNaN(keys[b]))
      return Number(Number.isNaN(keys[a])) - Number(Number.isNaN(keys[b])) || a - b;
    return sign * (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : 0) || a - b;
  });
}

describe('the order of keys', () => {
  const dice = new Dice(5);
  const lists: Readonly<Record<string, number[]>> = {
    'none at all': [],
    'nothing but absences': [NaN, NaN],
    'one value': [7, 7, NaN, 7],
    'small numbers': Array.from({ length: 3000 }, () => (dice.chance(10) ? NaN : dice.roll(70_000))),
    'numbers below and above 0, broken and huge': Array.from({ length: 3000 }, () =>
      dice.among([NaN, 0, -0, 1.5, -1.5, Infinity, -Infinity, 2 ** 60, -(2 ** 60), dice.roll(1000) - 500, Math.PI]),
    ),
    'whole numbers more than 2^32 apart': Array.from({ length: 500 }, () => dice.roll(2 ** 20) * 2 ** 30 - 2 ** 45),
  };
  it.each(Object.entries(lists))(
    'of %s is theirs in both directions, and equal ones stay where they are',
    (_, keys) => {
      for (const descending of [false, true]) {
        expect(Array.from(stableOrder(Float64Array.from(keys), descending))).toEqual(sortedSlowly(keys, descending));
      }
    },
  );

  it('is given up when it is asked to', () => {
    const check = (): void => {
      throw new TaskCancelled();
    };
    expect(() => stableOrder(Float64Array.of(2, 1), false, check)).toThrow(TaskCancelled);
  });
});

describe('the keys of values', () => {
  const ascending: readonly LayerValue[] = [
    -Infinity,
    -(2n ** 90n),
    -1e20,
    -(2n ** 53n) - 1n,
    -(2 ** 53),
    -300,
    -16,
    -15,
    -1.5,
    -1.25,
    -1,
    -0.5,
    0,
    1e-30,
    0.25,
    0.5,
    true,
    9,
    15,
    16,
    255.75,
    256,
    2 ** 53,
    2n ** 53n + 1n,
    2n ** 64n - 1n,
    1e300,
    Infinity,
    Uint8Array.of(9, 0, 0, 1),
    Uint8Array.of(10, 0, 0, 1),
    Uint8Array.of(192, 168, 0, 1),
    new Uint8Array(16),
    Uint8Array.of(0, 1, 2, 3, 4, 5),
    Uint8Array.of(1),
    Uint8Array.of(1, 1),
    'Alpha',
    'alpha',
    'ALPHA1',
    'beta',
    'ö',
  ];

  it('ascend as the values do, whatever kinds they are of', () => {
    const keys = ascending.map(orderKey);
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
    const ranks = rankedKeys(keys.toReversed());
    expect(Array.from(ranks).reverse()).toEqual(Array.from(ranks).sort((a, b) => a - b));
  });

  it('are the same just for the same values', () => {
    expect(orderKey(80)).toBe(orderKey(80n));
    expect(orderKey(false)).toBe(orderKey(0));
    expect(orderKey(-0)).toBe(orderKey(0));
    expect(orderKey('80')).not.toBe(orderKey(80));
  });
});
