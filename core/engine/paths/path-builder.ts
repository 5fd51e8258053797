import { branchesOf, type BranchFacts } from '../../path/branches.ts';
import {
  firstOfNbl,
  hopsOf,
  LinkMark,
  LinkReason,
  locateSighting,
  sightingAt,
  type SightingPlace,
} from '../../path/sighting-table.ts';
import { firstOf, type Lane, type Topology } from '../../path/topology.ts';
import { TcpFlag } from '../../packet/tcp.ts';
import { moduleBit } from '../../packet/module.ts';
import { dropLocationText, dropReasonText } from '../../provider/pktmon-drop-text.ts';
import { vmSwitchFacts } from '../../provider/vmswitch-frame.ts';
import { NblStep } from '../../provider/vmswitch-nbl.ts';
import { rowOf } from '../../trace/order.ts';
import { originalLength, sightingOf } from '../../trace/packet-bytes.ts';
import { PacketTrait } from '../../trace/segment.ts';
import type { HopLink, HopStep, PacketPath, PathHop, PathLane } from '../contract-paths.ts';
import {
  eventPlace,
  eventText,
  packetText,
  pktMonPlaceOf,
  readEvent,
  rowTime,
  type RowSource,
} from '../row-builder.ts';
import { fieldValue } from './event-fields.ts';
import type { UsualLatencies } from './latencies.ts';
import type { PathData } from './trace-paths.ts';

/** More hops than any packet has; what loops is cut there, and said. */
const mostHops = 400;

/** What paths are told from. */
export interface PathSource {
  readonly data: PathData;
  readonly rows: RowSource;
  readonly topology: Topology;
  readonly latencies: UsualLatencies;
}

/** The path of the packet that an event of the trace shows, without what is known of its attempt; undefined for none. */
export function buildPath(source: PathSource, row: number): BuiltPath | undefined {
  const { data, rows } = source;
  const sighting = sightingAt(data.work.index, rows.order[row]);
  if (sighting < 0) return undefined;
  return new PathBuilder(source, sighting).build();
}

export interface BuiltPath {
  /** All but what the attempt tells. */
  readonly path: Omit<PacketPath, 'attempt' | 'answerRow' | 'questionRow' | 'retransmissionRows'>;
  /** The sightings of the hops, in their order. */
  readonly sightings: readonly number[];
}

/** A hop before it has its number of lane. */
interface Draft {
  readonly sighting: number;
  readonly place: SightingPlace;
  readonly row: number;
  readonly lane: Lane;
  readonly from: Lane | undefined;
  readonly to: Lane | undefined;
  readonly step: HopStep;
  readonly life: number;
  readonly isTunnelled: boolean;
  readonly kind: PathHop['sighting'];
  readonly direction: PathHop['direction'];
  readonly text: string;
  readonly drop: PathHop['drop'];
  readonly nbl: string;
  readonly processor: number;
}

const tunnelBits = moduleBit.VXLAN | moduleBit.Geneve | moduleBit.GRE | moduleBit.NVGRE;

class PathBuilder {
  private readonly source: PathSource;
  private readonly start: number;

  constructor(source: PathSource, start: number) {
    this.source = source;
    this.start = start;
  }

  build(): BuiltPath {
    const { data, rows } = this.source;
    const drafts = hopsOf(data.work, this.start, mostHops)
      .map((sighting) => this.draft(sighting))
      .sort((a, b) => a.row - b.row);
    const lanes = laneOrder(drafts);
    const numbers = new Map(lanes.map(({ key }, number) => [key, number]));
    const laneNumber = (lane: Lane | undefined): number | null => (lane ? (numbers.get(lane.key) ?? null) : null);
    const after = branchesOf(drafts.map((draft) => branchFacts(draft, laneNumber)));
    const hops = drafts.map((draft, index) => this.hop(draft, drafts, after[index], laneNumber));
    const ends = hops.filter((_, index) => !after.includes(index)).length;
    const path = {
      row: drafts[0].row,
      title: this.title(drafts),
      lanes: lanes.map(contractLane),
      hops,
      branches: Math.max(1, ends),
      totalLatency: steps(rows, drafts[0], drafts[drafts.length - 1]),
      notes: this.notes(drafts),
    };
    return { path, sightings: drafts.map(({ sighting }) => sighting) };
  }

  private draft(sighting: number): Draft {
    const { data, rows } = this.source;
    const place = locateSighting(data.work, rows.columns, sighting);
    const event = rows.columns.bases[place.segmentNumber] + place.event;
    const row = rowOf(rows.columns, rows.order, event);
    return place.packet >= 0
      ? this.frameDraft(sighting, place, row, event)
      : this.nblDraft(sighting, place, row, event);
  }

  private frameDraft(sighting: number, place: SightingPlace, row: number, event: number): Draft {
    const { rows, topology } = this.source;
    const { segment, packet } = place;
    const { packets } = segment;
    const component = segment.components[packets.component[packet]];
    const traits = packets.traits[packet];
    const at = eventPlace(rows.columns, event);
    const read = readEvent(rows, at);
    const isDrop = (traits & PacketTrait.Dropped) !== 0;
    const facts =
      component.source === 'vmswitch' && read
        ? vmSwitchFacts(read.record.view, read.record.userData, read.record.end, segment.pointerSize)
        : undefined;
    const destination = facts?.destinations[0]?.nicName;
    const direction =
      (traits & PacketTrait.Inbound) !== 0 ? 'in' : (traits & PacketTrait.Outbound) !== 0 ? 'out' : 'unknown';
    const edge = read ? pktMonPlaceOf(at.kind, read.record)?.edge : undefined;
    const layer = component.lowerIfIndex !== component.miniportIfIndex ? `, above layer ${component.lowerIfIndex}` : '';
    const seenBy = component.source === 'pktmon' ? ` at ${topology.componentText(component.id, segment.input)}` : '';
    const where =
      component.source === 'vmswitch' ? ' on the switch' : `${seenBy}${layer}${edge ? `, edge ${edge}` : ''}`;
    const length = originalLength(segment, packet);
    const cut = packets.cutLength[packet] > 0 ? `, ${packets.capturedLength[packet]} captured` : '';
    const goes = facts && facts.destinations.length > 1 ? `, to ${facts.destinations.length} ports` : '';
    const way = direction === 'unknown' ? '' : ` ${direction}`;
    const drop = isDrop ? frameDrop(place) : null;
    return {
      sighting,
      place,
      row,
      lane: topology.laneOf(component, segment.input),
      from: undefined,
      to: destination === undefined || destination === '' ? undefined : topology.laneOfNic(destination),
      step: isDrop ? 'dropped' : 'frame',
      life: -1,
      isTunnelled: (packets.modules[packet] & tunnelBits) !== 0,
      kind: component.source === 'pktmon' ? 'pktmon' : 'frame',
      direction,
      text: isDrop
        ? `Frame dropped${where}, ${length} bytes${cut}`
        : `Frame${component.source === 'vmswitch' ? '' : way}${where}${goes}, ${length} bytes${cut}`,
      drop,
      nbl: '',
      processor: read?.record.processor ?? 0,
    };
  }

  private nblDraft(sighting: number, place: SightingPlace, row: number, event: number): Draft {
    const { data, rows, topology } = this.source;
    const { nblNumbers, nbls, links } = data.work;
    const { table } = nbls[place.segmentNumber];
    const step = table.step[place.nbl];
    const nicLane = (nic: number): Lane | undefined =>
      nic === 0
        ? undefined
        : topology.laneOfNic(nblNumbers.nicNames[nblNumbers.nics[place.segmentNumber][nic - 1] - 1].name);
    const nic = nicLane(table.nic[place.nbl]);
    const destination = nicLane(table.destination[place.nbl]);
    const ownSwitch = table.switch[place.nbl];
    const switchLane =
      ownSwitch === 0
        ? undefined
        : topology.laneOfSwitch(
            nblNumbers.switchNames[nblNumbers.switches[place.segmentNumber][ownSwitch - 1] - 1].name,
          );
    const at = eventPlace(rows.columns, event);
    const read = readEvent(rows, at);
    const isDelivered = step === NblStep.Delivered;
    const told = (name: string): string => (read?.decoded ? fieldValue(read.decoded.fields, name) : '');
    const extension = firstOf(told('ExtensionFriendlyName'), told('ExtensionName'));
    const lane =
      extension === ''
        ? ((isDelivered ? (nic ?? switchLane) : (switchLane ?? nic)) ?? unknownSwitch)
        : topology.laneOfExtension(told('ExtensionGuid'), extension, switchLane);
    const life = firstOfNbl(links, sighting);
    const address = (BigInt(table.addressHigh[place.nbl]) << 32n) | BigInt(table.addressLow[place.nbl]);
    return {
      sighting,
      place,
      row,
      lane,
      from: isDelivered ? switchLane : step === NblStep.Received ? nic : undefined,
      to: destination,
      step: stepNames[step] ?? 'frame',
      life,
      isTunnelled: false,
      kind: 'nbl',
      direction: 'unknown',
      text: eventText(rows, at, read).summary,
      drop:
        step === NblStep.Dropped
          ? {
              reason: firstOf(told('Reason'), dropReasonText(table.dropReason[place.nbl], place.segment.osBuild)),
              location: [
                lane.name,
                lane.kind === 'extension' ? (switchLane?.name ?? '') : '',
                nic ? `NIC ${nic.name}` : '',
              ]
                .filter((part) => part !== '')
                .join(', '),
            }
          : null,
      nbl: address === 0n ? '' : `0x${address.toString(16).padStart(16, '0')}`,
      processor: read?.record.processor ?? 0,
    };
  }

  private hop(
    draft: Draft,
    drafts: readonly Draft[],
    after: number,
    laneNumber: (lane: Lane | undefined) => number | null,
  ): PathHop {
    const { data, rows, latencies } = this.source;
    const before = after < 0 ? undefined : drafts[after];
    const latency = before ? steps(rows, before, draft) : 0;
    const { segment, event } = draft.place;
    return {
      row: draft.row,
      ...rowTime(rows, draft.row),
      after: after < 0 ? null : after,
      latency,
      isSlow: before !== undefined && latencies.isSlow(before.sighting, draft.sighting, latency),
      lane: laneNumber(draft.lane) ?? 0,
      from: laneNumber(draft.from),
      to: laneNumber(draft.to),
      sighting: draft.kind,
      step: this.stepOf(draft, drafts),
      direction: draft.direction,
      text: draft.text,
      link: linkOf(data.work.links.link[draft.sighting], draft, drafts, before === undefined),
      drop: draft.drop,
      nbl: draft.nbl,
      process: segment.events.process[event],
      thread: segment.events.thread[event],
      processor: draft.processor,
    };
  }

  /** A frame behind which the packet looks otherwise than before is where it was translated, or put into a tunnel. */
  private stepOf(draft: Draft, drafts: readonly Draft[]): HopStep {
    if (draft.step !== 'frame') return draft.step;
    const reason = this.source.data.work.links.link[draft.sighting] & LinkMark.ReasonMask;
    if (reason === LinkReason.Translation) return 'translated';
    const frames = drafts.filter(({ place }) => place.packet >= 0);
    const before = frames[frames.indexOf(draft) - 1] as Draft | undefined;
    if (!before || before.isTunnelled === draft.isTunnelled) return 'frame';
    return draft.isTunnelled ? 'encapsulated' : 'decapsulated';
  }

  private title(drafts: readonly Draft[]): string {
    const first = drafts.find(({ place }) => place.packet >= 0);
    if (!first) return `NBL ${drafts.find(({ nbl }) => nbl !== '')?.nbl ?? ''} (no frame was captured of it)`;
    const { rows } = this.source;
    const { segment, packet } = first.place;
    const line = packetText(rows, eventPlace(rows.columns, rows.order[first.row]));
    const { packets } = segment;
    const hasPorts = (packets.modules[packet] & (moduleBit.TCP | moduleBit.UDP)) !== 0;
    const end = (address: string, port: number): string =>
      hasPorts ? `${address.includes(':') ? `[${address}]` : address}:${port}` : address;
    const flags = (packets.modules[packet] & moduleBit.TCP) !== 0 ? flagNames(packets.tcpFlags[packet]) : '';
    const title = `${line?.module ?? 'Frame'} ${end(line?.source ?? '', packets.sourcePort[packet])} → ${end(line?.destination ?? '', packets.destinationPort[packet])} ${flags}`;
    return title.trimEnd();
  }

  private notes(drafts: readonly Draft[]): string[] {
    const { data } = this.source;
    const notes: string[] = [];
    const inferred = drafts.filter(({ sighting }) => (data.work.links.link[sighting] & LinkMark.Inferred) !== 0);
    if (inferred.length > 0) {
      notes.push(
        `${inferred.length} of ${drafts.length} hops ${inferred.length === 1 ? 'is' : 'are'} inferred: what links them fits, but does not exclude another packet.`,
      );
    }
    const nbls = drafts.filter(({ kind }) => kind === 'nbl');
    const lives = new Map<number, Draft[]>();
    for (const draft of nbls) lives.set(draft.life, [...(lives.get(draft.life) ?? []), draft]);
    for (const life of lives.values()) notes.push(...lifeNotes(life));
    if (drafts.every(({ place }) => place.packet < 0)) {
      notes.push('No frame was captured with these events, so nothing tells which packet it is.');
    }
    if (drafts.some(({ place }) => place.packet >= 0 && place.segment.packets.cutLength[place.packet] > 0)) {
      notes.push('Some frames are cut by the capture: they are compared by their headers.');
    }
    if (drafts.length >= mostHops) notes.push(`Only the first ${mostHops} hops are shown.`);
    if (drafts.some((draft, index) => index > 0 && steps(this.source.rows, drafts[index - 1], draft) === 0)) {
      notes.push('Some hops have the same time stamp: their order is that of the file.');
    }
    return notes;
  }
}

/** `SYN`, `PSH ACK`. */
function flagNames(flags: number): string {
  return Object.entries(TcpFlag)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([name]) => name)
    .join(' ');
}

const stepNames: Readonly<Record<number, HopStep>> = {
  [NblStep.Received]: 'received',
  [NblStep.Routed]: 'routed',
  [NblStep.Delivered]: 'delivered',
  [NblStep.Dropped]: 'dropped',
  [NblStep.Extension]: 'extension',
};

const unknownSwitch: Lane = {
  key: 'switch',
  kind: 'switch',
  name: 'vSwitch',
  identifier: '',
  within: null,
  facts: [],
};

/** What an NBL's steps lack. */
function lifeNotes(life: readonly Draft[]): string[] {
  const [{ nbl }] = life;
  const has = (step: HopStep): boolean => life.some((draft) => draft.step === step);
  if (has('dropped') || has('extension')) return [];
  if (!has('received'))
    return [`The event that NBL ${nbl} was received is missing: events were lost, or the trace begins later.`];
  if (!has('routed') && has('delivered')) return [`The event that NBL ${nbl} was routed is missing.`];
  return [];
}

function branchFacts(draft: Draft, laneNumber: (lane: Lane | undefined) => number | null): BranchFacts {
  const step =
    draft.step === 'translated' || draft.step === 'encapsulated' || draft.step === 'decapsulated'
      ? 'frame'
      : draft.step;
  return { step, life: draft.life, lane: laneNumber(draft.lane) ?? -1, to: laneNumber(draft.to) ?? -1 };
}

function frameDrop({ segment, packet }: SightingPlace): PathHop['drop'] {
  const row = sightingOf(segment, packet);
  if (row < 0) return { reason: 'no reason given', location: '' };
  const { dropReason, dropLocation } = segment.sightings;
  return {
    reason: dropReasonText(dropReason[row], segment.osBuild),
    location: dropLocationText(dropLocation[row]),
  };
}

/** Lanes in the order in which the packet came to them; a packet that leaves for the wire goes from right to left. */
function laneOrder(drafts: readonly Draft[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const draft of drafts) {
    const sequence = draft.step === 'delivered' ? [draft.from, draft.lane] : [draft.from, draft.lane, draft.to];
    for (const lane of sequence) if (lane) lanes.set(lane.key, lane);
  }
  const ordered = [...lanes.values()];
  const isOutside = ({ kind }: Lane): boolean => kind === 'physical-nic' || kind === 'team';
  const first = ordered[0];
  const last = ordered[ordered.length - 1];
  return !isOutside(first) && isOutside(last) ? ordered.reverse() : ordered;
}

function contractLane({ facts, ...lane }: Lane): PathLane {
  return { ...lane, facts: facts.map((fact) => ({ ...fact })) };
}

const linkNames: Readonly<Record<number, HopLink | ''>> = {
  [LinkReason.None]: '',
  [LinkReason.Nbl]: 'nbl',
  [LinkReason.Group]: 'group',
  [LinkReason.Identity]: 'identity',
  [LinkReason.Beside]: 'beside',
  [LinkReason.Translation]: 'translation',
  [LinkReason.Inner]: 'inner',
};

const linkTexts: Readonly<Record<number, string>> = {
  [LinkReason.None]: '',
  [LinkReason.Nbl]: 'the same NBL address',
  [LinkReason.Group]: 'the same pktmon group',
  [LinkReason.Identity]: 'the same addresses, ports, identification, sequence numbers and length',
  [LinkReason.Beside]: 'right beside it on the same thread and processor',
  [LinkReason.Translation]: 'the same packet but for a translated address or port',
  [LinkReason.Inner]: 'the same packet inside a tunnel',
};

function linkOf(mark: number, draft: Draft, drafts: readonly Draft[], isFirst: boolean): PathHop['link'] {
  if (isFirst) return { by: '', isInferred: false, text: '' };
  const told = mark & LinkMark.ReasonMask;
  // The sighting that a path began with has no reason of its own: others were found to be like it.
  const reason = told === LinkReason.None ? reasonOfBeginning(draft, drafts) : told;
  return { by: linkNames[reason] ?? '', isInferred: (mark & LinkMark.Inferred) !== 0, text: linkTexts[reason] ?? '' };
}

function reasonOfBeginning(draft: Draft, drafts: readonly Draft[]): number {
  if (draft.place.packet < 0) return LinkReason.Beside;
  return drafts.some((other) => other !== draft && other.place.packet >= 0) ? LinkReason.Identity : LinkReason.Beside;
}

/** From one hop to another, in 100 ns. */
function steps({ columns, order }: RowSource, from: Draft, to: Draft): number {
  return Number(columns.timeOf(order[to.row]) - columns.timeOf(order[from.row]));
}
