import { expect, it } from 'vitest';
import { searchFor } from './search-filter.ts';

const problem = { message: 'No.', start: 0, end: 1 };

it('takes a filter as one', () => {
  expect(searchFor('TCP.Port == 80', { problems: [], notes: [] })).toEqual({ filter: 'TCP.Port == 80', isText: false });
  expect(searchFor('TPC.Port == 80', { problems: [], notes: ['No TPC here.'] }).isText).toBe(false);
});

it('looks for the words of what is no filter', () => {
  expect(searchFor('GET "/', { problems: [problem], notes: [] })).toEqual({ filter: '"GET \\"/"', isText: true });
  expect(searchFor('anything', undefined)).toEqual({ filter: '"anything"', isText: true });
});

it('looks for a word that names no module of the trace', () => {
  expect(searchFor('reset', { problems: [], notes: ['reset is no module of this trace.'] })).toEqual({
    filter: '"reset"',
    isText: true,
  });
  expect(searchFor('TCP', { problems: [], notes: [] })).toEqual({ filter: 'TCP', isText: false });
});
