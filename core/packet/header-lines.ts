import { utf8At } from '../base/text.ts';
import { printable } from './field-text.ts';
import type { HeaderReader } from './header-reader.ts';
import type { LayerField } from './layer.ts';

/** The line an HTTP-like message starts with (RFC 9112, 3 and 4). What a cut line does not hold is an empty text. */
export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly target: string; readonly version: string }
  | { readonly kind: 'response'; readonly version: string; readonly statusCode: string; readonly reasonPhrase: string };

/** Reads the start line as three fields: `Method`, `Uri`, `Version`, or `Version`, `StatusCode`, `ReasonPhrase`. */
export function readStartLine(header: HeaderReader): StartLine {
  const line = lineAt(header.input.frame, header.position, header.position + header.remaining);
  const isResponse = startsWith(header.input.frame, line, 'HTTP/');
  const names = isResponse ? ['Version', 'StatusCode', 'ReasonPhrase'] : ['Method', 'Uri', 'Version'];
  const first = readWord(header, names[0], line);
  const second = readWord(header, names[1], line);
  const rest = header.utf8(names[2], line.end - header.position) ?? '';
  header.skip(line.next - header.position);
  return isResponse
    ? { kind: 'response', version: first, statusCode: second, reasonPhrase: rest }
    : { kind: 'request', method: first, target: second, version: rest };
}

/** What the header lines say. */
export interface HeaderLines {
  /** By name in lower case; of a name that comes twice, the first value. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether the empty line behind the headers is there: the reader then stands at the body. */
  readonly isComplete: boolean;
}

/** Reads the lines up to and with the empty one; what is there of them is one field `Headers` with a member a line. */
export function readHeaderLines(header: HeaderReader): HeaderLines {
  const { frame } = header.input;
  const limit = header.position + header.remaining;
  const lines: Line[] = [];
  let line = lineAt(frame, header.position, limit);
  while (line.end > line.start) {
    const above = isFolded(frame, line) ? lines.pop() : undefined;
    lines.push({ ...line, start: above?.start ?? line.start });
    line = lineAt(frame, line.next, limit);
  }
  const members = lines.map((whole) => headerField(frame, whole));
  header.group('Headers', line.start - header.position, () => ({ value: lineCount(members.length), members }));
  const isComplete = line.next > line.start;
  header.skip(line.next - line.start);
  return { values: new Map(members.toReversed().map(({ name, value }) => [name.toLowerCase(), value])), isComplete };
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;
const colon = 0x3a;

interface Line {
  readonly start: number;
  /** Behind the text, before CR LF. */
  readonly end: number;
  /** Behind the line's end. */
  readonly next: number;
}

/** The line at `start`: up to CR LF or a bare LF, or to `limit` when it does not end before. */
function lineAt(frame: Uint8Array, start: number, limit: number): Line {
  let at = start;
  while (at < limit && frame[at] !== lineFeed) at++;
  const isEnded = at < limit;
  const end = isEnded && at > start && frame[at - 1] === carriageReturn ? at - 1 : at;
  return { start, end, next: isEnded ? at + 1 : at };
}

/** A line that starts with a blank goes on the one before it (obsolete, but still sent). */
function isFolded(frame: Uint8Array, line: Line): boolean {
  return frame[line.start] === space || frame[line.start] === tab;
}

/** `Name: value`; a line without a colon is all name. */
function headerField(frame: Uint8Array, { start, end }: Line): LayerField {
  const separator = positionOf(frame, colon, start, end);
  const value = printable(utf8At(frame, Math.min(separator + 1, end), end).replace(/\r?\n/g, '')).trim();
  return { name: printable(utf8At(frame, start, separator)).trim(), value, raw: value, start, length: end - start };
}

/** Reads the word up to the next space of the line, and goes past that space. */
function readWord(header: HeaderReader, name: string, line: Line): string {
  const { frame } = header.input;
  const end = positionOf(frame, space, header.position, line.end);
  const word = printable(utf8At(frame, header.position, end));
  // Of the words of a start line, only a status code is a number.
  const raw = name === 'StatusCode' && /^\d{1,9}$/.test(word) ? Number(word) : word;
  if (end > header.position) header.delimited(name, () => ({ value: word, raw, next: end }));
  if (end < line.end) header.skip(1);
  return word;
}

/** The offset of the first such byte, or `end`. */
function positionOf(frame: Uint8Array, byte: number, start: number, end: number): number {
  let at = start;
  while (at < end && frame[at] !== byte) at++;
  return at;
}

function startsWith(frame: Uint8Array, line: Line, text: string): boolean {
  return utf8At(frame, line.start, Math.min(line.end, line.start + text.length)) === text;
}

function lineCount(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
