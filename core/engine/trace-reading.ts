import type { ByteSource } from '../base/byte-source.ts';
import type { FileGap } from '../etl/buffer-chain.ts';
import { wholeInputProblems } from '../trace/completeness.ts';
import { GapTally } from '../trace/gap-tally.ts';
import type { SessionHeader, TraceSection } from '../trace/section.ts';
import type { GapTotals, Problem, Segment } from '../trace/segment.ts';
import type { SegmentOrigin } from '../trace/segment-indexer.ts';
import type { RangeResult, ReadRange, ReadStep, TraceFormat } from '../trace/trace-format.ts';
import { boundsOf, isWorkerLost, mostAttempts } from './task-recovery.ts';
import type { TaskPool } from './worker-pool.ts';

/** What is read: a file, and the header that its first section is read by. */
export interface ReadableInput {
  readonly path: string;
  readonly source: ByteSource;
  readonly format: TraceFormat;
  readonly header: SessionHeader;
}

/** A stretch of an input: a range that a worker reads into a segment, or bytes that belong to no buffer. */
interface Part {
  readonly from: number;
  isRead: boolean;
  /** Every worker that tried to read it was lost. */
  isLeftOut: boolean;
  segment: Segment | undefined;
  gap: FileGap | undefined;
  problems: readonly Problem[];
  /** How far it is. */
  bytes: number;
  events: number;
}

const unread = {
  isRead: false,
  isLeftOut: false,
  segment: undefined,
  gap: undefined,
  problems: [],
  bytes: 0,
  events: 0,
} as const satisfies Omit<Part, 'from'>;

/** A section some of whose parts are still being read. */
interface OpenSection {
  readonly input: number;
  readonly number: number;
  readonly origin: SegmentOrigin;
  /** Where the next section begins, as far as is known. */
  end: number;
  readonly tasks: Promise<void>[];
}

interface Course {
  readonly onProgress: (bytes: number, events: number) => void;
  readonly signal: AbortSignal;
  readonly running: Set<Promise<void>>;
}

/** The first ranges are small, so that the first rows are there at once; then they double up to the full size. */
const firstRangeBytes = 1 << 20;
const fullRangeBytes = 32 << 20;
const smallestFullRange = 4 << 20;
/** Ranges handed to the pool ahead of time, per worker: enough to keep it busy, few enough to let others in between. */
const rangesAhead = 3;
/** Sections looked for in one file: each is read anew from its header on, and a file may hold nothing but headers. */
const mostSections = 1000;

/**
 * Reads the inputs of a trace by the pool's workers: hands out ranges, and gathers segments in file order.
 *
 * A file is taken for one section until a worker meets another log file header. What stands behind that was read, or is
 * being read, by the wrong clock: it is dropped and read again as a section of its own. Such files are rare.
 */
export class TraceReading {
  /** By section number. */
  readonly sections: TraceSection[] = [];

  private readonly inputs: readonly ReadableInput[];
  private readonly pool: TaskPool;
  /** Of each input, in file order. */
  private readonly parts: Part[][];

  constructor(inputs: readonly ReadableInput[], pool: TaskPool) {
    this.inputs = inputs;
    this.pool = pool;
    this.parts = inputs.map(() => []);
  }

  /** What has been read so far, in file order. */
  get segments(): readonly Segment[] {
    return this.parts.flatMap(segmentsOf);
  }

  /** The segments up to the first gap that a worker still has to fill. */
  *segmentsInReach(): Generator<Segment> {
    for (const part of this.parts.flat()) {
      if (!part.isRead) return;
      if (part.segment) yield part.segment;
    }
  }

  /** Of an input: bytes that lie in no range, because no buffer stands there. */
  gapsBetweenRanges(input: number): GapTotals {
    const tally = new GapTally();
    for (const { gap } of this.parts[input]) if (gap) tally.add(gap);
    return tally.totals;
  }

  get rangesLeftOut(): number {
    return this.parts.flat().filter((part) => part.isLeftOut).length;
  }

  /** What is wrong with an input, as far as it has been read. */
  problemsOf(input: number): readonly Problem[] {
    return [
      ...this.parts[input].flatMap((part) => part.problems),
      ...wholeInputProblems(segmentsOf(this.parts[input]), this.gapsBetweenRanges(input)),
    ];
  }

  /** Reads everything. Rejects when the signal is aborted or a worker fails. */
  async readAll(onProgress: Course['onProgress'], signal: AbortSignal): Promise<void> {
    const course: Course = { onProgress, signal, running: new Set() };
    const endings: Promise<void>[] = [];
    for (const input of this.inputs.keys()) {
      const section = await this.beginSection(input, 0, course);
      // Input after input is begun, but none waits for the end of the one in front.
      endings.push(handled(this.finishInput(section, course)));
    }
    await Promise.all(endings);
    signal.throwIfAborted();
  }

  /** Waits for a section's parts, then reads those behind it. */
  private async finishInput(first: OpenSection, course: Course): Promise<void> {
    const { input } = first;
    for (let section = first; ; section = await this.beginSection(input, section.end, course)) {
      await Promise.all(section.tasks);
      this.sections[section.number] = { ...this.sections[section.number], to: section.end };
      if (section.end >= this.inputs[input].source.size) return;
      if (this.sectionsOf(input) >= mostSections) {
        this.addRead(input, { from: section.end, problems: [sectionsLeftOut(section.end)] });
        return;
      }
    }
  }

  /** Hands out the ranges of an input from the log file header at `from` on. Ends early when another section begins. */
  private async beginSection(input: number, from: number, course: Course): Promise<OpenSection> {
    const { source, format } = this.inputs[input];
    const header = from === 0 ? this.inputs[input].header : format.readHeader(source, from);
    const number = this.sections.push({ input, from, to: source.size, header }) - 1;
    const { clock, pointerSize, osBuild } = header;
    const origin = { input, section: number, clock, pointerSize, osBuild };
    const section: OpenSection = { input, number, origin, end: source.size, tasks: [] };
    const pastHeaders = this.sectionsOf(input) >= mostSections ? format.pastHeaders : undefined;
    if (pastHeaders) this.addRead(input, { from, problems: [tooManySections(from)] });
    for await (const step of this.steps(format, source, from)) {
      course.signal.throwIfAborted();
      if ('problem' in step) this.addRead(input, { from, problems: [step.problem] });
      else if ('gap' in step) {
        const { gap } = step;
        if (gap.offset >= section.end) break;
        this.addRead(input, { from: gap.offset, gap, problems: gap.kind === 'unwritten' ? [] : [gap] });
      } else {
        if (startOf(step.range) >= section.end) break;
        await this.handOut(section, pastHeaders ? pastHeaders(step.range) : step.range, course);
      }
    }
    return section;
  }

  private sectionsOf(input: number): number {
    return this.sections.filter((section) => section.input === input).length;
  }

  private addRead(input: number, part: Pick<Part, 'from' | 'problems'> & Partial<Part>): void {
    this.parts[input].push({ ...unread, ...part, isRead: true });
  }

  private async handOut(section: OpenSection, range: ReadRange, course: Course): Promise<void> {
    const task = handled(this.readOn(section, this.newPart(section.input, range), range, course));
    section.tasks.push(task);
    const settled = handled(task.finally(() => course.running.delete(settled)));
    course.running.add(settled);
    if (course.running.size >= this.pool.size * rangesAhead) await Promise.race(course.running);
  }

  private newPart(input: number, range: ReadRange): Part {
    const part: Part = { from: startOf(range), ...unread };
    this.parts[input].push(part);
    return part;
  }

  /** Reads a range, and those that only it and they know to follow. */
  private async readOn(section: OpenSection, first: Part, range: ReadRange, course: Course): Promise<void> {
    let part = first;
    for (let next: ReadRange | undefined = range; next !== undefined;) {
      next = await this.readPart(section, next, part, course);
      if (next) part = this.newPart(section.input, next);
    }
  }

  /** Returns the range that follows, where only this one knows it. */
  private async readPart(
    section: OpenSection,
    range: ReadRange,
    part: Part,
    course: Course,
  ): Promise<ReadRange | undefined> {
    const result = await this.readRange(section, range, part, course);
    if (part.from >= section.end) return undefined;
    if (result === 'lost') {
      this.skip(section, range, part, course);
      return undefined;
    }
    const { segment, problems, bytesRead, nextSectionAt, following } = result;
    if (nextSectionAt !== undefined) this.endSection(section, nextSectionAt);
    part.isRead = true;
    part.segment = segment;
    part.problems = problems;
    part.bytes = bytesRead;
    part.events = segment.events.length;
    this.report(course);
    return following;
  }

  /** 'lost': every worker that was given the range died of it. */
  private async readRange(
    section: OpenSection,
    range: ReadRange,
    part: Part,
    course: Course,
  ): Promise<RangeResult | 'lost'> {
    const { path } = this.inputs[section.input];
    const onProgress = (bytes: number, events: number): void => {
      part.bytes = bytes;
      part.events = events;
      this.report(course);
    };
    try {
      return await this.pool.run(
        'index',
        { path, origin: section.origin, range },
        { signal: course.signal, onProgress },
      );
    } catch (error) {
      if (!isWorkerLost(error)) throw error;
      return 'lost';
    }
  }

  /** Leaves out a range that nobody can read. What follows in a capture file, only its reader would have known. */
  private skip(section: OpenSection, range: ReadRange, part: Part, course: Course): void {
    const { from, to } = boundsOf(range);
    const end = range.format === 'etl' ? Math.min(to, section.end) : section.end;
    const gap: FileGap = { offset: from, bytes: end - from, kind: 'skipped', message: rangeLeftOut(from, end) };
    part.isRead = true;
    part.isLeftOut = true;
    part.gap = gap;
    part.problems = [gap];
    part.bytes = gap.bytes;
    part.events = 0;
    this.report(course);
  }

  /** Another section begins at `end`: whatever was handed out behind it is dropped. */
  private endSection(section: OpenSection, end: number): void {
    section.end = Math.min(section.end, end);
    this.parts[section.input] = this.parts[section.input].filter((part) => part.from < section.end);
  }

  private report({ onProgress }: Course): void {
    let bytes = 0;
    let events = 0;
    for (const parts of this.parts) {
      for (const part of parts) {
        bytes += part.bytes;
        events += part.events;
      }
    }
    onProgress(bytes, events);
  }

  /** Ranges and gaps of a file, letting other work in between where the format has to look for them. */
  private async *steps(
    format: TraceFormat,
    source: ByteSource,
    from: number,
  ): AsyncGenerator<Exclude<ReadStep, undefined>> {
    const share = Math.ceil((source.size - from) / (this.pool.size * 4));
    const sizes = { first: firstRangeBytes, full: Math.min(fullRangeBytes, Math.max(smallestFullRange, share)) };
    for (const step of format.steps(source, from, sizes)) {
      if (step === undefined) await new Promise(setImmediate);
      else yield step;
    }
  }
}

/** A promise whose failure somebody will look at later: until then it is no unhandled one. */
function handled(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

function segmentsOf(parts: readonly Part[]): Segment[] {
  return parts.flatMap(({ segment }) => (segment ? [segment] : []));
}

/** Offset in the file, as far as a range tells before it is read. */
function startOf(range: ReadRange): number {
  return range.format === 'etl' ? range.buffers.from : range.records.position;
}

function rangeLeftOut(from: number, to: number): string {
  return `Reading bytes ${from} to ${to} of the file ended its worker ${mostAttempts} times, so that range was left out; everything around it was kept. Close other programs if memory is short, then open the file again; if it stays so, please report it.`;
}

function sectionsLeftOut(offset: number): Problem {
  return {
    offset,
    kind: 'skipped',
    message: `The file holds more than ${mostSections} sections. Everything from offset ${offset} on was left out: split the file to read it.`,
  };
}

function tooManySections(offset: number): Problem {
  return {
    offset,
    kind: 'other',
    message: `The file holds ${mostSections} log file headers and more. Everything from offset ${offset} on is read by the clock of the one there; times behind further headers may be wrong.`,
  };
}
