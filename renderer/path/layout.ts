/**
 * Where everything of a flow diagram stands, in pixels: lanes from left to right, time down, one line for each hop. The
 * lanes' headings and the lines' words stand beside the drawing; heights and y begin under the headings, x at the lanes.
 */
import type { PacketPath, PathHop, PathLane } from '../../core/engine/contract.ts';
import { formatDuration } from '../format/number.ts';
import { pathStrings } from '../strings.ts';
import { inferredWords } from './hop-words.ts';
import { laneGroups, type LaneGroup } from './lanes.ts';

export const rowHeight = 28;
export const markRadius = 9;
/** Room that a lane needs for its heading and for a latency between two lanes. */
const narrowestLane = 108;
const widestLane = 240;
/** Average width of a character at 11 px, bold ones included. */
const characterWidth = 6.2;
const widestDropLabel = 330;
const gap = 5;

/** 'first': the path that was asked for; 'second': its answer, or the one it is compared with. */
export type Tone = 'first' | 'second';

/** One path and the lines that its hops stand on. */
export interface Track {
  path: PacketPath;
  /** Line of each hop, ascending, from 0. */
  lines: readonly number[];
  tone: Tone;
  /** Pixels beside the middle of the lanes, so that two paths on the same lines are told apart. */
  shift: number;
  /** In front of the hops' numbers. */
  prefix: string;
}

export interface Diagram {
  width: number;
  height: number;
  laneWidth: number;
  lanes: DiagramLane[];
  groups: DiagramGroup[];
  arrows: DiagramArrow[];
  marks: DiagramMark[];
  labels: DiagramLabel[];
}

export interface DiagramLane {
  lane: PathLane;
  /** Middle of the lane. */
  x: number;
  /** From here on nothing of a packet that was dropped can come; undefined where no drop tells. */
  fadesAt: number | undefined;
}

export interface DiagramGroup extends LaneGroup {
  x: number;
  width: number;
}

/** A line of two or three points. */
export interface DiagramArrow {
  points: { x: number; y: number }[];
  hasHead: boolean;
  isInferred: boolean;
  tone: Tone;
}

export interface DiagramMark {
  track: number;
  hop: number;
  x: number;
  y: number;
  number: string;
  shape: 'dot' | 'ring' | 'square' | 'cross';
  tone: Tone;
}

export interface DiagramLabel {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  text: string;
  look: 'latency' | 'slow' | 'inferred' | 'drop' | 'location';
}

/** Where a hop stands and how its line goes on. */
interface Place {
  x: number;
  y: number;
}

/** `width`: pixels there are for all lanes; the diagram is wider where they need more. */
export function layoutDiagram(lanes: readonly PathLane[], tracks: readonly Track[], width: number): Diagram {
  const fitting = laneWidthFor(width, lanes.length);
  const excess = widthOf(lanes, tracks, fitting) - Math.max(width, fitting * lanes.length);
  const laneWidth = excess > 0 ? laneWidthFor(width - excess, lanes.length) : fitting;
  const laneX = (index: number): number => (index + 0.5) * laneWidth;
  const drawn = tracks.map((track, index) => drawTrack(track, index, lanes, laneX));
  const lines = Math.max(0, ...tracks.flatMap((track) => track.lines.map((line) => line + 1)));
  return {
    width: widthOf(lanes, tracks, laneWidth),
    height: lines * rowHeight + gap * 2,
    laneWidth,
    lanes: lanes.map((lane, index) => ({ lane, x: laneX(index), fadesAt: fadesAt(lane.key, tracks) })),
    groups: laneGroups(lanes).map((group) => ({
      ...group,
      x: group.first * laneWidth + 3,
      width: (group.last - group.first + 1) * laneWidth - 6,
    })),
    arrows: drawn.flatMap(({ arrows }) => arrows),
    marks: drawn.flatMap(({ marks }) => marks),
    labels: drawn.flatMap(({ labels }) => labels),
  };
}

/** The middle of a line. */
export function lineY(line: number): number {
  return gap + (line + 0.5) * rowHeight;
}

function laneWidthFor(width: number, lanes: number): number {
  const share = Math.floor(width / Math.max(1, lanes));
  return Math.min(widestLane, Math.max(narrowestLane, share));
}

/** What the lanes take, or the words beside a drop where they reach farther. */
function widthOf(lanes: readonly PathLane[], tracks: readonly Track[], laneWidth: number): number {
  const ends = tracks.flatMap(({ path, shift }) =>
    path.hops.flatMap((hop) => {
      if (!hop.drop) return [];
      const lane = lanes.findIndex(({ key }) => key === path.lanes[hop.lane].key);
      return [(lane + 0.5) * laneWidth + shift + markRadius + gap * 2 + dropLabelWidth(hop.drop)];
    }),
  );
  return Math.ceil(Math.max(lanes.length * laneWidth, ...ends));
}

function dropLabelWidth({ reason, location }: { reason: string; location: string }): number {
  return Math.min(widestDropLabel, Math.max(reason.length, location.length) * characterWidth);
}

/** What fits beside a drop; the whole of it is in the tooltip and in the table. */
function shortened(text: string): string {
  const most = Math.floor(widestDropLabel / characterWidth);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Lanes fade under the drop that ends a path there, and wholly where a dropped packet never came. */
function fadesAt(key: string, tracks: readonly Track[]): number | undefined {
  const on = tracks.flatMap(({ path, lines }) =>
    path.hops.flatMap((hop, index) =>
      path.lanes[hop.lane].key === key ? [{ line: lines[index], isDrop: hop.drop !== null }] : [],
    ),
  );
  const last = on.reduce<(typeof on)[number] | undefined>(
    (latest, hop) => (latest && latest.line > hop.line ? latest : hop),
    undefined,
  );
  if (last) return last.isDrop ? lineY(last.line) : undefined;
  return tracks.some(({ path }) => path.hops.some((hop) => hop.drop !== null)) ? 0 : undefined;
}

function drawTrack(
  track: Track,
  trackIndex: number,
  lanes: readonly PathLane[],
  laneX: (index: number) => number,
): Pick<Diagram, 'arrows' | 'marks' | 'labels'> {
  const { path, lines, tone, shift, prefix } = track;
  const xOf = (lane: number): number => laneX(lanes.findIndex(({ key }) => key === path.lanes[lane].key)) + shift;
  const places = path.hops.map((hop, index): Place => ({ x: xOf(hop.lane), y: lineY(lines[index]) }));
  const arrows: DiagramArrow[] = [];
  const labels: DiagramLabel[] = [];
  path.hops.forEach((hop, index) => {
    const place = places[index];
    const start = startOf(hop, path, places, xOf);
    if (start) arrows.push({ points: arrowPoints(start, place), hasHead: start.x !== place.x, ...looksOf(hop, tone) });
    const exit = exitOf(hop, place, xOf);
    if (exit !== undefined) {
      const points = [
        { x: place.x + Math.sign(exit - place.x) * markRadius, y: place.y },
        { x: exit, y: place.y },
      ];
      arrows.push({ points, hasHead: true, isInferred: false, tone });
    }
    labels.push(...latencyLabels(hop, place, start?.x, exit), ...dropLabels(hop, place));
  });
  const marks = path.hops.map((hop, index): DiagramMark => {
    const number = `${prefix}${index + 1}`;
    return { track: trackIndex, hop: index, ...places[index], number, shape: shapeOf(hop), tone };
  });
  return { arrows, marks, labels };
}

function looksOf(hop: PathHop, tone: Tone): Pick<DiagramArrow, 'isInferred' | 'tone'> {
  return { isInferred: hop.link.isInferred, tone };
}

function shapeOf({ drop, sighting }: PathHop): DiagramMark['shape'] {
  if (drop) return 'cross';
  return ({ frame: 'dot', nbl: 'ring', pktmon: 'square' } as const)[sighting];
}

/** Where the line to a hop begins: at the hop before it, or on the lane where that one sent the packet. */
function startOf(
  hop: PathHop,
  { hops }: PacketPath,
  places: readonly Place[],
  xOf: (lane: number) => number,
): Place | undefined {
  const { y } = places[hop.after ?? 0];
  if (hop.after === null) return hop.from === null || hop.from === hop.lane ? undefined : { x: xOf(hop.from), y: NaN };
  const before = hops[hop.after];
  const lane = before.lane === hop.lane ? before.lane : (before.to ?? before.lane);
  return { x: xOf(lane), y };
}

/** Where the switch sends the packet on to; undefined when the hop says nothing of it. */
function exitOf(hop: PathHop, place: Place, xOf: (lane: number) => number): number | undefined {
  if (hop.to === null || hop.drop || xOf(hop.to) === place.x) return undefined;
  return xOf(hop.to);
}

/** Down the lane where the packet was, then across; a beginning comes straight across. */
function arrowPoints(start: Place, end: Place): Place[] {
  const down = Number.isNaN(start.y) ? [] : [start];
  if (start.x === end.x) return [...down, { x: end.x, y: end.y - markRadius }];
  const edge = { x: end.x - Math.sign(end.x - start.x) * markRadius, y: end.y };
  return [...down, { x: start.x, y: end.y }, edge];
}

/** On the arrow from lane to lane; beside the mark where the packet stayed on its lane. */
function latencyLabels(
  hop: PathHop,
  place: Place,
  startX: number | undefined,
  exit: number | undefined,
): DiagramLabel[] {
  if (startX === undefined || hop.after === null) return [];
  const look = hop.isSlow ? 'slow' : 'latency';
  const time = formatDuration(hop.latency);
  const inferred = inferredWords(hop);
  if (startX !== place.x) {
    const x = (startX + place.x) / 2;
    const room = Math.abs(place.x - startX) - markRadius * 2 - gap * 2;
    const words = inferred.length * characterWidth <= room ? inferred : pathStrings.inferred;
    const labels: DiagramLabel[] = [{ x, y: place.y - gap, anchor: 'middle', text: time, look }];
    if (inferred !== '') labels.push({ x, y: place.y + 12, anchor: 'middle', text: words, look: 'inferred' });
    return labels;
  }
  if (hop.drop) return [{ x: place.x - markRadius - gap, y: place.y + 4, anchor: 'end', text: `+${time}`, look }];
  const isUnderLine = exit !== undefined && exit > place.x;
  const x = place.x + markRadius + gap;
  const beside: DiagramLabel = {
    x,
    y: isUnderLine ? place.y - gap : place.y + 4,
    anchor: 'start',
    text: `+${time}`,
    look,
  };
  if (inferred === '') return [beside];
  return [{ ...beside, text: `+${time}, ${inferred}`, look: hop.isSlow ? 'slow' : 'inferred' }];
}

/** Reason over location, to the right of the cross. */
function dropLabels({ drop }: PathHop, { x, y }: Place): DiagramLabel[] {
  if (!drop) return [];
  const left = { x: x + markRadius + gap, anchor: 'start' } as const;
  if (drop.location === '') return [{ ...left, y: y + 4, text: shortened(drop.reason), look: 'drop' }];
  return [
    { ...left, y: y - 2, text: shortened(drop.reason), look: 'drop' },
    { ...left, y: y + 11, text: shortened(drop.location), look: 'location' },
  ];
}
