import { PacketFact, type FindingTable, type PacketLocator, type WorkTable } from './columns.ts';

/** In 100 ns. No packet takes longer through a computer; what looks the same after that is another one. */
export const longestJourney = 10_000_000;
/** In 100 ns. Between two places a packet seldom takes longer than this. */
const usualStep = 200_000;
/** Packets that look the same, and sightings of one packet, that are looked at. */
const mostCandidates = 512;
const mostSightings = 64;

/**
 * Tells whether a packet was seen before. Two packets are sightings of one when they look the same within a second and
 * pktmon gives them the same group, or they were seen at different places, or IPv4 numbered them the same. What looks the
 * same at the same place otherwise is another packet: a retransmission, a duplicate acknowledgment.
 */
export class Sightings {
  private readonly found: FindingTable;
  private readonly work: WorkTable;
  private readonly locator: PacketLocator;
  /** Slot of an identity -> the latest first sighting in it, plus 1; `sameSlot` leads to those before. */
  private readonly heads: Uint32Array;

  constructor(found: FindingTable, work: WorkTable, locator: PacketLocator, heads: Uint32Array) {
    this.found = found;
    this.work = work;
    this.locator = locator;
    this.heads = heads;
  }

  /** The first sighting of this packet, if it was seen before; -1 when this is the first one. */
  firstOf(packet: number, time: number): number {
    const { identity, identityCheck, sameSlot, group } = this.work;
    const own = identity[packet];
    let oldestInFlight = -1;
    let latest = -1;
    let candidates = 0;
    for (let entry = this.heads[own & (this.heads.length - 1)]; entry !== 0; entry = sameSlot[entry - 1]) {
      const candidate = entry - 1;
      if (identity[candidate] !== own || identityCheck[candidate] !== identityCheck[packet]) continue;
      if (time - this.locator.timeOf(candidate) > longestJourney || candidates++ === mostCandidates) break;
      if (group[packet] !== 0 && group[candidate] === group[packet]) return candidate;
      if (!this.mayPass(candidate, packet)) continue;
      if (latest < 0) latest = candidate;
      if (time - this.locator.timeOf(this.lastOf(candidate)) <= usualStep) oldestInFlight = candidate;
    }
    // Packets that look the same follow each other: the one that set out first arrives first.
    return oldestInFlight >= 0 ? oldestInFlight : latest;
  }

  /** Remembers a first sighting. */
  add(packet: number): void {
    const slot = this.work.identity[packet] & (this.heads.length - 1);
    this.work.sameSlot[packet] = this.heads[slot];
    this.heads[slot] = packet + 1;
  }

  /** Makes `packet` the latest sighting of the packet first seen as `first`. */
  link(first: number, packet: number): void {
    const { found } = this;
    const before = this.lastOf(first);
    found.first[packet] = first + 1;
    found.previous[packet] = before + 1;
    found.last[first] = packet + 1;
    found.ordinal[packet] = Math.min(0xffff, found.ordinal[before] + 1);
  }

  private lastOf(first: number): number {
    return this.found.last[first] === 0 ? first : this.found.last[first] - 1;
  }

  /** Whether the packet first seen as `first` was not yet where `packet` is. */
  private mayPass(first: number, packet: number): boolean {
    const { place, facts } = this.work;
    if ((facts[packet] & PacketFact.HasIdentification) !== 0) return true;
    let sightings = 0;
    let at = this.lastOf(first);
    while (place[at] !== place[packet] && sightings++ < mostSightings) {
      if (at === first) return true;
      at = this.found.previous[at] - 1;
    }
    return false;
  }
}
