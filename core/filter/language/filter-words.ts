import type { ComparisonOperator } from './ast.ts';

/** What people write for an operator of ours, by habit from other languages, in lower case. */
export const misspelledOperators: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['=', '=='],
  ['===', '=='],
  ['eq', '=='],
  ['<>', '!='],
  ['!==', '!='],
  ['ne', '!='],
  ['=<', '<='],
  ['le', '<='],
  ['=>', '>='],
  ['ge', '>='],
  ['lt', '<'],
  ['gt', '>'],
]);

/** First steps of the paths that name numbers: `IANA.Port.HTTP`, `Standard.DiagnosisLevel.Error`. In lower case. */
export const constantRoots: ReadonlySet<string> = new Set(['iana', 'standard']);
