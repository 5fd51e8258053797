/** The hops of a path as rows of a table: on the page, and copied. */
import type { PacketPath, PathHop } from '../../core/engine/contract.ts';
import { formatDuration } from '../format/number.ts';
import { formatClockTime } from '../format/time.ts';
import { pathStrings } from '../strings.ts';
import { linkWords } from './hop-words.ts';

export const hopColumns = [
  'number',
  'message',
  'time',
  'latency',
  'lane',
  'direction',
  'step',
  'text',
  'drop',
  'link',
  'nbl',
  'process',
  'thread',
  'processor',
] as const;
export type HopColumn = (typeof hopColumns)[number];

/** A hop's cells as texts; a duration has its unit, a thing that is not known is empty. */
export function hopCells(
  hop: PathHop,
  index: number,
  path: PacketPath,
  offsetMinutes: number,
): Record<HopColumn, string> {
  return {
    number: String(index + 1),
    message: String(hop.row + 1),
    time: formatClockTime(hop, offsetMinutes),
    latency: hop.after === null ? '' : formatDuration(hop.latency),
    lane: path.lanes[hop.lane].name,
    direction: pathStrings.directions[hop.direction],
    step: pathStrings.steps[hop.step],
    text: hop.text,
    drop: hop.drop ? `${hop.drop.reason} (${hop.drop.location})` : '',
    link: linkWords(hop),
    nbl: hop.nbl,
    process: String(hop.process),
    thread: String(hop.thread),
    processor: String(hop.processor),
  };
}

/** Paths under each other as tab-separated values under one line of headings, ready for a spreadsheet. */
export function hopTableText(paths: readonly PacketPath[], offsetMinutes: number): string {
  const headings = hopColumns.map((column) => pathStrings.columns[column]);
  const lines = paths.flatMap((path) =>
    path.hops.map((hop, index) => {
      const cells = hopCells(hop, index, path, offsetMinutes);
      return hopColumns.map((column) => cells[column].replace(/[\t\r\n]+/g, ' '));
    }),
  );
  return [headings, ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}
