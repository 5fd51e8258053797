import { describe, expect, it } from 'vitest';
import type { PathLane } from '../../core/engine/contract.ts';
import { laneGroups, mergeLanes } from './lanes.ts';

function lanes(...keys: string[]): PathLane[] {
  return keys.map((key) => ({ key, kind: 'other', name: key, identifier: '', within: null, facts: [] }));
}
const keysOf = (merged: readonly PathLane[]): string => merged.map(({ key }) => key).join(' ');

describe('the lanes of two paths', () => {
  it.each([
    ['a c', 'a b c', 'a b c'],
    ['a b', 'b c', 'a b c'],
    ['b c', 'a b', 'a b c'],
    ['a b c', 'c b a', 'a b c'],
    ['a b c', 'c x b a', 'a b x c'],
    ['a b', 'x y', 'a b x y'],
    ['', 'a', 'a'],
  ])('%s and %s become %s', (first, second, merged) => {
    const split = (keys: string): PathLane[] => lanes(...keys.split(' ').filter((key) => key !== ''));
    expect(keysOf(mergeLanes(split(first), split(second)))).toBe(merged);
  });
});

describe('the box round a switch', () => {
  const [nic, inside, port, other] = lanes('nic', 'switch', 'port', 'other');
  const owner: PathLane = { ...inside, kind: 'switch', name: 'nat' };
  const member: PathLane = { ...port, within: 'switch' };

  it('holds the lanes that name it', () => {
    expect(laneGroups([nic, owner, member])).toEqual([{ key: 'switch', title: 'vSwitch “nat”', first: 1, last: 2 }]);
  });

  it('is drawn again where a lane of its own stands apart', () => {
    expect(laneGroups([owner, other, member]).map(({ first, last }) => [first, last])).toEqual([
      [0, 0],
      [2, 2],
    ]);
  });

  it('has a name also where no hop was seen at the switch itself', () => {
    expect(laneGroups([member])[0].title).toBe('vSwitch');
    const told = { ...member, facts: [{ label: 'vSwitch', value: 'External' }] };
    expect(laneGroups([told])[0].title).toBe('vSwitch “External”');
  });
});
