/** What the two shells have in common: commands made of words. */

export type Shell = 'cmd' | 'powershell';

export interface ShellWord {
  /** What the program gets, as far as it can be known; `%NAME%` for variables of the environment. */
  readonly value: string;
  /** As it was written. */
  readonly raw: string;
  /** In quotes, at least in part. */
  readonly isQuoted: boolean;
  /** Holds a variable or an expression whose value the text does not tell; it stands in `value` as written. */
  readonly isUnknown: boolean;
}

export interface ShellCommand {
  readonly shell: Shell;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly words: readonly ShellWord[];
}

/** Values of variables by their names in lower case. */
export type Variables = ReadonlyMap<string, string>;

/** Characters: variables that hold one another must not fill the memory. */
const longestWord = 1 << 15;

/** Gathers the characters of one word. */
export class WordBuilder {
  #value = '';
  #isQuoted = false;
  #isUnknown = false;
  #start: number;

  constructor(start: number) {
    this.#start = start;
  }

  add(text: string): void {
    if (this.#value.length < longestWord) this.#value += text;
  }

  addUnknown(text: string): void {
    this.add(text);
    this.#isUnknown = true;
  }

  markQuoted(): void {
    this.#isQuoted = true;
  }

  finish(source: string, end: number): ShellWord {
    return {
      value: this.#value,
      raw: source.slice(this.#start, end),
      isQuoted: this.#isQuoted,
      isUnknown: this.#isUnknown,
    };
  }
}

/** A part of a statement between separators. */
export interface Piece {
  readonly words: readonly ShellWord[];
  readonly text: string;
}

/** The name of the program that a word starts: without its folder, quotes and `.exe`, in lower case. */
export function programOf(word: ShellWord | undefined): string {
  const name = word?.value.replaceAll('/', '\\').split('\\').at(-1) ?? '';
  return name.toLowerCase().replace(/\.exe$/, '');
}
