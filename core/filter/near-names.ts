/** Names that somebody may have meant: a few typing errors away, or holding what was typed. At most `limit`, best first. */
export function nearNames(typed: string, names: Iterable<string>, limit = 3): string[] {
  const wanted = typed.toLowerCase();
  const tolerated = Math.max(1, Math.min(4, Math.floor(wanted.length / 3)));
  const ranked: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const candidate = name.toLowerCase();
    const distance = editDistance(wanted, candidate, tolerated);
    if (distance <= tolerated) ranked.push({ name, distance });
    else if (wanted.length >= 3 && candidate.includes(wanted)) ranked.push({ name, distance: tolerated + 1 });
  }
  const begun = (name: string): number => commonStart(wanted, name.toLowerCase());
  ranked.sort(
    (one, other) =>
      one.distance - other.distance || begun(other.name) - begun(one.name) || one.name.length - other.name.length,
  );
  return ranked.slice(0, limit).map((entry) => entry.name);
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two texts (optimal string alignment).
 * Anything above `limit` may be reported as limit + 1.
 */
export function editDistance(first: string, second: string, limit: number): number {
  if (Math.abs(first.length - second.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    for (let column = 1; column <= second.length; column++) {
      const same = first[row - 1] === second[column - 1];
      let distance = Math.min(above[column] + 1, current[column - 1] + 1, above[column - 1] + (same ? 0 : 1));
      const swapped =
        row > 1 && column > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      if (swapped) distance = Math.min(distance, before[column - 2] + 1);
      current.push(distance);
    }
    before = above;
    above = current;
  }
  return above[second.length];
}

function commonStart(first: string, second: string): number {
  let length = 0;
  while (length < first.length && first[length] === second[length]) length++;
  return length;
}
