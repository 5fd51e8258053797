import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  column,
  elasticPart,
  group,
  groupOf,
  hide,
  isSplit,
  moveDetails,
  movePane,
  panesIn,
  resized,
  reveal,
  row,
  shapeOf,
  sideOfDetails,
  sides,
  toggleMaximised,
  visiblePanes,
  type Arrangement,
  type LayoutNode,
} from './layout.ts';
import { paneIds, type PaneId } from './pane-ids.ts';
import { presetLayout, presetNames } from './presets.ts';

const network = presetLayout('network', 1440);

describe('panes', () => {
  it('are seen in the order of the eye', () => {
    expect(visiblePanes(network)).toEqual(['timeline', 'messages', 'path', 'details', 'bytes']);
  });

  it('come back where they were', () => {
    const without = hide(network, 'path');
    expect(visiblePanes(without)).toEqual(['timeline', 'messages', 'details', 'bytes']);
    expect(reveal(without, 'path')).toEqual(network);
  });

  it('stay when they are the last', () => {
    const alone = (['timeline', 'path', 'details', 'bytes'] as const).reduce(hide, network);
    expect(hide(alone, 'messages')).toBe(alone);
  });

  it('give their place to the messages, or to the tab before them', () => {
    const connections = reveal(network, 'connections');
    expect(visiblePanes(connections)).toEqual(['timeline', 'connections', 'path', 'details', 'bytes']);
    expect(visiblePanes(hide(connections, 'connections'))).toEqual([
      'timeline',
      'messages',
      'path',
      'details',
      'bytes',
    ]);
    const tabs = movePane(network, 'bytes', { kind: 'tab', of: 'details' });
    expect(visiblePanes(tabs)).toEqual(['timeline', 'messages', 'path', 'bytes']);
    expect(visiblePanes(hide(tabs, 'bytes'))).toEqual(['timeline', 'messages', 'path', 'details']);
  });

  it('make room for a page in front of the messages, and come back when one of them is wanted', () => {
    const names = reveal(network, 'names');
    expect(visiblePanes(names)).toEqual(['names']);
    expect(visiblePanes(reveal(names, 'messages'))).toEqual(visiblePanes(network));
    expect(visiblePanes(reveal(names, 'details'))).toEqual(visiblePanes(network));
    const docked = movePane(names, 'names', { kind: 'edge', side: 'right' });
    expect(visiblePanes(docked)).toEqual(['timeline', 'messages', 'path', 'details', 'bytes', 'names']);
  });

  it('are maximised and restored', () => {
    const path = toggleMaximised(network, 'path');
    expect(visiblePanes(path)).toEqual(['path']);
    expect(toggleMaximised(path, 'path')).toEqual(network);
    expect(visiblePanes(reveal(path, 'details'))).toEqual(visiblePanes(network));
    expect(visiblePanes(hide(path, 'path'))).toEqual(['timeline', 'messages', 'details', 'bytes']);
    expect(visiblePanes(toggleMaximised(hide(network, 'path'), 'path'))).toEqual(['path']);
  });
});

describe('moving', () => {
  const small: Arrangement = {
    root: column(1, group(1, 'messages'), row(0.3, group(1, 'details'), group(512, 'bytes', 'path'))),
    hidden: [],
    maximised: undefined,
  };
  const shapeAfter = (pane: PaneId, place: Parameters<typeof movePane>[2]): string =>
    shapeOf(movePane(small, pane, place).root);

  it('to an edge spans everything', () => {
    expect(shapeAfter('path', { kind: 'edge', side: 'left' })).toBe('-([path]|([messages]-([details][bytes])))');
    expect(shapeAfter('path', { kind: 'edge', side: 'top' })).toBe('|([path][messages]-([details][bytes]))');
    expect(shapeAfter('details', { kind: 'edge', side: 'right' })).toBe('-(|([messages][bytes path])[details])');
  });

  it('beside a pane splits its place', () => {
    expect(shapeAfter('path', { kind: 'beside', of: 'messages', side: 'right' })).toBe(
      '|(-([messages][path])-([details][bytes]))',
    );
    expect(shapeAfter('path', { kind: 'beside', of: 'details', side: 'left' })).toBe(
      '|([messages]-([path][details][bytes]))',
    );
    expect(shapeAfter('path', { kind: 'beside', of: 'path', side: 'right' })).toBe(
      '|([messages]-([details][bytes][path]))',
    );
  });

  it('into the tabs of another puts it in front there', () => {
    const moved = movePane(small, 'details', { kind: 'tab', of: 'messages' });
    expect(shapeOf(moved.root)).toBe('|([messages details][bytes path])');
    expect(groupOf(moved.root, 'messages').front).toBe('details');
  });

  it('to where a pane is changes nothing', () => {
    expect(movePane(small, 'details', { kind: 'beside', of: 'details', side: 'top' })).toBe(small);
    expect(movePane(small, 'path', { kind: 'tab', of: 'path' })).toBe(small);
  });

  it('details and bytes go to the right and back below', () => {
    expect(sideOfDetails(network)).toBe('below');
    const right = moveDetails(network);
    expect(sideOfDetails(right)).toBe('right');
    expect(visiblePanes(right)).toEqual(visiblePanes(network));
    expect(shapeOf(moveDetails(right).root)).toBe(shapeOf(network.root));
    expect(sideOfDetails(presetLayout('network', 1700))).toBe('right');
  });
});

describe('sizes', () => {
  it('are kept of parts in sight', () => {
    const changed = resized(network.root, [3], [700, 0]);
    expect(isSplit(changed) && isSplit(changed.parts[3]) && changed.parts[3].parts.map(({ size }) => size)).toEqual([
      700, 512,
    ]);
  });

  it('belong to all parts but the one with the foremost pane', () => {
    expect(elasticPart(row(1, group(0.3, 'details'), group(0.3, 'connections', 'messages'), group(1, 'path')))).toBe(1);
  });
});

describe('whatever is done', () => {
  const pane = fc.constantFrom(...paneIds);
  const side = fc.constantFrom(...sides);
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('hide' as const), pane }),
    fc.record({ kind: fc.constant('reveal' as const), pane }),
    fc.record({ kind: fc.constant('maximise' as const), pane }),
    fc.record({ kind: fc.constant('edge' as const), pane, side }),
    fc.record({ kind: fc.constant('beside' as const), pane, of: pane, side }),
    fc.record({ kind: fc.constant('tab' as const), pane, of: pane }),
    fc.record({ kind: fc.constant('details' as const), pane }),
  );

  it('every pane keeps one place, something is on show, and what was asked for is seen', () => {
    fc.assert(
      fc.property(fc.constantFrom(...presetNames), fc.array(edit, { maxLength: 30 }), (preset, edits) => {
        let arrangement = presetLayout(preset, 1440);
        for (const step of edits) {
          if (step.kind === 'hide') arrangement = hide(arrangement, step.pane);
          else if (step.kind === 'reveal') arrangement = reveal(arrangement, step.pane);
          else if (step.kind === 'maximise') arrangement = toggleMaximised(arrangement, step.pane);
          else if (step.kind === 'details') arrangement = moveDetails(arrangement);
          else arrangement = movePane(arrangement, step.pane, step);
          expect(panesIn(arrangement.root).sort()).toEqual([...paneIds].sort());
          expect(visiblePanes(arrangement).length).toBeGreaterThan(0);
          if (step.kind === 'reveal') expect(visiblePanes(arrangement)).toContain(step.pane);
          expect(isTidy(arrangement.root)).toBe(true);
        }
      }),
    );
  });
});

/** No split of one part, none inside another of its direction, no empty group, a size everywhere. */
function isTidy(node: LayoutNode): boolean {
  if (!(node.size > 0)) return false;
  if (!isSplit(node)) return node.panes.includes(node.front);
  return (
    node.parts.length > 1 &&
    node.parts.every((part) => !isSplit(part) || part.direction !== node.direction) &&
    node.parts.every(isTidy)
  );
}

it('presets give every part but the one that takes the rest a size of its own', () => {
  const withoutSize = (node: LayoutNode): string[] => {
    if (!isSplit(node)) return [];
    const elastic = elasticPart(node);
    const here = node.parts.filter((part, index) => index !== elastic && part.size === 1).map(shapeOf);
    return [...here, ...node.parts.flatMap(withoutSize)];
  };
  for (const preset of presetNames)
    for (const width of [1440, 1920]) expect(withoutSize(presetLayout(preset, width).root), preset).toEqual([]);
});
