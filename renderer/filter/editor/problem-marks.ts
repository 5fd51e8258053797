/** Underlines the mistakes of a filter where they are. */
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { FilterProblem } from '../error-place.ts';

interface Marks {
  invalid: boolean;
  underlines: DecorationSet;
}

const setMarks = StateEffect.define<Marks>();
const underline = Decoration.mark({ class: 'filter-mistake' });

const marksField = StateField.define<Marks>({
  create: () => ({ invalid: false, underlines: Decoration.none }),
  update(before, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setMarks));
    if (set) return set.value;
    if (!transaction.docChanged) return before;
    return { ...before, underlines: before.underlines.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ underlines }) => underlines),
});

export const problemMarks: Extension = marksField;

export function isMarkedInvalid(state: EditorState): boolean {
  return state.field(marksField).invalid;
}

export function showProblems(view: EditorView, problems: readonly FilterProblem[]): void {
  if (problems.length === 0 && !isMarkedInvalid(view.state)) return;
  const length = view.state.doc.length;
  const ranges = problems.flatMap((problem) => {
    const range = underlinedRange(problem, length);
    return range ? [underline.range(range.from, range.to)] : [];
  });
  view.dispatch({
    effects: setMarks.of({ invalid: problems.length > 0, underlines: Decoration.set(ranges, true) }),
  });
}

/** What to underline in a text of this length, never nothing: a mistake at the end is under the last character. */
export function underlinedRange(
  { start, end }: Pick<FilterProblem, 'start' | 'end'>,
  length: number,
): { from: number; to: number } | undefined {
  if (start === undefined || length === 0) return undefined;
  const from = Math.min(Math.max(0, start), length - 1);
  return { from, to: Math.min(Math.max(from + 1, end ?? from + 1), length) };
}
