import { useEffect } from 'react';
import { focusFilterEditor } from '../filter/editor/FilterEditor.tsx';
import { activeSession } from '../state/model.ts';
import { moveDetails, setPathPane, settingsStore } from '../state/settings.ts';
import type { Workspace } from '../state/workspace.ts';
import { commandOf, isTyping, neighbourPane, type Command } from './shortcuts.ts';
import { useWorkspace } from './use-workspace.ts';

/** The window's keyboard: shortcuts, and typing that starts a filter. */
export function useCommands(onGoTo: () => void): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = commandOf(event);
      if (command) {
        if (!isOffered(command, workspace, event.target)) return;
        event.preventDefault();
        run(command, workspace, onGoTo);
      } else if (isTyping(event) && !takesText(event.target)) {
        // The character that is being typed lands in the box, because the focus moves before it is entered.
        focusFilterEditor();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [workspace, onGoTo]);
}

/** Commands that move among the messages, which must be in sight. */
const rowCommands: readonly Command[] = [
  'previous-row',
  'next-row',
  'first-row',
  'last-row',
  'move-details',
  'toggle-path',
];

/** A browser keeps Ctrl+W for its tab and Ctrl+R for its page; in a text, Ctrl+Home and Ctrl+End are the text's. */
function isOffered(command: Command, workspace: Workspace, target: EventTarget | null): boolean {
  if (command === 'close' || command === 'reload') return workspace.hostKind === 'desktop';
  const showing = activeSession(workspace.store.getState())?.showing;
  if (rowCommands.includes(command) && showing !== 'messages') return false;
  if (command === 'first-row' || command === 'last-row') return !takesText(target);
  return true;
}

function run(command: Command, workspace: Workspace, onGoTo: () => void): void {
  const state = workspace.store.getState();
  const session = activeSession(state);
  switch (command) {
    case 'open':
      void workspace.openWithDialog();
      break;
    case 'export':
      workspace.askForExport();
      break;
    case 'close':
      if (session) workspace.closeSession(session.key);
      break;
    case 'reload':
      if (session) void workspace.reload(session.key);
      break;
    case 'go-to':
      if (session?.view) {
        workspace.show(session.key, 'messages');
        onGoTo();
      }
      break;
    case 'find':
      if (session?.view) {
        workspace.show(session.key, 'messages');
        workspace.openFind();
      }
      break;
    case 'find-next':
      void workspace.findNext('forward');
      break;
    case 'find-previous':
      void workspace.findNext('backward');
      break;
    case 'previous-row':
      void workspace.moveSelection(-1);
      break;
    case 'next-row':
      void workspace.moveSelection(1);
      break;
    case 'first-row':
      void workspace.selectPosition(0);
      break;
    case 'last-row':
      void workspace.selectPosition(Number.POSITIVE_INFINITY);
      break;
    case 'move-details':
      moveDetails();
      break;
    case 'toggle-path':
      setPathPane(!settingsStore.getState().pathPane);
      break;
    case 'next-pane':
      focusNeighbourPane(false);
      break;
    case 'previous-pane':
      focusNeighbourPane(true);
      break;
  }
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Panes mark what takes their focus with `data-pane`; an element that cannot take it passes it to its first cell. */
function focusNeighbourPane(backwards: boolean): void {
  const panes = Array.from(document.querySelectorAll<HTMLElement>('[data-pane]:not([inert] *)'));
  if (panes.length === 0) return;
  const focused = panes.findIndex((pane) => pane.contains(document.activeElement));
  const pane = panes[neighbourPane(panes.length, focused, backwards)];
  const inside = (selector: string): HTMLElement | null => pane.querySelector<HTMLElement>(selector);
  if (pane.tabIndex >= 0) pane.focus();
  else (inside('.ag-row-selected [role="gridcell"]') ?? inside('[role="gridcell"]'))?.focus();
}
