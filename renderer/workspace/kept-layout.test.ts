import { describe, expect, it } from 'vitest';
import { decodeLayout, encodeLayout, type KeptLayout } from './kept-layout.ts';
import { hide, movePane, panesIn, visiblePanes } from './layout.ts';
import { paneIds } from './pane-ids.ts';
import { presetLayout } from './presets.ts';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const layout: KeptLayout = {
  ...hide(movePane(presetLayout('network', 1440), 'path', { kind: 'edge', side: 'right' }), 'bytes'),
  preset: 'network',
};

describe('a kept layout', () => {
  it('comes back as it was', () => {
    expect(decodeLayout(throughJson(encodeLayout(layout)))).toEqual(layout);
  });

  it('of another version loses what is not known, and gains what is new, hidden', () => {
    const older = JSON.parse(
      JSON.stringify(encodeLayout(layout)).replaceAll('"completeness"', '"statistics"').replaceAll('"path"', '"maps"'),
    ) as unknown;
    const decoded = decodeLayout(older);
    expect(decoded && [...panesIn(decoded.root)].sort()).toEqual([...paneIds].sort());
    expect(decoded && visiblePanes(decoded)).toEqual(['timeline', 'messages', 'details']);
  });

  it('is refused when it is none', () => {
    const group = { panes: ['messages'], front: 'messages', size: 1 };
    const twice = { direction: 'row', size: 1, parts: [group, group] };
    const allHidden = { root: group, hidden: ['messages'], preset: 'network' };
    for (const value of [
      null,
      7,
      'layout',
      [],
      {},
      { root: group, hidden: [] },
      { root: group, hidden: {}, preset: 'network' },
      { root: { ...group, size: -1 }, hidden: [], preset: 'network' },
      { root: { ...group, panes: ['path'] }, hidden: [], preset: 'network' },
      { root: twice, hidden: [], preset: 'network' },
      allHidden,
    ]) {
      expect(decodeLayout(value), JSON.stringify(value)).toBeUndefined();
    }
    expect(decodeLayout({ ...allHidden, hidden: [] })).toBeDefined();
  });

  it('is no endless tree', () => {
    let root: unknown = { panes: ['messages'], front: 'messages', size: 1 };
    for (let depth = 0; depth < 1000; depth++) root = { direction: 'row', size: 1, parts: [root, root] };
    expect(decodeLayout({ root, hidden: [], preset: 'network' })).toBeUndefined();
  });
});
