import { SchemaError } from '../../schema/schema-error.ts';
import { Notes } from '../../schema/manifest/notes.ts';
import { fetchCommands } from '../fetch-commands.ts';
import { NamesError, type NamedThing, type NamesRead } from '../named-thing.ts';
import { readClixml } from './clixml.ts';
import { readDelimited } from './delimited.ts';
import { readDockerNetworks } from './docker.ts';
import { inputLines } from './input-text.ts';
import { readIpconfig } from './ipconfig.ts';
import { beginsJson, jsonList, jsonObject, jsonRecords, readJsonBlock } from './json-output.ts';
import { limits } from './limits.ts';
import { readNameBook } from './name-book-file.ts';
import type { NamedOutput, Output, OutputRecord, Part } from './output.ts';
import { isEventLine, readEventLines } from './pktmon-text.ts';
import { promptCommand, readTranscriptHeader } from './prompt.ts';
import { readPropertyList } from './property-list.ts';
import { knownColumns } from './record-keys.ts';
import { readFriendlyNames, readNameFields } from './switch-event.ts';
import { readTable } from './table.ts';
import { distinctThings } from './thing.ts';
import { shownLine, understand } from './understand.ts';

/**
 * The names in what people have: output of PowerShell (tables, lists, CSV, JSON, CLIXML), `ipconfig /all`, docker, pktmon,
 * events of the vSwitch, name books; several of them one behind the other. The content tells which; `title` is the file's
 * name, for advice only. Throws a NamesError, whose sentences do not name the file, when nothing in it names anything.
 */
export function readNames(input: Uint8Array | string, title: string): NamesRead {
  const { lines, note } = inputLines(input, title);
  const scan = new Scan(lines);
  if (note !== undefined) scan.notes.add(note);
  scan.run();
  return scan.result();
}

class Scan {
  readonly notes = new Notes();
  /** Why outputs of unknown commands name nothing: of interest when nothing else does. */
  private readonly reasons = new Notes();
  private readonly lines: readonly string[];
  private readonly contents: string[] = [];
  private things: NamedThing[] = [];
  private unknownLines = 0;
  private firstUnknown = -1;
  private jsonAttempts = 0;
  /** The cmdlet of the last prompt. */
  private typed = '';

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  run(): void {
    for (let at = 0; at < this.lines.length && this.things.length < limits.things;) {
      const part = /\S/.test(this.lines[at]) ? this.partAt(at) : { next: at + 1 };
      if (part === undefined) {
        this.passOver(at, at + 1);
        at++;
        continue;
      }
      this.take(at, part);
      at = part.next;
    }
    if (this.things.length < limits.things) return;
    this.things = this.things.slice(0, limits.things);
    this.notes.add(`Only the first ${limits.things.toLocaleString('en')} names were read.`);
  }

  result(): NamesRead {
    const things = distinctThings(this.things);
    if (things.length === 0) throw new NamesError(this.reason());
    if (this.unknownLines > 0) {
      const isOne = this.unknownLines === 1;
      const count = this.unknownLines.toLocaleString('en');
      this.notes.add(
        `${count} line${isOne ? ' was' : 's were'} passed over as no known output, ${isOne ? 'line' : 'the first of them line'} ` +
          `${this.firstUnknown + 1}: ${shownLine(this.lines[this.firstUnknown])}`,
      );
    }
    return { contents: this.contents, things, notes: this.notes.all() };
  }

  private take(at: number, { outputs = [], named = [], notes = [], next }: Part): void {
    for (const line of notes) this.notes.add(line);
    for (const output of named) this.takeNamed(output);
    for (const output of outputs) {
      const understood = understand(output, this.typed);
      if (understood.named) {
        this.takeNamed(understood.named);
        for (const line of understood.notes) this.notes.add(line);
      } else if (understood.isKnownCommand) this.notes.add(understood.reason);
      else {
        this.reasons.add(understood.reason);
        this.passOver(at, next);
      }
    }
  }

  private takeNamed({ content, things }: NamedOutput): void {
    this.contents.push(content);
    for (const thing of things) this.things.push(thing);
  }

  private passOver(from: number, to: number): void {
    if (this.unknownLines === 0) this.firstUnknown = from;
    this.unknownLines += to - from;
  }

  /** What stands at this line; undefined when nobody knows it. */
  private partAt(at: number): Part | undefined {
    const { lines } = this;
    const line = lines[at];
    const typed = promptCommand(line);
    if (typed !== undefined) {
      this.typed = typed;
      return { next: at + 1 };
    }
    if (/^(?:>>|```)/.test(line)) return { next: at + 1 }; // Further lines of a command; fences of web pages.
    const isOther = (text: string): boolean => promptCommand(text) !== undefined || /^\*{10,}$/.test(text);
    const transcript = readTranscriptHeader(lines, at);
    if (transcript !== undefined) return { next: transcript };
    if (/^\s*\S.*:\s*$/.test(line) && beginsTable(lines, at + 1, isOther)) return { next: at + 1 };
    return (
      readEventLines(lines, at) ??
      this.xmlAt(at) ??
      this.jsonAt(at) ??
      outputPart(readTable(lines, at, isOther)) ??
      readIpconfig(lines, at, isOther) ??
      outputPart(readDelimited(lines, at, knownColumns)) ??
      switchEventAt(lines, at) ??
      outputPart(
        readPropertyList(
          lines,
          at,
          (text, index) => isOther(text) || isEventLine(text) || beginsTable(lines, index, isOther),
        ),
      )
    );
  }

  private xmlAt(at: number): Part | undefined {
    const line = this.lines[at];
    if (line.startsWith('#< CLIXML')) return { next: at + 1 };
    const root = /^\s*<(?:\?xml|(Objs|Events?)[\s>])/.exec(line);
    if (!root) return undefined;
    if (
      root.at(1) === undefined &&
      !/<Objs|<Events?[\s>]/.test(
        this.lines
          .slice(at, at + 3)
          .join('\n')
          .slice(0, 2000),
      )
    ) {
      return undefined;
    }
    const isEvents =
      root.at(1)?.startsWith('Event') ??
      !this.lines
        .slice(at, at + 3)
        .join('\n')
        .includes('<Objs');
    const end = isEvents ? /<\/Events?>/ : /<\/Objs>/;
    let last = at;
    while (last < this.lines.length && !end.test(this.lines[last])) last++;
    const text = this.lines.slice(at, last + 1).join('\n');
    const next = Math.min(last + 1, this.lines.length);
    return isEvents ? eventPart(text, next) : clixmlPart(text, at, next);
  }

  private jsonAt(at: number): Part | undefined {
    if (!beginsJson(this.lines[at]) || this.jsonAttempts >= limits.jsonAttempts) return undefined;
    const block = readJsonBlock(this.lines, at);
    if (block === undefined) {
      this.jsonAttempts++;
      if (this.jsonAttempts === 1) {
        this.notes.add(`The JSON that begins in line ${at + 1} is damaged or cut off, and could not be read.`);
      }
      return undefined;
    }
    const part = jsonPart(block.value, at, block.next);
    const cutNote = `The JSON that begins in line ${at + 1} is cut off; what stands whole before was read.`;
    return block.isCut ? { ...part, notes: [cutNote, ...(part.notes ?? [])] } : part;
  }

  private reason(): string {
    const told = [...this.notes.all(), ...this.reasons.all()].slice(0, 3);
    return `It holds no names. ${told.length === 0 ? this.unknownReason() : told.join(' ')}`;
  }

  private unknownReason(): string {
    const start = this.lines.slice(0, 20).join('\n');
    if (/<!doctype html|<html[\s>]/i.test(start)) {
      return `It is a web page; save or paste the output of the command itself. ${advice}`;
    }
    if (/^\s*<\S/.test(start)) return `It is XML, but neither CLIXML nor an event of the vSwitch. ${advice}`;
    const shown = this.firstUnknown < 0 ? '' : ` It begins ${shownLine(this.lines[this.firstUnknown])}.`;
    return `It is text, but no output that names network things.${shown} ${advice}`;
  }
}

const advice = `Names stand in the output of, for example: ${fetchCommands['Get-NetAdapter']}`;

function outputPart(found: { output: Output; next: number; notes?: string[] } | undefined): Part | undefined {
  return found && { next: found.next, outputs: [found.output], notes: found.notes ?? [] };
}

function beginsTable(lines: readonly string[], at: number, isOther: (line: string) => boolean): boolean {
  return readTable(lines.slice(at, at + limits.headingLines + 1), 0, isOther) !== undefined;
}

function jsonPart(value: unknown, at: number, next: number): Part {
  const book = readNameBook(value);
  if (book) return { next, named: [book], notes: book.notes };
  const networks = readDockerNetworks(value);
  if (networks) return { next, named: [networks] };
  const records = componentGroups(value) ?? jsonRecords(value);
  const columns = [...new Set(records.flatMap((record) => Array.from(record.values(), ({ label }) => label)))];
  return { next, outputs: [{ shape: 'JSON', line: at + 1, typeName: '', columns, records }] };
}

/** `pktmon list --json`: components lie in groups; each is told with its group's name. */
function componentGroups(value: unknown): OutputRecord[] | undefined {
  const groups = jsonList(value)
    .map(jsonObject)
    .filter((group) => group !== undefined)
    .filter(({ Components }) => Array.isArray(Components));
  if (groups.length === 0) return undefined;
  return groups.flatMap(({ Group, Components }) =>
    jsonRecords(jsonList(Components).map((component) => ({ ...jsonObject(component), Group }))),
  );
}

function clixmlPart(text: string, at: number, next: number): Part {
  try {
    const { outputs, notes } = readClixml(text, at + 1);
    return { next, outputs, notes };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { next, notes: [`The CLIXML that begins in line ${at + 1} could not be read: ${error.message}`] };
  }
}

/** A vSwitch event in fields or with its message: all lines to the next empty one. */
function switchEventAt(lines: readonly string[], at: number): Part | undefined {
  if (!isAboutSwitch(lines[at])) return undefined;
  let next = at;
  while (next < lines.length && /\S/.test(lines[next])) next++;
  return eventPart(lines.slice(at, next).join('\n'), next);
}

function isAboutSwitch(line: string): boolean {
  return line.includes('(Friendly Name:') || /(?:Nic|Port|Switch)F?Name\s*=/.test(line);
}

function eventPart(text: string, next: number): Part {
  const fields = readNameFields(text);
  const things = distinctThings([...readFriendlyNames(text).things, ...fields.things]);
  const { nameless } = fields;
  const named: NamedOutput[] =
    things.length === 0
      ? []
      : [{ content: `vSwitch events, ${things.length} name${things.length === 1 ? '' : 's'}`, things }];
  return {
    next,
    named,
    notes:
      nameless.length === 0
        ? []
        : [
            `An event of the vSwitch shows ${nameless.slice(0, 3).join(', ')}${nameless.length > 3 ? ` and ${nameless.length - 3} more` : ''} ` +
              `without a friendly name. This gives it: ${fetchCommands['Get-VMNetworkAdapter']}`,
          ],
  };
}
