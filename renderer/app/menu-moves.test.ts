import { expect, it } from 'vitest';
import { neighbourMenu, typedItem } from './menu-moves.ts';

it('finds the next item that begins with the typed letter, in a circle', () => {
  const labels = ['Open…', 'Export…', 'Open the sample'];
  expect(typedItem('o', labels, -1)).toBe(0);
  expect(typedItem('O', labels, 0)).toBe(2);
  expect(typedItem('o', labels, 2)).toBe(0);
  expect(typedItem('x', labels, 0)).toBeUndefined();
  expect(typedItem('x', [], -1)).toBeUndefined();
});

it('goes from menu to menu in a circle', () => {
  expect(neighbourMenu('ArrowRight', 6, 7)).toBe(0);
  expect(neighbourMenu('ArrowLeft', 0, 7)).toBe(6);
  expect(neighbourMenu('ArrowDown', 0, 7)).toBeUndefined();
});
