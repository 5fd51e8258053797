import { TcpFlag } from '../packet/tcp.ts';
import { growingTable, reserveRows, type GrowingTable } from '../trace/tables.ts';
import { findingBit } from './kinds.ts';

/**
 * What TCP analysis remembers of a flow, one direction of a conversation. Flow 2c is conversation c from its lower
 * endpoint to its higher one, flow 2c + 1 the way back. Numbers that may be absent are packet numbers plus 1.
 */
export const flowColumns = {
  /** Bits of Known: which of the numbers below mean something. */
  known: 'Uint8',
  /** The sequence number behind the highest one sent so far, and when it was sent. */
  next: 'Uint32',
  nextTime: 'Float64',
  /** The highest number that may be acknowledged: up to here all that was sent has been seen. */
  acknowledgeable: 'Uint32',
  /** What the flow acknowledged last, when, and in which packet for the first time; how often it repeated that. */
  acknowledged: 'Uint32',
  acknowledgedTime: 'Float64',
  firstAcknowledgment: 'Uint32',
  duplicates: 'Uint16',
  /** As it stood in the last segment's header. */
  window: 'Uint16',
  /** The shift that the flow announced for its windows, plus 1; 0 when nothing is known of it. */
  shift: 'Uint8',
  /** Sequence number that relative ones count from. */
  base: 'Uint32',
  /** What the last segment was found to be. */
  lastFindings: 'Uint32',
  /** The last segment that took sequence numbers, and the place where it was seen. */
  lastSegment: 'Uint32',
  home: 'Uint16',
} as const;
export type FlowTable = GrowingTable<typeof flowColumns>;

export const Known = {
  Next: 1,
  Acknowledgeable: 2,
  Acknowledged: 4,
  Base: 8,
  /** Both SYNs were seen: what one did not announce, it does not do. */
  NoScaling: 16,
} as const;

/** One TCP segment, as its header has it. One object serves all. */
export class SegmentFacts {
  /** Packet number, and time in 100 ns. */
  packet = 0;
  time = 0;
  sequence = 0;
  acknowledgment = 0;
  window = 0;
  /** Bytes of payload by the IP header. */
  length = 0;
  flags = 0;
  hasSack = false;
  /** The shift announced in a SYN, plus 1. */
  announcedShift = 0;
  place = 0;
}

/** Where the analysis looks for a flow's earlier segments. */
export interface SegmentHistory {
  /**
   * The latest segment of the flow that carried the number `sequence`, plus 1; 0 when none is known. `holdsAll` then says
   * whether it carried everything up to `end`.
   */
  find(flow: number, sequence: number, end: number): number;
  holdsAll: boolean;
}

const controlFlags = TcpFlag.SYN | TcpFlag.FIN | TcpFlag.RST;
const sequencedFlags = TcpFlag.SYN | TcpFlag.FIN;

/** In 100 ns. A retransmission that answers duplicate ACKs comes within this time. */
const fastRetransmissionTime = 200_000;
/** What came within the round trip, or this time when that is unknown, was sent before anybody could miss it. */
const usualRoundTrip = 30_000;
/** A flow is told that a segment is missing by this many duplicates; one may be missing in the trace. */
const telltaleDuplicates = 2;

export function newFlowTable(flows: number): FlowTable {
  return growingTable(flowColumns, flows);
}

/**
 * Judges the segments of TCP flows in the order they were sent, each once. The meaning of each finding is that of
 * Wireshark's tcp.analysis flags, so that people find here what they know from there.
 */
export class TcpAnalysis {
  /** Of the segment judged last: the packet that the findings point to, plus 1, and which repetition it is. */
  related = 0;
  repetition = 0;
  private readonly table: FlowTable;
  private readonly history: SegmentHistory;
  private columns: FlowTable['columns'];

  constructor(table: FlowTable, history: SegmentHistory) {
    this.table = table;
    this.history = history;
    this.columns = table.columns;
  }

  reserve(flows: number): void {
    reserveRows(this.table, flows);
    this.columns = this.table.columns;
  }

  /** Whether this SYN begins another connection between the same endpoints: it counts from another number. */
  isNewConnection(flow: number, { flags, sequence }: SegmentFacts): boolean {
    const { known, base } = this.columns;
    if ((flags & TcpFlag.SYN) === 0 || (known[flow] & Known.Base) === 0) return false;
    return base[flow] !== sequence;
  }

  /** Whether the flow sent these numbers already, by what was seen so far. */
  isOld(flow: number, segment: SegmentFacts): boolean {
    const { known, next } = this.columns;
    return (known[flow] & Known.Next) !== 0 && segment.length > 0 && isBefore(segment.sequence, next[flow]);
  }

  /** The window shift that holds for this segment, plus 1; 0 when it is not known. A SYN's own window is never scaled. */
  effectiveShift(flow: number, { flags }: SegmentFacts): number {
    if ((flags & TcpFlag.SYN) !== 0) return 0;
    return this.knownShift(flow);
  }

  /** Takes the segment into account and returns its findings, bits of kinds.ts. `roundTrip` in 100 ns, 0 when unknown. */
  judge(flow: number, segment: SegmentFacts, roundTrip: number): number {
    this.related = 0;
    this.repetition = 0;
    this.takeHandshake(flow, segment);
    let findings = (segment.flags & TcpFlag.RST) === 0 ? 0 : findingBit.reset;
    findings |= this.judgeWindowAndAcknowledgment(flow, segment);
    findings |= this.judgeAcknowledgedLoss(flow, segment);
    findings |= this.judgeSequence(flow, segment, findings, roundTrip);
    this.remember(flow, segment, findings);
    return findings;
  }

  private takeHandshake(flow: number, { flags, sequence, acknowledgment, announcedShift }: SegmentFacts): void {
    const { known, base, shift } = this.columns;
    const reverse = flow ^ 1;
    const isSyn = (flags & TcpFlag.SYN) !== 0;
    if ((known[flow] & Known.Base) === 0) {
      // Who joins late counts from the first number seen, which is 1: the SYN before it took one.
      base[flow] = isSyn ? sequence : sequence - 1;
      known[flow] |= Known.Base;
    }
    if ((known[reverse] & Known.Base) === 0 && (flags & TcpFlag.ACK) !== 0) {
      base[reverse] = acknowledgment - 1;
      known[reverse] |= Known.Base;
    }
    if (!isSyn) return;
    shift[flow] = announcedShift;
    const isAnswer = (flags & TcpFlag.ACK) !== 0;
    if (isAnswer && (announcedShift === 0 || shift[reverse] === 0)) {
      known[flow] |= Known.NoScaling;
      known[reverse] |= Known.NoScaling;
    }
  }

  private knownShift(flow: number): number {
    const { known, shift } = this.columns;
    return (known[flow] & Known.NoScaling) !== 0 ? 0 : shift[flow];
  }

  private judgeWindowAndAcknowledgment(flow: number, segment: SegmentFacts): number {
    const { known, next, acknowledged, window, lastFindings, duplicates, firstAcknowledgment } = this.columns;
    const reverse = flow ^ 1;
    const { sequence, acknowledgment, length, flags } = segment;
    const hasNext = (known[flow] & Known.Next) !== 0;
    const isNext = hasNext && sequence === next[flow];
    const isPeerClosed = (known[reverse] & Known.Acknowledged) !== 0 && window[reverse] === 0;
    if (length === 1 && isNext && isPeerClosed) return findingBit['zero-window-probe'];
    const isControl = (flags & controlFlags) !== 0;
    let findings = 0;
    if (segment.window === 0 && !isControl) findings |= findingBit['zero-window'];
    if (hasNext && isBefore(next[flow], sequence) && (flags & TcpFlag.RST) === 0)
      findings |= findingBit['segment-lost'];
    if (isControl) return findings;
    if (length <= 1 && hasNext && sequence === (next[flow] - 1) >>> 0) findings |= findingBit['keep-alive'];
    if (length > 0) return this.fillsWindow(reverse, segment) ? findings | findingBit['window-full'] : findings;
    if (!isNext || (known[flow] & Known.Acknowledged) === 0) return findings;
    const isSameWindow = segment.window === window[flow];
    const isSameAcknowledgment = acknowledgment === acknowledged[flow];
    const answered = lastFindings[reverse];
    if (segment.window === 0) {
      const answersProbe =
        isSameWindow &&
        (isSameAcknowledgment || acknowledgment === (acknowledged[flow] + 1) >>> 0) &&
        (answered & findingBit['zero-window-probe']) !== 0;
      return answersProbe ? findings | findingBit['zero-window-probe-ack'] : findings;
    }
    if (!isSameAcknowledgment) return findings;
    if (isSameWindow && (answered & findingBit['keep-alive']) !== 0) return findings | findingBit['keep-alive-ack'];
    if (!isSameWindow && !segment.hasSack) return findings | findingBit['window-update'];
    if (duplicates[flow] < 0xffff) duplicates[flow]++;
    this.related = firstAcknowledgment[flow];
    this.repetition = duplicates[flow];
    return findings | findingBit['duplicate-ack'];
  }

  /** Whether the segment goes just to the edge of what its receiver has room for; the receiver's scale must be known. */
  private fillsWindow(receiver: number, { sequence, length }: SegmentFacts): boolean {
    const { known, acknowledged, window } = this.columns;
    if ((known[receiver] & Known.Acknowledged) === 0) return false;
    const isUnscaled = (known[receiver] & Known.NoScaling) !== 0;
    const shift = this.knownShift(receiver);
    if (shift === 0 && !isUnscaled) return false;
    const room = window[receiver] * 2 ** Math.max(0, shift - 1);
    return (sequence + length) >>> 0 === (acknowledged[receiver] + room) >>> 0;
  }

  private judgeAcknowledgedLoss(flow: number, { acknowledgment, flags }: SegmentFacts): number {
    const { known, acknowledgeable, next } = this.columns;
    const reverse = flow ^ 1;
    if ((flags & TcpFlag.ACK) === 0 || (known[reverse] & Known.Acknowledgeable) === 0) return 0;
    if (!isBefore(acknowledgeable[reverse], acknowledgment)) return 0;
    const wasSent = !isBefore(next[reverse], acknowledgment);
    // Said once of a gap: from here on all is taken to have arrived.
    acknowledgeable[reverse] = wasSent ? next[reverse] : acknowledgment;
    return findingBit['ack-of-lost-segment'];
  }

  private judgeSequence(flow: number, segment: SegmentFacts, findings: number, roundTrip: number): number {
    const { known, next, nextTime, acknowledged, acknowledgedTime, duplicates } = this.columns;
    const reverse = flow ^ 1;
    const { sequence, length, flags, time } = segment;
    if (length === 0 && (flags & sequencedFlags) === 0) return 0;
    if ((known[flow] & Known.Next) === 0 || !isBefore(sequence, next[flow])) return 0;
    if ((findings & findingBit['keep-alive']) !== 0) return 0;
    const end = endOf(segment);
    const original = this.history.find(flow, sequence, end);
    const isPeerKnown = (known[reverse] & Known.Acknowledged) !== 0;
    if (length > 0 && isPeerKnown && !isBefore(acknowledged[reverse], (sequence + length) >>> 0)) {
      this.related = original;
      return findingBit['spurious-retransmission'];
    }
    // New bytes behind the one byte of a zero window probe.
    if (length > 1 && sequence === (next[flow] - 1) >>> 0) return 0;
    const isAskedFor = isPeerKnown && duplicates[reverse] >= telltaleDuplicates && acknowledged[reverse] === sequence;
    if (isAskedFor && time - acknowledgedTime[reverse] < fastRetransmissionTime) {
      this.related = original;
      return findingBit['fast-retransmission'];
    }
    const wasSeen = original !== 0 && this.history.holdsAll;
    const isInTime = time - nextTime[flow] < (roundTrip || usualRoundTrip);
    if (isInTime && end !== next[flow] && !wasSeen) return findingBit['out-of-order'];
    this.related = original;
    return (flags & TcpFlag.SYN) === 0 ? findingBit.retransmission : findingBit['syn-retransmission'];
  }

  private remember(flow: number, segment: SegmentFacts, findings: number): void {
    const { columns } = this;
    const { known, next, acknowledgeable, acknowledged } = columns;
    const { sequence, acknowledgment, flags, length, time } = segment;
    const isProbe = (findings & findingBit['zero-window-probe']) !== 0;
    const end = endOf(segment);
    if (!isProbe && ((known[flow] & Known.Next) === 0 || isBefore(next[flow], end))) {
      next[flow] = end;
      columns.nextTime[flow] = time;
      known[flow] |= Known.Next;
    }
    if (!isProbe && ((known[flow] & Known.Acknowledgeable) === 0 || sequence === acknowledgeable[flow])) {
      acknowledgeable[flow] = next[flow];
      known[flow] |= Known.Acknowledgeable;
    }
    if (length > 0 || (flags & sequencedFlags) !== 0) {
      columns.lastSegment[flow] = segment.packet + 1;
      columns.home[flow] = segment.place;
    }
    columns.window[flow] = segment.window;
    columns.lastFindings[flow] = findings;
    if ((flags & TcpFlag.ACK) === 0) return;
    if ((findings & findingBit['zero-window-probe-ack']) !== 0 && acknowledgment !== acknowledged[flow]) {
      // The receiver took the byte of the probe after all.
      next[flow ^ 1] = acknowledgment;
      acknowledgeable[flow ^ 1] = acknowledgment;
    }
    if ((known[flow] & Known.Acknowledged) === 0 || acknowledgment !== acknowledged[flow]) {
      columns.duplicates[flow] = 0;
      columns.firstAcknowledgment[flow] = segment.packet + 1;
      acknowledged[flow] = acknowledgment;
      known[flow] |= Known.Acknowledged;
    }
    columns.acknowledgedTime[flow] = time;
  }
}

/** The sequence number behind a segment: SYN and FIN take one each, and never come together. */
export function endOf({ sequence, length, flags }: SegmentFacts): number {
  return (sequence + length + ((flags & sequencedFlags) === 0 ? 0 : 1)) >>> 0;
}

/** Whether a sequence number comes before another: they count modulo 2^32, so half the circle lies ahead (RFC 9293, 3.4). */
export function isBefore(first: number, second: number): boolean {
  return ((first - second) | 0) < 0;
}
