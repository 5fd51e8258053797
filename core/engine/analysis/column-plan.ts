import type { ColumnField } from '../../filter/field-catalogue.ts';
import type { FieldReference } from '../../filter/field-reference.ts';
import { FilterError } from '../../filter/language/filter-error.ts';
import { parseFilter } from '../../filter/language/parser.ts';
import { printPath } from '../../filter/language/print.ts';
import type { PathExpression } from '../../filter/language/ast.ts';
import { nearNames } from '../../filter/near-names.ts';
import { present } from '../../filter/field-values.ts';
import { anyEvent, type FilterPlan } from '../../filter/plan.ts';
import { Names, type FieldGroup } from '../../filter/resolve.ts';
import type { FilterVocabulary } from '../../filter/vocabulary.ts';
import type { ColumnName } from '../contract.ts';
import { ColumnError } from './column-error.ts';
import { fieldColumns } from './field-columns.ts';
import { isOfDiagnosis, ownColumn, ownColumns, type OwnColumn } from './own-columns.ts';

/** What a column is in one trace. Plain data, because it crosses to a worker. */
export type ColumnPlan = OwnColumnPlan | FieldColumnPlan;

export interface OwnColumnPlan {
  readonly kind: 'own';
  readonly name: OwnColumn;
}

export interface FieldColumnPlan {
  readonly kind: 'field';
  /** As a filter writes it. */
  readonly path: string;
  readonly reference: FieldReference;
  /** Columns of the segments that hold the field. */
  readonly columns: readonly ColumnField[];
  /** Events whose message has to be read for what they have in the field. */
  readonly read: FilterPlan;
  readonly needsDiagnosis: boolean;
}

/** The column of a name. Throws ColumnError where the trace has none, with names that may have been meant. */
export function columnPlan(name: ColumnName, vocabulary: FilterVocabulary): ColumnPlan {
  const own = ownColumn(name);
  if (own) return { kind: 'own', name: own };
  const path = pathOf(name);
  const field = path && fieldPlan(path, name, vocabulary);
  if (!field) throw unknownColumn(name, vocabulary);
  return field;
}

/** As columnPlan; undefined in place of an error. */
export function knownColumnPlan(name: ColumnName, vocabulary: FilterVocabulary): ColumnPlan | undefined {
  try {
    return columnPlan(name, vocabulary);
  } catch (error) {
    if (error instanceof ColumnError) return undefined;
    throw error;
  }
}

export function needsDiagnosis(plan: ColumnPlan): boolean {
  return plan.kind === 'own' ? isOfDiagnosis(plan.name) : plan.needsDiagnosis;
}

/** How much of the trace has to be read again for the column: no message, few, or one for each row. */
export function readingOf(plan: ColumnPlan): 'none' | 'some' | 'all' {
  if (plan.kind === 'own') return plan.name === 'Summary' ? 'all' : 'none';
  return plan.columns.length > 0 ? 'some' : 'all';
}

function pathOf(name: ColumnName): PathExpression | undefined {
  try {
    const { expression } = parseFilter(name);
    return expression?.kind === 'path' ? expression : undefined;
  } catch (error) {
    if (error instanceof FilterError) return undefined;
    throw error;
  }
}

function fieldPlan(path: PathExpression, name: ColumnName, vocabulary: FilterVocabulary): FieldColumnPlan | undefined {
  try {
    const subject = new Names(name, vocabulary).resolve(path);
    if (subject.kind !== 'fields') return undefined;
    return planOf(printPath(path), subject);
  } catch (error) {
    if (error instanceof FilterError) throw new ColumnError(`"${name}" is no column: ${error.message}`);
    throw error;
  }
}

/**
 * Columns speak for the field where nothing else can lead to it, and no row has two of them: of one module one, for a
 * packet may have `TCP.SourcePort` or `UDP.SourcePort`.
 */
function planOf(
  path: string,
  { reference, columns, nested, decoded, needsDiagnosis: diagnosis }: FieldGroup,
): FieldColumnPlan {
  const own = { kind: 'field', path, reference, needsDiagnosis: diagnosis } as const;
  const isDecoded = decoded.kind !== 'constant' || decoded.value;
  const areAlternatives = new Set(columns.map(({ module }) => module)).size === columns.length;
  if (columns.length > 0 && areAlternatives && !isDecoded) return { ...own, columns, read: nested };
  return { ...own, columns: [], read: anyEvent([...(columns.length > 0 ? [present(columns)] : []), nested, decoded]) };
}

function unknownColumn(name: ColumnName, vocabulary: FilterVocabulary): ColumnError {
  const known = [...ownColumns, ...fieldColumns(vocabulary).map(({ column }) => column)];
  const near = nearNames(name, known);
  const meant = near.length > 0 ? ` Near names: ${near.join(', ')}.` : '';
  return new ColumnError(`This trace has no column "${name}".${meant}`);
}
