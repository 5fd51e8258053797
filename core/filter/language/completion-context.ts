import type { PathExpression } from './ast.ts';
import { readTokens, type Token } from './lexer.ts';
import { TokenWalk, type Expectation, type PathPrefix } from './token-walk.ts';

export type { PathPrefix } from './token-walk.ts';

/** What may be written at one place of a filter text. Offsets are UTF-16. */
export interface CompletionContext {
  /** The part of the text that a completion replaces: the word around the place, or nothing at the place. */
  readonly from: number;
  readonly to: number;
  /** What stands from `from` up to the place. */
  readonly prefix: string;
  readonly wanted: Wanted;
}

export type Wanted =
  | { readonly kind: 'operand'; readonly path: PathPrefix | null }
  /** `isPattern` behind what `contains` looks for, where `caseSensitive` and `encoding` may follow as well. */
  | { readonly kind: 'operator'; readonly subject: PathExpression | null; readonly isPattern: boolean }
  /** The right side of a comparison; `path` when the value is begun with a path, as `IANA.Port.`. */
  | {
      readonly kind: 'value';
      readonly subject: PathExpression | null;
      readonly operator: string;
      readonly path: PathPrefix | null;
    }
  | { readonly kind: 'annotation'; readonly path: PathPrefix | null }
  | { readonly kind: 'encoding' }
  /** Inside a text, or where only a comma can follow. */
  | { readonly kind: 'nothing' };

/** Operators that somebody has begun to write: `=` of `==`. */
const begunOperators = new Set(['=', '!', '~', '&', '|']);

/** Numbers and addresses, also those that are not finished. Longer ones nobody completes. */
const numberLike = /^[\p{L}\p{N}_.:/-]+$/u;
const longestNumber = 100;

/** What may be written at a position (0 to the text's length) of any text. Never throws. */
export function completionContext(text: string, position: number): CompletionContext {
  const { tokens } = readTokens(text);
  const walk = new TokenWalk(tokens);
  let index = 0;
  while (tokens[index].end < position && tokens[index].kind !== 'end') {
    walk.step(index);
    index++;
  }
  const before = walk.expectation;
  const token = tokens[index];
  if (isInsideText(token, text, position)) return at(text, position, position, position, { kind: 'nothing' });
  if (isReplaced(token, text, position, before)) return at(text, token.start, token.end, position, wanted(before));
  if (token.start < position && token.end === position) {
    walk.step(index);
    index++;
  }
  const next = tokens[index] as Token | undefined;
  const isStep = next?.kind === 'word' && next.start === position && isInPath(walk.expectation);
  return at(text, position, isStep ? next.end : position, position, wanted(walk.expectation));
}

function at(text: string, from: number, to: number, position: number, wanted: Wanted): CompletionContext {
  return { from, to, prefix: text.slice(from, position), wanted };
}

/** Whether the token at a position, or in front of it, is what is being written. */
function isReplaced(token: Token, text: string, position: number, before: Expectation): boolean {
  if (token.start >= position) return false;
  switch (token.kind) {
    case 'word':
      return true;
    case 'operator':
      return before.kind === 'operator' && (position < token.end || begunOperators.has(token.text));
    case 'literal':
    case 'broken':
      return numberLike.test(text.slice(token.start, Math.min(token.end, token.start + longestNumber)));
    case 'end':
      return false;
  }
}

/** Inside the quotation marks of a text, or behind a text that is not closed. */
function isInsideText(token: Token, text: string, position: number): boolean {
  if (token.kind !== 'literal' || (token.value.type !== 'text' && token.value.type !== 'binary')) return false;
  if (position <= token.start) return false;
  return position < token.end || !isClosed(text.slice(token.start, token.end));
}

function isClosed(literal: string): boolean {
  if (literal.startsWith('$')) return true;
  return readTokens(literal).problems.length === 0;
}

function isInPath(expectation: Expectation): boolean {
  switch (expectation.kind) {
    case 'operand':
    case 'value':
      return expectation.path !== null;
    case 'annotation':
      return true;
    default:
      return false;
  }
}

function wanted(expectation: Expectation): Wanted {
  switch (expectation.kind) {
    case 'value': {
      const { path, comparison } = expectation;
      return { kind: 'value', subject: comparison.subject, operator: comparison.operator, path };
    }
    case 'list goes on':
      return { kind: 'nothing' };
    default:
      return expectation;
  }
}
