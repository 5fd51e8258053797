import { BufferFlag, LogFileMode } from '../etl/format.ts';
import { filetimeOfTick } from '../etl/clock.ts';
import type { TraceSection } from './section.ts';
import type { GapTotals, Problem, Segment } from './segment.ts';

/**
 * What is missing of an input, told by what its segments counted. Every buffer that a session filled has a number; in a
 * file they lie in no particular order, but together they have no gaps (measured on real traces, merged ones included).
 */

/** Buffers whose numbers are missing between two that are there: they were filled but never reached the file. */
export interface SequenceGap {
  /** Number of the last buffer in front of the gap; 0 is the header buffer. */
  readonly afterSequence: number;
  readonly missing: number;
  /** Offset in the file of the buffer behind the gap. */
  readonly offset: number;
  /**
   * FILETIMEs between which the lost events lie, as far as the neighbours tell: last event in front, first behind, whichever
   * is earlier. Undefined when neither has events.
   */
  readonly fromTime: bigint | undefined;
  readonly toTime: bigint | undefined;
}

export interface InputCompleteness {
  /** In the order of sections, then of numbers. */
  readonly gaps: readonly SequenceGap[];
  readonly missingBuffers: number;
  /** Buffers of a circular file whose places later ones took: older events, overwritten as it was asked for. */
  readonly overwrittenBuffers: number;
  /** Buffers that carry Windows' own marks. */
  readonly buffersMarked: {
    readonly eventsLost: number;
    readonly bufferLost: number;
    readonly realTimeBackup: number;
    readonly corruptBackup: number;
  };
  readonly gapTotals: GapTotals;
}

/**
 * Sums up one input. `segments` are all its segments in file order, `sections` those of the whole trace, `betweenRanges`
 * what the walk along the buffers found between the segments, `shift` what is added to the input's times (100 ns).
 */
export function inputCompleteness(
  segments: readonly Segment[],
  sections: readonly TraceSection[],
  betweenRanges: GapTotals,
  shift: number,
): InputCompleteness {
  const bySection = new Map<number, Segment[]>();
  for (const segment of segments) {
    const known = bySection.get(segment.section);
    if (known) known.push(segment);
    else bySection.set(segment.section, [segment]);
  }
  const sequences = [...bySection].map(([section, own]) => sectionSequence(own, sections[section], BigInt(shift)));
  const gaps = sequences.flatMap((sequence) => sequence.gaps);
  return {
    gaps,
    missingBuffers: total(gaps, (gap) => gap.missing),
    overwrittenBuffers: total(sequences, (sequence) => sequence.overwritten),
    buffersMarked: {
      eventsLost: buffersWith(segments, BufferFlag.EventsLost),
      bufferLost: buffersWith(segments, BufferFlag.BufferLost),
      realTimeBackup: buffersWith(segments, BufferFlag.RealTimeBackup),
      corruptBackup: buffersWith(segments, BufferFlag.RealTimeBackupCorrupt),
    },
    gapTotals: gapTotalsOf(segments, betweenRanges),
  };
}

/**
 * Problems that are told once for a whole input and not range by range: space never written, records of unknown types.
 */
export function wholeInputProblems(segments: readonly Segment[], betweenRanges: GapTotals): Problem[] {
  const { unwrittenBytes, unwrittenOffset } = gapTotalsOf(segments, betweenRanges);
  const unwritten: Problem = {
    offset: unwrittenOffset,
    kind: 'unwritten',
    bytes: unwrittenBytes,
    message: `${unwrittenBytes} bytes of the file were reserved but never written (the first at offset ${unwrittenOffset}): they hold zeros, no events. Nothing is missing for that.`,
  };
  return [...(unwrittenBytes > 0 ? [unwritten] : []), ...unknownRecordProblems(segments)];
}

function unknownRecordProblems(segments: readonly Segment[]): Problem[] {
  const byType = new Map<number, { records: number; bytes: number; offset: number }>();
  for (const { headerType, records, bytes, offset } of segments.flatMap((segment) => segment.unknownRecords)) {
    const known = byType.get(headerType);
    byType.set(headerType, {
      records: records + (known?.records ?? 0),
      bytes: bytes + (known?.bytes ?? 0),
      offset: Math.min(offset, known?.offset ?? offset),
    });
  }
  return [...byType].map(([headerType, { records, bytes, offset }]) => ({
    offset,
    kind: 'damaged',
    bytes,
    message: `${records} records have header type ${headerType}, which Hopscope does not know; they were left out, the records around them were kept. The first lies in the buffer at offset ${offset}.`,
  }));
}

interface SectionSequence {
  readonly gaps: SequenceGap[];
  readonly overwritten: number;
}

/** A buffer's place among the segments of its section. */
interface BufferPlace {
  readonly segment: Segment;
  readonly row: number;
}

function sectionSequence(segments: readonly Segment[], { header }: TraceSection, shift: bigint): SectionSequence {
  const bySequence = buffersBySequence(segments);
  const timeOf = (tick: number): bigint => filetimeOfTick(header.clock, tick) + shift;
  const gaps: SequenceGap[] = [];
  let overwritten = 0;
  for (let at = 1; at < bySequence.length; at++) {
    const [before, behind] = [bySequence[at - 1], bySequence[at]];
    const afterSequence = sequenceOf(before);
    const missing = sequenceOf(behind) - afterSequence - 1;
    if (missing <= 0) continue;
    if (afterSequence === 0 && (header.logFileMode & LogFileMode.Circular) !== 0) overwritten = missing;
    // The first file of a series has buffers from 1 on, the others go on from there.
    else if (afterSequence > 0 || (header.logFileMode & LogFileMode.NewFile) === 0) {
      const offset = behind.segment.buffers.fileOffset[behind.row];
      gaps.push({ afterSequence, missing, offset, ...timesAround(before, behind, timeOf) });
    }
  }
  return { gaps, overwritten };
}

function sequenceOf({ segment, row }: BufferPlace): number {
  return segment.buffers.sequence[row];
}

function buffersBySequence(segments: readonly Segment[]): BufferPlace[] {
  const places = segments.flatMap((segment) =>
    Array.from({ length: segment.buffers.length }, (_, row): BufferPlace => ({ segment, row })),
  );
  return places.sort((a, b) => sequenceOf(a) - sequenceOf(b));
}

function timesAround(
  before: BufferPlace,
  behind: BufferPlace,
  timeOf: (tick: number) => bigint,
): Pick<SequenceGap, 'fromTime' | 'toTime'> {
  const times = [
    ...(hasEvents(before) ? [timeOf(before.segment.buffers.lastTick[before.row])] : []),
    ...(hasEvents(behind) ? [timeOf(behind.segment.buffers.firstTick[behind.row])] : []),
  ].sort((a, b) => Number(a - b));
  return { fromTime: times.at(0), toTime: times.at(-1) };
}

function hasEvents({ segment: { buffers, events }, row }: BufferPlace): boolean {
  const end = row + 1 < buffers.length ? buffers.firstEvent[row + 1] : events.length;
  return end > buffers.firstEvent[row];
}

function buffersWith(segments: readonly Segment[], flag: number): number {
  let count = 0;
  for (const { buffers } of segments) {
    for (let row = 0; row < buffers.length; row++) if ((buffers.flags[row] & flag) !== 0) count++;
  }
  return count;
}

function gapTotalsOf(segments: readonly Segment[], betweenRanges: GapTotals): GapTotals {
  const all = [betweenRanges, ...segments.map(({ gaps }) => gaps)];
  const unwritten = all.filter(({ unwrittenBytes }) => unwrittenBytes > 0);
  return {
    skippedBuffers: total(all, (gaps) => gaps.skippedBuffers),
    skippedBytes: total(all, (gaps) => gaps.skippedBytes),
    unwrittenBytes: total(all, (gaps) => gaps.unwrittenBytes),
    unwrittenOffset: unwritten.reduce(
      (lowest, gaps) => Math.min(lowest, gaps.unwrittenOffset),
      unwritten.at(0)?.unwrittenOffset ?? 0,
    ),
  };
}

function total<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0);
}
