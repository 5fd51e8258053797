import { nearNames } from '../../filter/near-names.ts';
import type { CaptureTool, PacketPlace } from '../capture-plan.ts';
import type { ExplainedArgument, ExplainedCommand, Missing } from './capture-reading.ts';
import type { ShellCommand, ShellWord } from './shell-words.ts';

/** A provider as a command names it, with the tool's defaults filled in. */
export interface DraftProvider {
  provider: string;
  /** Absent for every keyword. */
  keywords?: string;
  /** Absent for every level. */
  level?: number;
}

/** A capture as far as the text has told of it; what it has not told has the tool's default. */
export interface Draft {
  readonly tool: CaptureTool;
  readonly line: number;
  /** The session's name in lower case; empty where it has none. */
  session: string;
  packets: PacketPlace;
  /** 0 for whole packets. */
  truncation: number;
  megabytes: number;
  fileMode: 'circular' | 'single' | 'append' | 'multi-file' | 'memory' | 'real-time';
  adapters: string[];
  scenarios: string[];
  providers: DraftProvider[];
  /** Empty where the text does not tell its value. */
  file: string;
  report: 'yes' | 'no' | 'disabled';
  /** Options that the text gives, by their full names in lower case. */
  readonly said: Set<string>;
  /** Options whose value the text does not tell. */
  readonly unknown: Set<string>;
  /** What a plan has no field for, as it was written. */
  readonly besides: string[];
  isStarted: boolean;
  isStopped: boolean;
}

export function emptyDraft(
  tool: CaptureTool,
  line: number,
  defaults: Pick<Draft, 'megabytes' | 'truncation' | 'file'>,
): Draft {
  return {
    tool,
    line,
    session: '',
    packets: 'none',
    fileMode: 'circular',
    adapters: [],
    scenarios: [],
    providers: [],
    report: 'disabled',
    said: new Set(),
    unknown: new Set(),
    besides: [],
    isStarted: false,
    isStopped: false,
    ...defaults,
  };
}

/** What has been read so far. */
export interface Reading {
  readonly commands: ExplainedCommand[];
  readonly drafts: Draft[];
  readonly missing: Missing[];
  /** Filters outlive a capture of pktmon: those that were set hold for the next start. */
  readonly pktmonFilters: string[];
  /** A command whose output names things, or describes events, was seen. */
  gathersNames: boolean;
  gathersSchemas: boolean;
  /** What was gathered is packed. */
  packs: boolean;
}

export function explained(
  command: ShellCommand,
  told: Pick<ExplainedCommand, 'tool' | 'does' | 'words'>,
  args: readonly ExplainedArgument[] = [],
): ExplainedCommand {
  return { line: command.line, text: command.text, ...told, arguments: args };
}

/** `?`, `/?` or `help` among the words: nothing is started. */
export function asksForHelp({ value }: ShellWord): boolean {
  return /^(?:\/?\?|-h|--?help|help)$/i.test(value);
}

export function showHelp(command: ShellCommand, tool: CaptureTool, reading: Reading): void {
  reading.commands.push(explained(command, { tool, does: 'other', words: 'Shows the help, and starts nothing.' }));
}

export function knownArgument(text: string, words: string): ExplainedArgument {
  return { text, words, known: true };
}

/** An argument that the tool does not have; tells what may have been meant. */
export function unknownArgument(text: string, name: string, names: Iterable<string>, tool: string): ExplainedArgument {
  const near = name.length > 60 ? [] : nearNames(name, names, 1);
  const guess = near.length > 0 ? ` Was ${near[0]} meant?` : '';
  return { text, words: `${tool} has no ${name}.${guess}`, known: false };
}

/** The one name that a text stands for: the whole name, or the only one that begins with it. */
export function abbreviated<Name extends string>(text: string, names: readonly Name[]): Name | undefined {
  const wanted = text.toLowerCase();
  const exact = names.find((name) => name.toLowerCase() === wanted);
  if (exact !== undefined || wanted === '') return exact;
  const begun = names.filter((name) => name.toLowerCase().startsWith(wanted));
  return begun.length === 1 ? begun[0] : undefined;
}

/** A whole number, decimal or hexadecimal with 0x; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  return /^(?:0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text) ? Number(text) : undefined;
}

/** A mask of keywords as `0x…`, read as decimal without 0x; undefined for every keyword, null where it is no mask. */
export function keywordMask(text: string): string | undefined | null {
  if (!/^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(text)) return null;
  const mask = BigInt(text);
  if (mask > everyKeyword) return null;
  return mask === 0n || mask === everyKeyword ? undefined : `0x${mask.toString(16)}`;
}

const everyKeyword = (1n << 64n) - 1n;

/** A level of 0 to 255; undefined for every level, null where it is none. */
export function eventLevel(text: string): number | undefined | null {
  const level = wholeNumber(text);
  if (level === undefined || level > 255) return null;
  return level === 255 ? undefined : level;
}

const levelNames = ['always', 'critical', 'error', 'warning', 'information', 'verbose'];

export function levelWords(level: number | undefined): string {
  if (level === undefined) return 'events of every level';
  return level < levelNames.length
    ? `events up to level ${level} (${levelNames[level]})`
    : `events up to level ${level}`;
}

export function keywordWords(mask: string | undefined): string {
  return mask === undefined ? 'events of every keyword' : `only events that have a keyword of ${mask}`;
}

export function unknownValueWords(word: Pick<ShellWord, 'value'>): string {
  return `The value of ${word.value} is not told by this text.`;
}

/** Several values in one word, as `a,b`. */
export function listOf(text: string): string[] {
  return text
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
