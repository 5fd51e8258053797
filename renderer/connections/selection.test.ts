import { describe, expect, it } from 'vitest';
import { fakeAttempts } from '../testing/fake-paths.ts';
import { comparedRows, extended, isSelected, toggled } from './selection.ts';

const [first, second, third] = fakeAttempts(1000);

describe('selected attempts', () => {
  it('come and go one by one, and the last one is the newest', () => {
    const both = toggled([first], second);
    expect(both).toEqual([first, second]);
    expect(isSelected(both, second)).toBe(true);
    expect(toggled(both, first)).toEqual([second]);
  });

  it('are added to without being there twice', () => {
    expect(extended([first, second], [third, first])).toEqual([second, third, first]);
  });

  it('can be compared when they are two, the earlier one first', () => {
    expect(comparedRows([second, first])).toEqual([first.row, second.row]);
    expect(comparedRows([first])).toBeUndefined();
    expect(comparedRows([first, second, third])).toBeUndefined();
  });
});
