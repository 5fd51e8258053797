/** A path as a drawing in plain text, for mails and tickets: lanes from left to right, a line for each hop. */
import type { PacketPath, PathHop } from '../../core/engine/contract.ts';
import { formatDuration } from '../format/number.ts';
import { formatClockTime, formatZone } from '../format/time.ts';
import { pathStrings } from '../strings.ts';
import { hopWords, inferredWords, verdictWords } from './hop-words.ts';

/** Columns of text. Wider drawings have numbers in place of their lanes' names. */
const widestNamed = 150;
const narrowestLane = 22;
const numberedLane = 18;
const indent = 3;
/** The total stands at the end of the drawing, but not farther right than this. */
const totalUpTo = 110;

interface TextLanes {
  /** Column of each lane's marks. */
  columns: number[];
  headings: string;
  /** What the numbers in the headings stand for; empty where names stand there. */
  legend: string[];
}

/** The drawing, with title, verdict and notes; ends with a line break. */
export function pathText(path: PacketPath, offsetMinutes: number): string {
  const lanes = textLanes(path);
  const title = `${path.title}   ${formatClockTime(path.hops[0], offsetMinutes)} ${formatZone(offsetMinutes)}`;
  const hops = path.hops.map((hop, index) => hopLine(hop, index, path, lanes.columns, offsetMinutes));
  const drawing = [lanes.headings, ...hops];
  return [title, '', ...lanes.legend, ...drawing, ...ending(path, Math.max(...drawing.map((line) => line.length)))]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function textLanes({ lanes }: PacketPath): TextLanes {
  const named = placeHeadings(
    lanes.map(({ name }) => name),
    narrowestLane,
  );
  if (named.headings.length <= widestNamed) return { ...named, legend: [] };
  const numbers = lanes.map((_, index) => `[${index + 1}]`);
  const legend = lanes.map(
    ({ name, kind }, index) => `${numbers[index].padStart(indent + 4)} ${name} (${pathStrings.kinds[kind]})`,
  );
  return { ...placeHeadings(numbers, numberedLane), legend: [...legend, ''] };
}

function placeHeadings(names: readonly string[], narrowest: number): Pick<TextLanes, 'columns' | 'headings'> {
  const columns: number[] = [];
  let headings = ' '.repeat(indent);
  for (const name of names) {
    columns.push(headings.length + Math.floor(name.length / 2));
    headings += name.padEnd(Math.max(name.length + 3, narrowest));
  }
  return { columns, headings: headings.trimEnd() };
}

function hopLine(
  hop: PathHop,
  index: number,
  path: PacketPath,
  columns: readonly number[],
  offsetMinutes: number,
): string {
  const at = columns[hop.lane];
  const before = hop.after === null ? undefined : path.hops[hop.after];
  const start = before && columns[before.lane === hop.lane ? before.lane : (before.to ?? before.lane)];
  const mark = `${markOf(hop)} ${index + 1}`;
  const isAcross = start !== undefined && start !== at;
  const latency = latencyWords(hop);
  const reached = isAcross ? acrossLine(start, at, mark, latency, hop.link.isInferred) : `${' '.repeat(at)}${mark}`;
  const line = (words: string): string =>
    [
      reached,
      hop.after === null ? formatClockTime(hop, offsetMinutes) : '',
      words,
      hop.after !== null && hop.after !== index - 1 ? `(${pathStrings.afterNumber(hop.after + 1)})` : '',
      isAcross || hop.after === null ? '' : `+${latency}`,
      inferredWords(hop),
    ]
      .filter((part) => part !== '')
      .join('  ');
  if (hop.drop) return line(`${hopWords(hop, path)} (${hop.drop.location})`);
  return withExit(line(hopWords(hop, path, false)), hop, at, columns) ?? line(hopWords(hop, path));
}

/** The arrow from lane to lane with the time it took, and the mark it leads to. */
function acrossLine(start: number, end: number, mark: string, latency: string, isInferred: boolean): string {
  const stroke = isInferred ? '.' : '-';
  if (end > start) return `${' '.repeat(start)}|${shaft(end - start - 2, latency, stroke)}>${mark}`;
  const room = start - end - mark.length - 3;
  return `${' '.repeat(end)}${mark} <${shaft(room, latency, stroke)}|`;
}

/** A line of this length with words in its middle; where they do not fit, the words alone. */
function shaft(length: number, words: string, stroke: string): string {
  const free = length - words.length - 2;
  if (free < 2) return `${stroke} ${words} ${stroke}`;
  const left = Math.floor(free / 2);
  return `${stroke.repeat(left)} ${words} ${stroke.repeat(free - left)}`;
}

/** With an arrow to the lane that the switch sends the packet on to; undefined where there is none, or no room for it. */
function withExit(line: string, hop: PathHop, at: number, columns: readonly number[]): string | undefined {
  if (hop.to === null || columns[hop.to] <= at) return undefined;
  const free = columns[hop.to] - line.length - 2;
  return free > 1 ? `${line} ${'-'.repeat(free)}>|` : undefined;
}

function markOf({ drop, sighting }: PathHop): string {
  return drop ? '×' : ({ frame: '●', nbl: '○', pktmon: '■' } as const)[sighting];
}

function latencyWords(hop: PathHop): string {
  const time = formatDuration(hop.latency);
  const slow = hop.isSlow ? `${time} !` : time;
  return hop.link.isInferred && hop.link.by !== '' ? `${pathStrings.inferred} ${slow}` : slow;
}

/** Verdict and total on one line, then what is uncertain. */
function ending(path: PacketPath, width: number): string[] {
  const verdict = path.attempt ? `${pathStrings.verdictHeading}: ${verdictWords(path.attempt)}` : '';
  const total = `${pathStrings.totalHeading} ${formatDuration(path.totalLatency)}`;
  const left = `${' '.repeat(indent)}${verdict}`;
  const notes = path.notes.map((note) => `${' '.repeat(indent)}${pathStrings.notesHeading}: ${note}`);
  return [
    '',
    `${left}${total.padStart(Math.max(total.length + 3, Math.min(width, totalUpTo) - left.length))}`,
    ...notes,
  ];
}
