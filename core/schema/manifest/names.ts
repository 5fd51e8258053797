/** Names of a provider's numbers: levels, opcodes, tasks, channels, keywords. */
import { standardChannelName, standardLevelName, standardOpcodeName } from '../standard-names.ts';
import { limits } from './limits.ts';
import { parseUnsigned } from './numbers.ts';

/** Text as it is kept: without blanks around it, and not endless. */
export function nameText(text: string): string {
  return text.trim().slice(0, limits.nameLength);
}

/** A message as it is kept: blanks in front may be meant, those behind come from message tables. */
export function messageText(text: string): string {
  return text.trimEnd().slice(0, limits.messageLength);
}

/** One kind of named number. What is not defined here is looked up in `outer`: Windows' own, or the provider's. */
export class Names {
  private readonly texts = new Map<string, string>();
  private readonly numbers = new Map<bigint, string>();
  private readonly outer: Names | undefined;

  constructor(outer?: Names) {
    this.outer = outer;
  }

  /** The first definition of a name or number holds. */
  define(names: readonly string[], value: bigint | undefined, text: string): void {
    for (const name of names) if (name !== '' && !this.texts.has(name)) this.texts.set(name, text);
    if (value !== undefined && !this.numbers.has(value)) this.numbers.set(value, text);
  }

  knows(name: string): boolean {
    return this.texts.has(name) || (this.outer?.knows(name) ?? false);
  }

  /** What a reference by name or number reads as; itself when nothing is defined for it. */
  textOf(reference: string): string {
    const name = nameText(reference);
    const number = parseUnsigned(name);
    return this.textNamed(name) ?? (number === undefined ? undefined : this.textNumbered(number)) ?? name;
  }

  /** Texts of the flags set in a mask. Flags without a name: one hexadecimal number; Windows' own above bit 47: none. */
  textsOfMask(mask: bigint): string[] {
    const texts: string[] = [];
    let rest = mask;
    for (let flag = 1n; flag <= mask; flag <<= 1n) {
      const text = (mask & flag) === 0n ? undefined : this.textNumbered(flag);
      if (text === undefined) continue;
      texts.push(text);
      rest &= ~flag;
    }
    const unnamed = rest & 0xffff_ffff_ffffn;
    return unnamed === 0n ? texts : [...texts, `0x${unnamed.toString(16)}`];
  }

  private textNamed(name: string): string | undefined {
    return this.texts.get(name) ?? this.outer?.textNamed(name);
  }

  private textNumbered(number: bigint): string | undefined {
    return this.numbers.get(number) ?? this.outer?.textNumbered(number);
  }
}

/** How an event is classified, in words. */
export interface EventNames {
  readonly level: string;
  readonly channel: string;
  readonly task: string;
  readonly opcode: string;
  readonly keywords: readonly string[];
}

/** All names of one provider, with Windows' own behind them. */
export class ProviderNames {
  readonly levels = new Names(windowsLevels);
  readonly tasks = new Names(windowsTasks);
  readonly channels = new Names(windowsChannels);
  readonly keywords = new Names(windowsKeywords);
  private readonly opcodes = new Names(windowsOpcodes);
  private readonly opcodesByTask = new Map<string, Names>();

  /** Opcodes of one task, by the reference events use for it; without a task, those of the whole provider. */
  opcodesOf(task: string): Names {
    return this.opcodesByTask.get(task) ?? this.opcodes;
  }

  /** Like opcodesOf, but makes room for definitions that hold for this task only. */
  ownOpcodesOf(task: string): Names {
    const own = this.opcodesByTask.get(task) ?? new Names(this.opcodes);
    this.opcodesByTask.set(task, own);
    return own;
  }

  /** What the references of an event read as. A reference that is absent is an empty text. */
  textsOf(given: (reference: 'level' | 'channel' | 'task' | 'opcode' | 'keywords') => string): EventNames {
    return {
      level: this.levels.textOf(given('level')),
      channel: this.channels.textOf(given('channel')),
      task: this.tasks.textOf(given('task')),
      opcode: this.opcodesOf(given('task')).textOf(given('opcode')),
      keywords: this.keywordTexts(given('keywords')),
    };
  }

  /** What a list of keywords reads as: names with blanks between them, or masks. */
  keywordTexts(references: string): string[] {
    const words = references.split(/\s+/).filter((word) => word !== '');
    return [...new Set(words.flatMap((word) => this.keywordText(word)))];
  }

  private keywordText(reference: string): string[] {
    const mask = this.keywords.knows(reference) ? undefined : parseUnsigned(reference);
    return mask === undefined ? [this.keywords.textOf(reference)] : this.keywords.textsOfMask(mask);
  }
}

/** The names under which winmeta.xml of the Windows SDK defines what every provider may use. */
const windowsLevels = windowsNames(
  ['win:LogAlways', 'win:Critical', 'win:Error', 'win:Warning', 'win:Informational', 'win:Verbose'].map(
    (name, number) => [name, BigInt(number), standardLevelName(number)],
  ),
);
const windowsOpcodes = windowsNames(
  (
    [
      ['win:Info', 0],
      ['win:Start', 1],
      ['win:Stop', 2],
      ['win:DC_Start', 3],
      ['win:DC_Stop', 4],
      ['win:Extension', 5],
      ['win:Reply', 6],
      ['win:Resume', 7],
      ['win:Suspend', 8],
      ['win:Send', 9],
      ['win:Receive', 240],
    ] as const
  ).map(([name, number]) => [name, BigInt(number), standardOpcodeName(number)]),
);
const windowsChannels = windowsNames(
  [8, 9, 10].map((number) => [standardChannelName(number), BigInt(number), standardChannelName(number)]),
);
const windowsTasks = windowsNames([['win:None', 0n, '']]);
const windowsKeywords = windowsNames([
  ['win:ResponseTime', 1n << 48n, 'Response Time'],
  ['win:WDIContext', 1n << 49n, 'WDI Context'],
  ['win:WDIDiag', 1n << 50n, 'WDI Diag'],
  ['win:SQM', 1n << 51n, 'SQM'],
  ['win:AuditFailure', 1n << 52n, 'Audit Failure'],
  ['win:AuditSuccess', 1n << 53n, 'Audit Success'],
  ['win:CorrelationHint', 1n << 54n, 'Correlation Hint'],
  ['win:EventlogClassic', 1n << 55n, 'Classic'],
]);

function windowsNames(entries: readonly (readonly [string, bigint, string])[]): Names {
  const names = new Names();
  for (const [name, value, text] of entries) names.define([name], value, text);
  return names;
}
