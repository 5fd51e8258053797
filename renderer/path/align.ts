/** Two paths beside each other: which hops are the same step, where the paths part, and which latencies differ. */
import type { PacketPath, PathHop } from '../../core/engine/contract.ts';

/** One line of a comparison: a hop's index in either path, or in one alone. */
export interface AlignedHops {
  first: number | undefined;
  second: number | undefined;
  /** The second path took much longer or shorter from the hop before. */
  isLatencyDifferent: boolean;
}

export interface Alignment {
  lines: AlignedHops[];
  /** Index of the first line that only one of the paths has; undefined where they pass the same steps. */
  partsAt: number | undefined;
  /** Keys of lanes on which only one of the paths has hops. */
  onlyFirst: string[];
  onlySecond: string[];
}

/** Latencies differ when one is more than twice the other, and by more than one microsecond (in 100 ns). */
const factorOfNote = 2;
const differenceOfNote = 10;

/** Longer paths are compared line by line: the table of the alignment grows with the product of their lengths. */
const mostHopsToAlign = 1000;

/** Aligns by the longest common sequence of steps: same lane, same kind of step, same end. */
export function alignPaths(first: PacketPath, second: PacketPath): Alignment {
  const firstSteps = first.hops.map((hop) => stepOf(hop, first));
  const secondSteps = second.hops.map((hop) => stepOf(hop, second));
  const isTooLong = Math.max(firstSteps.length, secondSteps.length) > mostHopsToAlign;
  const pairs = isTooLong ? pairsInPlace(firstSteps, secondSteps) : commonSteps(firstSteps, secondSteps);
  const lines = linesOf(pairs, first, second);
  const parting = lines.findIndex((line) => line.first === undefined || line.second === undefined);
  const seenByFirst = lanesSeen(first);
  const seenBySecond = lanesSeen(second);
  return {
    lines,
    partsAt: parting < 0 ? undefined : parting,
    onlyFirst: [...seenByFirst].filter((key) => !seenBySecond.has(key)),
    onlySecond: [...seenBySecond].filter((key) => !seenByFirst.has(key)),
  };
}

function stepOf(hop: PathHop, { lanes }: PacketPath): string {
  const to = hop.to === null ? '' : lanes[hop.to].key;
  return [lanes[hop.lane].key, to, hop.step, hop.sighting, hop.drop ? hop.drop.reason : ''].join('\n');
}

function lanesSeen({ hops, lanes }: PacketPath): Set<string> {
  return new Set(hops.map((hop) => lanes[hop.lane].key));
}

function pairsInPlace(first: readonly string[], second: readonly string[]): [number, number][] {
  return first.flatMap((step, index): [number, number][] => (second[index] === step ? [[index, index]] : []));
}

function commonSteps(first: readonly string[], second: readonly string[]): [number, number][] {
  // lengths[i][j]: the longest common sequence of what follows i in the first and j in the second.
  const lengths = Array.from({ length: first.length + 1 }, () => new Uint16Array(second.length + 1));
  for (let i = first.length - 1; i >= 0; i--) {
    for (let j = second.length - 1; j >= 0; j--) {
      lengths[i][j] =
        first[i] === second[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < first.length && j < second.length;) {
    if (first[i] === second[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

/** What only one path has stands in front of the next common step, the first path's before the second's. */
function linesOf(pairs: readonly [number, number][], first: PacketPath, second: PacketPath): AlignedHops[] {
  const lines: AlignedHops[] = [];
  let i = 0;
  let j = 0;
  for (const [nextFirst, nextSecond] of [...pairs, [first.hops.length, second.hops.length] as const]) {
    while (i < nextFirst) lines.push({ first: i++, second: undefined, isLatencyDifferent: false });
    while (j < nextSecond) lines.push({ first: undefined, second: j++, isLatencyDifferent: false });
    if (i === first.hops.length || j === second.hops.length) continue;
    lines.push({ first: i, second: j, isLatencyDifferent: differ(first.hops[i++].latency, second.hops[j++].latency) });
  }
  return lines;
}

function differ(first: number, second: number): boolean {
  const [shorter, longer] = first < second ? [first, second] : [second, first];
  return longer - shorter > differenceOfNote && longer > shorter * factorOfNote;
}
