import { afterEach, expect, it, vi } from 'vitest';
import { isSizeList, readStored, writeStored } from './settings.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function storage(): Map<string, string> {
  const values = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => values.set(name, value),
  });
  return values;
}

it('comes back as it was stored', () => {
  storage();
  writeStored('sizes', [200, 800]);
  expect(readStored('sizes', isSizeList(2))).toEqual([200, 800]);
});

it('is undefined when it is not what is expected', () => {
  const values = storage();
  writeStored('sizes', [200, 800]);
  expect(readStored('sizes', isSizeList(3))).toBeUndefined();
  values.set('hopscope.sizes', '[200, -1]');
  expect(readStored('sizes', isSizeList(2))).toBeUndefined();
  values.set('hopscope.sizes', '{');
  expect(readStored('sizes', isSizeList(2))).toBeUndefined();
});

it('does without storage', () => {
  vi.stubGlobal('localStorage', undefined);
  writeStored('sizes', [1, 2]);
  expect(readStored('sizes', isSizeList(2))).toBeUndefined();
});
