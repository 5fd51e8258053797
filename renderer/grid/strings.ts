/** What the message grid says of orders, columns, times, marks and copies. */
import { formatCount } from '../format/number.ts';

export const sortStrings = {
  sorting: (trace: string, column: string) => `Sorting ${trace} by ${column}`,
  failed: (column: string) => `The messages were not sorted by ${column}`,
  failedAdvice: 'They stay in the order in which they were.',
  status: (column: string, descending: boolean) => `sorted by ${column} ${descending ? '↓' : '↑'}`,
  statusHint: 'The messages are not in time order. Click to sort them by time again.',
  hint: 'Click to sort',
  ascending: 'Sort ascending',
  descending: 'Sort descending',
  byTime: 'Sort by time again',
  inWords: { ascending: 'sorted ascending', descending: 'sorted descending' },
} as const;

export const scrollStrings = {
  label: 'Place in the messages',
  place: (position: number, rows: number) => `Row ${formatCount(position)} of ${formatCount(rows)}`,
} as const;
