import { fraction, formatRate, formatWait } from '../format/number.ts';
import { taskStrings } from '../strings.ts';

/** How fast bytes are read, and how long that will take, once it can be told. `elapsed` in milliseconds. */
export function paceFacts(done: number, total: number, elapsed: number): string[] {
  const rate = elapsed > 500 ? [formatRate(done, elapsed)] : [];
  return [...rate, ...waitFacts(done, total, elapsed)];
}

/** How long work will still take; nothing while that would be a guess. */
export function waitFacts(done: number, total: number, elapsed: number): string[] {
  const part = fraction(done, total);
  return elapsed > 2000 && part > 0.02 && part < 1 ? [taskStrings.left(formatWait((elapsed * (1 - part)) / part))] : [];
}
