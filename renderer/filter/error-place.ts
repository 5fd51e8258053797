/** The place of an error in a filter text, as a person is shown it. */

export interface FilterProblem {
  message: string;
  /** Offsets into the text; absent when the whole text is meant. */
  start?: number;
  end?: number;
  /** A whole filter text to try instead. */
  suggestion?: string;
}

export interface ErrorPlace {
  before: string;
  /** Never empty: at the end of the text it is one blank, so that there is something to underline. */
  at: string;
  after: string;
  /** 1-based column of the error, for words. */
  column: number;
}

/** Longest text shown on either side of the error. */
const contextLength = 60;

/** Cuts a filter text at its error; undefined when that has no place. Places outside the text are moved into it. */
export function errorPlace(text: string, problem: FilterProblem): ErrorPlace | undefined {
  if (problem.start === undefined) return undefined;
  const start = Math.min(Math.max(0, problem.start), text.length);
  const end = Math.min(Math.max(start + 1, problem.end ?? start + 1), Math.max(text.length, start + 1));
  const before = text.slice(0, start);
  const after = text.slice(end);
  return {
    before: before.length > contextLength ? `…${before.slice(-contextLength)}` : before,
    at: text.slice(start, end) || ' ',
    after: after.length > contextLength ? `${after.slice(0, contextLength)}…` : after,
    column: start + 1,
  };
}
