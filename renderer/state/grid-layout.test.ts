import { beforeEach, describe, expect, it } from 'vitest';
import { isShown, shownColumns, withoutColumn } from '../grid/grid-layout.ts';
import { firstLayout, nameProblem, shippedLayouts } from '../grid/saved-layouts.ts';
import {
  addColumn,
  applyLayout,
  changeLayout,
  deleteLayout,
  exportLayouts,
  gridLayoutStore,
  importLayouts,
  redoLayoutChange,
  renameLayout,
  saveLayout,
  undoLayoutChange,
} from './grid-layout.ts';

const state = () => gridLayoutStore.getState();
const ownNames = (): string[] => state().own.map(({ name }) => name);

beforeEach(() => {
  gridLayoutStore.setState({ layout: firstLayout, own: [], past: [], future: [] });
});

describe('changes of the columns', () => {
  it('are undone and done again, in their order', () => {
    addColumn('TCP.SourcePort');
    changeLayout((layout) => withoutColumn(layout, 'Source'));
    const after = state().layout;
    undoLayoutChange();
    expect(isShown(state().layout, 'Source')).toBe(true);
    undoLayoutChange();
    expect(state().layout).toEqual(firstLayout);
    undoLayoutChange();
    redoLayoutChange();
    redoLayoutChange();
    expect(state().layout).toEqual(after);
    expect(state().future).toEqual([]);
  });

  it('that change nothing leave nothing to undo', () => {
    changeLayout((layout) => [...layout]);
    expect(state().past).toEqual([]);
  });
});

describe('layouts under names', () => {
  it('come with Hopscope, each with a number, a time and a summary', () => {
    for (const { name, layout } of shippedLayouts) {
      const columns = shownColumns(layout).map(({ column }) => column);
      expect(columns, name).toEqual(expect.arrayContaining(['MessageNumber', 'Timestamp', 'Summary']));
    }
    applyLayout('ETW');
    expect(isShown(state().layout, 'Etw.ProcessId')).toBe(true);
    undoLayoutChange();
    expect(state().layout).toEqual(firstLayout);
  });

  it('are kept, renamed and deleted', () => {
    addColumn('TCP.Flags');
    saveLayout(' Case 4711 ');
    expect(ownNames()).toEqual(['Case 4711']);
    renameLayout('Case 4711', 'Flags');
    expect(ownNames()).toEqual(['Flags']);
    changeLayout(() => firstLayout);
    applyLayout('Flags');
    expect(isShown(state().layout, 'TCP.Flags')).toBe(true);
    deleteLayout('Flags');
    expect(ownNames()).toEqual([]);
  });

  it('need a name that is free', () => {
    saveLayout('Mine');
    const { own } = state();
    expect(nameProblem('  ', own)).toContain('name');
    expect(nameProblem('etw', own)).toContain('comes with Hopscope');
    expect(nameProblem('MINE', own)).toContain('already');
    expect(nameProblem('MINE', own, 'Mine')).toBeUndefined();
    expect(nameProblem('Another', own)).toBeUndefined();
  });

  it('go as text from one computer to another', () => {
    addColumn('TCP.Flags');
    saveLayout('Mine');
    const text = exportLayouts('Network');
    const before = state().own;
    gridLayoutStore.setState({ own: [] });
    expect(importLayouts(text)).toMatchObject({ problems: [], layouts: [{ name: 'Mine' }, { name: 'Network' }] });
    expect(ownNames()).toEqual(['Mine', 'Network (imported)']);
    expect(state().own[0]).toEqual(before[0]);
  });

  it('say what is wrong with a text', () => {
    expect(importLayouts('{').problems[0]).toContain('JSON');
    expect(importLayouts('{"layouts": 4}').problems[0]).toContain('no layouts');
    const some = importLayouts('{"layouts": [{"name": "A", "columns": [{"column": "Source"}]}, {"name": "B"}]}');
    expect(some.layouts).toHaveLength(1);
    expect(some.problems[0]).toContain('Layout 2');
  });
});
