import { memorySource, type ByteSource } from '../base/byte-source.ts';
import { inputCompleteness, wholeInputProblems, type InputCompleteness } from './completeness.ts';
import { EventReader } from './event-reader.ts';
import { GapTally } from './gap-tally.ts';
import { joinSeams } from './seams.ts';
import { mergeSlice, orderSlices, planOrder } from './order.ts';
import type { TraceSection } from './section.ts';
import type { Problem, Segment } from './segment.ts';
import { nothingExpected } from './segment-indexer.ts';
import { TraceColumns } from './trace-columns.ts';
import type { ReadRange } from './trace-format.ts';
import { formatOf } from './trace-formats.ts';

/** A whole trace indexed from memory in one go. */
export interface IndexedFile {
  readonly sections: readonly TraceSection[];
  readonly columns: TraceColumns;
  readonly order: Uint32Array;
  readonly reader: EventReader;
  readonly problems: Problem[];
  /** Of each input. */
  readonly completeness: readonly InputCompleteness[];
}

export interface IndexOptions {
  readonly rangeBytes?: number;
  readonly chunkBytes?: number;
  readonly slices?: number;
  /** Of each input, in steps of 100 ns. */
  readonly shifts?: readonly number[];
}

/**
 * Indexes a trace that lies in memory, without threads: what the engine does over a pool, for tests and small tools.
 * Throws EtlFormatError or CaptureFormatError when the bytes are no trace.
 */
export function indexFile(file: Uint8Array, options: IndexOptions = {}): IndexedFile {
  return indexSources([memorySource(file)], options);
}

/** Several files as one trace. */
export function indexSources(
  sources: readonly ByteSource[],
  { rangeBytes = 1 << 20, chunkBytes = 1 << 16, slices = 2, shifts = [] }: IndexOptions = {},
): IndexedFile {
  const sections: TraceSection[] = [];
  const readings = sources.map((source, input) => {
    const reading: Reading = { segments: [], problems: [], gaps: new GapTally() };
    for (let from: number | undefined = 0; from !== undefined;) {
      const header = formatOf(source).readHeader(source, from);
      const number = sections.push({ input, from, to: source.size, header }) - 1;
      from = readSection(source, sections[number], number, { rangeBytes, chunkBytes }, reading);
      sections[number] = { ...sections[number], to: from ?? source.size };
    }
    reading.problems.push(...wholeInputProblems(reading.segments, reading.gaps.totals));
    return reading;
  });
  const allSegments = readings.flatMap(({ segments }) => segments);
  for (const { input, ...problem } of joinSeams(allSegments, sections)) readings[input].problems.push(problem);
  const columns = new TraceColumns(
    allSegments,
    sections.map(({ header }) => header.clock),
    shifts,
  );
  const order = new Uint32Array(columns.events);
  const plan = planOrder(columns);
  for (const slice of orderSlices(columns, plan, slices)) mergeSlice(columns, plan, slice, order);
  return {
    sections,
    columns,
    order,
    reader: new EventReader(sources),
    problems: readings.flatMap(({ problems }) => problems),
    completeness: readings.map(({ segments, gaps }, input) =>
      inputCompleteness(segments, sections, gaps.totals, shifts.at(input) ?? 0),
    ),
  };
}

interface Reading {
  readonly segments: Segment[];
  readonly problems: Problem[];
  /** Of what lies between the ranges. */
  readonly gaps: GapTally;
}

/** Reads one section; returns where the next begins, if there is one. */
function readSection(
  source: ByteSource,
  { input, from, header }: TraceSection,
  section: number,
  { rangeBytes, chunkBytes }: Required<Pick<IndexOptions, 'rangeBytes' | 'chunkBytes'>>,
  { segments, problems, gaps }: Reading,
): number | undefined {
  const format = formatOf(source);
  const reader = format.rangeReader(source, chunkBytes);
  const { clock, pointerSize, osBuild } = header;
  const origin = { input, section, clock, pointerSize, osBuild };
  for (const step of format.steps(source, from, { first: rangeBytes, full: rangeBytes })) {
    if (step === undefined) continue;
    if ('problem' in step) problems.push(step.problem);
    else if ('gap' in step) {
      gaps.add(step.gap);
      if (step.gap.kind !== 'unwritten') problems.push({ ...step.gap, kind: step.gap.kind });
    } else {
      for (let range: ReadRange | undefined = step.range; range !== undefined;) {
        const result = reader.read(origin, range, nothingExpected, () => false);
        segments.push(result.segment);
        problems.push(...result.problems);
        if (result.nextSectionAt !== undefined) return result.nextSectionAt;
        range = result.following;
      }
    }
  }
  return undefined;
}
