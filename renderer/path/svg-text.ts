/** A diagram as a file of its own: headings, words and drawing in one SVG, with colours and fonts written out. */
import { formatClockTime, formatZone } from '../format/time.ts';
import { pathStrings } from '../strings.ts';
import css from '../styles/path-shapes.css?raw';
import { hopWords, latencyWords, totalWords, verdictWords } from './hop-words.ts';
import { layoutDiagram, lineY, type Diagram } from './layout.ts';
import { diagramShapes, type Shape } from './shapes.ts';
import type { DiagramContent, DiagramLine } from './tracks.ts';

/** The value of a token of styles/tokens.css, by its name without dashes in front. */
export type TokenValue = (name: string) => string;

export interface SvgPicture {
  text: string;
  /** Pixels. */
  width: number;
  height: number;
}

const margin = 16;
const titleHeight = 30;
const headingHeight = 74;
/** Columns beside the drawing: number, time, words. */
const timeColumn = 26;
const wordsColumn = 152;
/** Two numbers take more room than one. */
const comparedIndent = 28;
const gutter = 400;
const characterWidth = 6.4;
/** Room for the lanes, beyond which they get no wider. */
const drawingWidth = 900;

/** The picture of what the pane shows. */
export function svgPicture(content: DiagramContent, offsetMinutes: number, token: TokenValue): SvgPicture {
  const diagram = layoutDiagram(content.lanes, content.tracks, drawingWidth);
  const ending = endingLines(content);
  const top = margin + titleHeight + headingHeight;
  const width = margin * 2 + gutter + diagram.width;
  const height = top + diagram.height + ending.length * 20 + margin * 2;
  const shapes = [
    text(
      margin,
      margin + 16,
      'svg-title',
      shortened(
        `${content.tracks.map(({ path }) => path.title).join('   ')}   ${pathStrings.timeColumn(formatZone(offsetMinutes))}`,
        width,
      ),
    ),
    ...headingShapes(diagram),
    ...content.lines.flatMap((line, index) => lineShapes(line, index, content, offsetMinutes)),
    ...ending.map((words, index) =>
      text(margin, top + diagram.height + 28 + index * 20, 'svg-words', shortened(words, width)),
    ),
  ];
  const styles = `${css}\n${pictureCss}`
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/var\(--([\w-]+)\)/g, (_, name: string) => token(name))
    .replace(/\s+/g, ' ');
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>${escaped(styles)}</style>`,
    `<rect class="svg-ground" width="${width}" height="${height}"/>`,
    ...shapes.map(shapeText),
    `<g transform="translate(${margin + gutter} ${top})">`,
    ...diagramShapes(diagram).map(shapeText),
    '</g></svg>',
  ];
  return { text: parts.join('\n'), width, height };
}

const pictureCss = `
text { font-family: var(--font-ui); fill: var(--text); }
.svg-ground { fill: var(--surface); }
.svg-title { font-size: 14px; font-weight: 600; }
.svg-name { font-size: 12px; font-weight: 600; }
.svg-small { font-size: 11px; fill: var(--text-muted); }
.svg-words { font-size: 12px; }
.svg-time { font-size: 12px; fill: var(--text-muted); font-family: var(--font-code); }
.svg-second { font-size: 12px; font-weight: 600; fill: var(--path-second); }`;

function headingShapes({ lanes, groups, laneWidth }: Diagram): Shape[] {
  const top = margin + titleHeight;
  const left = margin + gutter;
  return [
    ...groups.map(({ x, width, title }): Shape =>
      text(left + x + width / 2, top + 12, 'svg-small', shortened(title, width), 'middle'),
    ),
    ...lanes.flatMap(({ lane, x }) => [
      text(left + x, top + 30, 'svg-small', shortened(pathStrings.kinds[lane.kind], laneWidth), 'middle'),
      text(left + x, top + 45, 'svg-name', shortened(lane.name, laneWidth - 8), 'middle'),
      text(left + x, top + 59, 'svg-small', shortened(lane.identifier, laneWidth - 28), 'middle'),
    ]),
  ];
}

function lineShapes(line: DiagramLine, index: number, { tracks }: DiagramContent, offsetMinutes: number): Shape[] {
  const y = margin + titleHeight + headingHeight + lineY(index) + 4;
  if (line.kind === 'heading') return [text(margin, y, 'svg-second', shortened(line.text, gutter))];
  const hops = line.hops.map(({ track, hop }) => ({ ...tracks[track], index: hop, hop: tracks[track].path.hops[hop] }));
  const [{ path, hop, prefix }] = hops;
  // Compared hops have their latencies here, for their arrows lie too close for words between them.
  const numbers = hops.map((each) => `${each.prefix}${each.index + 1}`).join(' ');
  const times = prefix === '' ? [formatClockTime(hop, offsetMinutes)] : hops.map((each) => latencyWords(each.hop));
  const indent = tracks.length > 1 && prefix !== '' ? comparedIndent : 0;
  return [
    text(margin, y, 'svg-words', numbers),
    text(margin + timeColumn + indent, y, 'svg-time', times.join(' ')),
    text(
      margin + wordsColumn + indent,
      y,
      'svg-words',
      shortened(hopWords(hop, path), gutter - wordsColumn - indent - 8),
    ),
  ];
}

function endingLines({ tracks }: DiagramContent): string[] {
  const [{ path }] = tracks;
  return [
    ...tracks.map((track) =>
      [verdictWords(track.path.attempt), totalWords(track.path)].filter((words) => words !== '').join(' · '),
    ),
    ...path.notes,
  ].map((words, index) =>
    tracks.length > 1 && index < tracks.length && tracks[index].prefix !== ''
      ? `${tracks[index].prefix}: ${words}`
      : words,
  );
}

function text(x: number, y: number, className: string, words: string, anchor: 'start' | 'middle' = 'start'): Shape {
  return { kind: 'text', className, x, y, anchor, text: words };
}

/** As much as fits into so many pixels. */
function shortened(words: string, room: number): string {
  const most = Math.max(1, Math.floor(room / characterWidth));
  return words.length > most ? `${words.slice(0, most - 1)}…` : words;
}

function shapeText(shape: Shape): string {
  const name = `class="${shape.className}"`;
  switch (shape.kind) {
    case 'rect':
      return `<rect ${name} x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" rx="${shape.radius}"/>`;
    case 'circle':
      return `<circle ${name} cx="${shape.x}" cy="${shape.y}" r="${shape.radius}"/>`;
    case 'path':
      return `<path ${name} d="${shape.data}"/>`;
    case 'text':
      return `<text ${name} x="${shape.x}" y="${shape.y}" text-anchor="${shape.anchor}">${escaped(shape.text)}</text>`;
  }
}

/** What XML 1.0 does not allow in a text (XML 1.0, "Char"). */
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Names come from traces: they may hold anything. */
function escaped(words: string): string {
  return words
    .replace(notInXml, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
