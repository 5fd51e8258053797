/** What of a hop tells on which branch it is. */
export interface BranchFacts {
  readonly step: 'frame' | 'received' | 'routed' | 'delivered' | 'dropped' | 'extension';
  /** The NBL's first sighting, or -1. */
  readonly life: number;
  /** Lanes: where it was seen, and where the switch sends it on to, or -1. */
  readonly lane: number;
  readonly to: number;
}

/**
 * The index of the hop that each hop of a path, in the order of time, comes from; -1 for the first. Where a switch routes to
 * several NICs, each of them is a branch: what comes behind belongs to the branch whose NIC it was seen at or goes to.
 */
export function branchesOf(hops: readonly BranchFacts[]): number[] {
  const after: number[] = [];
  hops.forEach((hop, index) => {
    after.push(index === 0 ? -1 : cameFrom(hops, after, hop, index));
  });
  return after;
}

function cameFrom(hops: readonly BranchFacts[], after: readonly number[], hop: BranchFacts, index: number): number {
  if (hop.step === 'routed') return fork(hops, hop, index);
  const target = hop.to >= 0 ? hop.to : hop.lane;
  const route = lastIndex(index, (at) => hops[at].step === 'routed' && hops[at].to === target);
  if (route < 0) return lastOnTrunk(hops, after, index);
  return endOfBranch(after, route, index);
}

/** Where a routed packet comes from: what was there before the switch sent it anywhere. */
function fork(hops: readonly BranchFacts[], hop: BranchFacts, index: number): number {
  const first = hops.findIndex((other, at) => at < index && other.step === 'routed' && other.life === hop.life);
  const isBranch = hop.life >= 0 && first >= 0;
  if (!isBranch) return index - 1;
  return lastIndex(first, () => true);
}

/** The last hop that is not on a branch to somewhere else; the hop before, when all are. */
function lastOnTrunk(hops: readonly BranchFacts[], after: readonly number[], index: number): number {
  const isForked = new Set(after).size < after.length;
  if (!isForked) return index - 1;
  const same = lastIndex(index, (at) => hops[at].lane === hops[index].lane && hops[at].step !== 'routed');
  return same >= 0 ? endOfBranch(after, same, index) : index - 1;
}

/** The hop that a branch has come to. */
function endOfBranch(after: readonly number[], start: number, end: number): number {
  let at = start;
  for (let next = at + 1; next < end; next++) if (after[next] === at) at = next;
  return at;
}

function lastIndex(end: number, matches: (index: number) => boolean): number {
  for (let index = end - 1; index >= 0; index--) if (matches(index)) return index;
  return -1;
}
