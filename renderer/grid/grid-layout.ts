/** Which columns the grid shows, in which order and how: plain data, and what a person can do with it. */
import { gridColumns } from '../../core/engine/contract-analysis.ts';
import type { ColumnName } from '../../core/engine/contract.ts';
import { isGridColumn } from './column-title.ts';

export interface LaidColumn {
  readonly column: ColumnName;
  /** Pixels; until somebody changes it, the column's own. */
  readonly width?: number;
  /** Stays at the left while the others scroll. */
  readonly pinned?: true;
  readonly hidden?: true;
}

/** In their order from the left; a column is in it once. */
export type GridLayout = readonly LaidColumn[];

/** More columns help nobody, and each costs time in every row. */
export const mostColumns = 60;
const widths = { least: 24, most: 4000 };
const longestName = 300;

/** A layout of these columns; the grid's own that it leaves out are hidden, so that they are found again. */
export function layoutOf(columns: readonly ColumnName[]): GridLayout {
  return completed(columns.map((column) => ({ column })));
}

function completed(layout: GridLayout): GridLayout {
  const missing = gridColumns.filter((column) => !layout.some((laid) => laid.column === column));
  return [...layout, ...missing.map((column) => ({ column, hidden: true as const }))];
}

/** What can be seen, pinned ones first, as the grid has them. */
export function shownColumns(layout: GridLayout): LaidColumn[] {
  const shown = layout.filter(({ hidden }) => hidden !== true);
  return [...shown.filter(({ pinned }) => pinned === true), ...shown.filter(({ pinned }) => pinned !== true)];
}

export function isShown(layout: GridLayout, column: ColumnName): boolean {
  return layout.some((laid) => laid.column === column && laid.hidden !== true);
}

/** Fields among the columns that are shown: the engine has to be asked for them. */
export function fieldColumns(layout: GridLayout): ColumnName[] {
  return shownColumns(layout).flatMap(({ column }) => (isGridColumn(column) ? [] : [column]));
}

/** Shows a column: a new one stands in front of the last, which has the rest of the width. */
export function withColumn(layout: GridLayout, column: ColumnName): GridLayout {
  if (layout.some((laid) => laid.column === column)) {
    return layout.map((laid) => (laid.column === column ? without(laid, 'hidden') : laid));
  }
  if (layout.length >= mostColumns) return layout;
  const last = layout.findLastIndex(({ hidden }) => hidden !== true);
  return layout.toSpliced(Math.max(0, last), 0, { column });
}

/** Takes a column out of sight; the last one stays. */
export function withoutColumn(layout: GridLayout, column: ColumnName): GridLayout {
  const shown = shownColumns(layout);
  if (shown.length < 2 && shown.at(0)?.column === column) return layout;
  return isGridColumn(column)
    ? layout.map((laid) => (laid.column === column ? { ...without(laid, 'pinned'), hidden: true } : laid))
    : layout.filter((laid) => laid.column !== column);
}

export function withWidth(layout: GridLayout, column: ColumnName, width: number | undefined): GridLayout {
  return layout.map((laid) => {
    if (laid.column !== column) return laid;
    return width === undefined ? without(laid, 'width') : { ...laid, width: Math.round(width) };
  });
}

export function withPinned(layout: GridLayout, column: ColumnName, isPinned: boolean): GridLayout {
  return layout.map((laid) => {
    if (laid.column !== column) return laid;
    return isPinned ? { ...laid, pinned: true } : without(laid, 'pinned');
  });
}

/** Moves a column by so many places among those that are shown; over the border of the pinned ones it cannot go. */
export function moved(layout: GridLayout, column: ColumnName, by: number): GridLayout {
  const order = shownColumns(layout).map((laid) => laid.column);
  const from = order.indexOf(column);
  const to = Math.min(order.length - 1, Math.max(0, from + by));
  if (from < 0 || from === to) return layout;
  return withOrder(layout, order.toSpliced(from, 1).toSpliced(to, 0, column));
}

/** Puts the columns that are shown into this order; hidden ones keep their places between them. */
export function withOrder(layout: GridLayout, order: readonly ColumnName[]): GridLayout {
  const shown = layout.filter(({ hidden }) => hidden !== true);
  const ordered = order.flatMap((column) => shown.find((laid) => laid.column === column) ?? []);
  const left = shown.filter((laid) => !ordered.includes(laid));
  const next = [...ordered, ...left].values();
  return layout.map((laid) => (laid.hidden === true ? laid : (next.next().value ?? laid)));
}

export function sameLayout(first: GridLayout, second: GridLayout): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

function without<Name extends 'width' | 'pinned' | 'hidden'>(laid: LaidColumn, name: Name): Omit<LaidColumn, Name> {
  const rest: LaidColumn = { ...laid };
  Reflect.deleteProperty(rest, name);
  return rest;
}

/** A layout out of a text that anybody may have written; undefined where it is none. */
export function layoutFrom(value: unknown): GridLayout | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostColumns) return undefined;
  const layout = value.map(columnFrom);
  if (!layout.every((laid) => laid !== undefined)) return undefined;
  if (new Set(layout.map(({ column }) => column)).size < layout.length) return undefined;
  return layout.some(({ hidden }) => hidden !== true) ? completed(layout) : undefined;
}

function columnFrom(value: unknown): LaidColumn | undefined {
  if (typeof value !== 'object' || value === null || !('column' in value)) return undefined;
  const { column } = value;
  if (typeof column !== 'string' || column.trim() === '' || column.length > longestName) return undefined;
  const width = 'width' in value && typeof value.width === 'number' ? value.width : undefined;
  return {
    column,
    ...(width !== undefined && width >= widths.least && width <= widths.most && { width: Math.round(width) }),
    ...('pinned' in value && value.pinned === true && { pinned: true }),
    ...('hidden' in value && value.hidden === true && { hidden: true }),
  };
}
