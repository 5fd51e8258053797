import type { Span } from './ast.ts';
import { FilterError } from './filter-error.ts';

/** More mistakes than this in one filter nobody reads; the rest of the text is left unread. */
export const mostProblems = 20;

/** A mistake in a filter text while it is read; `errorsOf` makes an error for the author of it. */
export interface Problem {
  readonly message: string;
  readonly place: Span;
  /** What would mend it, in the order of their places; empty when nobody can know. */
  readonly edits: readonly Edit[];
}

/** The part of the text at `place` becomes `replacement`. An empty place inserts. */
export interface Edit {
  readonly place: Span;
  readonly replacement: string;
}

export function problem(message: string, { start, end }: Span, edits: readonly Edit[] = []): Problem {
  return { message, place: { start, end }, edits };
}

export function replacing({ start, end }: Span, replacement: string): Edit {
  return { place: { start, end }, replacement };
}

export function inserting(position: number, inserted: string): Edit {
  return { place: { start: position, end: position }, replacement: inserted };
}

/** The text with all edits carried out. Of two that overlap the later one is left out. */
export function edited(text: string, edits: readonly Edit[]): string {
  const inOrder = edits.toSorted((first, second) => first.place.start - second.place.start);
  const parts: string[] = [];
  let position = 0;
  for (const { place, replacement } of inOrder) {
    if (place.start < position) continue;
    parts.push(text.slice(position, place.start), replacement);
    position = place.end;
  }
  return `${parts.join('')}${text.slice(position)}`;
}

/** UTF-16 code units. Mistakes of a longer filter are mended all together or not at all, as every attempt is read again. */
const longestMendedAlone = 10_000;

/**
 * The errors that say these problems, in the order of their places. What mends a problem alone, or else all of them
 * together, is its suggestion; `isFilter` decides whether a text is worth suggesting.
 */
export function errorsOf(
  text: string,
  problems: readonly Problem[],
  isFilter: (text: string) => boolean,
): FilterError[] {
  const mended = edited(
    text,
    problems.flatMap(({ edits }) => edits),
  );
  const suggestsAll = mended !== text && isFilter(mended);
  return problems
    .toSorted((first, second) => first.place.start - second.place.start)
    .map(({ message, place, edits }) => {
      if (edits.length === 0) return new FilterError(message, place);
      if (problems.length > 1 && text.length <= longestMendedAlone) {
        const alone = edited(text, edits);
        if (isFilter(alone)) return new FilterError(message, place, alone);
      }
      return new FilterError(message, place, suggestsAll ? mended : undefined);
    });
}
