import { describe, expect, it } from 'vitest';
import { toldPath } from '../testing/told-path.ts';
import { alignPaths } from './align.ts';
import { comparedContent, pathContent } from './tracks.ts';
import { placeAfterKey, placeOfRow } from './walk.ts';

const content = pathContent(toldPath('broadcast'), undefined, '');
const after = (key: string, hop: number): number | undefined => placeAfterKey(key, { track: 0, hop }, content)?.hop;

describe('walking the hops', () => {
  it('goes down and up, and no farther than the ends', () => {
    expect([after('ArrowDown', 0), after('ArrowDown', 17), after('ArrowUp', 3), after('ArrowUp', 0)]).toEqual([
      1, 17, 2, 0,
    ]);
    expect([after('Home', 9), after('End', 9)]).toEqual([0, 17]);
  });

  it('follows a branch to its end and back to where it began', () => {
    expect([after('ArrowRight', 5), after('ArrowRight', 13), after('ArrowLeft', 13), after('ArrowLeft', 5)]).toEqual([
      13, 13, 5, 1,
    ]);
  });

  it('leaves all other keys alone', () => {
    expect(after('a', 3)).toBeUndefined();
  });

  it('goes from the question into the answer', () => {
    const both = pathContent(toldPath('container'), toldPath('answer'), '');
    expect(placeAfterKey('ArrowDown', { track: 0, hop: 6 }, both)).toEqual({ track: 1, hop: 0 });
    expect(placeOfRow(both, toldPath('answer').hops[2].row)).toEqual({ track: 1, hop: 2 });
    expect(placeOfRow(both, undefined)).toBeUndefined();
  });

  it('goes through compared hops line by line', () => {
    const [first, second] = [toldPath('container'), toldPath('dropped')];
    const both = comparedContent(first, second, alignPaths(first, second), '');
    expect(placeAfterKey('ArrowDown', { track: 0, hop: 0 }, both)).toEqual({ track: 1, hop: 0 });
    expect(placeAfterKey('ArrowDown', { track: 1, hop: 0 }, both)).toEqual({ track: 0, hop: 1 });
  });
});
