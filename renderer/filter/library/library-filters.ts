/** Filters with a name: keeping them apart, finding them, and carrying them to another computer as JSON. */
import { filterStrings, libraryStrings } from '../../strings.ts';
import { syntaxProblem } from '../filter-status.ts';

export interface LibraryFilter {
  readonly name: string;
  readonly category: string;
  readonly text: string;
}

export interface LibraryImport {
  /** The library with what was added. */
  filters: readonly LibraryFilter[];
  added: number;
  /** Filters that were there already. */
  known: number;
  /** Entries that were left out, and why, in sentences. */
  problems: readonly string[];
}

const kind = 'hopscope filters';

export function isLibraryFilter(value: unknown): value is LibraryFilter {
  if (typeof value !== 'object' || value === null) return false;
  const { name, category, text } = value as Partial<Record<keyof LibraryFilter, unknown>>;
  return [name, category, text].every((part) => typeof part === 'string' && part.trim() !== '');
}

/** Why a filter cannot be kept as it is, in a sentence; undefined when it can. */
export function whyNotKept(
  filters: readonly LibraryFilter[],
  filter: LibraryFilter,
  replaced?: LibraryFilter,
): string | undefined {
  if (filter.name.trim() === '') return libraryStrings.problems.noName;
  if (filter.text.trim() === '') return libraryStrings.problems.noText;
  const problem = syntaxProblem(filter.text.trim());
  if (problem) return problem.message;
  const others = filters.filter((other) => other !== replaced);
  return others.some((other) => isSameName(other, filter)) ? libraryStrings.problems.nameTaken(filter.name) : undefined;
}

/** The library with a filter added, or put in the place of another. */
export function withFilter(
  filters: readonly LibraryFilter[],
  { name, category, text }: LibraryFilter,
  replaced?: LibraryFilter,
): LibraryFilter[] {
  const kept = { name: name.trim(), category: category.trim() || libraryStrings.ownCategory, text: text.trim() };
  return replaced ? filters.map((filter) => (filter === replaced ? kept : filter)) : [...filters, kept];
}

/** Filters whose name, category or text holds every word that is looked for. */
export function foundFilters(filters: readonly LibraryFilter[], wanted: string): LibraryFilter[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return filters.filter(({ name, category, text }) => {
    const whole = `${name}\n${category}\n${text}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}

/** Filters by category, both in the order in which they come. */
export function byCategory(filters: readonly LibraryFilter[]): [category: string, filters: LibraryFilter[]][] {
  const groups = new Map<string, LibraryFilter[]>();
  for (const filter of filters) {
    const group = groups.get(filter.category);
    if (group) group.push(filter);
    else groups.set(filter.category, [filter]);
  }
  return [...groups];
}

export function libraryJson(filters: readonly LibraryFilter[]): string {
  const entries = filters.map(({ name, category, text }) => ({ name, category, text }));
  return `${JSON.stringify({ kind, version: 1, filters: entries }, undefined, 2)}\n`;
}

/** Adds what a file holds. A filter of a known name but another text gets a number behind its name. */
export function importedLibrary(own: readonly LibraryFilter[], json: string): LibraryImport {
  const nothing = (problem: string): LibraryImport => ({ filters: own, added: 0, known: 0, problems: [problem] });
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    return nothing(libraryStrings.problems.notJson(error instanceof Error ? error.message : ''));
  }
  const entries = entriesIn(content);
  if (!entries) return nothing(libraryStrings.problems.notALibrary);
  const filters = [...own];
  const problems: string[] = [];
  let known = 0;
  for (const [index, entry] of entries.entries()) {
    const problem = entryProblem(entry);
    if (problem !== undefined || !isLibraryFilter(entry)) {
      problems.push(libraryStrings.problems.entry(index + 1, problem ?? ''));
    } else if (filters.some((filter) => isSameName(filter, entry) && filter.text === entry.text.trim())) {
      known++;
    } else {
      filters.push(...withFilter([], { ...entry, name: freeName(filters, entry) }));
    }
  }
  return { filters, added: filters.length - own.length, known, problems };
}

function entriesIn(content: unknown): unknown[] | undefined {
  const list = Array.isArray(content) ? content : (content as { filters?: unknown } | null)?.filters;
  return Array.isArray(list) ? (list as unknown[]) : undefined;
}

function entryProblem(entry: unknown): string | undefined {
  if (!isLibraryFilter(entry)) return libraryStrings.problems.notAnEntry;
  const problem = syntaxProblem(entry.text.trim());
  return problem && `${filterStrings.quoted(entry.text)}: ${problem.message}`;
}

function freeName(filters: readonly LibraryFilter[], filter: LibraryFilter): string {
  const name = filter.name.trim();
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!filters.some((other) => isSameName(other, { ...filter, name: candidate }))) return candidate;
  }
}

function isSameName(first: LibraryFilter, second: LibraryFilter): boolean {
  const key = ({ category, name }: LibraryFilter): string => `${category.trim()}\n${name.trim()}`.toLowerCase();
  return key(first) === key(second);
}
