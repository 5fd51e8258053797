import { describe, expect, it } from 'vitest';
import { toldPath } from '../testing/told-path.ts';
import { alignPaths } from './align.ts';

describe('two paths side by side', () => {
  it('are the same where a path is compared with itself', () => {
    const { lines, partsAt, onlyFirst, onlySecond } = alignPaths(toldPath('container'), toldPath('container'));
    expect(lines.map(({ first, second }) => first === second)).toEqual(Array(7).fill(true));
    expect({ partsAt, onlyFirst, onlySecond }).toEqual({ partsAt: undefined, onlyFirst: [], onlySecond: [] });
  });

  it('part where one was dropped and the other went on', () => {
    const { lines, partsAt } = alignPaths(toldPath('container'), toldPath('dropped'));
    expect(partsAt).toBe(4);
    expect(lines.slice(4).map(({ first, second }) => [first, second])).toEqual([
      [4, undefined],
      [5, undefined],
      [6, undefined],
      [undefined, 4],
    ]);
  });

  it('tell the lanes that only one of them came to', () => {
    const { onlyFirst, onlySecond } = alignPaths(toldPath('container'), toldPath('inside'));
    expect(onlyFirst).toEqual(['nic:2', 'nic:34']);
    expect(onlySecond).toEqual(['nic:61', 'nic:62']);
  });

  it('come together again behind what only one of them has', () => {
    const path = toldPath('container');
    const shorter = { ...path, hops: path.hops.filter((_, index) => index !== 2) };
    const { lines, partsAt } = alignPaths(path, shorter);
    expect(partsAt).toBe(2);
    expect(lines[2]).toMatchObject({ first: 2, second: undefined });
    expect(lines.slice(3).map(({ first, second }) => [first, second])).toEqual([
      [3, 2],
      [4, 3],
      [5, 4],
      [6, 5],
    ]);
  });

  it('mark a step that took much longer in one of them, and leave small differences alone', () => {
    const path = toldPath('container');
    const withLatency = (latency: number) => ({
      ...path,
      hops: path.hops.map((hop, index) => (index === 1 ? { ...hop, latency } : hop)),
    });
    const marked = (latency: number): number =>
      alignPaths(path, withLatency(latency)).lines.filter((line) => line.isLatencyDifferent).length;
    expect([marked(30), marked(55), marked(61), marked(19), marked(14)]).toEqual([0, 0, 1, 0, 1]);
  });
});
