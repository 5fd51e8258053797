import { buildFrame, type FrameLayer } from '../../scenario/frame.ts';
import {
  droppedBy,
  frameAt,
  nblAt,
  nblRouted,
  pktMonSighting,
  switchFrame,
  type Direction,
  type DropEvent,
  type Logged,
  type Nic,
  type PktMonPlace,
  type VirtualSwitch,
} from './host-records.ts';
import type { QueueChange, Step } from './host-simulation.ts';
import type { Dice } from './tcp-traffic.ts';

/** Random hosts with their switches and adapters, and the way that a packet takes through them. */

export const topologyKinds = [
  'one switch',
  'several switches',
  'network address translation',
  'overlay',
  'team',
  'pktmon alone',
  'pktmon beside',
  'frames alone',
  'references without switch frames',
] as const;
export type TopologyKind = (typeof topologyKinds)[number];

/** Which providers the trace was made with. */
export interface Capture {
  /** NDIS-PacketCapture 1001, and 1003. */
  readonly frames: boolean;
  readonly switchFrames: boolean;
  /** VmSwitch 54 to 60. */
  readonly references: boolean;
  readonly pktMon: boolean;
}

/** A machine with an address: on the wire, or behind a port of a switch. */
export interface Host {
  readonly ipv4: Uint8Array;
  readonly ipv6: Uint8Array;
  readonly mac: Uint8Array;
  /** Absent on the wire. */
  readonly nic?: Nic;
  readonly site?: Site;
  /** Some systems number no packets that must not be fragmented (RFC 6864). */
  readonly numbersPackets: boolean;
  identification: number;
}

/** A switch and what hangs on it. */
export interface Site {
  readonly where: VirtualSwitch;
  /** What the switch is connected to the wire with; of a NAT switch, the host's own vNIC. */
  readonly uplink: Nic;
  /** Below a team, or the uplink itself. */
  readonly members: readonly Nic[];
  /** A switch independent team has no NIC of its own: packets come from its members. */
  readonly isEmbeddedTeam: boolean;
  readonly hosts: Host[];
  /** Where packets go on, translated, that leave a NAT switch. */
  readonly translator?: Translator;
}

interface Translator {
  readonly address: Uint8Array;
  readonly gateway: Uint8Array;
  /** The vNIC and the site that leads to the wire, or a physical NIC. */
  readonly out: { readonly vnic: Nic; readonly site: Site } | { readonly physical: Nic };
}

export interface Topology {
  readonly kind: TopologyKind;
  readonly capture: Capture;
  readonly processors: number;
  readonly sites: readonly Site[];
  readonly wire: readonly Host[];
  readonly inside: readonly Host[];
  readonly nics: readonly Nic[];
  /** Packets between two sites go through a router, or VXLAN. */
  readonly isRouted: boolean;
  readonly isOverlay: boolean;
}

/** Makes the places of a trace, each with numbers and names of its own. */
class PlaceMaker {
  readonly nics: Nic[] = [];
  readonly #dice: Dice;
  #interface = 8;
  #component = 40;
  #host = 0;
  #port = 1;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  guid(): string {
    const digits = Array.from({ length: 32 }, () => this.#dice.roll(16).toString(16).toUpperCase()).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  nic(kind: Nic['kind']): Nic {
    const guid = this.guid();
    const isBelow = kind === 'physical' || kind === 'team';
    const miniport = this.#interface;
    this.#interface += 3;
    const hasFilter = isBelow && this.#dice.chance(40);
    const filters = this.#dice.roll(3);
    const edges = Array.from({ length: filters }, () => this.#filterEdges()).flat();
    const nic: Nic = {
      kind,
      name: isBelow ? `/DEVICE/{${guid}}` : guid,
      friendlyName: `${kind} ${miniport}`,
      mac: Uint8Array.of(0, 0x15, 0x5d, 1, this.#interface >> 8, this.#interface & 0xff),
      layers: kind === 'vm-nic' ? [] : hasFilter ? [miniport, miniport + 1] : [miniport],
      pktMon: [{ component: this.#component++, edge: 1 }, ...edges],
      port: this.#port++,
      portName: this.guid(),
      hasQueue: this.#dice.chance(40),
    };
    this.nics.push(nic);
    return nic;
  }

  #filterEdges(): PktMonPlace[] {
    const component = this.#component++;
    return [
      { component, edge: 1 },
      { component, edge: 2 },
    ];
  }

  where(): VirtualSwitch {
    return { name: this.guid(), friendlyName: `Switch ${this.#interface}`, interfaceIndex: this.#interface++ };
  }

  site(members: number, isEmbeddedTeam: boolean): Site {
    const physical = Array.from({ length: members }, () => this.nic('physical'));
    const uplink = members > 1 && !isEmbeddedTeam ? this.nic('team') : physical[0];
    return { where: this.where(), uplink, members: physical, isEmbeddedTeam, hosts: [] };
  }

  /** A host behind a port of the site. */
  attach(site: Site, kind: Nic['kind']): Host {
    const host = this.host(this.nic(kind), site);
    site.hosts.push(host);
    return host;
  }

  host(nic?: Nic, site?: Site): Host {
    const number = ++this.#host;
    return {
      ipv4: Uint8Array.of(10, 0, number >> 8, number & 0xff),
      ipv6: Uint8Array.of(0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number >> 8, number & 0xff),
      mac: nic?.mac ?? Uint8Array.of(0, 0x50, 0x56, 0, number >> 8, number & 0xff),
      ...(nic && { nic }),
      ...(site && { site }),
      numbersPackets: this.#dice.chance(75),
      identification: this.#dice.roll(0x1_0000),
    };
  }
}

const guests: readonly Nic['kind'][] = ['vm-nic', 'container', 'host-vnic'];

/** The captures of a kind of topology. */
function captureOf(kind: TopologyKind, dice: Dice): Capture {
  const all = { frames: true, switchFrames: true, references: true, pktMon: false };
  switch (kind) {
    case 'pktmon alone':
      return { frames: false, switchFrames: false, references: false, pktMon: true };
    case 'pktmon beside':
      return { ...all, pktMon: true };
    case 'frames alone':
      return { ...all, switchFrames: false, references: false };
    case 'references without switch frames':
      return { ...all, switchFrames: false, frames: dice.chance(70) };
    default:
      return all;
  }
}

export function randomTopology(kind: TopologyKind, dice: Dice): Topology {
  const maker = new PlaceMaker(dice);
  const isSeveral = kind === 'several switches' || kind === 'overlay';
  const sites = Array.from({ length: isSeveral ? 2 + dice.roll(2) : 1 }, () =>
    kind === 'team' ? maker.site(2, dice.chance(50)) : maker.site(1, false),
  );
  for (const site of sites) {
    const kinds = kind === 'overlay' ? (['container'] as const) : guests;
    for (let count = 2 + dice.roll(3); count > 0; count--) maker.attach(site, dice.among(kinds));
  }
  const withTranslation = kind === 'network address translation' || (kind === 'pktmon alone' && dice.chance(30));
  if (withTranslation) sites.push(translatingSite(maker, sites[0], dice));
  const wire = Array.from({ length: 3 }, () => maker.host());
  const inside = sites.flatMap(({ hosts }) => hosts);
  return {
    kind,
    capture: captureOf(kind, dice),
    processors: 2 + dice.roll(4),
    sites,
    wire,
    inside,
    nics: maker.nics,
    isRouted: dice.chance(50),
    isOverlay: kind === 'overlay',
  };
}

/** Containers behind WinNAT, whose packets leave by the other site's switch or by a physical NIC. */
function translatingSite(maker: PlaceMaker, other: Site, dice: Dice): Site {
  const gateway = maker.nic('host-vnic');
  const vnic = maker.nic('host-vnic');
  const out = dice.chance(60) ? { vnic, site: other } : { physical: maker.nic('physical') };
  const address = Uint8Array.of(192, 168, 7, 10 + dice.roll(200));
  const translator = { address, gateway: gateway.mac, out };
  const site: Site = {
    where: maker.where(),
    uplink: gateway,
    members: [gateway],
    isEmbeddedTeam: false,
    hosts: [],
    translator,
  };
  for (let count = 2 + dice.roll(2); count > 0; count--) maker.attach(site, 'container');
  return site;
}

/** What becomes of a packet. */
export type Fate =
  | { readonly kind: 'arrives' }
  /** By the first switch on its way, which says so when the capture asks it. */
  | { readonly kind: 'dropped'; readonly event: DropEvent }
  /** Somewhere behind its first sighting, without a word. */
  | { readonly kind: 'vanishes'; readonly share: number };

/** Addresses of 64 bits that are used again, the last one returned first. */
export class NblPool {
  readonly #free: { nbl: bigint; since: number }[] = [];
  #next: bigint;

  constructor(base: bigint, size: number) {
    this.#next = base;
    for (let count = 0; count < size; count++) this.#free.push({ nbl: this.#fresh(), since: 0 });
  }

  take(tick: number): bigint {
    const index = this.#free.findLastIndex(({ since }) => since <= tick);
    return index < 0 ? this.#fresh() : this.#free.splice(index, 1)[0].nbl;
  }

  giveBack(nbl: bigint, tick: number): void {
    this.#free.push({ nbl, since: tick + 1 });
  }

  #fresh(): bigint {
    this.#next += 0x210n;
    return this.#next;
  }
}

/** What one packet carries along; packets that were sent together may share a group of pktmon's. */
export interface PacketState {
  /** The frame as it is sent, and what becomes of it behind the first translation, router or encapsulation. */
  readonly frames: readonly FrameLayer[][];
  readonly flow: number;
  readonly pool: NblPool;
  readonly newGroup: () => bigint;
  group: bigint | undefined;
  packetInGroup: number;
}

/** Collects the steps of one packet's way. */
class WayBuilder {
  readonly steps: Step[] = [];
  isDropLogged = false;
  readonly #topology: Topology;
  readonly #packet: PacketState;
  readonly #frames: readonly Uint8Array[];
  #queue: QueueChange | undefined;
  #appearance = 0;
  #nbl = 0n;

  constructor(topology: Topology, packet: PacketState) {
    this.#topology = topology;
    this.#packet = packet;
    this.#frames = packet.frames.map(buildFrame);
  }

  queue(name: string, worker: QueueChange['worker'], wait = 0): void {
    const processor = this.#packet.flow + name.length + (name.codePointAt(name.length - 1) ?? 0);
    this.#queue = { name, processor, wait: wait + (this.#queue?.wait ?? 0), worker };
  }

  /** What pktmon sees from here on is another NET_BUFFER_LIST to it. */
  boundary(): void {
    this.#add(() => {
      this.#packet.group = undefined;
      this.#packet.packetInGroup = 1;
      this.#appearance = 0;
      return [];
    });
  }

  /** The frame at a NIC: at each of its layers, from below when it comes in. */
  frame(nic: Nic, direction: Direction, view: number): void {
    const { capture } = this.#topology;
    const upwards = direction === 'in';
    const layers = capture.frames ? nic.layers : [];
    const places = capture.pktMon ? nic.pktMon : [];
    if (layers.length + places.length === 0) return;
    const frame = this.#frames[view];
    this.#add(() => [
      ...inOrder(layers, upwards).map((layer) => frameAt(nic, layer, direction, frame)),
      ...inOrder(places, upwards).map((place) => this.#sighting(place, upwards ? 'Rx' : 'Tx', view)),
    ]);
  }

  /** Through a switch: received, routed, delivered. False when it is dropped there. */
  passage(where: VirtualSwitch, from: Nic, to: readonly Nic[], view: number, drop?: DropEvent): boolean {
    const { capture } = this.#topology;
    const frame = this.#frames[view];
    const frames = (destinations: readonly Nic[]): Logged[] =>
      capture.switchFrames ? [switchFrame(where, from, destinations, frame)] : [];
    const seen = (nic: Nic, direction: 'Ingress' | 'Egress'): Logged[] =>
      capture.pktMon ? [this.#sighting(switchPlace(nic), direction, view)] : [];
    const references = (log: () => Logged[]): Logged[] => (capture.references ? log() : []);
    const { pool } = this.#packet;
    if (!capture.references && !capture.switchFrames && !capture.pktMon) return drop === undefined;
    this.#add((tick) => {
      this.#nbl = pool.take(tick);
      const received = references(() => [nblAt('received', where, from, this.#nbl)]);
      return [...received, ...frames([]), ...seen(from, 'Ingress')];
    });
    if (drop !== undefined) {
      this.isDropLogged = capture.references || capture.pktMon;
      this.#add((tick) => {
        pool.giveBack(this.#nbl, tick);
        const dropped = references(() => [droppedBy(where, drop, from, to[0])]);
        return capture.pktMon ? [...dropped, this.#sighting(switchPlace(from), 'Ingress', view, true)] : dropped;
      });
      return false;
    }
    this.#add(() => [...references(() => to.map((nic) => nblRouted(where, from, nic, this.#nbl))), ...frames(to)]);
    this.#add((tick) => {
      pool.giveBack(this.#nbl, tick + 8 * to.length);
      return to.flatMap((nic) => [
        ...references(() => [nblAt('delivered', where, nic, this.#nbl)]),
        ...seen(nic, 'Egress'),
      ]);
    });
    return true;
  }

  #add(log: Step['log']): void {
    this.steps.push(this.#queue ? { log, queue: this.#queue } : { log });
    this.#queue = undefined;
  }

  #sighting(place: PktMonPlace, direction: 'Rx' | 'Tx' | 'Ingress' | 'Egress', view: number, isDrop = false): Logged {
    const packet = this.#packet;
    packet.group ??= packet.newGroup();
    const appearance = ++this.#appearance;
    const sighting = { group: packet.group, packet: packet.packetInGroup, appearance, place, direction, isDrop };
    return pktMonSighting(sighting, this.#frames[view]);
  }
}

/** pktmon's component for a port of a switch. */
function switchPlace(nic: Nic): PktMonPlace {
  return { component: 1000 + nic.port, edge: 1 };
}

function inOrder<Thing>(things: readonly Thing[], upwards: boolean): readonly Thing[] {
  return upwards ? things : things.toReversed();
}

export interface Way {
  readonly steps: readonly Step[];
  readonly isDropLogged: boolean;
}

/** The steps of a packet from one host to another, or to everybody of the sender's network. */
export function wayOf(topology: Topology, from: Host, to: Host | 'everybody', packet: PacketState, fate: Fate): Way {
  const way = new WayBuilder(topology, packet);
  const drop = fate.kind === 'dropped' ? fate.event : undefined;
  if (to === 'everybody') broadcast(way, topology, from, packet.flow);
  else unicast(way, topology, from, to, packet.flow, drop);
  const steps = way.steps;
  if (fate.kind !== 'vanishes') return { steps, isDropLogged: way.isDropLogged };
  return { steps: steps.slice(0, 1 + Math.floor(fate.share * (steps.length - 1))), isDropLogged: false };
}

function broadcast(way: WayBuilder, topology: Topology, from: Host, flow: number): void {
  const site = from.site ?? topology.sites[0];
  const receivers = site.hosts.filter((host) => host !== from).flatMap(({ nic }) => nic ?? []);
  if (from.nic) leave(way, from.nic);
  else comeIn(way, site, flow, 0);
  const source = from.nic ?? externalNic(site, flow);
  const destinations = from.nic && !site.translator ? [externalNic(site, flow), ...receivers] : receivers;
  way.passage(site.where, source, destinations, 0);
  if (from.nic && !site.translator) goOut(way, site, flow, 0);
  for (const nic of receivers) way.frame(nic, 'in', 0);
}

function unicast(
  way: WayBuilder,
  topology: Topology,
  from: Host,
  to: Host,
  flow: number,
  drop: DropEvent | undefined,
): void {
  const near = from.site;
  const far = to.site;
  if (near && far && near === far && from.nic && to.nic) {
    leave(way, from.nic);
    if (way.passage(near.where, from.nic, [to.nic], 0, drop)) arrive(way, to.nic, 0);
    return;
  }
  let view = 0;
  let waitingDrop = drop;
  if (near && from.nic) {
    leave(way, from.nic);
    const passes = outwards(way, topology, near, from.nic, flow, waitingDrop);
    if (!passes) return;
    waitingDrop = undefined;
    if (near.translator || topology.isOverlay) view = 1;
    if (far) way.boundary();
    if (far && topology.isRouted && !topology.isOverlay) view = 1;
  }
  if (!far || !to.nic) return;
  inwards(way, topology, far, to.nic, flow, view, waitingDrop);
}

/** From a port out to the wire; through the translator of a NAT switch. */
function outwards(
  way: WayBuilder,
  topology: Topology,
  site: Site,
  nic: Nic,
  flow: number,
  drop: DropEvent | undefined,
): boolean {
  const { translator } = site;
  if (!translator) {
    if (!way.passage(site.where, nic, [externalNic(site, flow)], 0, drop)) return false;
    goOut(way, site, flow, topology.isOverlay ? 1 : 0);
    return true;
  }
  if (!way.passage(site.where, nic, [site.uplink], 0, drop)) return false;
  arrive(way, site.uplink, 0);
  way.boundary();
  if ('physical' in translator.out) {
    way.frame(translator.out.physical, 'out', 1);
    return true;
  }
  const { vnic, site: outer } = translator.out;
  way.frame(vnic, 'out', 1);
  way.passage(outer.where, vnic, [externalNic(outer, flow)], 1);
  goOut(way, outer, flow, 1);
  return true;
}

/** From the wire to a port; through the translator of a NAT switch. */
function inwards(
  way: WayBuilder,
  topology: Topology,
  site: Site,
  nic: Nic,
  flow: number,
  view: number,
  drop: DropEvent | undefined,
): void {
  const { translator } = site;
  if (!translator) {
    comeIn(way, site, flow, topology.isOverlay ? 1 : view, view > 0 || topology.isOverlay ? 400 : 0);
    const inner = topology.isOverlay ? 0 : view;
    if (way.passage(site.where, externalNic(site, flow), [nic], inner, drop)) arrive(way, nic, inner);
    return;
  }
  if ('physical' in translator.out) {
    way.queue(`in ${translator.out.physical.port}`, 'deferred call');
    way.frame(translator.out.physical, 'in', 0);
  } else {
    const { vnic, site: outer } = translator.out;
    comeIn(way, outer, flow, 0);
    way.passage(outer.where, externalNic(outer, flow), [vnic], 0);
    arrive(way, vnic, 0);
  }
  way.boundary();
  way.frame(site.uplink, 'out', 1);
  if (way.passage(site.where, site.uplink, [nic], 1, drop)) arrive(way, nic, 1);
}

/** The NIC that the switch takes a flow's packets from. */
function externalNic(site: Site, flow: number): Nic {
  return site.isEmbeddedTeam ? site.members[flow % site.members.length] : site.uplink;
}

function comeIn(way: WayBuilder, site: Site, flow: number, view: number, wait = 0): void {
  const member = site.members[flow % site.members.length];
  way.queue(`in ${member.port}`, 'deferred call', wait);
  way.frame(member, 'in', view);
  if (site.uplink.kind === 'team') way.frame(site.uplink, 'in', view);
}

function goOut(way: WayBuilder, site: Site, flow: number, view: number): void {
  const member = site.members[flow % site.members.length];
  if (site.uplink.kind === 'team') way.frame(site.uplink, 'out', view);
  way.frame(member, 'out', view);
}

/** An application sends; some adapters hand packets over to another thread first. */
function leave(way: WayBuilder, nic: Nic): void {
  way.queue(`out ${nic.port}`, 'application');
  way.frame(nic, 'out', 0);
  if (nic.hasQueue) way.queue(`up ${nic.port}`, 'deferred call');
}

function arrive(way: WayBuilder, nic: Nic, view: number): void {
  if (nic.hasQueue) way.queue(`to ${nic.port}`, 'deferred call');
  way.frame(nic, 'in', view);
}
