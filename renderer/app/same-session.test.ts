import { expect, it } from 'vitest';
import { newSession } from '../state/model.ts';
import { isSameButProgress } from './same-session.ts';

it('leaves out how far the reading is, and nothing else', () => {
  const before = newSession(1, []);
  const isSame = (change: object): boolean =>
    isSameButProgress({ session: before }, { session: { ...before, ...change } });
  expect(isSame({ eventsRead: 7, bytesRead: 4096 })).toBe(true);
  expect(isSame({ stage: 'ordering' })).toBe(false);
  expect(isSame({ trace: 3 })).toBe(false);
  expect(isSame({ viewGeneration: 1, eventsRead: 7 })).toBe(false);
});
