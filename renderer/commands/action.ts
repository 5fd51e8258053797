import { isPaneVisible } from '../workspace/arrangement.ts';
import { activeSession, type Session } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import type { CommandId } from './command-table.ts';

/** What commands work with: the workspace, and the session on show when they are carried out. */
export interface CommandScope {
  readonly workspace: Workspace;
  /** None while the capture page covers it. */
  readonly session: Session | undefined;
  /** What had the focus; a menu or the palette has none. */
  readonly target: EventTarget | null;
}

export interface Action {
  readonly run: (scope: CommandScope) => void;
  /** Whether it can be carried out now; always where this is absent. */
  readonly isOffered?: (scope: CommandScope) => boolean;
  /** Why it cannot be carried out now, where the usual reasons do not say it. */
  readonly reason?: string;
  /** Whether what it switches is on; a menu shows it with a tick. */
  readonly isOn?: (scope: CommandScope) => boolean;
}

export type Actions<Id extends CommandId> = Readonly<Record<Id, Action>>;

export function scopeOf(workspace: Workspace, target: EventTarget | null = null): CommandScope {
  const state = workspace.store.getState();
  return { workspace, session: state.capturePage.open ? undefined : activeSession(state), target };
}

export const hasTrace = ({ session }: CommandScope): boolean => session !== undefined;
export const hasRows = ({ session }: CommandScope): boolean => session?.view !== undefined;
/** Commands that move among the messages need them in sight. */
export const seesMessages = ({ session }: CommandScope): boolean =>
  session?.view !== undefined && isPaneVisible('messages');
