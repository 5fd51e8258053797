import type { Action, Actions, CommandScope } from './action.ts';
import { editActions } from './actions/edit-actions.ts';
import { fileActions } from './actions/file-actions.ts';
import { goActions } from './actions/go-actions.ts';
import { gridActions } from './actions/grid-actions.ts';
import { noteActions } from './actions/note-actions.ts';
import { viewActions } from './actions/view-actions.ts';
import type { CommandId } from './command-table.ts';

const actions: Actions<CommandId> = {
  ...fileActions,
  ...editActions,
  ...viewActions,
  ...gridActions,
  ...noteActions,
  ...goActions,
};

/** Whether a command can be carried out now. */
export function isOffered(command: CommandId, scope: CommandScope): boolean {
  return actionOf(command).isOffered?.(scope) ?? true;
}

/** Whether what a command switches is on; undefined where it switches nothing. */
export function isOn(command: CommandId, scope: CommandScope): boolean | undefined {
  return actionOf(command).isOn?.(scope);
}

/** Carries a command out where that can be done now; false where it cannot. */
export function runCommand(command: CommandId, scope: CommandScope): boolean {
  if (!isOffered(command, scope)) return false;
  actionOf(command).run(scope);
  return true;
}

function actionOf(command: CommandId): Action {
  return actions[command];
}
