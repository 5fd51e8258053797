import { parseIpv4, parseIpv6, parseMac } from '../base/address.ts';
import { parseGuid } from '../base/guid.ts';
import { ScenarioError, type Place } from './scenario-error.ts';
import { isWord, type Token } from './tokens.ts';

/**
 * The words and `key=value` pairs behind a verb, taken one after the other; `finish` complains about what nobody took,
 * so that a misspelt key is an error and not silence.
 */
export class Arguments {
  /** Where the verb stands: the place to name when something is missing. */
  readonly place: Place;
  readonly #verb: string;
  readonly #words: Token[];
  readonly #values = new Map<string, Token>();
  readonly #known = new Set<string>();

  constructor(verb: Token, tokens: readonly Token[]) {
    this.place = verb;
    this.#verb = verb.text;
    this.#words = tokens.filter((token) => token.key === undefined);
    for (const token of tokens) {
      if (token.key === undefined) continue;
      if (this.#values.has(token.key)) throw new ScenarioError(`${token.key} is given twice`, token);
      this.#values.set(token.key, token);
    }
  }

  /** The next word, or an error that says what was expected there. */
  word(expected: string): Token {
    const token = this.#words.shift();
    if (!token) throw new ScenarioError(`${this.#verb} lacks ${expected}`, this.place);
    return token;
  }

  /** The next word, when there is one that fits. */
  optionalWord(fits: (token: Token) => boolean): Token | undefined {
    const first = this.#words.at(0);
    return first && fits(first) ? this.#words.shift() : undefined;
  }

  /** Whether the bare word stands anywhere among the arguments. */
  flag(word: string): boolean {
    this.#known.add(word);
    const index = this.#words.findIndex((token) => isWord(token, word));
    if (index < 0) return false;
    this.#words.splice(index, 1);
    return true;
  }

  expectWord(word: string): void {
    const token = this.word(`"${word}"`);
    if (!isWord(token, word)) throw new ScenarioError(`"${word}" is expected here, not "${token.text}"`, token);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  token(key: string): Token | undefined {
    this.#known.add(key);
    const token = this.#values.get(key);
    this.#values.delete(key);
    return token;
  }

  text(key: string): string | undefined {
    return this.token(key)?.text;
  }

  number(key: string, largest = 0xffff_ffff): number | undefined {
    const token = this.token(key);
    return token && numberOf(token, largest);
  }

  bigint(key: string): bigint | undefined {
    const token = this.token(key);
    return token && bigintOf(token);
  }

  numbers(key: string): number[] | undefined {
    const token = this.token(key);
    return token && partsOf(token, ',').map((part) => numberOf(part, 0xffff_ffff));
  }

  bytes(key: string): Uint8Array | undefined {
    const token = this.token(key);
    return token && bytesOf(token);
  }

  guid(key: string): string | undefined {
    const token = this.token(key);
    return token && guidOf(token);
  }

  /** Every pair not taken yet. */
  remaining(): Token[] {
    const tokens = [...this.#values.values()];
    this.#values.clear();
    return tokens;
  }

  finish(): void {
    const left = [...this.#words, ...this.#values.values()].sort(inTextOrder).at(0);
    if (!left) return;
    const known = this.#known.size === 0 ? '' : `; it knows ${[...this.#known].join(', ')}`;
    throw new ScenarioError(`${this.#verb} does not understand "${left.key ?? left.text}"${known}`, left);
  }
}

function inTextOrder(one: Place, other: Place): number {
  return one.line - other.line || one.column - other.column;
}

/** The parts of a list such as `64,64,27`, each with the place of the whole. */
export function partsOf(token: Token, separator: string): [Token, ...Token[]] {
  const [first, ...others] = token.text.split(separator);
  return [{ ...token, text: first }, ...others.map((text) => ({ ...token, text }))];
}

/** A number in decimal or 0x notation, from 0 to `largest`. */
export function numberOf(token: Token, largest = Number.MAX_SAFE_INTEGER): number {
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(token.text) ? Number(token.text) : Number.NaN;
  if (Number.isNaN(value)) throw new ScenarioError(`"${token.text}" is no number`, token);
  if (value > largest)
    throw new ScenarioError(`${token.text} is too large, the largest number here is ${largest}`, token);
  return value;
}

export function bigintOf(token: Token): bigint {
  if (!/^(0x[0-9a-f]+|-?\d+)$/i.test(token.text)) throw new ScenarioError(`"${token.text}" is no number`, token);
  return BigInt(token.text);
}

/** Bytes from hexadecimal digits; spaces, dashes and colons may stand between them. */
export function bytesOf(token: Token): Uint8Array {
  const digits = token.text.replace(/[\s:-]/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) {
    throw new ScenarioError(`"${token.text}" is no list of bytes in hexadecimal digits`, token);
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

export function guidOf(token: Token): string {
  const guid = parseGuid(token.text);
  if (guid === undefined) throw new ScenarioError(`"${token.text}" is no GUID`, token);
  return guid;
}

export function macOf(token: Token): Uint8Array {
  const mac = token.text === 'broadcast' ? new Uint8Array(6).fill(0xff) : parseMac(token.text);
  if (!mac) throw new ScenarioError(`"${token.text}" is no MAC address`, token);
  return mac;
}

export function ipv4Of(token: Token): Uint8Array {
  const value = parseIpv4(token.text);
  if (value === undefined) throw new ScenarioError(`"${token.text}" is no IPv4 address`, token);
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

export function ipv6Of(token: Token): Uint8Array {
  const bytes = parseIpv6(token.text);
  if (!bytes) throw new ScenarioError(`"${token.text}" is no IPv6 address`, token);
  return bytes;
}
