import { formatCounted } from '../format/number.ts';

export const paletteStrings = {
  heading: 'Command palette',
  placeholder: 'Type what you want to do, or a view, trace or filter',
  list: 'What can be done',
  found: (count: number) => formatCounted(count, 'match', 'matches'),
  nothing: 'Nothing is called like this. Try fewer letters.',
} as const;
