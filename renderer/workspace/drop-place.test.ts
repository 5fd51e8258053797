import { expect, it } from 'vitest';
import { dropZone } from './drop-place.ts';

it('a tab lands at the side that is near, and among the tabs in the middle', () => {
  const zone = (x: number, y: number) => dropZone(x, y, 400, 200);
  expect(zone(200, 100)).toBe('tab');
  expect([zone(10, 100), zone(390, 100), zone(200, 10), zone(200, 190)]).toEqual(['left', 'right', 'top', 'bottom']);
  expect(zone(60, 5)).toBe('top');
  expect(zone(20, 40)).toBe('left');
});
