import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { DetailState } from '../state/event-detail.ts';
import { activeSession, type Session, type WorkspaceState } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('There is no workspace around this component.');
  return workspace;
}

/** A part of the workspace's state; the component renders again when it changes. */
export function useWorkspaceState<T>(select: (state: WorkspaceState) => T): T {
  return useStore(useWorkspace().store, select);
}

export function useActiveSession(): Session | undefined {
  return useWorkspaceState(activeSession);
}

export function useDetailState<T>(select: (state: DetailState) => T): T {
  return useStore(useWorkspace().detail, select);
}
