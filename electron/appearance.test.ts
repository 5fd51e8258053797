import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { backgroundColor } from './appearance.ts';

it('a window has the colour of its page before the page is there', async () => {
  const styles = await readFile(fileURLToPath(new URL('../renderer/styles/tokens.css', import.meta.url)), 'utf8');
  const surfaces = Array.from(styles.matchAll(/--surface: (#\w+);/g), ([, color]) => color);
  expect(surfaces.slice(0, 2)).toEqual([backgroundColor(false), backgroundColor(true)]);
});
