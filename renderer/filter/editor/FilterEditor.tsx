import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { filterStrings } from '../../strings.ts';
import type { FilterProblem } from '../error-place.ts';
import { filterExtensions, filterInputId, replaceText, type EditorActions } from './extensions.ts';
import { showProblems } from './problem-marks.ts';

interface FilterEditorProps extends EditorActions {
  text: string;
  problems: readonly FilterProblem[];
}

/** The filter box: one line of text that wraps, coloured by what its parts are, its mistakes underlined, completed. */
export function FilterEditor({ text, problems, ...actions }: FilterEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const act = useEffectEvent(() => actions);

  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        extensions: filterExtensions({
          onChange: (changed) => {
            act().onChange(changed);
          },
          onApply: (applied) => {
            act().onApply(applied);
          },
          onPin: (pinned) => {
            act().onPin(pinned);
          },
          onRemove: () => {
            act().onRemove();
          },
          onEscape: (timeStamp) => {
            act().onEscape(timeStamp);
          },
          onHistory: () => {
            act().onHistory();
          },
          onPasteWhole: (pasted) => act().onPasteWhole(pasted),
          complete: (asked, position, signal) => act().complete(asked, position, signal),
        }),
      }),
    });
    editor.current = view;
    return () => {
      view.destroy();
    };
  }, []);

  useLayoutEffect(() => {
    if (editor.current) replaceText(editor.current, text);
  }, [text]);

  useEffect(() => {
    if (editor.current) showProblems(editor.current, problems);
  }, [problems]);

  return (
    <div className="filter-editor">
      <div ref={place} />
      {text === '' && (
        <span className="filter-placeholder" aria-hidden>
          {filterStrings.placeholder}
        </span>
      )}
    </div>
  );
}

/** Moves the focus into the filter box, to where the cursor was. */
export function focusFilterEditor(): void {
  const input = document.getElementById(filterInputId);
  if (input) EditorView.findFromDOM(input)?.focus();
}
