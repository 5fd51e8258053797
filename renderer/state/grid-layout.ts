/** The columns of the grid, kept from one start to the next; with layouts under names, and what was changed, to be undone. */
import { createStore } from 'zustand/vanilla';
import type { ColumnName } from '../../core/engine/contract.ts';
import { layoutFrom, sameLayout, withColumn, type GridLayout } from '../grid/grid-layout.ts';
import {
  firstLayout,
  layoutsFromText,
  layoutsText,
  savedFrom,
  shippedLayouts,
  withLayouts,
  type ReadLayouts,
  type SavedLayout,
} from '../grid/saved-layouts.ts';
import { readStored, writeStored } from './settings.ts';

export interface GridLayouts {
  layout: GridLayout;
  own: readonly SavedLayout[];
  /** Layouts before the last changes, and those that were undone. */
  past: readonly GridLayout[];
  future: readonly GridLayout[];
}

const storedLayout = 'grid-columns';
const storedOwn = 'grid-layouts';
/** Changes that can be undone. */
const longestPast = 50;

const isLayout = (value: unknown): value is GridLayout => layoutFrom(value) !== undefined;
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

export const gridLayoutStore = createStore<GridLayouts>(() => ({
  layout: layoutFrom(readStored(storedLayout, isLayout)) ?? firstLayout,
  own: (readStored(storedOwn, isList) ?? []).flatMap((entry) => savedFrom(entry) ?? []),
  past: [],
  future: [],
}));

/** Changes the columns; what was before can be had back. */
export function changeLayout(change: (layout: GridLayout) => GridLayout): void {
  const { layout, past } = gridLayoutStore.getState();
  const next = change(layout);
  if (sameLayout(layout, next)) return;
  put(next, [...past, layout].slice(-longestPast), []);
}

export function addColumn(column: ColumnName): void {
  changeLayout((layout) => withColumn(layout, column));
}

export function undoLayoutChange(): void {
  const { layout, past, future } = gridLayoutStore.getState();
  const before = past.at(-1);
  if (before) put(before, past.slice(0, -1), [...future, layout]);
}

export function redoLayoutChange(): void {
  const { layout, past, future } = gridLayoutStore.getState();
  const next = future.at(-1);
  if (next) put(next, [...past, layout], future.slice(0, -1));
}

/** All layouts under names, those that come with Hopscope first. */
export function namedLayouts(own = gridLayoutStore.getState().own): SavedLayout[] {
  return [...shippedLayouts, ...own];
}

export function applyLayout(name: string): void {
  const found = namedLayouts().find((each) => each.name === name);
  if (found) changeLayout(() => found.layout);
}

/** Keeps the columns on show under a name; an own layout of that name is replaced. */
export function saveLayout(name: string): void {
  const { own, layout } = gridLayoutStore.getState();
  keepOwn(withLayouts(own, [{ name: name.trim(), layout }]));
}

export function renameLayout(name: string, newName: string): void {
  const { own } = gridLayoutStore.getState();
  const found = own.find((each) => each.name === name);
  if (!found) return;
  const others = own.filter((each) => each !== found);
  keepOwn(withLayouts(others, [{ ...found, name: newName.trim() }]));
}

export function deleteLayout(name: string): void {
  keepOwn(gridLayoutStore.getState().own.filter((each) => each.name !== name));
}

/** The person's own layouts, and the one on show, as text. */
export function exportLayouts(nameOfShown: string): string {
  const { own, layout } = gridLayoutStore.getState();
  return layoutsText([...own, { name: nameOfShown, layout }]);
}

/** Takes the layouts of a text in; returns what came of it. */
export function importLayouts(text: string): ReadLayouts {
  const read = layoutsFromText(text);
  keepOwn(withLayouts(gridLayoutStore.getState().own, read.layouts));
  return read;
}

function put(layout: GridLayout, past: readonly GridLayout[], future: readonly GridLayout[]): void {
  gridLayoutStore.setState({ layout, past, future });
  writeStored(storedLayout, layout);
}

function keepOwn(own: readonly SavedLayout[]): void {
  gridLayoutStore.setState({ own });
  writeStored(
    storedOwn,
    own.map(({ name, layout }) => ({ name, columns: layout })),
  );
}
