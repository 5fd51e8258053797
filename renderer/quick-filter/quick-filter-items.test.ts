import { expect, it } from 'vitest';
import { quickFilterItems, quickFilterDoer } from './quick-filter-items.ts';

const calls: string[] = [];
const act = quickFilterDoer(
  {
    pushFilter: (text) => Promise.resolve(void calls.push(`push ${text}`)),
    replaceFilter: (text) => Promise.resolve(void calls.push(`replace ${text}`)),
    openView: (text) => Promise.resolve(void calls.push(`open ${text}`)),
  },
  (text) => calls.push(`copy ${text}`),
);

it('adds, excludes, replaces, opens and copies a filter', () => {
  calls.length = 0;
  for (const item of quickFilterItems([{ text: 'TCP' }], act)) item.onChoose();
  expect(calls).toEqual(['push TCP', 'push !(TCP)', 'replace TCP', 'open TCP', 'copy TCP']);
});

it('has entries for each side of a time, and none that would exclude one', () => {
  const items = quickFilterItems(
    [
      { text: 'later', side: 'from here on' },
      { text: 'earlier', side: 'up to here' },
    ],
    act,
  );
  expect(items.map(({ label }) => label).slice(0, 2)).toEqual([
    'Add to filter: from here on',
    'Add to filter: up to here',
  ]);
  expect(items).toHaveLength(8);
});

it('offers nothing where there is no filter', () => {
  const items = quickFilterItems([], act);
  expect(items.map(({ disabled }) => disabled)).toEqual([true, true, true, true, true]);
});
