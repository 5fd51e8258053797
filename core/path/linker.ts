import { newSharedMap, SharedMap, type SharedMapState } from '../base/shared-map.ts';
import { IpProtocol } from '../packet/ip-protocols.ts';
import { moduleBit } from '../packet/module.ts';
import { NblStep } from '../provider/vmswitch-nbl.ts';
import { sightingOf } from '../trace/packet-bytes.ts';
import { PacketTrait, type Segment } from '../trace/segment.ts';
import { growingTable, reserveRows, type GrowingTable } from '../trace/tables.ts';
import { lastNotAbove, type TraceColumns } from '../trace/trace-columns.ts';
import { Attempts, newAttemptState, type AttemptState } from './attempts.ts';
import { componentOfPlace } from './gather.ts';
import { NicPassages, newPassageState, type PassageState } from './nic-passages.ts';
import {
  firstOfNbl,
  LinkMark,
  LinkReason,
  nblItem,
  pathOf,
  sightingAt,
  type LinkTable,
  type PathWork,
  type SightingTable,
} from './sighting-table.ts';

/** One row a drop that names no NBL, and an NBL that it may be about. */
const dropColumns = { drop: 'Uint32', life: 'Uint32' } as const;

/** What linking has come to; plain data, so that another worker can go on with it. */
export interface LinkState {
  /** From a hash to the latest sighting with it that brought something new to its path, plus 1. */
  readonly identities: Uint32Array;
  readonly translations: Uint32Array;
  /** From pktmon's group to its latest sighting, from an NBL's address likewise, from an origin likewise. */
  readonly groups: SharedMapState;
  readonly nbls: SharedMapState;
  readonly origins: SharedMapState;
  readonly passages: PassageState;
  readonly drops: { count: number; readonly table: GrowingTable<typeof dropColumns> };
  readonly attempts: AttemptState;
}

const mostSlots = 1 << 22;
const fewestSlots = 1 << 10;

export function newLinkState(sightings: number): LinkState {
  const slots = Math.min(mostSlots, Math.max(fewestSlots, 2 ** Math.ceil(Math.log2(1 + sightings))));
  const heads = (): Uint32Array => new Uint32Array(new SharedArrayBuffer(slots * 4));
  return {
    identities: heads(),
    translations: heads(),
    groups: newSharedMap(),
    nbls: newSharedMap(),
    origins: newSharedMap(),
    passages: newPassageState(),
    drops: { count: 0, table: growingTable(dropColumns, 64) },
    attempts: newAttemptState(),
  };
}

const tunnelBits = moduleBit.VXLAN | moduleBit.Geneve | moduleBit.GRE | moduleBit.NVGRE;

/** Times in 100 ns. No packet takes longer through a computer; what looks the same after that is another one. */
const longestJourney = 10_000_000;
/** Packets that look the same follow each other: among those seen so lately, the one that set out first arrives first. */
const inFlight = 20_000;
/** Between a packet and its translated self, or the place where it left a tunnel. */
const longestTranslation = 200_000;
/** The same for packets that only their payload tells apart. */
const longestUnnumberedTranslation = 5_000;
/** Between an NBL event and the frame that stands beside it. */
const longestBeside = 5_000;
/** Between an NBL's step and a drop that does not say which NBL it is about. */
const longestDrop = 20_000;
/** An NBL that was delivered seldom is used again so soon; a routed event without its beginning later than this is. */
const shortestReuse = 500;
/** How far is looked back: packets that look the same, hops of one path, events of one origin, steps of one NBL. */
const mostCandidates = 256;
const mostHops = 64;
const mostOnOrigin = 16;
const mostBeforeDrop = 96;
const mostSteps = 64;

/** What had become of an NBL at some moment. */
interface NblState {
  /** When the switch received it, and from which NIC; -1 when it did not. */
  received: number;
  from: number;
  /** Routed, or dropped. */
  isDecided: boolean;
  /** It was seen again, and not as dropped. */
  wentOn: boolean;
}

/** Links sightings into paths, in time order, and paths into connection attempts. */
export class Linker {
  private readonly columns: TraceColumns;
  private readonly work: PathWork;
  private readonly state: LinkState;
  private readonly sightings: SightingTable;
  private readonly links: LinkTable;
  private readonly groups: SharedMap;
  private readonly nblMap: SharedMap;
  private readonly origins: SharedMap;
  private readonly attempts: Attempts;
  private readonly passages: NicPassages;
  private segment: Segment;
  private segmentNumber = 0;
  private from = 0;
  private to = 0;

  constructor(columns: TraceColumns, work: PathWork, state: LinkState) {
    this.columns = columns;
    this.work = work;
    this.state = state;
    this.sightings = work.sightings;
    this.links = work.links;
    this.groups = new SharedMap(state.groups);
    this.nblMap = new SharedMap(state.nbls);
    this.origins = new SharedMap(state.origins);
    this.attempts = new Attempts(state.attempts, work.sightings, work.links, work.numbers);
    this.passages = new NicPassages(state.passages, work);
    [this.segment] = columns.segments;
  }

  /** Takes rows `from` to `to` of the time order; portions must follow each other. */
  link(order: Uint32Array, from: number, to: number): void {
    const { index } = this.work;
    for (let row = from; row < to; row++) {
      const sighting = sightingAt(index, order[row]);
      if (sighting < 0) continue;
      this.enterSegmentOf(sighting);
      const item = this.sightings.item[sighting];
      if (item < nblItem) this.takePacket(sighting, item);
      else this.takeNbl(sighting, item - nblItem);
      this.noteOrigin(sighting);
    }
  }

  /** What can be said only when all is seen: which NBL a drop was about, and frames in front of NBLs that have none. */
  finish(): void {
    this.settleDrops();
    this.pairFramelessNbls();
  }

  // ------------------------------------------------------------------ packets

  private takePacket(sighting: number, packet: number): void {
    const { sightings, links } = this;
    const group = this.groupOf(packet);
    const beside = this.nblBeside(sighting, packet);
    let path = -1;
    let reason: number = LinkReason.None;
    if (group >= 0) {
      path = this.pathOfGroup(group, sighting);
      if (path >= 0) reason = LinkReason.Group;
    }
    const besidePath = beside < 0 ? -1 : pathOf(links, beside);
    if (path < 0 && besidePath >= 0 && this.sharesIdentity(besidePath, sighting)) {
      path = besidePath;
      reason = LinkReason.Identity;
    }
    if (path < 0 && sightings.identity[sighting] !== 0) {
      path = this.pathOfIdentity(sighting, packet);
      if (path >= 0) reason = this.reasonOfIdentity(path, packet);
    }
    if (path < 0 && besidePath >= 0 && links.pathIdentity[besidePath] === 0) {
      path = besidePath;
      reason = LinkReason.Beside;
    }
    if (path < 0 && sightings.translation[sighting] !== 0) {
      path = this.pathOfTranslation(sighting, packet);
      if (path >= 0) reason = LinkReason.Translation;
    }
    if (path < 0) {
      const delivery = this.passages.takeDelivery(sighting);
      if (delivery >= 0) {
        path = pathOf(links, delivery);
        reason = LinkReason.Beside;
      }
    }
    const isNew = path < 0;
    const isInferred = reason === LinkReason.Translation || (reason === LinkReason.Beside && beside < 0);
    if (!isNew) this.join(path, sighting, reason, isInferred);
    else links.last[sighting] = sighting + 1;
    if (beside >= 0) this.pair(beside, sighting, besidePath);
    this.noteIdentity(sighting, isNew || !this.sharesIdentity(pathOf(links, sighting), sighting));
    if (group >= 0) this.noteGroup(group, sighting);
    this.passages.noteFrame(sighting);
    this.attempts.take(sighting, this.segment, this.segmentNumber, packet, isNew || reason === LinkReason.Beside);
  }

  /** The segment's row of pktmon's sighting of a packet, or -1. */
  private groupOf(packet: number): number {
    const { length, group } = this.segment.sightings;
    const row = length === 0 ? -1 : sightingOf(this.segment, packet);
    return row >= 0 && group[row] !== 0 ? row : -1;
  }

  /** pktmon gives the buffers of one NBL one group: what looks different in it is another packet, unless translated. */
  private pathOfGroup(row: number, sighting: number): number {
    const { identity, translation } = this.sightings;
    const known = this.groups.get(...this.groupKey(row));
    if (known < 0) return -1;
    const path = pathOf(this.links, known);
    if (identity[sighting] === 0 || this.links.pathIdentity[path] === 0 || this.sharesIdentity(path, sighting))
      return path;
    const twin = this.pathOfIdentityInGroup(sighting, row);
    if (twin >= 0) return twin;
    const isTranslated = translation[sighting] === translation[known] || !this.wasAt(path, sighting);
    return isTranslated ? path : -1;
  }

  private pathOfIdentityInGroup(sighting: number, row: number): number {
    const { identity } = this.sightings;
    const [low, high] = this.groupKey(row);
    const known = this.groups.get(low ^ identity[sighting], high);
    return known < 0 ? -1 : pathOf(this.links, known);
  }

  private noteGroup(row: number, sighting: number): void {
    const [low, high] = this.groupKey(row);
    if (this.groups.get(low, high) < 0) this.groups.set(low, high, sighting);
    this.groups.set(low ^ this.sightings.identity[sighting], high, sighting);
  }

  private groupKey(row: number): [low: number, high: number] {
    const group = this.segment.sightings.group[row];
    return [group % 0x1_0000_0000, Math.floor(group / 0x1_0000_0000) * 64 + this.segment.input];
  }

  private pathOfIdentity(sighting: number, packet: number): number {
    const { identity, identityCheck, time } = this.sightings;
    const { sameIdentity, last } = this.links;
    const own = identity[sighting];
    const check = identityCheck[sighting];
    const heads = this.state.identities;
    let oldestInFlight = -1;
    let latest = -1;
    let candidates = 0;
    for (let entry = heads[own & (heads.length - 1)]; entry !== 0; entry = sameIdentity[entry - 1]) {
      const candidate = entry - 1;
      if (identity[candidate] !== own || identityCheck[candidate] !== check) continue;
      if (this.elapsed(candidate, sighting) > longestJourney || candidates++ === mostCandidates) break;
      const path = pathOf(this.links, candidate);
      if (this.isOfOtherGroup(candidate, packet) || this.wasAt(path, sighting)) continue;
      if (latest < 0) latest = path;
      if ((time[sighting] - time[last[path] - 1]) >>> 0 <= inFlight) oldestInFlight = path;
    }
    return oldestInFlight >= 0 ? oldestInFlight : latest;
  }

  private isOfOtherGroup(candidate: number, packet: number): boolean {
    const own = this.groupOf(packet);
    if (own < 0) return false;
    const number = lastNotAbove(this.work.bases, candidate, this.work.bases.length);
    const segment = this.columns.segments[number];
    if (segment.input !== this.segment.input) return false;
    const row = sightingOf(segment, this.sightings.item[candidate]);
    return row >= 0 && segment.sightings.group[row] !== this.segment.sightings.group[own];
  }

  /** Whether the path was at the sighting's place before. */
  private wasAt(path: number, sighting: number): boolean {
    const { place, item } = this.sightings;
    const { next } = this.links;
    let at = path;
    for (let hops = 0; hops < mostHops; hops++) {
      if (place[at] === place[sighting] && item[at] < nblItem) return true;
      if (next[at] === 0) return false;
      at = next[at] - 1;
      if (at === path) return false;
    }
    return false;
  }

  private sharesIdentity(path: number, sighting: number): boolean {
    return (
      this.sightings.identity[sighting] !== 0 && this.links.pathIdentity[path] === this.sightings.identity[sighting]
    );
  }

  private reasonOfIdentity(path: number, packet: number): number {
    const first = this.firstFrameOf(path);
    if (first < 0) return LinkReason.Identity;
    const number = lastNotAbove(this.work.bases, first, this.work.bases.length);
    const { packets } = this.columns.segments[number];
    const isTunnelled =
      (packets.modules[this.sightings.item[first]] ^ this.segment.packets.modules[packet]) & tunnelBits;
    return isTunnelled === 0 ? LinkReason.Identity : LinkReason.Inner;
  }

  private firstFrameOf(path: number): number {
    const { last } = this.links;
    const latest = last[path] - 1;
    return this.sightings.item[latest] < nblItem ? latest : this.sightings.item[path] < nblItem ? path : -1;
  }

  /** A packet that looks the same but for one of its ends, somewhere else and just now: the one that set out first. */
  private pathOfTranslation(sighting: number, packet: number): number {
    const { translation, time } = this.sightings;
    const { sameTranslation, last } = this.links;
    const own = translation[sighting];
    const heads = this.state.translations;
    const isNumbered = this.isNumbered(packet);
    const longest = isNumbered ? longestTranslation : longestUnnumberedTranslation;
    let oldestInFlight = -1;
    let latest = -1;
    let candidates = 0;
    for (let entry = heads[own & (heads.length - 1)]; entry !== 0; entry = sameTranslation[entry - 1]) {
      const candidate = entry - 1;
      if (this.elapsed(candidate, sighting) > longestJourney || candidates++ === mostCandidates) break;
      if (translation[candidate] !== own) continue;
      const path = pathOf(this.links, candidate);
      const idle = (time[sighting] - time[last[path] - 1]) >>> 0;
      if (idle > longest || this.wasAt(path, sighting) || !this.hasOneEndOf(candidate, packet)) continue;
      if (!isNumbered && !this.turnsAround(last[path] - 1, sighting)) continue;
      if (latest < 0) latest = path;
      if (idle <= inFlight) oldestInFlight = path;
    }
    return oldestInFlight >= 0 ? oldestInFlight : latest;
  }

  /** A host takes a packet in, translates it, and sends it out. */
  private turnsAround(before: number, sighting: number): boolean {
    const { item, place } = this.sightings;
    const cameIn = item[before] < nblItem && (place[before] & PacketTrait.Inbound) !== 0;
    return cameIn && (place[sighting] & PacketTrait.Outbound) !== 0;
  }

  /** Whether its sender gave the packet a number that hardly another one has. */
  private isNumbered(packet: number): boolean {
    const { packets } = this.segment;
    return packets.ipProtocol[packet] === IpProtocol.TCP || packets.identification[packet] !== 0;
  }

  private hasOneEndOf(candidate: number, packet: number): boolean {
    const number = lastNotAbove(this.work.bases, candidate, this.work.bases.length);
    const other = this.columns.segments[number].packets;
    const item = this.sightings.item[candidate];
    const { packets } = this.segment;
    const sameSource =
      other.sourceAddress[item] === packets.sourceAddress[packet] &&
      other.sourcePort[item] === packets.sourcePort[packet];
    const sameDestination =
      other.destinationAddress[item] === packets.destinationAddress[packet] &&
      other.destinationPort[item] === packets.destinationPort[packet];
    return sameSource !== sameDestination;
  }

  private noteIdentity(sighting: number, isNews: boolean): void {
    if (!isNews) return;
    const { identity, translation } = this.sightings;
    const { sameIdentity, sameTranslation, pathIdentity } = this.links;
    const { identities, translations } = this.state;
    const path = pathOf(this.links, sighting);
    const own = identity[sighting];
    if (own !== 0) {
      if (pathIdentity[path] === 0) pathIdentity[path] = own;
      const slot = own & (identities.length - 1);
      sameIdentity[sighting] = identities[slot];
      identities[slot] = sighting + 1;
    }
    if (translation[sighting] !== 0) {
      const slot = translation[sighting] & (translations.length - 1);
      sameTranslation[sighting] = translations[slot];
      translations[slot] = sighting + 1;
    }
  }

  // ------------------------------------------------------------------ frames beside NBL events

  /** The NBL event that a vSwitch frame stands beside: the same thread and processor, just before, from the same NIC. */
  private nblBeside(sighting: number, packet: number): number {
    const component = componentOfPlace(this.sightings.place[sighting]);
    if (this.segment.components[this.segment.packets.component[packet]].source !== 'vmswitch') return -1;
    const nic = this.work.nblNumbers.nicOfComponent[component];
    const wanted = (this.sightings.place[sighting] & 4) === 0 ? NblStep.Received : NblStep.Routed;
    let at = this.origins.get(this.sightings.origin[sighting], this.segment.input);
    for (let steps = 0; at >= 0 && steps < mostOnOrigin; steps++) {
      if (this.elapsed(at, sighting) > longestBeside) return -1;
      if (this.isNbl(at)) {
        const fits = this.stepOf(at) === wanted && (nic === 0 || this.nicOf(at) === nic);
        if (fits && (this.links.link[at] & LinkMark.Paired) === 0) return at;
      }
      at = this.links.sameOrigin[at] - 1;
    }
    return -1;
  }

  /** The frame tells which packet the NBL is; unless the NBL's path knows better. */
  private pair(nbl: number, frame: number, nblPath: number): void {
    const { links } = this;
    const path = pathOf(links, frame);
    const isOther = links.pathIdentity[nblPath] !== 0 && nblPath !== path && !this.sharesIdentity(nblPath, frame);
    if (isOther) return;
    links.link[nbl] |= LinkMark.Paired;
    if (nblPath === path) return;
    const first = firstOfNbl(this.links, nbl, mostSteps);
    this.unite(path, nblPath);
    if ((links.link[first] & LinkMark.ReasonMask) === LinkReason.None) links.link[first] |= LinkReason.Beside;
  }

  // ------------------------------------------------------------------ NBLs

  private takeNbl(sighting: number, row: number): void {
    const step = this.work.nbls[this.segmentNumber].table.step[row];
    if (step === NblStep.Dropped) this.takeDrop(sighting);
    else if (step === NblStep.Extension) this.takeExtension(sighting);
    else this.takeStep(sighting, row, step);
  }

  private takeStep(sighting: number, row: number, step: number): void {
    const { addressLow, addressHigh } = this.work.nbls[this.segmentNumber].table;
    const { links, nblMap } = this;
    const low = addressLow[row];
    const high = addressHigh[row] ^ (this.segment.input << 24);
    const before = nblMap.get(low, high);
    if (before >= 0 && step !== NblStep.Received && this.goesOn(before, sighting, step)) {
      links.sameNbl[sighting] = before + 1;
      this.join(pathOf(links, before), sighting, LinkReason.Nbl, false);
    } else links.last[sighting] = sighting + 1;
    nblMap.set(low, high, sighting);
    if (step === NblStep.Received) this.joinFrameInFront(sighting);
    else if (step === NblStep.Delivered) this.passages.noteDelivery(sighting, this.nicOf(sighting));
  }

  private joinFrameInFront(received: number): void {
    const frame = this.passages.takeFrame(received, this.nicOf(received));
    if (frame >= 0) this.join(pathOf(this.links, frame), received, LinkReason.Beside, true);
  }

  /** Whether a step is one more of the NBL last seen at `before`, and not the address used again. */
  private goesOn(before: number, sighting: number, step: number): boolean {
    if (this.elapsed(before, sighting) > longestJourney) return false;
    const { sameNbl } = this.links;
    const target = this.targetOf(sighting);
    let routed = 0;
    let delivered = 0;
    let wasRoutedThere = false;
    for (let at = before, steps = 0; steps < mostSteps; steps++) {
      const stepBefore = this.stepOf(at);
      const isSameTarget = this.targetOf(at) === target;
      if (stepBefore === step && isSameTarget) return false;
      if (stepBefore === NblStep.Routed) {
        routed++;
        wasRoutedThere ||= isSameTarget;
      }
      if (stepBefore === NblStep.Delivered) delivered++;
      const isSource = stepBefore !== NblStep.Delivered && step === NblStep.Routed;
      if (isSource && this.nicOf(at) !== this.nicOf(sighting)) return false;
      if (sameNbl[at] === 0) break;
      at = sameNbl[at] - 1;
    }
    const isOver = routed > 0 && delivered >= routed;
    if (step === NblStep.Delivered && wasRoutedThere) return true;
    return !isOver || this.elapsed(before, sighting) <= shortestReuse;
  }

  /** An extension forwarded a packet, and does not say which NBL: the one it was last busy with on this thread. */
  private takeExtension(sighting: number): void {
    const { links } = this;
    const life = this.candidatesOf(sighting)[0] as number | undefined;
    if (life === undefined) links.last[sighting] = sighting + 1;
    else this.join(pathOf(links, life), sighting, LinkReason.Beside, true);
  }

  private takeDrop(sighting: number): void {
    const { drops } = this.state;
    this.links.last[sighting] = sighting + 1;
    for (const life of this.candidatesOf(sighting)) {
      const row = drops.count++;
      reserveRows(drops.table, drops.count);
      drops.table.columns.drop[row] = sighting;
      drops.table.columns.life[row] = life;
    }
  }

  /** Sightings of packets that an event without an NBL may be about, the likeliest first: the latest ones on its thread. */
  private candidatesOf(sighting: number): number[] {
    const { switch: ownSwitch } = this.factsOf(sighting);
    const found: number[] = [];
    let at = this.origins.get(this.sightings.origin[sighting], this.segment.input);
    for (let steps = 0; at >= 0 && steps < mostBeforeDrop; steps++) {
      if (this.elapsed(at, sighting) > longestDrop) break;
      const isThere = !this.isNbl(at) || this.mayBeAbout(at, ownSwitch);
      const path = pathOf(this.links, at);
      if (isThere && !found.some((other) => pathOf(this.links, other) === path)) found.push(at);
      at = this.links.sameOrigin[at] - 1;
    }
    return found;
  }

  private mayBeAbout(at: number, ownSwitch: number): boolean {
    const step = this.stepOf(at);
    if (step !== NblStep.Received && step !== NblStep.Routed) return false;
    return ownSwitch === 0 || this.factsOf(at).switch === ownSwitch;
  }

  private settleDrops(): void {
    const { columns } = this.state.drops.table;
    for (let row = 0; row < this.state.drops.count;) {
      const drop = columns.drop[row];
      const lives: number[] = [];
      for (; row < this.state.drops.count && columns.drop[row] === drop; row++) lives.push(columns.life[row]);
      const chosen = this.droppedOf(lives, drop);
      if (chosen === undefined) continue;
      const path = pathOf(this.links, chosen);
      if (path === pathOf(this.links, drop)) continue;
      this.unite(path, pathOf(this.links, drop));
      this.links.link[drop] |= LinkReason.Beside | LinkMark.Inferred;
    }
  }

  /**
   * Which of the packets that a drop may be about, the latest ones first, was dropped. A switch works off what it has
   * received in that order: it is the next one behind those that it has decided about. Else the latest that never went on.
   */
  private droppedOf(lives: readonly number[], drop: number): number | undefined {
    const nic = this.nicOf(drop);
    const states = lives.map((life) => this.stateAt(life, drop)).filter(({ received }) => received >= 0);
    const decided = states.filter(({ isDecided }) => isDecided);
    const isBehindDecided = ({ received, from }: NblState): boolean =>
      decided.every((other) => other.from !== from || this.isLater(received, other.received));
    const waiting = states.filter((state) => !state.isDecided && !state.wentOn && isBehindDecided(state));
    const ofNic = waiting.filter(({ from }) => from === nic);
    const [first, ...others] = ofNic.length > 0 ? ofNic : waiting;
    if ((first as NblState | undefined) === undefined) return lives.find((life) => !this.wentOn(life, drop));
    return others.reduce((oldest, state) => (this.isLater(oldest.received, state.received) ? state : oldest), first)
      .received;
  }

  /** What had become of a packet when another one, or it, was dropped. */
  private stateAt(life: number, drop: number): NblState {
    const { next } = this.links;
    const start = pathOf(this.links, life);
    const state = { received: -1, from: 0, isDecided: false, wentOn: false };
    let at = start;
    for (let hops = 0; hops < mostHops; hops++) {
      this.takeIntoState(at, drop, state);
      if (next[at] === 0) break;
      at = next[at] - 1;
      if (at === start) break;
    }
    return state;
  }

  private takeIntoState(at: number, drop: number, state: NblState): void {
    const isLater = this.isLater(at, drop);
    if (!this.isNbl(at)) {
      if (isLater && !this.isDropped(at)) state.wentOn = true;
      return;
    }
    const step = this.stepOf(at);
    if (step === NblStep.Dropped) state.isDecided = true;
    else if (isLater) state.wentOn = true;
    else if (step === NblStep.Routed || step === NblStep.Delivered) state.isDecided = true;
    else if (step === NblStep.Received && (state.received < 0 || this.isLater(at, state.received))) {
      state.received = at;
      state.from = this.nicOf(at);
    }
  }

  private isDropped(sighting: number): boolean {
    const number = lastNotAbove(this.work.bases, sighting, this.work.bases.length);
    const { traits } = this.columns.segments[number].packets;
    return (traits[this.sightings.item[sighting]] & PacketTrait.Dropped) !== 0;
  }

  /** Whether the packet was seen again behind the drop, or was dropped already. */
  private wentOn(life: number, drop: number): boolean {
    const { next } = this.links;
    const dropNic = this.nicOf(drop);
    const start = pathOf(this.links, life);
    let at = start;
    for (let hops = 0; hops < mostHops; hops++) {
      const isLater = this.isLater(at, drop);
      if (this.isNbl(at)) {
        const step = this.stepOf(at);
        if (step === NblStep.Dropped) return true;
        // A packet with several destinations goes on to others.
        if (isLater && step === NblStep.Delivered && (dropNic === 0 || this.nicOf(at) === dropNic)) return true;
        if (isLater && step === NblStep.Routed && this.nicOf(at) === this.nicOf(life)) return true;
      } else if (isLater && this.isVmSwitchFrame(at)) return true;
      if (next[at] === 0) return false;
      at = next[at] - 1;
      if (at === start) return false;
    }
    return false;
  }

  /** An NBL without a frame of its own is the packet that the same thread captured just before. */
  private pairFramelessNbls(): void {
    const { links, sightings, work } = this;
    work.nbls.forEach(({ table }, segmentNumber) => {
      if (table.length === 0) return;
      const count = this.columns.segments[segmentNumber].packets.length + table.length;
      const base = work.bases[segmentNumber];
      for (let sighting = base; sighting < base + count; sighting++) {
        if (sightings.item[sighting] < nblItem || links.sameNbl[sighting] !== 0) continue;
        const path = pathOf(links, sighting);
        if (links.pathIdentity[path] !== 0 || this.stepOf(sighting) === NblStep.Dropped) continue;
        const frame = links.sameOrigin[sighting] - 1;
        if (frame < 0 || this.isNbl(frame) || (links.link[frame] & LinkMark.Paired) !== 0) continue;
        if (this.elapsed(frame, sighting) > longestBeside) continue;
        links.link[frame] |= LinkMark.Paired;
        this.unite(pathOf(links, frame), path);
        links.link[sighting] |= LinkReason.Beside | LinkMark.Inferred;
      }
    });
  }

  // ------------------------------------------------------------------ paths

  private join(path: number, sighting: number, reason: number, isInferred: boolean): void {
    const { links } = this;
    links.parent[sighting] = path + 1;
    this.splice(path, sighting);
    links.last[path] = sighting + 1;
    links.link[sighting] |= reason | (isInferred ? LinkMark.Inferred : 0);
  }

  /** Makes two paths one, which goes by `path`. */
  private unite(path: number, other: number): void {
    const { links } = this;
    links.parent[other] = path + 1;
    this.splice(path, other);
    if (this.isLater(links.last[other] - 1, links.last[path] - 1)) links.last[path] = links.last[other];
    if (links.pathIdentity[path] === 0) links.pathIdentity[path] = links.pathIdentity[other];
    if (links.attempt[path] === 0) links.attempt[path] = links.attempt[other];
  }

  /** Two circles become one when what follows in them is exchanged. */
  private splice(one: number, other: number): void {
    const { next } = this.links;
    const afterOne = next[one] === 0 ? one + 1 : next[one];
    next[one] = next[other] === 0 ? other + 1 : next[other];
    next[other] = afterOne;
  }

  // ------------------------------------------------------------------ sightings

  private noteOrigin(sighting: number): void {
    const origin = this.sightings.origin[sighting];
    const before = this.origins.get(origin, this.segment.input);
    this.links.sameOrigin[sighting] = before + 1;
    this.origins.set(origin, this.segment.input, sighting);
  }

  private enterSegmentOf(sighting: number): void {
    if (sighting >= this.from && sighting < this.to) return;
    const { bases, nbls } = this.work;
    this.segmentNumber = lastNotAbove(bases, sighting, bases.length);
    this.segment = this.columns.segments[this.segmentNumber];
    this.from = bases[this.segmentNumber];
    this.to = this.from + this.segment.packets.length + nbls[this.segmentNumber].table.length;
  }

  private elapsed(before: number, sighting: number): number {
    return (this.sightings.time[sighting] - this.sightings.time[before]) >>> 0;
  }

  /** By half of what the column's range tells apart. */
  private isLater(sighting: number, other: number): boolean {
    const elapsed = this.elapsed(other, sighting);
    return elapsed !== 0 && elapsed < 0x8000_0000;
  }

  private isNbl(sighting: number): boolean {
    return this.sightings.item[sighting] >= nblItem;
  }

  private isVmSwitchFrame(sighting: number): boolean {
    return this.work.numbers.componentKeys[componentOfPlace(this.sightings.place[sighting])].startsWith('vmswitch/');
  }

  private stepOf(sighting: number): number {
    const { table, row } = this.rowOf(sighting);
    return table.step[row];
  }

  /** The NIC that an NBL event names first: where the packet comes from, or where it was delivered. */
  private nicOf(sighting: number): number {
    return this.factsOf(sighting).nic;
  }

  /** The NIC that a step leads to. */
  private targetOf(sighting: number): number {
    const { nic, destination } = this.factsOf(sighting);
    return destination === 0 ? nic : destination;
  }

  private factsOf(sighting: number): { nic: number; destination: number; switch: number } {
    const { table, row, number } = this.rowOf(sighting);
    const { nics, switches } = this.work.nblNumbers;
    return {
      nic: table.nic[row] === 0 ? 0 : nics[number][table.nic[row] - 1],
      destination: table.destination[row] === 0 ? 0 : nics[number][table.destination[row] - 1],
      switch: table.switch[row] === 0 ? 0 : switches[number][table.switch[row] - 1],
    };
  }

  private rowOf(sighting: number): { table: PathWork['nbls'][number]['table']; row: number; number: number } {
    const { bases, nbls } = this.work;
    const isHere = sighting >= this.from && sighting < this.to;
    const number = isHere ? this.segmentNumber : lastNotAbove(bases, sighting, bases.length);
    return { table: nbls[number].table, row: this.sightings.item[sighting] - nblItem, number };
  }
}
