import { expect, it } from 'vitest';
import { syntaxProblem } from '../filter-status.ts';
import { shippedFilters } from './shipped-filters.ts';

it.each(shippedFilters.map(({ name, text }) => [name, text]))('%s: %s is a filter', (_, text) => {
  expect(syntaxProblem(text)).toBeUndefined();
});

it('has no two filters of one name in a category', () => {
  const names = shippedFilters.map(({ category, name }) => `${category}/${name}`);
  expect(new Set(names).size).toBe(names.length);
});
