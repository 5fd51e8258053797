import { ScenarioError, type Place } from './scenario-error.ts';

/** A word, a quoted text, or `key=value`, with its place in the scenario. */
export interface Token extends Place {
  /** The word itself, the text between quotes, or the value behind `key=`. */
  readonly text: string;
  /** Set for `key=value`. */
  readonly key?: string;
  /** The text (or value) stood in quotes: it is never a number, a name or a separator. */
  readonly quoted: boolean;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', '"': '"', '\\': '\\' };

/**
 * The statements of a scenario as tokens. A statement is a line; a line that starts with `|` or `...` goes on with the
 * statement above. `#` in front of a word makes the rest of the line a comment.
 */
export function tokenizeStatements(text: string): Token[][] {
  const statements: Token[][] = [];
  text.split(/\r?\n/).forEach((lineText, index) => {
    const tokens = tokenizeLine(lineText, index + 1);
    if (tokens.length === 0) return;
    const first = tokens[0];
    if (!isWord(first, '|') && !isWord(first, '...')) {
      statements.push(tokens);
      return;
    }
    const above = statements.at(-1);
    if (!above) throw new ScenarioError('there is no statement above that this line could go on with', first);
    above.push(...(isWord(first, '|') ? tokens : tokens.slice(1)));
  });
  return statements;
}

/** Is this token the bare word `word`? */
export function isWord(token: Token | undefined, word: string): boolean {
  return token !== undefined && !token.quoted && token.key === undefined && token.text === word;
}

function tokenizeLine(line: string, lineNumber: number): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && /\s/.test(line[at])) at++;
    if (at >= line.length || line[at] === '#') return tokens;
    const place = { line: lineNumber, column: at + 1 };
    const key = /^([A-Za-z][\w.-]*)=/.exec(line.slice(at))?.[1];
    if (key !== undefined) at += key.length + 1;
    const value = line[at] === '"' ? quotedText(line, at, lineNumber) : bareText(line, at, lineNumber);
    at = value.end;
    tokens.push({ ...place, text: value.text, quoted: value.quoted, ...(key === undefined ? {} : { key }) });
  }
}

interface Piece {
  readonly text: string;
  readonly quoted: boolean;
  readonly end: number;
}

function bareText(line: string, start: number, lineNumber: number): Piece {
  const text = /^\S*/.exec(line.slice(start))?.[0] ?? '';
  const quote = text.indexOf('"');
  if (quote >= 0)
    throw new ScenarioError('a quote stands only around a whole text or value', {
      line: lineNumber,
      column: start + quote + 1,
    });
  return { text, quoted: false, end: start + text.length };
}

function quotedText(line: string, start: number, lineNumber: number): Piece {
  let text = '';
  let at = start + 1;
  while (at < line.length && line[at] !== '"') {
    if (line[at] !== '\\') {
      text += line[at++];
      continue;
    }
    const escape = escapeAt(line, at, lineNumber);
    text += escape.text;
    at = escape.end;
  }
  if (at >= line.length)
    throw new ScenarioError('this quoted text has no closing quote', { line: lineNumber, column: start + 1 });
  return { text, quoted: true, end: at + 1 };
}

function escapeAt(line: string, at: number, lineNumber: number): { text: string; end: number } {
  const hex = /^\\x([0-9a-f]{2})/i.exec(line.slice(at));
  if (hex) return { text: String.fromCharCode(Number.parseInt(hex[1], 16)), end: at + 4 };
  const letter = line.charAt(at + 1);
  if (letter in escapes) return { text: escapes[letter], end: at + 2 };
  throw new ScenarioError(`\\${letter} means nothing in a quoted text`, { line: lineNumber, column: at + 1 });
}
