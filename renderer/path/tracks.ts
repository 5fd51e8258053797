/** What a diagram shows: one path, a path with its answer below, or two paths beside each other. */
import type { PacketPath, PathLane } from '../../core/engine/contract.ts';
import type { Alignment } from './align.ts';
import { lanesOf } from './lanes.ts';
import type { Track } from './layout.ts';

/** Hops by their track and index. */
export interface HopPlace {
  track: number;
  hop: number;
}

/** A line beside the drawing: one hop, two of compared paths, or a heading. */
export type DiagramLine =
  | { kind: 'hops'; hops: HopPlace[]; isLatencyDifferent: boolean }
  | { kind: 'heading'; text: string; tone: Track['tone'] };

export interface DiagramContent {
  lanes: PathLane[];
  tracks: Track[];
  lines: DiagramLine[];
}

/** Pixels by which compared paths stand beside the middle of their lanes. */
const comparedShift = 13;

/** A path, and under a heading its answer. */
export function pathContent(path: PacketPath, answer: PacketPath | undefined, answerHeading: string): DiagramContent {
  const paths = answer ? [path, answer] : [path];
  const answerFrom = path.hops.length + 1;
  const tracks = paths.map((each, index): Track => ({
    path: each,
    lines: each.hops.map((_, hop) => (index === 0 ? hop : answerFrom + hop)),
    tone: index === 0 ? 'first' : 'second',
    shift: 0,
    prefix: '',
  }));
  const own = linesOfTrack(path, 0);
  const heading: DiagramLine = { kind: 'heading', text: answerHeading, tone: 'second' };
  return {
    lanes: lanesOf(paths),
    tracks,
    lines: answer ? [...own, heading, ...linesOfTrack(answer, 1)] : own,
  };
}

function linesOfTrack({ hops }: PacketPath, track: number): DiagramLine[] {
  return hops.map((_, hop) => ({ kind: 'hops', hops: [{ track, hop }], isLatencyDifferent: false }));
}

/** Two paths line by line, with a heading where they part. */
export function comparedContent(
  first: PacketPath,
  second: PacketPath,
  { lines: aligned, partsAt }: Alignment,
  partingHeading: string,
): DiagramContent {
  const lines: DiagramLine[] = [];
  const linesOfFirst: number[] = [];
  const linesOfSecond: number[] = [];
  aligned.forEach((line, index) => {
    if (index === partsAt) lines.push({ kind: 'heading', text: partingHeading, tone: 'first' });
    const hops: HopPlace[] = [];
    if (line.first !== undefined) {
      linesOfFirst.push(lines.length);
      hops.push({ track: 0, hop: line.first });
    }
    if (line.second !== undefined) {
      linesOfSecond.push(lines.length);
      hops.push({ track: 1, hop: line.second });
    }
    lines.push({ kind: 'hops', hops, isLatencyDifferent: line.isLatencyDifferent });
  });
  return {
    lanes: lanesOf([first, second]),
    tracks: [
      { path: first, lines: linesOfFirst, tone: 'first', shift: -comparedShift, prefix: 'A' },
      { path: second, lines: linesOfSecond, tone: 'second', shift: comparedShift, prefix: 'B' },
    ],
    lines,
  };
}
