/** Completion of filters by what the engine knows: modules, fields, constants and the trace's own names and values. */
import { autocompletion, type Completion as Option, type CompletionSource } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { Completion, Completions } from '../../../core/engine/contract.ts';
import { filterStrings } from '../../strings.ts';

/** What may stand at a place of a text; undefined when nobody can tell. */
export type CompletionAsker = (text: string, position: number, signal: AbortSignal) => Promise<Completions | undefined>;

interface FilterOption extends Option {
  kind: Completion['kind'];
  /** Full path; empty when it says no more than the text. */
  path: string;
}

export function filterCompletion(ask: CompletionAsker): Extension {
  return autocompletion({
    override: [completionSource(ask)],
    defaultKeymap: false,
    selectOnOpen: false,
    icons: false,
    interactionDelay: 0,
    maxRenderedOptions: 200,
    tooltipClass: () => 'filter-completions',
    optionClass: (option) => `completion-${(option as FilterOption).kind}`,
    addToOptions: [
      { position: 20, render: (option) => kindBadge((option as FilterOption).kind) },
      { position: 90, render: (option) => pathElement((option as FilterOption).path) },
    ],
  });
}

function completionSource(ask: CompletionAsker): CompletionSource {
  return async (context) => {
    const text = context.state.doc.toString();
    if (!context.explicit && !opensCompletion(text.slice(0, context.pos))) return null;
    const controller = new AbortController();
    context.addEventListener('abort', () => {
      controller.abort();
    });
    const found = await ask(text, context.pos, controller.signal);
    if (!found || found.items.length === 0) return null;
    const typed = text.slice(found.from, context.pos);
    // Whoever has written all of the only one needs no list.
    if (!context.explicit && found.items.length === 1 && found.items[0].text === typed) return null;
    return {
      from: found.from,
      to: found.to,
      filter: false,
      options: found.items.map(optionOf),
      getMatch: ({ label }) => matchedPart(label, typed),
    };
  };
}

function optionOf({ text, kind, type, detail }: Completion): FilterOption {
  return { label: text, detail: type, kind, path: detail === text ? '' : detail };
}

/** True behind what a person may go on from: a word, `.`, `:`, `#`, `*`, `\`, and an operator that wants a value. */
export function opensCompletion(before: string): boolean {
  return /[\p{L}\p{N}_.:#*\\]$|(?:==|!=|~=|<=?|>=?|\bin) $/u.test(before);
}

/** Where the typed text stands in a completion, as a pair of offsets; empty where it does not. */
export function matchedPart(label: string, typed: string): number[] {
  const start = typed === '' ? -1 : label.toLowerCase().indexOf(typed.toLowerCase());
  return start < 0 ? [] : [start, start + typed.length];
}

function kindBadge(kind: Completion['kind']): HTMLElement {
  const badge = document.createElement('span');
  badge.className = 'completion-kind';
  badge.textContent = filterStrings.kindLetters[kind];
  badge.title = filterStrings.kindNames[kind];
  badge.setAttribute('aria-hidden', 'true');
  return badge;
}

function pathElement(path: string): HTMLElement | null {
  if (path === '') return null;
  const element = document.createElement('span');
  element.className = 'completion-path';
  element.textContent = path;
  return element;
}
