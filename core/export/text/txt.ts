import { filetimeToIso } from '../../base/filetime.ts';
import { hexPairs } from '../../base/text.ts';
import { noProcess } from '../../etl/record-cursor.ts';
import { oneLine } from './escaping.ts';
import type { EventText, TextFormat } from './event-text.ts';

/**
 * The line of `netsh trace convert` and `pktmon etl2txt`: `[cpu]PID.TID::time [provider] text`. Theirs have local time
 * and no header; ours says in its first line that times are UTC.
 */
export const txtFormat: TextFormat = {
  header: '# [processor]process.thread::time [provider] text; process and thread are hexadecimal, times are UTC\n',
  line: (event) => {
    const origin = `[${twoDigits(event.processor)}]${hexId(event.process)}.${hexId(event.thread)}`;
    const provider = oneLine(event.provider.name ?? event.provider.guid);
    return `${origin}::${timeText(event.time)} [${provider}] ${diagnosisOf(event)}${oneLine(textOf(event))}${notesOf(event)}\n`;
  },
  footer: '',
};

function twoDigits(processor: number): string {
  return String(processor).padStart(2, '0');
}

/** Windows' own tools print what the header has for "none". */
function hexId(id: number | null): string {
  return (id ?? noProcess).toString(16).toUpperCase().padStart(4, '0');
}

/** `2024-05-01 14:03:07.123456700`: nine decimals like pktmon's, of which a FILETIME knows seven. */
function timeText(time: bigint): string {
  const iso = filetimeToIso(time);
  return iso.endsWith('Z') ? `${iso.slice(0, -1).replace('T', ' ')}00` : iso;
}

/** Bytes of a payload without a layout that a line shows; jsonl and xml have all of them. */
const shownPayload = 256;

function textOf(event: EventText): string {
  const { source, destination, module, summary, payload } = event;
  if (source !== '' || destination !== '') return `${source} > ${destination} ${module} ${summary}`;
  if (payload === null) return summary;
  return `${titleOf(event)}, layout unknown, ${payloadText(payload)}`;
}

function payloadText(payload: Uint8Array): string {
  if (payload.length === 0) return 'no payload';
  return `${payload.length} ${payload.length === 1 ? 'byte' : 'bytes'}: ${hexPairs(payload, shownPayload)}`;
}

function titleOf({ name, family, id, opcode }: EventText): string {
  if (name !== '') return name;
  return family === 'manifest' || family === 'message' || family === 'capture' ? `Event ${id}` : `Event type ${opcode}`;
}

/** `[Retransmitted #12] ` in front, where Wireshark's list has it too. */
function diagnosisOf({ diagnosis }: EventText): string {
  return diagnosis === '' ? '' : `[${oneLine(diagnosis)}] `;
}

function notesOf({ notes }: EventText): string {
  return notes.length === 0 ? '' : ` (${oneLine(notes.join(' '))})`;
}
