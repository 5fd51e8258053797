import type { ReactNode } from 'react';
import { useTurns } from './use-turns.ts';

/** Makes what is inside in a task of its own, a moment after what stands around it. */
export function InTurn({ children }: { children: ReactNode }) {
  return useTurns(1) === 1 ? children : null;
}
