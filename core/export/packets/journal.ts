import { oneLine } from '../text/escaping.ts';
import { keywordText } from '../text/field-text.ts';
import type { ExportedEvent } from './packet-file.ts';

const utf8 = new TextEncoder();

/**
 * An event as one entry of the systemd journal export format: `NAME=value` lines and an empty one. The names are the
 * journal's where it has one, so that its readers show them.
 */
export function journalEntry(event: ExportedEvent): Uint8Array {
  const text = event.text();
  const lines: [name: string, value: string | number | null][] = [
    ['__REALTIME_TIMESTAMP', microseconds(event)],
    ['MESSAGE', text.summary],
    ['SYSLOG_IDENTIFIER', text.provider.name ?? text.provider.guid],
    ['PRIORITY', priorityOf(text.level)],
    ['_PID', text.process],
    ['TID', text.thread],
    ['PROCESSOR', text.processor],
    ['PROVIDER', text.provider.guid],
    ['EVENT_ID', text.id],
    ['EVENT_VERSION', text.version],
    ['EVENT_NAME', text.name],
    ['OPCODE', text.opcode],
    ['KEYWORD', keywordText(text.keyword)],
  ];
  const given = lines.filter(([, value]) => value !== null && value !== '');
  return utf8.encode(`${given.map(([name, value]) => `${name}=${oneLine(String(value))}\n`).join('')}\n`);
}

function microseconds({ seconds, hundredNanoseconds }: ExportedEvent): string {
  return String(BigInt(seconds) * 1_000_000n + BigInt(Math.floor(hundredNanoseconds / 10)));
}

/** Windows counts 1 critical, 2 error, 3 warning, 4 information, 5 verbose; syslog (RFC 5424) differs. */
const priorities = [6, 2, 3, 4, 6, 7];
const debug = 7;

function priorityOf(level: number): number {
  return priorities.at(level) ?? debug;
}
