import type { LiteralValue, Span } from './ast.ts';
import { readTokens, type Token } from './lexer.ts';
import { TokenWalk, type TokenRole } from './token-walk.ts';

export type SyntaxKind =
  | 'module'
  | 'field'
  | 'annotation'
  | 'operator'
  | 'keyword'
  | 'constant'
  | 'number'
  | 'text'
  | 'address'
  | 'bracket'
  | 'error';

/** A part of a filter text, for its colour. */
export interface SyntaxSpan extends Span {
  readonly kind: SyntaxKind;
}

const kindOfRole: Readonly<Record<Exclude<TokenRole, 'literal'>, SyntaxKind>> = {
  module: 'module',
  field: 'field',
  wildcard: 'field',
  separator: 'operator',
  annotation: 'annotation',
  constant: 'constant',
  keyword: 'keyword',
  operator: 'operator',
  bracket: 'bracket',
  error: 'error',
};

const kindOfLiteral: Readonly<Record<LiteralValue['type'], SyntaxKind>> = {
  integer: 'number',
  boolean: 'constant',
  text: 'text',
  ipv4: 'address',
  ipv6: 'address',
  ipv4Subnet: 'address',
  ipv6Subnet: 'address',
  mac: 'address',
  guid: 'address',
  binary: 'number',
  nothing: 'constant',
};

/** The parts of any text, a filter or not, in order; blanks belong to none. */
export function syntaxSpans(text: string): SyntaxSpan[] {
  const { tokens } = readTokens(text);
  const walk = new TokenWalk(tokens);
  return tokens.slice(0, -1).map((token, index) => {
    return { start: token.start, end: token.end, kind: kindOf(token, walk.step(index)) };
  });
}

function kindOf(token: Token, role: TokenRole): SyntaxKind {
  if (token.kind === 'literal') return kindOfLiteral[token.value.type];
  return role === 'literal' ? 'error' : kindOfRole[role];
}
