import type { Action, Actions, CommandScope } from './action.ts';
import { captureActions } from './actions/capture-actions.ts';
import { editActions } from './actions/edit-actions.ts';
import { fileActions } from './actions/file-actions.ts';
import { filterActions } from './actions/filter-actions.ts';
import { goActions } from './actions/go-actions.ts';
import { gridActions } from './actions/grid-actions.ts';
import { noteActions } from './actions/note-actions.ts';
import { helpActions } from './actions/help-actions.ts';
import { paneActions } from './actions/pane-actions.ts';
import { traceActions } from './actions/trace-actions.ts';
import { viewActions } from './actions/view-actions.ts';
import { workspaceActions } from './actions/workspace-actions.ts';
import type { CommandId } from './command-table.ts';
import { commandStrings } from './strings.ts';

const actions: Actions<CommandId> = {
  ...fileActions,
  ...editActions,
  ...viewActions,
  ...paneActions,
  ...gridActions,
  ...noteActions,
  ...workspaceActions,
  ...goActions,
  ...filterActions,
  ...traceActions,
  ...captureActions,
  ...helpActions,
};

/** Whether a command can be carried out now. */
export function isOffered(command: CommandId, scope: CommandScope): boolean {
  return actionOf(command).isOffered?.(scope) ?? true;
}

/** Whether what a command switches is on; undefined where it switches nothing. */
export function isOn(command: CommandId, scope: CommandScope): boolean | undefined {
  return actionOf(command).isOn?.(scope);
}

/** Why a command that is not offered cannot be carried out, in words. */
export function reasonOf(command: CommandId, { workspace, session }: CommandScope): string {
  const { reasons } = commandStrings;
  const { reason } = actionOf(command);
  if (reason !== undefined) return reason;
  if (!session && workspace.store.getState().activeKey !== undefined) return reasons.capturePage;
  if (!session) return reasons.noTrace;
  if (session.stage === 'failed') return reasons.notOpened;
  if (!session.view) return reasons.noRows;
  return session.showing === 'messages' ? reasons.other : reasons.otherView;
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
