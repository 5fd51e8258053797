/** Filters that a person wants to find again: those applied last, and those kept in the library under a name. */
import { createStore } from 'zustand/vanilla';
import { isLibraryFilter, type LibraryFilter } from '../filter/library/library-filters.ts';
import { readStored, settingsStore, writeStored } from './settings.ts';

export const longestHistory = 50;

export interface SavedFilters {
  /** Applied filters, the last first, each once. */
  history: readonly string[];
  /** Own filters of the library. */
  own: readonly LibraryFilter[];
}

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');
const isLibrary = (value: unknown): value is LibraryFilter[] => Array.isArray(value) && value.every(isLibraryFilter);

export const savedFiltersStore = createStore<SavedFilters>(() => ({
  history: readStored('filter-history', isTextList) ?? [],
  own: readStored('filter-library', isLibrary) ?? [],
}));

/** The history with a filter that has just been applied. */
export function withApplied(history: readonly string[], text: string): string[] {
  return [text, ...history.filter((earlier) => earlier !== text)].slice(0, longestHistory);
}

export function rememberApplied(text: string): void {
  if (text === '' || !settingsStore.getState().rememberFilters) return;
  const history = withApplied(savedFiltersStore.getState().history, text);
  savedFiltersStore.setState({ history });
  writeStored('filter-history', history);
}

export function forgetHistory(): void {
  savedFiltersStore.setState({ history: [] });
  writeStored('filter-history', []);
}

export function keepLibrary(own: readonly LibraryFilter[]): void {
  savedFiltersStore.setState({ own });
  writeStored('filter-library', own);
}
