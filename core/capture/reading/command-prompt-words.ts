import { WordBuilder, type Piece, type ShellWord, type Variables } from './shell-words.ts';

const separators = new Set(['&', '|', '(', ')']);

/**
 * Takes one line apart as cmd does, and its words as the C runtime does: quotes join and go, a caret outside them makes the
 * next character plain, `%NAME%` becomes its value where a `set` of the text gave it one. Redirections are dropped.
 */
export function splitCommandPrompt(line: string, variables: Variables): Piece[] {
  return new CommandPromptSplitter(expand(line, variables)).split();
}

/** Characters that variables may add to a line. */
const mostGrowth = 1 << 16;

/** `%%` of a batch file is one `%`; variables nobody has set stay as they are. */
function expand(line: string, variables: Variables): string {
  let grown = 0;
  return line.replace(/%%|%([^%\s]{1,200})%/g, (whole, name: string | undefined) => {
    if (name === undefined) return '%';
    const value = variables.get(name.toLowerCase());
    if (value === undefined || grown > mostGrowth) return whole;
    grown += value.length;
    return value;
  });
}

class CommandPromptSplitter {
  readonly #text: string;
  #at = 0;
  #pieceStart = 0;
  #words: ShellWord[] = [];
  readonly #pieces: Piece[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  split(): Piece[] {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      if (/\s/.test(character) || (character === '@' && this.#words.length === 0)) this.#at++;
      else if (character === '>' || character === '<') this.#skipRedirection();
      else if (separators.has(character)) this.#endPiece();
      else this.#takeWord();
    }
    this.#endPiece();
    return this.#pieces;
  }

  #endPiece(): void {
    const text = this.#text.slice(this.#pieceStart, this.#at).trim();
    if (this.#words.length > 0) this.#pieces.push({ words: this.#words, text });
    this.#words = [];
    this.#at++;
    this.#pieceStart = this.#at;
  }

  #skipRedirection(): void {
    while (/[<>&]/.test(this.#text[this.#at] ?? '')) this.#at++;
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at < this.#text.length && !separators.has(this.#text[this.#at])) this.#readWord();
  }

  #takeWord(): void {
    const word = this.#readWord();
    // The number in 2>nul belongs to the redirection.
    if (/^\d$/.test(word.raw) && /[<>]/.test(this.#text[this.#at] ?? '')) return;
    this.#words.push(word);
  }

  #readWord(): ShellWord {
    const start = this.#at;
    const word = new WordBuilder(start);
    let isInQuotes = false;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character === '"') {
        isInQuotes = !isInQuotes;
        word.markQuoted();
      } else if (isInQuotes) word.add(character);
      else if (character === '^') {
        this.#at++;
        word.add(this.#text[this.#at] ?? '');
      } else if (/\s/.test(character) || character === '<' || character === '>' || separators.has(character)) break;
      else word.add(character);
    }
    return word.finish(this.#text, this.#at);
  }
}
