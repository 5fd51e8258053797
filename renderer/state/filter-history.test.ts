import { describe, expect, it } from 'vitest';
import {
  longestFilterHistory,
  noFilterHistory,
  redoneFilter,
  undoneFilter,
  withFilterChange,
  type FilterHistory,
  type FilterState,
} from './filter-history.ts';

const state = (box: string, change: Partial<FilterState> = {}): FilterState => ({
  box,
  stack: [],
  choice: {},
  ...change,
});

/** The history of somebody who applied these filters one after the other, the last of which is present. */
function historyOf(...boxes: string[]): FilterHistory {
  return boxes
    .slice(1)
    .reduce((history, box, place) => withFilterChange(history, state(boxes[place]), state(box)), noFilterHistory);
}

describe('the history of filters', () => {
  it('goes back and forth over what was applied', () => {
    const undone = undoneFilter(historyOf('', 'TCP', 'UDP'), state('UDP'));
    expect(undone?.state.box).toBe('TCP');
    const first = undone && undoneFilter(undone.history, undone.state);
    expect(first?.state.box).toBe('');
    expect(first && undoneFilter(first.history, first.state)).toBeUndefined();
    const redone = first && redoneFilter(first.history, first.state);
    expect(redone?.state.box).toBe('TCP');
    expect(redone && redoneFilter(redone.history, redone.state)?.state.box).toBe('UDP');
  });

  it('forgets what was taken back as soon as another filter is applied', () => {
    const undone = undoneFilter(historyOf('', 'TCP', 'UDP'), state('UDP'));
    const changed = undone && withFilterChange(undone.history, undone.state, state('ARP'));
    expect(changed && redoneFilter(changed, state('ARP'))).toBeUndefined();
    expect(changed && undoneFilter(changed, state('ARP'))?.state.box).toBe('TCP');
  });

  it('counts filters of the stack and the choice as changes, and the same again as none', () => {
    const stacked = state('', { stack: [{ text: 'TCP', enabled: true }] });
    const off = state('', { stack: [{ text: 'TCP', enabled: false }] });
    const chosen = state('', { choice: { sightings: 'first' } });
    expect(withFilterChange(noFilterHistory, stacked, off).past).toEqual([stacked]);
    expect(withFilterChange(noFilterHistory, state(''), chosen).past).toHaveLength(1);
    expect(withFilterChange(noFilterHistory, chosen, { ...chosen }).past).toEqual([]);
    expect(withFilterChange(noFilterHistory, stacked, { ...stacked }).past).toEqual([]);
  });

  it('does not grow for ever', () => {
    const boxes = Array.from({ length: longestFilterHistory + 20 }, (_, index) => `Port == ${index}`);
    const { past } = historyOf(...boxes);
    expect(past).toHaveLength(longestFilterHistory);
    expect(past.at(-1)?.box).toBe(boxes.at(-2));
  });
});
