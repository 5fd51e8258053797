import { NblStep } from '../provider/vmswitch-nbl.ts';
import { componentOfPlace } from './gather.ts';
import { nblItem, type PathWork } from './sighting-table.ts';

/** How often a frame of a component stood right beside an NBL of a NIC. */
interface Votes {
  readonly byNic: Map<number, number>;
  /** Frames on their way into the switch, by direction. */
  readonly inwards: Map<number, number>;
  total: number;
}

const fewestVotes = 3;
/** A NIC has to have so many of all votes. */
const majority = 0.6;

/**
 * Finds out which NIC of a switch an interface is where no GUID tells, as in traces that were not merged: its frames stand
 * right in front of NBLs that are received from it, and right behind those that are delivered to it.
 */
export class NicVotes {
  private readonly work: PathWork;
  private readonly votes = new Map<number, Votes>();

  constructor(work: PathWork) {
    this.work = work;
  }

  /** `stepOf` and `nicOf`: of NBL events, by sighting. */
  elect(stepOf: (sighting: number) => number, nicOf: (sighting: number) => number): void {
    const { sightings, links, nblNumbers } = this.work;
    for (let sighting = 0; sighting < sightings.length; sighting++) {
      const before = links.sameOrigin[sighting] - 1;
      if (before < 0 || sightings.item[sighting] >= nblItem === sightings.item[before] >= nblItem) continue;
      const isWayIn = sightings.item[sighting] >= nblItem;
      const nbl = isWayIn ? sighting : before;
      if (stepOf(nbl) === (isWayIn ? NblStep.Received : NblStep.Delivered)) {
        this.vote(sightings.place[isWayIn ? before : sighting], nicOf(nbl), isWayIn);
      }
    }
    for (const [component, { byNic, inwards, total }] of this.votes) {
      const [nic, most] = first(byNic);
      if (most < fewestVotes || most < total * majority) continue;
      nblNumbers.nicOfComponent[component] = nic;
      nblNumbers.inwards[component] = first(inwards)[0];
    }
  }

  private vote(place: number, nic: number, isWayIn: boolean): void {
    const component = componentOfPlace(place);
    const { componentKeys } = this.work.numbers;
    if (
      nic === 0 ||
      !componentKeys[component].startsWith('ndis/') ||
      this.work.nblNumbers.nicOfComponent[component] > 0
    )
      return;
    const votes: Votes = this.votes.get(component) ?? { byNic: new Map(), inwards: new Map(), total: 0 };
    this.votes.set(component, votes);
    votes.total++;
    votes.byNic.set(nic, (votes.byNic.get(nic) ?? 0) + 1);
    // Two directions: what does not go in goes out, by 1 and 2 of PacketTrait.
    const direction = place & 3;
    const inward = isWayIn || direction === 0 ? direction : 3 - direction;
    votes.inwards.set(inward, (votes.inwards.get(inward) ?? 0) + 1);
  }
}

/** The key with the highest count. */
function first(counts: ReadonlyMap<number, number>): [key: number, count: number] {
  return [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
}
