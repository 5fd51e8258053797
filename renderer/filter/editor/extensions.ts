/** What makes an editor of text the filter box: its keys, one line, colours, marks and completion. */
import {
  acceptCompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletionIndex,
  startCompletion,
} from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { Annotation, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, type KeyBinding } from '@codemirror/view';
import { filterStrings } from '../../strings.ts';
import { filterCompletion, type CompletionAsker } from './completion.ts';
import { highlighting } from './highlighting.ts';
import { isMarkedInvalid, problemMarks } from './problem-marks.ts';

export const filterInputId = 'filter-input';

export interface EditorActions {
  onChange: (text: string) => void;
  onApply: (text: string) => void;
  /** Puts the text on the stack. */
  onPin: (text: string) => void;
  onRemove: () => void;
  /** Escape, when it closed nothing. In milliseconds, as events have it. */
  onEscape: (timeStamp: number) => void;
  /** The list of earlier filters is wanted. */
  onHistory: () => void;
  /** A text that is to fill the whole box was pasted: what to put there instead, or undefined. */
  onPasteWhole: (text: string) => string | undefined;
  complete: CompletionAsker;
}

/** Marks a change that came from outside: it is no news there. */
const fromOutside = Annotation.define<true>();

export function filterExtensions(actions: EditorActions): Extension {
  return [
    Prec.highest(keymap.of(filterKeys(actions))),
    keymap.of([...standardKeymap.filter(({ key }) => key !== 'Enter' && key !== 'Shift-Enter'), ...historyKeymap]),
    history(),
    singleLine,
    highlighting,
    problemMarks,
    filterCompletion(actions.complete),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of((view) => ({
      id: filterInputId,
      class: 'filter-input',
      tabindex: '0',
      'aria-label': filterStrings.label,
      'aria-multiline': 'false',
      'aria-placeholder': filterStrings.placeholder,
      'aria-describedby': 'filter-status',
      'aria-invalid': String(isMarkedInvalid(view.state)),
      'data-testid': 'filter-input',
      'data-pane': 'filter',
    })),
    EditorView.updateListener.of((update) => {
      const isOwn = update.transactions.some((transaction) => transaction.annotation(fromOutside));
      if (update.docChanged && !isOwn) actions.onChange(textOf(update.view));
    }),
    EditorView.domEventHandlers({
      paste: (event, view) => pasteWhole(event, view, actions.onPasteWhole),
      keydown: (event) => {
        if (event.key === 'Escape') actions.onEscape(event.timeStamp);
      },
    }),
  ];
}

/** Puts a text into the box that somebody else has chosen, with the cursor behind it. */
export function replaceText(view: EditorView, text: string): void {
  if (textOf(view) === text) return;
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: flattened(text).length },
    annotations: fromOutside.of(true),
  });
}

function filterKeys({ onApply, onPin, onRemove, onHistory }: EditorActions): KeyBinding[] {
  const apply = (view: EditorView): boolean => {
    closeCompletion(view);
    onApply(textOf(view));
    return true;
  };
  const showHistory = (view: EditorView): boolean => {
    closeCompletion(view);
    onHistory();
    return true;
  };
  return [
    { key: 'Enter', run: (view) => acceptCompletion(view) || apply(view), shift: apply },
    {
      key: 'Mod-Enter',
      run: (view) => {
        closeCompletion(view);
        onPin(textOf(view));
        return true;
      },
      shift: () => {
        onRemove();
        return true;
      },
    },
    { key: 'Tab', run: acceptFirst },
    { key: 'Escape', run: closeCompletion },
    { key: 'Ctrl-Space', run: startCompletion },
    {
      key: 'ArrowDown',
      run: (view) => moveCompletionSelection(true)(view) || (view.state.doc.length === 0 && showHistory(view)),
    },
    { key: 'Alt-ArrowDown', run: showHistory },
    { key: 'ArrowUp', run: moveCompletionSelection(false) },
    { key: 'PageDown', run: moveCompletionSelection(true, 'page') },
    { key: 'PageUp', run: moveCompletionSelection(false, 'page') },
  ];
}

/** Takes the selected completion, or the first; without a list of them, Tab is the page's. */
function acceptFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== 'active') return false;
  if (selectedCompletionIndex(view.state) === null) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
}

/** A filter is one line: line ends in what is pasted or dropped are blanks. */
const singleLine: Extension = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines < 2) return transaction;
  const text = flattened(transaction.newDoc.toString());
  return [
    {
      changes: { from: 0, to: transaction.startState.doc.length, insert: text },
      selection: { anchor: Math.min(transaction.newSelection.main.head, text.length) },
    },
  ];
});

function flattened(text: string): string {
  return text.replace(/\r\n?|\n/g, ' ');
}

function pasteWhole(event: ClipboardEvent, view: EditorView, replacementOf: EditorActions['onPasteWhole']): boolean {
  const { from, to } = view.state.selection.main;
  const pasted = flattened(event.clipboardData?.getData('text/plain') ?? '');
  const isWhole = pasted.trim() !== '' && from === 0 && to === view.state.doc.length;
  const replacement = isWhole ? replacementOf(pasted) : undefined;
  if (replacement === undefined) return false;
  event.preventDefault();
  view.dispatch({
    changes: { from, to, insert: replacement },
    selection: { anchor: replacement.length },
    userEvent: 'input.paste',
  });
  return true;
}

function textOf(view: EditorView): string {
  return view.state.doc.toString();
}
