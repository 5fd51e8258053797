import type { DissectionContext } from '../packet/dissector.ts';
import { rowOf } from '../trace/order.ts';
import { componentKey } from '../trace/segment.ts';
import { lastNotAbove, type TraceColumns } from '../trace/trace-columns.ts';
import { FlowMark, packetBases, type FindingTable } from './columns.ts';
import {
  ConversationKind,
  conversationKinds,
  kindOfKey,
  wholeNumbers,
  type ConversationTable,
} from './conversations.ts';
import type { TrackerState } from './connection-tracker.ts';
import {
  diagnosisKinds,
  findingBit,
  gravestLevel,
  kindsOf,
  kindText,
  type DiagnosisKind,
  type DiagnosisLevel,
} from './kinds.ts';
import type { FlowTable } from './tcp-analysis.ts';

/** What was found out about a trace: plain data in shared memory, for every thread that shows packets. */
export interface DiagnosisData {
  readonly found: FindingTable;
  /** Of each share of the work: its conversations, and what they are called in the whole trace. */
  readonly shares: readonly ShareConversations[];
  /** Places of capture, by their numbers in the whole trace; key is componentKey's. */
  readonly components: readonly { readonly key: string; readonly name: string }[];
  readonly totals: DiagnosisTotals;
}

interface ShareConversations {
  /** Number of each conversation in the whole trace, among those of its kind. */
  readonly numbers: Uint32Array;
  readonly conversations: ConversationTable['columns'];
  readonly flows: FlowTable['columns'];
}

export interface DiagnosisTotals {
  /** Packets, each once, and their sightings, by position in `diagnosisKinds`. */
  readonly packetsOfKind: readonly number[];
  readonly sightingsOfKind: readonly number[];
  /** Sightings by component. */
  readonly sightingsAt: readonly number[];
  readonly packets: number;
  readonly repeatedSightings: number;
  /** By ConversationKind. */
  readonly conversations: readonly number[];
}

export function diagnosisData(
  found: FindingTable,
  states: readonly TrackerState[],
  components: DiagnosisData['components'],
): DiagnosisData {
  const numbers = wholeNumbers(states.map(({ conversations }) => conversations));
  return {
    found,
    components,
    shares: states.map(({ conversations, flows }, share) => ({
      numbers: numbers[share],
      conversations: conversations.table.columns,
      flows: flows.columns,
    })),
    totals: {
      packetsOfKind: sums(
        states.map((state) => state.packetsOfKind),
        diagnosisKinds.length,
      ),
      sightingsOfKind: sums(
        states.map((state) => state.sightingsOfKind),
        diagnosisKinds.length,
      ),
      sightingsAt: sums(
        states.map((state) => state.sightingsAt),
        components.length,
      ),
      packets: states.reduce((sum, state) => sum + state.packets, 0),
      repeatedSightings: states.reduce((sum, state) => sum + state.repeatedSightings, 0),
      conversations: sums(
        states.map(({ conversations }) => conversations.counts),
        conversationKinds,
      ),
    },
  };
}

function sums(columns: readonly Uint32Array[], length: number): number[] {
  return Array.from({ length }, (_, index) => columns.reduce((sum, column) => sum + column[index], 0));
}

/** A finding of one packet, ready to read. */
export interface PacketFinding {
  readonly kind: DiagnosisKind;
  readonly level: DiagnosisLevel;
  /** `Retransmitted #12`. */
  readonly text: string;
  readonly explanation: string;
  /** Row, in time order, of the packet that the finding points to; -1 when there is none. */
  readonly relatedRow: number;
}

/** Kinds whose packets point to another one. */
const pointing: ReadonlySet<DiagnosisKind> = new Set([
  'retransmission',
  'fast-retransmission',
  'spurious-retransmission',
  'syn-retransmission',
  'duplicate-ack',
]);

/**
 * Says of single packets what was found out about them. Packets are named by the diagnosis's own numbers; `order` is the
 * trace's time order.
 */
export class TraceDiagnosis {
  readonly data: DiagnosisData;
  private readonly columns: TraceColumns;
  private readonly bases: Uint32Array;

  constructor(data: DiagnosisData, columns: TraceColumns) {
    this.data = data;
    this.columns = columns;
    this.bases = packetBases(columns.segments);
  }

  /** Number of a packet, given by its segment and its number inside. */
  numberOf(segment: number, packet: number): number {
    return this.bases[segment] + packet;
  }

  /** Message Analyzer's short words for all findings: `Retransmitted #12, Zero-Window`; empty when there is none. */
  text(packet: number, order: Uint32Array): string {
    return this.findings(packet, order)
      .map(({ text }) => text)
      .join(', ');
  }

  level(packet: number): DiagnosisLevel | 'none' {
    return gravestLevel(this.data.found.findings[packet]) ?? 'none';
  }

  /** The gravest first. */
  findings(packet: number, order: Uint32Array): PacketFinding[] {
    const { found } = this.data;
    const related = found.related[packet];
    return kindsOf(found.findings[packet]).map((kind) => {
      const relatedRow = related > 0 && pointing.has(kind) ? this.rowOf(related - 1, order) : -1;
      const { level, short, explanation } = kindText(kind);
      return { kind, level, text: relatedRow < 0 ? short : `${short} #${relatedRow + 1}`, explanation, relatedRow };
    });
  }

  /** How often in a row the acknowledgment was repeated when this duplicate came; 0 for everything else. */
  repetition(packet: number): number {
    return this.data.found.repetition[packet];
  }

  /** 1 for the first sighting of a packet, 2 for the second, … */
  ordinal(packet: number): number {
    return this.data.found.ordinal[packet];
  }

  /** Rows, in time order, of all sightings of the packet, and the components they were made at. */
  sightings(packet: number, order: Uint32Array): { row: number; component: string }[] {
    const { first, last, previous } = this.data.found;
    const start = first[packet] === 0 ? packet : first[packet] - 1;
    const found: { row: number; component: string }[] = [];
    for (let at = last[start] === 0 ? start : last[start] - 1; ; at = previous[at] - 1) {
      found.push({ row: this.rowOf(at, order), component: this.componentOf(at) });
      if (at === start) return found.reverse();
    }
  }

  /** Number of the packet's conversation among those of its kind, in the order of their first packets; -1 for none. */
  conversation(packet: number): number {
    const place = this.conversationPlace(packet);
    return place ? place.share.numbers[place.number] : -1;
  }

  /** What the packet's connection knows and its bytes do not tell. */
  context(packet: number): DissectionContext {
    const place = this.conversationPlace(packet);
    if (!place || kindOfKey(place.share.conversations.kind[place.number]) !== ConversationKind.Tcp) return {};
    const { found } = this.data;
    const { flows, conversations, numbers } = place.share;
    const mark = found.flow[packet];
    const flow = conversations.number[place.number] * 2 + ((mark & FlowMark.Down) === 0 ? 0 : 1);
    const shift = mark & FlowMark.ShiftMask;
    const roundTrip = conversations.roundTrip[place.number];
    const keepAlive = keepAliveText(found.findings[packet]);
    return {
      ...(shift === 0 ? {} : { windowShift: shift - 1 }),
      ...(keepAlive === undefined ? {} : { keepAlive }),
      connection: {
        number: numbers[place.number],
        baseSequence: flows.base[flow],
        baseAcknowledgment: flows.base[flow ^ 1],
        ...(roundTrip === 0 ? {} : { initialRoundTrip: roundTrip }),
      },
    };
  }

  private conversationPlace(packet: number): { share: ShareConversations; number: number } | undefined {
    const { found, shares } = this.data;
    const conversation = found.conversation[packet];
    return conversation === 0
      ? undefined
      : { share: shares[found.lot[packet] % shares.length], number: conversation - 1 };
  }

  private rowOf(packet: number, order: Uint32Array): number {
    const segment = lastNotAbove(this.bases, packet, this.bases.length);
    const event = this.columns.segments[segment].packets.event[packet - this.bases[segment]];
    return rowOf(this.columns, order, this.columns.bases[segment] + event);
  }

  private componentOf(packet: number): string {
    const number = lastNotAbove(this.bases, packet, this.bases.length);
    const { packets, components } = this.columns.segments[number];
    return this.nameOf(componentKey(components[packets.component[packet - this.bases[number]]]));
  }

  private nameOf(key: string): string {
    return this.data.components.find((component) => component.key === key)?.name ?? key;
  }
}

function keepAliveText(findings: number): DissectionContext['keepAlive'] {
  if ((findings & findingBit['keep-alive']) !== 0) return 'Keep-Alive';
  return (findings & findingBit['keep-alive-ack']) !== 0 ? 'Keep-Alive-Ack' : undefined;
}
