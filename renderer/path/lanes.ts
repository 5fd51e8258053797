/** The lanes of one path, or of several on one set, and the boxes of the switches round them. */
import type { PacketPath, PathLane } from '../../core/engine/contract.ts';
import { pathStrings } from '../strings.ts';

/** A box round neighbouring lanes that belong together; both ends are among them. */
export interface LaneGroup {
  key: string;
  title: string;
  first: number;
  last: number;
}

/**
 * The lanes of two paths in one order: those of the first, and each that only the second has beside its neighbours there.
 * An answer's lanes may come in the opposite order: then they are turned round first.
 */
export function mergeLanes(first: readonly PathLane[], second: readonly PathLane[]): PathLane[] {
  const merged = [...first];
  const placeOf = (key: string): number => merged.findIndex((lane) => lane.key === key);
  const common = second.map(({ key }) => placeOf(key)).filter((place) => place >= 0);
  const steps = common.slice(1).map((place, index) => place - common[index]);
  const isTurned = steps.filter((step) => step < 0).length > steps.length / 2;
  const ordered = isTurned ? second.toReversed() : second;
  ordered.forEach((lane, index) => {
    if (placeOf(lane.key) >= 0) return;
    const before = index > 0 ? placeOf(ordered[index - 1].key) + 1 : undefined;
    const nextKnown = ordered.slice(index + 1).find((later) => placeOf(later.key) >= 0);
    merged.splice(before ?? (nextKnown ? placeOf(nextKnown.key) : merged.length), 0, lane);
  });
  return merged;
}

/** The lanes that all of the paths together touch, in one order. */
export function lanesOf(paths: readonly Pick<PacketPath, 'lanes'>[]): PathLane[] {
  return paths.reduce<PathLane[]>((merged, { lanes }) => mergeLanes(merged, lanes), []);
}

/** The boxes of switches and hosts; a group that other lanes stand in the middle of has several. */
export function laneGroups(lanes: readonly PathLane[]): LaneGroup[] {
  const named = new Set(lanes.map(({ within }) => within));
  const groups: LaneGroup[] = [];
  lanes.forEach((lane, index) => {
    const key = lane.within ?? (lane.kind === 'switch' || named.has(lane.key) ? lane.key : undefined);
    if (key === undefined) return;
    const open = groups.at(-1);
    if (open?.key === key && open.last === index - 1) open.last = index;
    else groups.push({ key, title: groupTitle(lanes, key), first: index, last: index });
  });
  return groups;
}

function groupTitle(lanes: readonly PathLane[], key: string): string {
  const owner = lanes.find((lane) => lane.key === key);
  if (owner) return owner.kind === 'switch' ? pathStrings.switchNamed(owner.name) : owner.name;
  const facts = lanes.filter((lane) => lane.within === key).flatMap((lane) => lane.facts);
  const name = facts.find(({ label }) => /switch/i.test(label))?.value;
  return name === undefined ? pathStrings.kinds.switch : pathStrings.switchNamed(name);
}
