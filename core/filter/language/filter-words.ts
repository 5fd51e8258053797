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

/** Encodings that a text can be searched in, as `encoding` names them. */
export const encodings = ['ASCII', 'UTF7', 'UTF8', 'Unicode', 'UTF32', 'BigEndianUnicode', 'Base64'] as const;

/** First steps of the paths that name numbers: `IANA.Port.HTTP`, `Standard.DiagnosisLevel.Error`. In lower case. */
export const constantRoots: ReadonlySet<string> = new Set(['iana', 'standard']);
