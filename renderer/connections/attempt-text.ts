/** What the cells of a connection attempt say, and attempts as text. */
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import { formatCount, formatDuration } from '../format/number.ts';
import { formatClockTime, formatDateTime } from '../format/time.ts';
import { connectionsStrings } from '../strings.ts';

export const columnNames = [
  'time',
  'client',
  'server',
  'port',
  'path',
  'verdict',
  'verdictText',
  'hops',
  'firstLatency',
  'totalLatency',
  'roundTrip',
  'retransmissions',
] as const;
export type ColumnName = (typeof columnNames)[number];

export interface TimeDisplay {
  offsetMinutes: number;
  withDate: boolean;
}

/** The text of a cell, as it is shown and copied. */
export function cellText(column: ColumnName, attempt: ConnectionAttempt, time: TimeDisplay): string {
  switch (column) {
    case 'time':
      return (time.withDate ? formatDateTime : formatClockTime)(attempt, time.offsetMinutes);
    case 'client':
      return withPort(attempt.client, attempt.clientPort);
    case 'server':
      return attempt.server;
    case 'port':
      // Not grouped: a port is a name, not a count.
      return attempt.serverPort === 0 ? '' : String(attempt.serverPort);
    case 'path':
      return stripText(attempt);
    case 'verdict':
      return connectionsStrings.verdicts[attempt.verdict];
    case 'verdictText':
      return attempt.verdictText;
    case 'hops':
      return formatCount(attempt.hops);
    case 'firstLatency':
      return attempt.hops > 1 ? formatDuration(attempt.firstLatency) : '';
    case 'totalLatency':
      return attempt.hops > 1 ? formatDuration(attempt.totalLatency) : '';
    case 'roundTrip':
      return attempt.roundTrip === null ? '' : formatDuration(attempt.roundTrip);
    case 'retransmissions':
      return attempt.retransmissions === 0 ? '' : `${formatCount(attempt.retransmissions)}×`;
  }
}

/** `10.0.0.50:52891`, `[fe80::1]:52891`; without a port the address alone. */
export function withPort(address: string, port: number): string {
  if (port === 0) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** One step of a strip in words: `vSwitch Layered Ethernet`, `dropped at VM NIC web01`. */
export function laneText({ kind, name, isDrop }: ConnectionAttempt['strip'][number]): string {
  const lane = connectionsStrings.stripLane(connectionsStrings.kinds[kind], name);
  return isDrop ? connectionsStrings.stripDrop(lane) : lane;
}

/** The components that an attempt passed, in words and in order. */
export function stripText({ strip }: Pick<ConnectionAttempt, 'strip'>): string {
  return strip.map(laneText).join(' → ');
}

/** Glyphs that have room in a cell. */
const widestStrip = 6;

/** The steps of a strip that are drawn: a long one keeps its beginning and its end. Undefined stands for those between. */
export function drawnStrip(strip: ConnectionAttempt['strip']): (ConnectionAttempt['strip'][number] | undefined)[] {
  return strip.length <= widestStrip ? strip : [...strip.slice(0, 3), undefined, ...strip.slice(-2)];
}

/** Attempts as lines of tab-separated text with a heading, by number. */
export function attemptsText(attempts: readonly ConnectionAttempt[], time: TimeDisplay, zone: string): string {
  const { columns } = connectionsStrings;
  const headings = columnNames.map((column) => (column === 'time' ? columns.time(zone) : columns[column]));
  const rows = [...attempts]
    .sort((first, second) => first.number - second.number)
    .map((attempt) => [
      String(attempt.number),
      attempt.protocol,
      ...columnNames.map((column) => cellText(column, attempt, time)),
    ]);
  return [[columns.number, columns.protocol, ...headings], ...rows].map((cells) => `${cells.join('\t')}\n`).join('');
}
