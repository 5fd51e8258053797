import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  changeSetting,
  defaultOf,
  isSizeList,
  readStored,
  resetSettings,
  setZone,
  settingsStore,
  writeStored,
} from './settings.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function storage(): Map<string, string> {
  const values = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => values.set(name, value),
    removeItem: (name: string) => values.delete(name),
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

describe('settings', () => {
  it('are stored under the names they have always had', () => {
    const values = storage();
    changeSetting('pathAsTable', true);
    changeSetting('exportFormat', 'csv');
    setZone('utc');
    expect(Object.fromEntries(values)).toEqual({
      'hopscope.path-as-table': 'true',
      'hopscope.export-format': '"csv"',
      'hopscope.zone': '"utc"',
    });
    expect(settingsStore.getState()).toMatchObject({ pathAsTable: true, exportFormat: 'csv', zone: 'utc' });
  });

  it('are what was stored, and their default where that is nothing they can be', async () => {
    const values = storage();
    values.set('hopscope.font-size', '15');
    values.set('hopscope.theme', '"sepia"');
    values.set('hopscope.export-options', '{"events":1}');
    vi.resetModules();
    const { settingsStore: fresh } = await import('./settings.ts');
    expect(fresh.getState()).toMatchObject({ fontSize: 15, theme: 'system', exportOptions: {} });
  });

  it('are forgotten and at their defaults after a reset', () => {
    const values = storage();
    changeSetting('theme', 'dark');
    resetSettings();
    expect(settingsStore.getState().theme).toBe(defaultOf('theme'));
    expect([...values.keys()]).toEqual([]);
  });
});
