/** Which attempts are selected; the last one is the one whose path is on show. */
import type { ConnectionAttempt } from '../../core/engine/contract.ts';

export function isSelected(selected: readonly ConnectionAttempt[], { number }: ConnectionAttempt): boolean {
  return selected.some((attempt) => attempt.number === number);
}

/** With one more, which becomes the last; or without it, where it was selected. */
export function toggled(selected: readonly ConnectionAttempt[], attempt: ConnectionAttempt): ConnectionAttempt[] {
  const others = selected.filter(({ number }) => number !== attempt.number);
  return others.length < selected.length ? others : [...others, attempt];
}

/** With several more, the last of which becomes the last; what was selected stays. */
export function extended(
  selected: readonly ConnectionAttempt[],
  attempts: readonly ConnectionAttempt[],
): ConnectionAttempt[] {
  const added = new Set(attempts.map(({ number }) => number));
  return [...selected.filter(({ number }) => !added.has(number)), ...attempts];
}

/** Rows of the two attempts that are to be compared, the earlier one first; undefined unless two are selected. */
export function comparedRows(selected: readonly ConnectionAttempt[]): [number, number] | undefined {
  if (selected.length !== 2) return undefined;
  const [first, second] = [...selected].sort((one, other) => one.number - other.number);
  return [first.row, second.row];
}
