import { foreignTokens, type ForeignToken } from './foreign-tokens.ts';

/** A filter of Wireshark or of Network Monitor as it was written; names have no meaning yet. */
export type ForeignFilter = ForeignJoin | ForeignNegation | ForeignCondition;

export interface ForeignJoin {
  readonly kind: 'and' | 'or' | 'xor';
  readonly operands: readonly ForeignFilter[];
}

export interface ForeignNegation {
  readonly kind: 'not';
  readonly operand: ForeignFilter;
}

export type ForeignCondition =
  | { readonly kind: 'exists'; readonly name: string }
  | {
      readonly kind: 'comparison';
      readonly name: string;
      readonly operator: ForeignOperator;
      readonly value: ForeignValue;
    }
  /** `tcp.flags & 2`, which is true where a bit of both is set. */
  | { readonly kind: 'bits'; readonly name: string; readonly value: ForeignValue }
  | { readonly kind: 'in'; readonly name: string; readonly ranges: readonly ForeignRange[] }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly ForeignValue[];
      /** Whether what the function returns is compared with something; the rest of the comparison is left out. */
      readonly isCompared: boolean;
    };

export type ForeignOperator = '==' | '!=' | '===' | '!==' | '<' | '<=' | '>' | '>=' | 'contains' | 'matches';

export interface ForeignValue {
  /** Whether it stood in quotation marks. */
  readonly isText: boolean;
  readonly text: string;
}

/** `80`, or `8000..8100` with both ends in it. */
export interface ForeignRange {
  readonly first: ForeignValue;
  readonly last: ForeignValue | null;
}

/** All spellings, in lower case. */
const operators = new Map<string, ForeignOperator>([
  ['==', '=='],
  ['=', '=='],
  ['eq', '=='],
  ['any_eq', '=='],
  ['!=', '!='],
  ['ne', '!='],
  ['all_ne', '!='],
  ['===', '==='],
  ['all_eq', '==='],
  ['!==', '!=='],
  ['~=', '!=='],
  ['any_ne', '!=='],
  ['<', '<'],
  ['lt', '<'],
  ['<=', '<='],
  ['le', '<='],
  ['>', '>'],
  ['gt', '>'],
  ['>=', '>='],
  ['ge', '>='],
  ['contains', 'contains'],
  ['matches', 'matches'],
  ['~', 'matches'],
]);
const deepestNesting = 100;

/** The text as a filter of either, or null when it is none. */
export function readForeignFilter(text: string): ForeignFilter | null {
  const tokens = foreignTokens(text);
  if (!tokens || tokens.length === 0) return null;
  try {
    return new ForeignParser(tokens).filter();
  } catch (error) {
    if (error instanceof NoForeignFilter) return null;
    throw error;
  }
}

class NoForeignFilter extends Error {}

class ForeignParser {
  private readonly tokens: readonly ForeignToken[];
  private position = 0;
  private depth = 0;

  constructor(tokens: readonly ForeignToken[]) {
    this.tokens = tokens;
  }

  filter(): ForeignFilter {
    const filter = this.either();
    if (this.position < this.tokens.length) throw new NoForeignFilter();
    return filter;
  }

  private either(): ForeignFilter {
    return this.joined('or', ['or', '||'], () => this.exclusive());
  }

  private exclusive(): ForeignFilter {
    return this.joined('xor', ['xor', '^^'], () => this.both());
  }

  private both(): ForeignFilter {
    return this.joined('and', ['and', '&&'], () => this.negated());
  }

  private joined(kind: 'and' | 'or' | 'xor', words: readonly string[], operand: () => ForeignFilter): ForeignFilter {
    const operands = [operand()];
    while (words.includes(this.word)) {
      this.position++;
      operands.push(operand());
    }
    return operands.length === 1 ? operands[0] : { kind, operands };
  }

  private negated(): ForeignFilter {
    if (this.word !== 'not' && this.word !== '!') return this.condition();
    this.position++;
    this.enter();
    const operand = this.negated();
    this.depth--;
    return { kind: 'not', operand };
  }

  private condition(): ForeignFilter {
    if (this.word === '(') return this.parenthesised();
    const name = this.name();
    if (this.word === '(') return this.call(name);
    const operator = operators.get(this.word);
    if (operator) {
      this.position++;
      return { kind: 'comparison', name, operator, value: this.value() };
    }
    if (this.word === '&') {
      this.position++;
      return { kind: 'bits', name, value: this.value() };
    }
    if (this.word === 'in') return this.membership(name);
    return { kind: 'exists', name };
  }

  private parenthesised(): ForeignFilter {
    this.position++;
    this.enter();
    const inner = this.either();
    this.depth--;
    this.expect(')');
    return inner;
  }

  private call(name: string): ForeignFilter {
    this.position++;
    const values = [this.value()];
    while (this.word === ',') {
      this.position++;
      values.push(this.value());
    }
    this.expect(')');
    const isCompared = operators.has(this.word);
    if (isCompared) {
      this.position++;
      this.value();
    }
    return { kind: 'call', name, arguments: values, isCompared };
  }

  private membership(name: string): ForeignFilter {
    this.position++;
    this.expect('{');
    const ranges: ForeignRange[] = [];
    while (this.word !== '}') {
      ranges.push(this.range());
      // Wireshark before 4.0 had blanks between the elements.
      if (this.word === ',') this.position++;
    }
    this.expect('}');
    return { kind: 'in', name, ranges };
  }

  private range(): ForeignRange {
    const value = this.value();
    const [first, last] = value.text.split('..');
    if (value.isText || !value.text.includes('..')) return { first: value, last: null };
    return { first: { isText: false, text: first }, last: last === '' ? this.value() : { isText: false, text: last } };
  }

  private name(): string {
    const token = this.tokens.at(this.position);
    if (token?.kind !== 'bare' || !/[a-z]/i.test(token.text)) throw new NoForeignFilter();
    this.position++;
    return token.text;
  }

  private value(): ForeignValue {
    const token = this.tokens.at(this.position);
    if (!token || token.kind === 'operator') throw new NoForeignFilter();
    this.position++;
    return token.kind === 'text' ? { isText: true, text: token.value } : { isText: false, text: token.text };
  }

  private expect(sign: string): void {
    if (this.word !== sign) throw new NoForeignFilter();
    this.position++;
  }

  private enter(): void {
    this.depth++;
    if (this.depth > deepestNesting) throw new NoForeignFilter();
  }

  /** The current name or operator in lower case, or an empty text. */
  private get word(): string {
    const token = this.tokens.at(this.position);
    return token === undefined || token.kind === 'text' ? '' : token.text.toLowerCase();
  }
}
