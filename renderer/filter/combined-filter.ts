/** The filter that is sent to the engine: the filters of the stack that are switched on, and the box, all of them at once. */
import { filterStrings } from '../strings.ts';
import type { FilterProblem } from './error-place.ts';
import { syntaxProblem } from './filter-status.ts';

/** A filter that stays beside the box, and can be switched off without being forgotten. */
export interface StackedFilter {
  readonly text: string;
  readonly enabled: boolean;
}

export interface FilterParts {
  /** The box's text, or empty. */
  readonly box: string;
  readonly stack: readonly StackedFilter[];
}

/** A text that the engine refused; the text is the box's, so that the refusal ends when that changes. */
export interface RefusedFilter {
  text: string;
  problem: FilterProblem;
}

const joint = ') && (';

/** The texts that have a say, the box's last. */
export function activeParts({ stack, box }: FilterParts): string[] {
  const enabled = stack.filter((filter) => filter.enabled).map(({ text }) => text);
  return box === '' ? enabled : [...enabled, box];
}

/** All parts that have a say, joined by `&&`, each in parentheses when there are several; empty when there is none. */
export function combinedFilter(parts: FilterParts): string {
  const texts = activeParts(parts);
  return texts.length < 2 ? texts.join('') : `(${texts.join(joint)})`;
}

/** The same parts with a filter on the stack, switched on; it stands there once. */
export function withStacked({ stack, box }: FilterParts, text: string): FilterParts {
  const known = stack.some((filter) => filter.text === text);
  return {
    box: box === text ? '' : box,
    stack: known
      ? stack.map((filter) => (filter.text === text ? { text, enabled: true } : filter))
      : [...stack, { text, enabled: true }],
  };
}

/** The filter of the stack goes into the box, to be changed; what stood there takes its place beside it. */
export function withEdited({ stack, box }: FilterParts, index: number): FilterParts {
  const { text } = stack[index];
  const others = stack.filter((_, place) => place !== index);
  return { box: text, stack: box === '' || box === text ? others : withStacked({ stack: others, box }, box).stack };
}

/** The filter of the stack lets through what it left out, and the other way round. */
export function withInverted({ stack, box }: FilterParts, index: number): FilterParts {
  const text = inverted(stack[index].text);
  const others = stack.filter((other, place) => place === index || other.text !== text);
  return { box, stack: others.map((other) => (other === stack[index] ? { text, enabled: true } : other)) };
}

/** Of a filter that `inverted` made, the one that it was made of. */
function inverted(text: string): string {
  const inner = /^!\((.*)\)$/s.exec(text)?.[1];
  return inner !== undefined && syntaxProblem(inner) === undefined ? inner : `!(${text})`;
}

/** A problem of the combined filter as one of the part in which it lies: that part is named when it is not in the box. */
export function refusedPart(parts: FilterParts, draft: string, problem: FilterProblem): RefusedFilter {
  const { text, isBox, offset } = partAt(parts, problem.start ?? 0);
  const inBox = draft.trim();
  if (!isBox && text !== inBox) {
    return { text: inBox, problem: { message: filterStrings.inStacked(text, problem.message) } };
  }
  return { text, problem: problemIn(text, offset, combinedFilter(parts), problem) };
}

/** The part that holds a place of the combined filter, and where it begins there. */
function partAt(parts: FilterParts, place: number): { text: string; isBox: boolean; offset: number } {
  const texts = activeParts(parts);
  let offset = texts.length < 2 ? 0 : 1;
  for (const [index, text] of texts.entries()) {
    const isLast = index === texts.length - 1;
    if (isLast || place < offset + text.length + joint.length) {
      return { text, isBox: isLast && parts.box !== '', offset };
    }
    offset += text.length + joint.length;
  }
  return { text: '', isBox: true, offset: 0 };
}

function problemIn(text: string, offset: number, combined: string, problem: FilterProblem): FilterProblem {
  const { message, start, end, suggestion } = problem;
  const before = combined.slice(0, offset);
  const after = combined.slice(offset + text.length);
  const isOfPart = suggestion?.startsWith(before) === true && suggestion.endsWith(after);
  const within = (place: number): number => Math.min(Math.max(0, place - offset), text.length);
  return {
    message,
    ...(start !== undefined && { start: within(start) }),
    ...(end !== undefined && { end: within(end) }),
    ...(isOfPart && { suggestion: suggestion.slice(before.length, suggestion.length - after.length) }),
  };
}
