import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { takeTurn } from '../../app/turns.ts';
import { filterStrings } from '../../strings.ts';
import type { FilterProblem } from '../error-place.ts';
import { filterExtensions, filterInputId, replaceText, type EditorActions } from './extensions.ts';
import { showProblems } from './problem-marks.ts';

interface FilterEditorProps extends EditorActions {
  text: string;
  problems: readonly FilterProblem[];
}

/** The filter box: one line of text that wraps, coloured by what its parts are, its mistakes underlined, completed. Made in its turn, for it takes long. */
export function FilterEditor({ text, problems, ...actions }: FilterEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<EditorView>();
  const act = useEffectEvent(() => actions);
  const make = useEffectEvent((parent: HTMLElement): EditorView => {
    const extensions = filterExtensions({
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
    });
    return new EditorView({ parent, state: EditorState.create({ extensions }) });
  });

  useEffect(() => {
    let view: EditorView | undefined;
    const takeBack = takeTurn(() => {
      if (!place.current) return;
      view = make(place.current);
      setEditor(view);
    });
    return () => {
      takeBack();
      view?.destroy();
    };
  }, []);

  useLayoutEffect(() => {
    if (editor) replaceText(editor, text);
  }, [editor, text]);

  useEffect(() => {
    if (editor) showProblems(editor, problems);
  }, [editor, problems]);

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
