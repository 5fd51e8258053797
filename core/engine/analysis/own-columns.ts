import { gridColumns, type GridColumn } from '../contract-analysis.ts';

/** What Hopscope says of a row besides its fields and the grid's own columns. */
export const derivedColumns = [
  { name: 'Component', type: 'text' },
  { name: 'Conversation', type: 'text' },
  { name: 'Direction', type: 'text' },
  { name: 'DropReason', type: 'text' },
  { name: 'Length', type: 'bytes' },
  { name: 'Provider', type: 'text' },
] as const;
/** The module that they are listed under. */
export const derivedModule = 'Hopscope';

export type DerivedColumn = (typeof derivedColumns)[number]['name'];
export type OwnColumn = GridColumn | DerivedColumn;

export const ownColumns: readonly OwnColumn[] = [...gridColumns, ...derivedColumns.map(({ name }) => name)];

/** What filters call them. */
const otherNames: ReadonlyMap<string, OwnColumn> = new Map<string, OwnColumn>([
  ['modulename', 'Module'],
  ['hop', 'Sighting'],
]);

/** The column of a name in any case, with or without the sign that filters put in front; undefined where it is none of ours. */
export function ownColumn(name: string): OwnColumn | undefined {
  const key = name.trim().toLowerCase().replace(/^[*#]/, '');
  return ownColumns.find((column) => column.toLowerCase() === key) ?? otherNames.get(key);
}

/** Whether the column says something only once the trace has been diagnosed. */
export function isOfDiagnosis(column: OwnColumn): boolean {
  return column === 'Diagnosis' || column === 'Sighting';
}
