import { useEffect, useState } from 'react';
import { takeTurn } from './turns.ts';

/** How many of the first so many things may be made yet: one more with each turn. */
export function useTurns(count: number): number {
  const [come, setCome] = useState(0);
  useEffect(
    () =>
      come < count
        ? takeTurn(() => {
            setCome(come + 1);
          })
        : undefined,
    [come, count],
  );
  return come;
}
