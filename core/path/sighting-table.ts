import { bitCount } from '../base/words.ts';
import type { GlobalNumbers } from '../diagnosis/places.ts';
import type { Segment, Table } from '../trace/segment.ts';
import { freezeTable, growingTable } from '../trace/tables.ts';
import { lastNotAbove, type TraceColumns } from '../trace/trace-columns.ts';

/**
 * A sighting is an event in which a packet is seen: the event that begins a captured packet, or a VmSwitch event that tells
 * of an NBL. Sightings are numbered over the whole trace, segment by segment, in the order of their events. What is found out
 * about them lies in columns over these numbers, in shared memory. A number that may be absent is stored plus 1.
 */
export const sightingColumns = {
  /** Packet number inside the segment; of an NBL event its row in the segment's NblTable, plus `nblItem`. */
  item: 'Uint32',
  /** 100 ns since the trace's start, modulo 2^32 (seven minutes): enough for the time between two hops. */
  time: 'Uint32',
  /** Two hashes of what stays the same while a packet travels; 0 where there is no header to tell. */
  identity: 'Uint32',
  identityCheck: 'Uint32',
  /** A hash of what stays the same even when addresses are translated; 0 where that is too little to go by. */
  translation: 'Uint32',
  /** Where the packet was seen: component, direction, routed or not; see `placeOfPacket`. */
  place: 'Uint32',
  /** A hash of thread and processor, never 0, of events that are logged one beside the other on the packet's way. */
  origin: 'Uint32',
} as const;
export type SightingTable = Table<typeof sightingColumns>;

/** What linking finds out. */
export const linkColumns = {
  /** Union-find: the sighting that stands for the path, or one on the way there, plus 1; 0 stands for itself. */
  parent: 'Uint32',
  /** The sightings of a path in a circle: the next one, plus 1; 0 alone. */
  next: 'Uint32',
  /** Of the sighting that stands for a path: the path's latest one so far, plus 1. */
  last: 'Uint32',
  /** Likewise: identity of its first frame; 0 while it has none. */
  pathIdentity: 'Uint32',
  /** Likewise: the connection attempt it is a packet of, plus 1. */
  attempt: 'Uint32',
  /** Bits of LinkMark, and why the sighting counts to its path (LinkReason). */
  link: 'Uint8',
  /** Chains: sightings before in the same slot of identities and of translations, on the same origin, of the same NBL. */
  sameIdentity: 'Uint32',
  sameTranslation: 'Uint32',
  sameOrigin: 'Uint32',
  sameNbl: 'Uint32',
  /** Of an attempt's SYN: the first sighting of its next one, plus 1. */
  nextOfAttempt: 'Uint32',
} as const;
export type LinkTable = Table<typeof linkColumns>;

export const nblItem = 0x8000_0000;

/** Why a sighting counts to its path. */
export const LinkReason = { None: 0, Nbl: 1, Group: 2, Identity: 3, Beside: 4, Translation: 5, Inner: 6 } as const;
export const LinkMark = {
  ReasonMask: 0x0f,
  /** The evidence leaves room for another packet. */
  Inferred: 0x10,
  /** Of an NBL event: a frame was found beside it. Of a frame: an NBL event was. */
  Paired: 0x20,
} as const;

/** One row an NBL event of a segment, in the order of events. */
export const nblColumns = {
  event: 'Uint32',
  step: 'Uint8',
  addressLow: 'Uint32',
  addressHigh: 'Uint32',
  /** Rows of the segment's `nics` and `switches`, plus 1; 0 where the event names none. */
  nic: 'Uint32',
  destination: 'Uint32',
  switch: 'Uint32',
  dropReason: 'Uint32',
} as const;
export type NblTable = Table<typeof nblColumns>;

/** A name of the switch's, and the friendly name beside it. */
export interface FriendlyName {
  readonly name: string;
  readonly friendlyName: string;
}

/** The NBL events of a segment. */
export interface SegmentNbls {
  readonly table: NblTable;
  readonly nics: readonly FriendlyName[];
  readonly switches: readonly FriendlyName[];
}

export const noNbls: SegmentNbls = { table: freezeTable(growingTable(nblColumns, 0), 0), nics: [], switches: [] };

/** NICs and switches over the whole trace, by what they are called; numbers count from 1. */
export interface NblNumbers {
  /** Of each segment: the number of each of its NICs and switches. */
  readonly nics: readonly Uint32Array[];
  readonly switches: readonly Uint32Array[];
  /** By number minus 1. */
  readonly nicNames: readonly FriendlyName[];
  readonly switchNames: readonly FriendlyName[];
  /** Of each component (GlobalNumbers): the NIC that it is, or whose port of the switch; 0 for none. */
  readonly nicOfComponent: Uint32Array;
}

/** Which events are sightings: a bit set over event numbers, and the sighting numbers it counts up to. */
export interface SightingIndex {
  readonly marks: Uint32Array;
  /** Of each word of `marks`: the number of its first sighting. */
  readonly ranks: Uint32Array;
}

/** Everything that the tasks of path building share. */
export interface PathWork {
  readonly index: SightingIndex;
  readonly sightings: SightingTable;
  readonly links: LinkTable;
  readonly nbls: readonly SegmentNbls[];
  readonly numbers: GlobalNumbers;
  readonly nblNumbers: NblNumbers;
  /** Number of the first sighting of each segment. */
  readonly bases: Uint32Array;
}

export function newPathWork(
  columns: TraceColumns,
  nbls: readonly SegmentNbls[],
  numbers: GlobalNumbers,
  nblNumbers: NblNumbers,
): PathWork {
  const words = columns.span / 32;
  const bits = new SharedArrayBuffer(words * 8);
  const bases = new Uint32Array(columns.segments.length);
  let count = 0;
  columns.segments.forEach((segment, number) => {
    bases[number] = count;
    count += segment.packets.length + nbls[number].table.length;
  });
  return {
    index: { marks: new Uint32Array(bits, 0, words), ranks: new Uint32Array(bits, words * 4, words) },
    sightings: freezeTable(growingTable(sightingColumns, count), count),
    links: freezeTable(growingTable(linkColumns, count), count),
    nbls,
    numbers,
    nblNumbers,
    bases,
  };
}

/** The sighting that an event is, or -1. */
export function sightingAt({ marks, ranks }: SightingIndex, event: number): number {
  const word = event >>> 5;
  const bit = 1 << (event & 31);
  const bits = marks[word];
  return (bits & bit) === 0 ? -1 : ranks[word] + bitCount(bits & (bit - 1));
}

/** Where a sighting lies: its segment, and its packet or its row of NBL events there. */
export interface SightingPlace {
  readonly segmentNumber: number;
  readonly segment: Segment;
  /** -1 where the sighting is of the other sort. */
  readonly packet: number;
  readonly nbl: number;
  /** Number of the event inside the segment. */
  readonly event: number;
}

export function locateSighting(work: PathWork, columns: TraceColumns, sighting: number): SightingPlace {
  const segmentNumber = lastNotAbove(work.bases, sighting, work.bases.length);
  const segment = columns.segments[segmentNumber];
  const item = work.sightings.item[sighting];
  const isNbl = item >= nblItem;
  const own = isNbl ? item - nblItem : item;
  const event = isNbl ? work.nbls[segmentNumber].table.event[own] : segment.packets.event[own];
  return { segmentNumber, segment, packet: isNbl ? -1 : own, nbl: isNbl ? own : -1, event };
}

/** The sighting that stands for a path. Shortens the way there. */
export function pathOf({ parent }: Pick<LinkTable, 'parent'>, sighting: number): number {
  let at = sighting;
  while (parent[at] !== 0) {
    const above = parent[at] - 1;
    if (parent[above] !== 0) parent[at] = parent[above];
    at = above;
  }
  return at;
}

/** The first sighting of the NBL that a sighting is a step of, or the one at most so many steps back. */
export function firstOfNbl(
  { sameNbl }: Pick<LinkTable, 'sameNbl'>,
  sighting: number,
  mostSteps = Number.MAX_SAFE_INTEGER,
): number {
  let at = sighting;
  for (let steps = 0; sameNbl[at] !== 0 && steps < mostSteps; steps++) at = sameNbl[at] - 1;
  return at;
}

/** The sightings of a path, in the order of time; at most so many. */
export function hopsOf(work: PathWork, sighting: number, most: number): number[] {
  const { next } = work.links;
  const { time } = work.sightings;
  const start = pathOf(work.links, sighting);
  const hops = [start];
  for (let at = next[start]; at !== 0 && at - 1 !== start && hops.length < most; at = next[at - 1]) hops.push(at - 1);
  return hops.sort((a, b) => (time[a] - time[b]) | 0 || a - b);
}
