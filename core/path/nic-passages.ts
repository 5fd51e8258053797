import { PacketTrait } from '../trace/segment.ts';
import { componentOfPlace } from './gather.ts';
import { pathOf, type PathWork } from './sighting-table.ts';

/** By NIC: sightings that wait for their counterpart, the earliest first. Plain data, so that another worker can go on. */
export interface PassageState {
  readonly frames: Map<number, number[]>;
  readonly deliveries: Map<number, number[]>;
}

export function newPassageState(): PassageState {
  return { frames: new Map(), deliveries: new Map() };
}

/** In 100 ns: between a frame at a NIC and the NBL event on the other side of it. */
const longestPassage = 20_000;
const mostWaiting = 256;

/**
 * Which frame at a NIC is which NBL, where the switch captured no frames of its own that would tell. What goes in at one end
 * of a NIC comes out at the other in the same order: of the frames that have come to a NIC, the first is the first that the
 * switch receives from it, and of the NBLs delivered to a NIC the first is the next frame that comes out of it. A thread
 * that works off both goes before the order over all threads.
 */
export class NicPassages {
  private readonly state: PassageState;
  private readonly work: PathWork;
  private readonly isNeeded: boolean;
  /** By number minus 1: the NIC is below the switch, so that what comes in goes to the switch. */
  private readonly isBelow: readonly boolean[];

  constructor(state: PassageState, work: PathWork) {
    this.state = state;
    this.work = work;
    const { nblNumbers, numbers } = work;
    const hasSwitchFrames = numbers.componentKeys.some((key) => key.startsWith('vmswitch/'));
    this.isNeeded = !hasSwitchFrames && nblNumbers.nicOfComponent.some((nic) => nic > 0);
    this.isBelow = nblNumbers.nicNames.map(({ name }) => /^[\\/]device[\\/]/i.test(name));
  }

  /** The NBL that was delivered to the NIC where a frame was captured; -1 for none. Its path has no frame yet. */
  takeDelivery(frame: number): number {
    const nic = this.nicOf(frame);
    if (nic === 0 || this.leadsToSwitch(frame, nic)) return -1;
    return this.take(this.state.deliveries.get(nic), frame, (nbl) => this.isFrameless(nbl));
  }

  /** A frame on its way to the switch waits for its NBL; of several layers of a NIC one is enough. */
  noteFrame(frame: number): void {
    const nic = this.nicOf(frame);
    if (nic === 0 || !this.leadsToSwitch(frame, nic)) return;
    const path = pathOf(this.work.links, frame);
    const isThere = this.state.frames.get(nic)?.some((other) => pathOf(this.work.links, other) === path) ?? false;
    if (!isThere) this.wait(this.state.frames, nic, frame);
  }

  /** The frame that had come to the NIC from which the switch received an NBL; -1 for none. */
  takeFrame(nbl: number, nic: number): number {
    return this.isNeeded ? this.take(this.state.frames.get(nic), nbl, () => true) : -1;
  }

  noteDelivery(nbl: number, nic: number): void {
    if (this.isNeeded && nic > 0 && this.isFrameless(nbl)) this.wait(this.state.deliveries, nic, nbl);
  }

  private nicOf(frame: number): number {
    if (!this.isNeeded) return 0;
    return this.work.nblNumbers.nicOfComponent[componentOfPlace(this.work.sightings.place[frame])];
  }

  private leadsToSwitch(frame: number, nic: number): boolean {
    const isInbound = (this.work.sightings.place[frame] & PacketTrait.Inbound) !== 0;
    return isInbound === this.isBelow[nic - 1];
  }

  private isFrameless(nbl: number): boolean {
    const { links } = this.work;
    return links.pathIdentity[pathOf(links, nbl)] === 0;
  }

  private take(waiting: number[] | undefined, by: number, fits: (sighting: number) => boolean): number {
    if (waiting === undefined) return -1;
    this.forgetOld(waiting, by);
    const { origin } = this.work.sightings;
    const own = waiting.findIndex((sighting) => origin[sighting] === origin[by] && fits(sighting));
    const index = own >= 0 ? own : waiting.findIndex(fits);
    return index < 0 ? -1 : waiting.splice(index, 1)[0];
  }

  private wait(queues: Map<number, number[]>, nic: number, sighting: number): void {
    const waiting = queues.get(nic) ?? [];
    queues.set(nic, waiting);
    this.forgetOld(waiting, sighting);
    if (waiting.length === mostWaiting) waiting.shift();
    waiting.push(sighting);
  }

  private forgetOld(waiting: number[], now: number): void {
    const { time } = this.work.sightings;
    const kept = waiting.findIndex((sighting) => (time[now] - time[sighting]) >>> 0 <= longestPassage);
    waiting.splice(0, kept < 0 ? waiting.length : kept);
  }
}
