import type { OpenProgress } from '../../core/engine/contract.ts';
import { taskStrings } from '../strings.ts';

/** What is being done to open a trace of this name. */
export function openingTitle(stage: OpenProgress['stage'], name: string): string {
  if (stage === 'reading') return taskStrings.opening(name);
  return stage === 'ordering' ? taskStrings.ordering(name) : taskStrings.unpacking(name);
}
