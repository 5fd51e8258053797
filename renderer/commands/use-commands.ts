import { useEffect } from 'react';
import { useWorkspace } from '../app/use-workspace.ts';
import { focusFilterEditor } from '../filter/editor/FilterEditor.tsx';
import { scopeOf } from './action.ts';
import { isCommandId } from './command-table.ts';
import { takesText } from './focus.ts';
import { commandOf, isTyping } from './keys.ts';
import { runCommand } from './run-command.ts';

/** The window's keyboard and native menu: commands, and typing that starts a filter. */
export function useCommands(): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = commandOf(event);
      if (command) {
        if (runCommand(command, scopeOf(workspace, event.target))) event.preventDefault();
      } else if (isTyping(event) && !takesText(event.target)) {
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
      if (isCommandId(command)) runCommand(command, scopeOf(workspace));
    });
  }, [workspace]);
}
