import { useEffect } from 'react';
import { useWorkspace } from '../app/use-workspace.ts';
import { focusFilterEditor } from '../filter/editor/FilterEditor.tsx';
import { settingsStore } from '../state/settings.ts';
import { scopeOf } from './action.ts';
import { takesText } from './focus.ts';
import { commandOf, isTyping } from './keys.ts';
import { runOffer } from './menus.ts';
import { runCommand } from './run-command.ts';
import { useNativeMenu } from './use-native-menu.ts';

/** Texts take what is typed themselves, and menus look for it among their items. */
function startsFilter(target: EventTarget | null): boolean {
  return !takesText(target) && !(target instanceof Element && target.closest('[role="menubar"], [role="menu"]'));
}

/** The window's keyboard and native menu: commands, and typing that starts a filter. */
export function useCommands(): void {
  const workspace = useWorkspace();
  useNativeMenu();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = commandOf(event);
      if (command) {
        if (runCommand(command, scopeOf(workspace, event.target))) event.preventDefault();
      } else if (settingsStore.getState().typingFilters && isTyping(event) && startsFilter(event.target)) {
        // The character that is being typed lands in the box, because the focus moves before it is entered.
        focusFilterEditor();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [workspace]);
  useEffect(() => {
    workspace.onHostCommand((command) => {
      // A dialog is answered first: menus of the window do not reach behind it.
      if (!document.querySelector('dialog[open]')) runOffer(command, scopeOf(workspace));
    });
  }, [workspace]);
}
