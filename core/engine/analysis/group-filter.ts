import { pathFilter } from '../../filter/field-filter.ts';
import { isFilter } from '../../filter/language/parser.ts';
import { printLiteral } from '../../filter/language/print.ts';
import type { FilterVocabulary } from '../../filter/vocabulary.ts';
import type { CellContent } from './cell-book.ts';
import type { ColumnPlan } from './column-plan.ts';
import { conversationFilter } from './conversation.ts';
import { noReason } from './own-cells.ts';
import type { OwnColumn } from './own-columns.ts';

/** What a group has in one column. */
export interface GroupValue {
  readonly plan: ColumnPlan;
  readonly content: CellContent;
  readonly text: string;
  /** Whether comparing the field with the value finds just the rows of this text. */
  readonly isDistinct: boolean;
}

/** A filter that lets through just the rows of a group; undefined where one cannot say it. */
export function groupFilter(values: readonly GroupValue[], vocabulary: FilterVocabulary): string | undefined {
  const parts = values.map((value) => valueFilter(value, vocabulary));
  if (parts.some((part) => part === undefined)) return undefined;
  const filter =
    parts.length === 1
      ? (parts[0] ?? '')
      : parts.map((part = '') => (part.includes(' or ') ? `(${part})` : part)).join(' and ');
  return isFilter(filter) ? filter : undefined;
}

function valueFilter(
  { plan, content, text, isDistinct }: GroupValue,
  vocabulary: FilterVocabulary,
): string | undefined {
  if (!isDistinct || content === undefined) return undefined;
  const value = typeof content === 'number' ? content : content.value;
  if (plan.kind === 'field') return pathFilter(plan.path, value, text);
  return ownFilter(plan.name, text, value, vocabulary);
}

/** Values of Hopscope's own columns have names in the filter language too, all but two. */
function ownFilter(
  name: OwnColumn,
  text: string,
  value: Parameters<typeof pathFilter>[1],
  vocabulary: FilterVocabulary,
): string | undefined {
  switch (name) {
    case 'MessageNumber':
      return `*MessageNumber == ${text}`;
    case 'Timestamp':
      return `Timestamp == ${quoted(text)}`;
    case 'Source':
    case 'Destination':
    case 'Summary':
    case 'Diagnosis':
      return text.length > longestText ? undefined : `*${name} == ${quoted(text)}`;
    case 'Module':
      return `*ModuleName == ${quoted(text)}`;
    case 'Sighting':
      return `Hop == ${text}`;
    case 'Component':
    case 'Direction':
      return `${name} == ${quoted(text)}`;
    case 'Conversation':
      return conversationFilter(text);
    case 'DropReason':
      if (typeof value === 'number') return `Dropped == true and *DropReason == ${value}`;
      return value === noReason ? undefined : `Dropped == true and *Reason == ${quoted(text)}`;
    case 'Provider':
      return providerFilter(text, vocabulary);
    case 'TimeElapsed':
    case 'Length':
      return undefined;
  }
}

const longestText = 300;

function quoted(text: string): string {
  return printLiteral({ type: 'text', value: text });
}

/** Several providers may share a name. */
function providerFilter(name: string, { providers }: FilterVocabulary): string | undefined {
  const own = providers.filter((provider) => (provider.name ?? provider.guid) === name);
  if (own.length === 0) return undefined;
  return own.map(({ guid }) => `Etw.ProviderId == ${printLiteral({ type: 'guid', text: guid })}`).join(' or ');
}
