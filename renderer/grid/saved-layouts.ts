/** Layouts of columns under names: those that come with Hopscope, and a person's own, also as text for a colleague. */
import { gridColumns } from '../../core/engine/contract-analysis.ts';
import { layoutFrom, layoutOf, type GridLayout } from './grid-layout.ts';
import { layoutStrings } from './strings.ts';

export interface SavedLayout {
  readonly name: string;
  readonly layout: GridLayout;
}

/** The columns that Hopscope starts with: Message Analyzer's. */
export const firstLayout = layoutOf(gridColumns);

export const shippedLayouts: readonly SavedLayout[] = [
  { name: 'Message Analyzer', layout: firstLayout },
  {
    name: 'Network',
    layout: layoutOf([
      'MessageNumber',
      'Diagnosis',
      'Timestamp',
      'Source',
      'TCP.SourcePort',
      'Destination',
      'TCP.DestinationPort',
      'Module',
      'TCP.Flags',
      'Length',
      'Sighting',
      'Summary',
    ]),
  },
  {
    name: 'Wireshark',
    layout: layoutOf(['MessageNumber', 'Timestamp', 'Source', 'Destination', 'Module', 'Length', 'Summary']),
  },
  {
    name: 'ETW',
    layout: layoutOf([
      'MessageNumber',
      'Diagnosis',
      'Timestamp',
      'Provider',
      'Etw.Id',
      'Etw.Level',
      'Etw.ProcessId',
      'Etw.ThreadId',
      'Summary',
    ]),
  },
  {
    name: 'vSwitch',
    layout: layoutOf([
      'MessageNumber',
      'Diagnosis',
      'Timestamp',
      'Component',
      'Direction',
      'Source',
      'Destination',
      'Module',
      'Sighting',
      'DropReason',
      'Summary',
    ]),
  },
];

const longestLayoutName = 80;
const mostLayouts = 200;

/** Why a name cannot be given to a layout; undefined when it can. `own`: the layouts that there are. */
export function nameProblem(name: string, own: readonly SavedLayout[], current?: string): string | undefined {
  const wanted = name.trim();
  const isTaken = ({ name: other }: SavedLayout): boolean => other.toLowerCase() === wanted.toLowerCase();
  if (wanted === '') return layoutStrings.problems.noName;
  if (wanted.length > longestLayoutName) return layoutStrings.problems.longName;
  if (shippedLayouts.some(isTaken)) return layoutStrings.problems.shippedName(wanted);
  return own.some((each) => each.name !== current && isTaken(each))
    ? layoutStrings.problems.nameTaken(wanted)
    : undefined;
}

/** `{"layouts": [{"name": …, "columns": [{"column": …, "width": …}]}]}`. */
export function layoutsText(layouts: readonly SavedLayout[]): string {
  const written = layouts.map(({ name, layout }) => ({ name, columns: layout }));
  return `${JSON.stringify({ layouts: written }, null, 2)}\n`;
}

export interface ReadLayouts {
  readonly layouts: readonly SavedLayout[];
  /** What could not be taken, in sentences. */
  readonly problems: readonly string[];
}

/** The layouts of a text that `layoutsText` has written, or anybody. */
export function layoutsFromText(text: string): ReadLayouts {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { layouts: [], problems: [layoutStrings.problems.notJson(error instanceof Error ? error.message : '')] };
  }
  const entries: unknown =
    typeof value === 'object' && value !== null && 'layouts' in value ? value.layouts : undefined;
  if (!Array.isArray(entries)) return { layouts: [], problems: [layoutStrings.problems.noLayouts] };
  const read = entries
    .slice(0, mostLayouts)
    .map((entry, index) => savedFrom(entry) ?? layoutStrings.problems.entry(index + 1));
  return {
    layouts: read.filter((each) => typeof each !== 'string'),
    problems: read.filter((each) => typeof each === 'string'),
  };
}

export function savedFrom(value: unknown): SavedLayout | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('columns' in value)) return undefined;
  const layout = layoutFrom(value.columns);
  const name = typeof value.name === 'string' ? value.name.trim().slice(0, longestLayoutName) : '';
  return layout && name !== '' ? { name, layout } : undefined;
}

/** Own layouts with more of them; one of the same name takes the place of the one before, and shipped ones keep theirs. */
export function withLayouts(own: readonly SavedLayout[], added: readonly SavedLayout[]): SavedLayout[] {
  const taken = added.map(({ name, layout }) => ({
    layout,
    name: shippedLayouts.some((shipped) => shipped.name.toLowerCase() === name.toLowerCase())
      ? layoutStrings.imported(name)
      : name,
  }));
  const names = new Set(taken.map(({ name }) => name.toLowerCase()));
  return [...own.filter(({ name }) => !names.has(name.toLowerCase())), ...taken]
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, mostLayouts);
}
