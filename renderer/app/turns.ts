/** Work that need not be done at once: each piece gets a task of its own, so that many of them never hold up the page. */
const waiting = new Set<() => void>();

/** Does the work in its turn. Returns what takes it back. */
export function takeTurn(work: () => void): () => void {
  const piece = (): void => {
    work();
  };
  if (waiting.size === 0) setTimeout(nextTurn, 0);
  waiting.add(piece);
  return () => {
    waiting.delete(piece);
  };
}

function nextTurn(): void {
  for (const piece of waiting) {
    waiting.delete(piece);
    if (waiting.size > 0) setTimeout(nextTurn, 0);
    piece();
    return;
  }
}
