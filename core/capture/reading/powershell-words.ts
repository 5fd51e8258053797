import { WordBuilder, type Piece, type ShellWord, type Variables } from './shell-words.ts';

/** PowerShell takes typographic quotes for quotes. */
const singleQuotes = new Set(["'", '‘', '’', '‚', '‛']);
const doubleQuotes = new Set(['"', '“', '”', '„']);
const separators = new Set([';', '|', '{', '}', ')', '\n']);

/**
 * Takes one logical line apart as PowerShell does, as far as commands need it: blocks, pipelines and parentheses where a
 * command may stand are borders; parentheses where an argument stands are one word that is not known. Variables with a
 * known value are replaced, `$env:NAME` by `%NAME%`. A quote that is open at the line's end ends there.
 */
export function splitPowerShell(line: string, variables: Variables): Piece[] {
  return new PowerShellSplitter(line, variables).split();
}

class PowerShellSplitter {
  readonly #text: string;
  readonly #variables: Variables;
  #at = 0;
  #pieceStart = 0;
  #words: ShellWord[] = [];
  #isListOpen = false;
  readonly #pieces: Piece[] = [];

  constructor(text: string, variables: Variables) {
    this.#text = text;
    this.#variables = variables;
  }

  split(): Piece[] {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      const isFirst = this.#words.length === 0;
      if (character === '#') break;
      if (isFirst && character === '[' && this.#skipType()) continue;
      if (separators.has(character) || this.#isGroupAtCommand(character, isFirst)) this.#endPiece();
      else if (character === '&') this.#ampersand(isFirst);
      else if (/\s/.test(character) || (character === '.' && isFirst && /\s/.test(this.#next))) this.#at++;
      else if (character === '>') this.#skipRedirection();
      else if (character === '`' && this.#at === this.#text.length - 1) this.#at++;
      else this.#takeWord();
    }
    this.#endPiece();
    return this.#pieces;
  }

  /** `[void]` before a group. */
  #skipType(): boolean {
    const type = /^\[[\w.[\]]{1,100}\](?=\s*\()/.exec(this.#text.slice(this.#at, this.#at + 120));
    if (!type) return false;
    this.#at += type[0].length;
    return true;
  }

  get #next(): string {
    return this.#text[this.#at + 1] ?? '';
  }

  /** `(`, `@(` and `@{` where a command may begin. */
  #isGroupAtCommand(character: string, isFirst: boolean): boolean {
    if (!isFirst) return false;
    return character === '(' || ((character === '@' || character === '$') && /[({]/.test(this.#next));
  }

  /** `&&` is a border; `&` before a command calls it. */
  #ampersand(isFirst: boolean): void {
    if (isFirst) this.#at++;
    else this.#endPiece();
  }

  #endPiece(): void {
    const text = this.#text.slice(this.#pieceStart, this.#at).replace(/^[\s&]+|\s+$/g, '');
    if (this.#words.length > 0) this.#pieces.push({ words: this.#words, text });
    this.#words = [];
    this.#isListOpen = false;
    const isLong = /^[@$][({]/.test(this.#text.slice(this.#at, this.#at + 2));
    this.#at += isLong ? 2 : 1;
    this.#pieceStart = this.#at;
  }

  #skipRedirection(): void {
    while (/[>&]/.test(this.#text[this.#at] ?? '')) this.#at++;
    while (/[ \t]/.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at < this.#text.length && !separators.has(this.#text[this.#at])) this.#readWord();
  }

  #takeWord(): void {
    const word = this.#readWord();
    if (/^[\d*]$/.test(word.raw) && this.#text[this.#at] === '>') return;
    const before = this.#words.at(-1);
    // `a, b` is one list.
    if (before && (this.#isListOpen || word.raw.startsWith(','))) this.#words.splice(-1, 1, joined(before, word));
    else this.#words.push(word);
    this.#isListOpen = word.raw.endsWith(',');
  }

  #readWord(): ShellWord {
    const start = this.#at;
    const word = new WordBuilder(start);
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      if (singleQuotes.has(character)) this.#singleQuoted(word);
      else if (doubleQuotes.has(character)) this.#doubleQuoted(word);
      else if (character === '`') {
        word.add(this.#next);
        this.#at += 2;
      } else if (character === '$') this.#variable(word);
      else if (character === '(' || (character === '@' && /[({]/.test(this.#next))) this.#group(word);
      else if (/\s/.test(character) || separators.has(character) || character === '>' || character === '&') break;
      else {
        word.add(character);
        this.#at++;
      }
    }
    return word.finish(this.#text, this.#at);
  }

  #singleQuoted(word: WordBuilder): void {
    word.markQuoted();
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character === '\n') return;
      if (!singleQuotes.has(character)) word.add(character);
      else if (singleQuotes.has(this.#next)) {
        word.add(character);
        this.#at++;
      } else {
        this.#at++;
        return;
      }
    }
  }

  #doubleQuoted(word: WordBuilder): void {
    word.markQuoted();
    this.#at++;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      if (character === '\n') return;
      if (character === '$') this.#variable(word);
      else if (character === '`') {
        word.add(this.#next);
        this.#at += 2;
      } else if (!doubleQuotes.has(character)) {
        word.add(character);
        this.#at++;
      } else if (doubleQuotes.has(this.#next)) {
        word.add(character);
        this.#at += 2;
      } else {
        this.#at++;
        return;
      }
    }
  }

  /** `$name`, `${name}`, `$env:NAME`, `$(…)`; a `$` before anything else is itself. */
  #variable(word: WordBuilder): void {
    const rest = this.#text.slice(this.#at, this.#at + 300);
    const simple =
      /^\$\((\$(?:\w+:)?\w+)\)/.exec(rest) ??
      /^(\$\{[^}\n]{1,200}\})/.exec(rest) ??
      /^(\$(?:\w+:(?=\w))?\w+)/.exec(rest);
    if (simple) {
      this.#at += simple[0].length;
      this.#addValue(word, simple[1]);
    } else if (rest.startsWith('$(')) {
      this.#at++;
      const start = this.#at;
      this.#skipGroup();
      word.addUnknown(`$${this.#text.slice(start, this.#at)}`);
    } else {
      word.add('$');
      this.#at++;
    }
  }

  #addValue(word: WordBuilder, written: string): void {
    const name = written.replace(/^\$\{?|\}$/g, '');
    const [, scope = '', plain = ''] = /^(?:(\w+):)?([\s\S]*)$/.exec(name) ?? [];
    const value = this.#variables.get(plain.toLowerCase());
    if (scope.toLowerCase() === 'env') word.add(`%${plain}%`);
    else if (/^(true|false|null)$/i.test(name)) word.add(written);
    else if (value === undefined) word.addUnknown(written);
    else word.add(value);
  }

  #group(word: WordBuilder): void {
    const start = this.#at;
    if (this.#text[this.#at] === '@') this.#at++;
    this.#skipGroup();
    const text = this.#text.slice(start, this.#at);
    const plain = /^@?\(\s*('[^']*'|"[^"$`]*"|\w+)\s*\)$/.exec(text);
    if (plain) word.add(plain[1].replace(/^['"]|['"]$/g, ''));
    else word.addUnknown(text);
  }

  /** Moves behind the group that begins here. */
  #skipGroup(): void {
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character === '(' || character === '{') depth++;
      else if (character === ')' || character === '}') depth--;
      if (depth === 0) {
        this.#at++;
        return;
      }
    }
  }
}

function joined(one: ShellWord, other: ShellWord): ShellWord {
  return {
    value: one.value + other.value,
    raw: one.raw + other.raw,
    isQuoted: one.isQuoted || other.isQuoted,
    isUnknown: one.isUnknown || other.isUnknown,
  };
}
