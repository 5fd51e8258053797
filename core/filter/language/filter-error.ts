import type { Span } from './ast.ts';

/**
 * A text that is no filter, or one that this version cannot carry out. The message is a sentence for the filter's author:
 * what was found, what was expected. `start` and `end` are UTF-16 offsets into the filter text.
 */
export class FilterError extends Error {
  override readonly name = 'FilterError';
  readonly start: number;
  readonly end: number;
  /** A whole filter text to try instead. */
  readonly suggestion?: string;

  constructor(message: string, place: Span, suggestion?: string) {
    super(message);
    this.start = place.start;
    this.end = place.end;
    if (suggestion !== undefined) this.suggestion = suggestion;
  }
}

/** The text with the part at `place` replaced. */
export function replaceSpan(text: string, place: Span, replacement: string): string {
  return `${text.slice(0, place.start)}${replacement}${text.slice(place.end)}`;
}
