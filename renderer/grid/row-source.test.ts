import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRowSource, type RowSource } from './row-source.ts';
import { blockSize } from './row-window.ts';

interface Asked {
  from: number;
  signal: AbortSignal;
  answer: (rows: number[]) => void;
  refuse: () => void;
}

/** A source over numbers; `asked` are the calls so far, `got` the answers to the grid. */
function source(): { source: RowSource<number>; asked: Asked[]; got: string[]; want: (from: number) => void } {
  const asked: Asked[] = [];
  const got: string[] = [];
  const rows = createRowSource<number>(
    (from, _count, signal) =>
      new Promise((resolve, reject) => {
        const refuse = (): void => {
          reject(new Error('refused'));
        };
        asked.push({ from, signal, answer: resolve, refuse });
      }),
  );
  const want = (from: number): void => {
    rows.request({
      from,
      done: (block) => got.push(`${from}: ${block.join()}`),
      failed: () => got.push(`${from} failed`),
    });
  };
  return { source: rows, asked, got, want };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks for what is in sight, and answers from what it knows', async () => {
  const { source: rows, asked, got, want } = source();
  rows.see(0, 40);
  want(0);
  vi.advanceTimersByTime(50);
  expect(asked.map(({ from }) => from)).toEqual([0]);
  asked[0].answer([1, 2]);
  await vi.runAllTimersAsync();
  want(0);
  expect(got).toEqual(['0: 1,2', '0: 1,2']);
});

it('does not ask for rows that only rushed by, and asks when they come back', () => {
  const { source: rows, asked, want } = source();
  for (let step = 0; step < 20; step++) {
    rows.see(step * 10 * blockSize, step * 10 * blockSize + 40);
    want(step * 10 * blockSize);
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(50);
  expect(asked.length).toBeLessThan(4);
  expect(asked.at(-1)?.from).toBe(190 * blockSize);
  expect(asked.slice(0, -1).every(({ signal }) => signal.aborted)).toBe(true);
  rows.see(10 * blockSize, 10 * blockSize + 40);
  vi.advanceTimersByTime(50);
  expect(asked.at(-1)?.from).toBe(10 * blockSize);
});

it('gives up a block that went out of sight, and asks for it anew', async () => {
  const { source: rows, asked, got, want } = source();
  rows.see(0, 40);
  want(0);
  vi.advanceTimersByTime(50);
  rows.see(100 * blockSize, 100 * blockSize + 40);
  vi.advanceTimersByTime(50);
  expect(asked[0].signal.aborted).toBe(true);
  asked[0].answer([7]);
  await vi.runAllTimersAsync();
  expect(got).toEqual([]);
  rows.see(0, 40);
  vi.advanceTimersByTime(50);
  asked[1].answer([8]);
  await vi.runAllTimersAsync();
  expect(got).toEqual(['0: 8']);
});

it('reads anew what reads differently, and tells of a failure', async () => {
  const { source: rows, asked, got, want } = source();
  want(0);
  vi.advanceTimersByTime(50);
  asked[0].answer([1]);
  await vi.runAllTimersAsync();
  rows.forget();
  want(0);
  vi.advanceTimersByTime(50);
  asked[1].refuse();
  await vi.runAllTimersAsync();
  expect(got).toEqual(['0: 1', '0 failed']);
});

it('answers what nobody wants any more, so that the grid stops counting it', () => {
  const { source: rows, got, want } = source();
  want(0);
  want(blockSize);
  rows.close();
  expect(got).toEqual(['0 failed', `${blockSize} failed`]);
});
