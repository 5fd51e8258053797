import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeTurn } from './turns.ts';

describe('turns', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are tasks of their own, in the order in which they were asked for', () => {
    const done: string[] = [];
    for (const name of ['first', 'second', 'third']) takeTurn(() => done.push(name));
    expect(done).toEqual([]);
    vi.advanceTimersToNextTimer();
    expect(done).toEqual(['first']);
    vi.runAllTimers();
    expect(done).toEqual(['first', 'second', 'third']);
  });

  it('are taken back, also all of them, and come again afterwards', () => {
    const done: string[] = [];
    const work = (): void => void done.push('same');
    const takeBack = [takeTurn(work), takeTurn(work)];
    takeBack[0]();
    vi.runAllTimers();
    expect(done).toEqual(['same']);
    takeTurn(work)();
    vi.runAllTimers();
    takeTurn(work);
    vi.runAllTimers();
    expect(done).toEqual(['same', 'same']);
  });

  it('go on after a piece that fails, and give a piece that asks for another its turn', () => {
    const done: string[] = [];
    takeTurn(() => {
      takeTurn(() => done.push('asked for meanwhile'));
      throw new Error('fails');
    });
    takeTurn(() => done.push('next'));
    expect(() => {
      vi.runAllTimers();
    }).toThrow('fails');
    vi.runAllTimers();
    expect(done).toEqual(['next', 'asked for meanwhile']);
  });
});
