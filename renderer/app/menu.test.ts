import { expect, it } from 'vitest';
import { nextItem } from './Menu.tsx';

it('moves through a menu in a circle', () => {
  expect(nextItem('ArrowDown', 0, 3)).toBe(1);
  expect(nextItem('ArrowDown', 2, 3)).toBe(0);
  expect(nextItem('ArrowUp', 0, 3)).toBe(2);
  expect(nextItem('ArrowUp', -1, 3)).toBe(2);
  expect(nextItem('Home', 2, 3)).toBe(0);
  expect(nextItem('End', 0, 3)).toBe(2);
});

it('stays where it is for other keys, and in an empty menu', () => {
  expect(nextItem('c', 1, 3)).toBeUndefined();
  expect(nextItem('ArrowDown', -1, 0)).toBeUndefined();
});
