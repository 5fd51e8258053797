import { Arguments, numberOf } from './arguments.ts';
import { splitAtBars } from './frame-text.ts';
import { readTraceOptions, type ScenarioOptions } from './options.ts';
import { ScenarioError, type Place } from './scenario-error.ts';
import { isWord, tokenizeStatements, type Token } from './tokens.ts';

/** One thing that happens: when and where, the verb, and the words behind it. */
export interface ScenarioStatement {
  /** Nanoseconds since the trace's first record. */
  readonly time: bigint;
  readonly processor: number;
  readonly process: number;
  readonly thread: number;
  readonly verb: Token;
  readonly tokens: readonly Token[];
}

export interface Scenario {
  readonly options: ScenarioOptions;
  /** In the order of the text, paths written out. */
  readonly statements: readonly ScenarioStatement[];
}

type Names = ReadonlyMap<string, readonly Token[]>;

interface Circumstances {
  time: bigint;
  processor: number;
  process: number;
  thread: number;
}

/** Reads a scenario's text. Throws ScenarioError, which names line and column. */
export function parseScenario(text: string): Scenario {
  const reader = new ScenarioReader();
  for (const tokens of tokenizeStatements(text)) reader.read(tokens);
  return reader.finish();
}

class ScenarioReader {
  #options: ScenarioOptions = {};
  #started = false;
  readonly #statements: ScenarioStatement[] = [];
  readonly #names = new Map<string, readonly Token[]>();
  readonly #paths = new Map<string, Token[][]>();
  #openPath: { readonly name: Token; readonly lines: Token[][] } | undefined;
  #previousTime = 0n;

  read(tokens: Token[]): void {
    if (this.#openPath) this.#readInsidePath(tokens, this.#openPath);
    else if (isWord(tokens[0], 'trace')) this.#readTrace(tokens);
    else if (isWord(tokens[0], 'let')) this.#readLet(tokens);
    else if (isWord(tokens[0], 'nic')) this.#readNic(tokens);
    else if (isWord(tokens[0], 'path')) this.#openNewPath(tokens);
    else this.#readStatement(tokens, this.#names, { time: 0n, processor: 0, process: 4, thread: 0 }, []);
    this.#started = true;
  }

  finish(): Scenario {
    if (this.#openPath) throw new ScenarioError('this path has no "end"', this.#openPath.name);
    return { options: this.#options, statements: this.#statements };
  }

  #readTrace(tokens: readonly Token[]): void {
    if (this.#started) throw new ScenarioError('"trace" comes first, and once', tokens[0]);
    this.#options = readTraceOptions(tokens[0], tokens.slice(1));
  }

  /** `let physical = NicName=… NicFName=…`: `$physical` now stands for these words. */
  #readLet(tokens: readonly Token[]): void {
    const name = nameOf(tokens.at(1), 'let', tokens[0]);
    if (!isWord(tokens.at(2), '=')) throw new ScenarioError(`"let ${name.text}" lacks " = "`, tokens.at(2) ?? name);
    this.#define(name.text, name, expand(tokens.slice(3), this.#names));
  }

  /** `nic web id=… name="…" port=6:<port name> type=Synthetic`: `$at-web`, `$from-web`, `$to-web`, `$port-web`. */
  #readNic(tokens: readonly Token[]): void {
    const name = nameOf(tokens.at(1), 'nic', tokens[0]);
    const words = nicWords(name, new Arguments(tokens[0], expand(tokens.slice(2), this.#names)));
    for (const [role, meaning] of Object.entries(words)) this.#define(`${role}-${name.text}`, name, meaning);
  }

  #define(name: string, place: Place, meaning: readonly Token[]): void {
    if (this.#names.has(name)) throw new ScenarioError(`$${name} stands for something already`, place);
    this.#names.set(name, meaning);
  }

  #openNewPath(tokens: readonly Token[]): void {
    const name = nameOf(tokens.at(1), 'path', tokens[0]);
    if (tokens.length > 2) throw new ScenarioError('a path takes nothing but its name', tokens[2]);
    this.#openPath = { name, lines: [] };
  }

  #readInsidePath(tokens: Token[], path: { name: Token; lines: Token[][] }): void {
    if (!isWord(tokens[0], 'end')) {
      path.lines.push(tokens);
      return;
    }
    this.#paths.set(path.name.text, path.lines);
    this.#openPath = undefined;
  }

  #readStatement(tokens: readonly Token[], names: Names, defaults: Circumstances, travelled: readonly string[]): void {
    const words = expand(tokens, names);
    const base = { ...defaults };
    const start = { ...defaults, time: this.#previousTime };
    const rest = readCircumstances(words, start, base.time, this.#previousTime);
    const verb = rest.at(0);
    if (!verb) throw new ScenarioError('this line says when and where, but not what', tokens[0]);
    if (isWord(verb, 'travel')) this.#travel(verb, rest.slice(1), names, start, travelled);
    else {
      this.#previousTime = start.time;
      this.#statements.push({ ...start, verb, tokens: rest.slice(1) });
    }
  }

  /** Writes a path's statements out: its times count from here, `$frame` and the given keys are names inside it. */
  #travel(
    verb: Token,
    tokens: readonly Token[],
    names: Names,
    start: Circumstances,
    travelled: readonly string[],
  ): void {
    const [head, ...layers] = splitAtBars(tokens);
    const name = nameOf(head.at(0), 'travel', verb);
    const lines = this.#paths.get(name.text);
    if (!lines) throw new ScenarioError(`there is no path "${name.text}"; there are ${list(this.#paths.keys())}`, name);
    if (travelled.includes(name.text)) throw new ScenarioError(`the path "${name.text}" travels itself`, name);
    const inner = new Map(names);
    for (const token of head.slice(1)) {
      if (token.key === undefined) throw new ScenarioError(`"${token.text}" is no key=value`, token);
      inner.set(token.key, [withoutKey(token)]);
    }
    inner.set(
      'frame',
      layers.flatMap((layer, index) => (index === 0 ? layer : [bar(layer.at(0) ?? verb), ...layer])),
    );
    this.#previousTime = start.time;
    for (const line of lines) this.#readStatement(line, inner, start, [...travelled, name.text]);
  }
}

function nameOf(token: Token | undefined, statement: string, place: Place): Token {
  if (token?.key === undefined && token?.quoted === false && /^[A-Za-z][\w.-]*$/.test(token.text)) return token;
  throw new ScenarioError(`"${statement}" lacks a name`, token ?? place);
}

/** How events of the switch and frames on it speak of a NIC, by the role it plays in them. */
function nicWords(place: Token, line: Arguments): Record<'at' | 'from' | 'to' | 'port', Token[]> {
  const given = (key: string): string => {
    const text = line.text(key);
    if (text === undefined) throw new ScenarioError(`"nic ${place.text}" lacks ${key}=`, place);
    return text;
  };
  const [id, friendlyName, port, type] = ['id', 'name', 'port', 'type'].map(given);
  line.finish();
  const token = (text: string, key?: string): Token => ({
    line: place.line,
    column: place.column,
    text,
    quoted: false,
    ...(key === undefined ? {} : { key }),
  });
  const names = (prefix: string): Token[] => [token(id, `${prefix}NicName`), token(friendlyName, `${prefix}NicFName`)];
  return { at: names(''), from: names('Src'), to: names('Dest'), port: [token(`${port}:${id}:${type}`)] };
}

function bar(place: Place): Token {
  return { line: place.line, column: place.column, text: '|', quoted: false };
}

function withoutKey(token: Token): Token {
  return { line: token.line, column: token.column, text: token.text, quoted: token.quoted };
}

function list(names: Iterable<string>): string {
  const known = [...names];
  return known.length === 0 ? 'none' : known.join(', ');
}

/**
 * Replaces `$name` by the words it stands for, and `key=$name` by the one word or text it stands for. A name may end in
 * another: `$from-$source` is `$from-web` where `$source` is `web`.
 */
function expand(tokens: readonly Token[], names: Names): Token[] {
  return tokens.flatMap((token): Token[] => {
    if (token.quoted || !token.text.startsWith('$')) return [token];
    const meaning = meaningOf(token, token.text.slice(1), names);
    const place = { line: token.line, column: token.column };
    if (token.key === undefined) return meaning.map((part) => ({ ...part, ...place }));
    if (meaning.length !== 1 || meaning[0].key !== undefined) {
      throw new ScenarioError(`${token.text} stands for more than a value, so ${token.key}= cannot take it`, token);
    }
    return [{ ...meaning[0], key: token.key, ...place }];
  });
}

function meaningOf(token: Token, name: string, names: Names): readonly Token[] {
  const inner = name.indexOf('$');
  if (inner >= 0) {
    const end = meaningOf(token, name.slice(inner + 1), names);
    if (end.length !== 1) throw new ScenarioError(`$${name.slice(inner + 1)} stands for more than a word`, token);
    return meaningOf(token, name.slice(0, inner) + end[0].text, names);
  }
  const meaning = names.get(name);
  if (!meaning) throw new ScenarioError(`nothing is called $${name}; there are ${list(names.keys())}`, token);
  return meaning;
}

/** Takes time, cpu, pid and tid from the front of a statement, in any order, into `start`; returns the rest. */
function readCircumstances(tokens: readonly Token[], start: Circumstances, base: bigint, previous: bigint): Token[] {
  let at = 0;
  while (at < tokens.length && readCircumstance(tokens[at], start, base, previous)) at++;
  return tokens.slice(at);
}

function readCircumstance(token: Token, start: Circumstances, base: bigint, previous: bigint): boolean {
  if (token.quoted || token.key !== undefined) return false;
  if (/^[+-]/.test(token.text)) {
    start.time = readTime(token, base, previous);
    return true;
  }
  const match = /^(cpu|pid|tid)(\w+)$/.exec(token.text);
  if (!match) return false;
  const value = numberOf({ ...token, text: match[2] }, match[1] === 'cpu' ? 2047 : 0xffff_ffff);
  if (match[1] === 'cpu') start.processor = value;
  else if (match[1] === 'pid') start.process = value;
  else start.thread = value;
  return true;
}

const nanosecondDigits: Readonly<Record<string, number>> = { s: 9, ms: 6, us: 3, ns: 0 };

/** `+1.5` seconds (or `+8us`) after the start of the trace or path; `++8us` after the statement before; `-` before it. */
function readTime(token: Token, base: bigint, previous: bigint): bigint {
  const match = /^(\+\+?|-)(\d+)(?:\.(\d+))?(s|ms|us|ns)?$/.exec(token.text);
  const digits = nanosecondDigits[match?.[4] ?? 's'];
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > digits) {
    throw new ScenarioError(`"${token.text}" is no time like +0.000118204, ++8us or -2ms, to the nanosecond`, token);
  }
  const span = BigInt(match[2] + fraction.padEnd(digits, '0'));
  if (match[1] === '++') return previous + span;
  return match[1] === '-' ? base - span : base + span;
}
