import type { PathExpression, PathStep } from './ast.ts';
import { constantRoots, misspelledOperators } from './filter-words.ts';
import type { Token } from './lexer.ts';
import { longestPath } from './parser.ts';

/** What a token is where it stands. */
export type TokenRole =
  | 'module'
  | 'field'
  | 'wildcard'
  | 'separator'
  | 'annotation'
  | 'constant'
  | 'keyword'
  | 'operator'
  | 'bracket'
  | 'literal'
  | 'error';

/** A path up to the word that is being written. */
export interface PathPrefix {
  readonly wildcard: boolean;
  /** Those in front of the word. */
  readonly steps: readonly PathStep[];
  /** Of the word below the step before: 0 for `.` (any depth) and for the first word, else the number of colons. */
  readonly levels: number;
}

/** What a value is compared with. */
export interface Comparison {
  /** Null when something else than a path is compared, or the whole message searched. */
  readonly subject: PathExpression | null;
  /** `==`, `in`, `contains`, … as it is written, in lower case. */
  readonly operator: string;
}

/** What may stand next. */
export type Expectation =
  /** A condition or an operand of one. */
  | { readonly kind: 'operand'; readonly path: PathPrefix | null }
  /** The right side of a comparison. */
  | { readonly kind: 'value'; readonly path: PathPrefix | null; readonly comparison: Comparison }
  | { readonly kind: 'annotation'; readonly path: PathPrefix | null }
  /** An operand is complete. `isPattern` when it is what `contains` looks for, so that its options may follow. */
  | { readonly kind: 'operator'; readonly subject: PathExpression | null; readonly isPattern: boolean }
  | { readonly kind: 'encoding' }
  /** A comma or the end of a list. */
  | { readonly kind: 'list goes on'; readonly comparison: Comparison };

type WordToken = Token & { readonly kind: 'word' };

const operandExpected: Expectation = { kind: 'operand', path: null };
const operandComplete: Expectation & { readonly kind: 'operator' } = {
  kind: 'operator',
  subject: null,
  isPattern: false,
};
const joiningWords = new Set(['and', 'or', 'not']);
const searchWords = new Set(['contains', 'regex', 'matches']);
const comparisons = new Set(['==', '!=', '~=', '<', '<=', '>', '>=', ...misspelledOperators.keys()]);

/**
 * Goes through the tokens of any text, a filter or not, and knows at each place what the token is and what may stand next.
 * Says less than the parser, but never loses its way.
 */
export class TokenWalk {
  expectation: Expectation = operandExpected;
  /** The path that has just been read, as far as it goes. */
  private path: PathPrefix | null = null;
  /** The comparison that the path is a value of. */
  private comparison: Comparison | null = null;
  private readonly tokens: readonly Token[];
  /** Around the parentheses that are open: what the list they stand in is compared with. */
  private readonly lists: (Comparison | null)[] = [];
  private list: Comparison | null = null;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** Steps over the token at an index; its role. Tokens have to come in order. */
  step(index: number): TokenRole {
    const token = this.tokens[index];
    switch (token.kind) {
      case 'word':
        return this.word(token.text.toLowerCase(), token, index);
      case 'operator':
        return this.operator(token.text, index);
      case 'literal':
        this.completeValue();
        return 'literal';
      case 'broken':
        this.completeValue();
        return 'error';
      case 'end':
        return 'separator';
    }
  }

  private word(lowerCase: string, token: WordToken, index: number): TokenRole {
    switch (this.expectation.kind) {
      case 'annotation':
        this.completePath(this.expectation.path, token);
        return 'annotation';
      case 'encoding':
        this.expectation = { ...operandComplete, isPattern: true };
        return 'constant';
      case 'operator':
        return this.operatorWord(lowerCase) ?? this.firstStep(lowerCase, token, index);
      case 'list goes on':
        return this.operatorWord(lowerCase) ?? this.firstStep(lowerCase, token, index);
      default: {
        const { path } = this.expectation;
        if (path && (path.steps.length > 0 || path.wildcard)) return this.nextStep(path, token);
        return this.prefixWord(lowerCase, index) ?? this.firstStep(lowerCase, token, index);
      }
    }
  }

  private operatorWord(lowerCase: string): TokenRole | undefined {
    const isPattern = this.expectation.kind === 'operator' && this.expectation.isPattern;
    if (joiningWords.has(lowerCase)) this.beginCondition();
    else if (lowerCase === 'in' || searchWords.has(lowerCase)) this.compare(lowerCase);
    else if (isPattern && lowerCase === 'encoding') this.expectation = { kind: 'encoding' };
    else if (isPattern && lowerCase === 'casesensitive') this.expectation = { ...operandComplete, isPattern: true };
    else if (misspelledOperators.has(lowerCase)) {
      this.compare(lowerCase);
      return 'error';
    } else return undefined;
    return 'keyword';
  }

  private prefixWord(lowerCase: string, index: number): TokenRole | undefined {
    if (this.pathContinues(index)) return undefined;
    if (joiningWords.has(lowerCase)) {
      this.beginCondition();
      return 'keyword';
    }
    if (searchWords.has(lowerCase) && this.expectation.kind === 'operand') {
      this.expectation = { kind: 'value', path: null, comparison: { subject: null, operator: lowerCase } };
      return 'keyword';
    }
    if (lowerCase === 'true' || lowerCase === 'false' || lowerCase === 'nothing') {
      this.completeValue();
      return 'constant';
    }
    return undefined;
  }

  private firstStep(lowerCase: string, token: WordToken, index: number): TokenRole {
    this.comparison = this.expectation.kind === 'value' ? this.expectation.comparison : null;
    this.completePath({ wildcard: false, steps: [stepOf(token, 0)], levels: 0 }, null);
    return constantRoots.has(lowerCase) && this.pathContinues(index) ? 'constant' : 'module';
  }

  private nextStep(path: PathPrefix, token: WordToken): TokenRole {
    this.comparison = this.expectation.kind === 'value' ? this.expectation.comparison : null;
    const isConstant = namesConstant(path);
    // The parser refuses longer paths; copying ever more steps would take quadratic time.
    const steps = path.steps.length < longestPath ? [...path.steps, stepOf(token, path.levels)] : path.steps;
    this.completePath({ ...path, steps }, null);
    return isConstant ? 'constant' : 'field';
  }

  private operator(text: string, index: number): TokenRole {
    switch (text) {
      case '(':
        this.lists.push(this.list);
        this.list = null;
        this.expectation = operandExpected;
        return 'bracket';
      case ')':
        this.list = this.lists.pop() ?? null;
        this.comparison = null;
        this.completeValue();
        return 'bracket';
      case '[':
        this.list = this.expectation.kind === 'value' ? this.expectation.comparison : null;
        return 'bracket';
      case ']':
        this.list = null;
        this.path = null;
        this.expectation = operandComplete;
        return 'bracket';
      case ',':
        this.expectation = this.list ? { kind: 'value', path: null, comparison: this.list } : operandExpected;
        return 'bracket';
      case '.':
      case ':':
        return this.separator(text, index);
      case '#':
        this.expectation = { kind: 'annotation', path: this.isPathComplete() ? this.path : this.pathBegun() };
        return 'annotation';
      case '*':
        return this.isOperandExpected() ? this.wildcard() : this.arithmetic();
      case '!':
      case '\\':
      case '\\\\':
      case '&&':
      case '||':
        this.beginCondition();
        return 'operator';
      default:
        return comparisons.has(text) ? this.compare(text) : this.arithmetic();
    }
  }

  private separator(text: '.' | ':', index: number): TokenRole {
    const goesOn = this.tokens[index - 1];
    const begun = this.pathBegun();
    if (text === ':' && begun && goesOn.kind === 'operator' && goesOn.text === ':') {
      this.expectPath({ ...begun, levels: begun.levels + 1 });
      return 'separator';
    }
    const path = this.isPathComplete() ? this.path : null;
    if (!path) return 'error';
    this.expectPath({ ...path, levels: text === '.' ? 0 : 1 });
    return namesConstant(path) ? 'constant' : 'separator';
  }

  private wildcard(): TokenRole {
    this.comparison = this.expectation.kind === 'value' ? this.expectation.comparison : null;
    this.expectPath({ wildcard: true, steps: [], levels: 0 });
    return 'wildcard';
  }

  private compare(operator: string): TokenRole {
    const subject = this.expectation.kind === 'operator' ? this.expectation.subject : null;
    const begins = this.expectation.kind === 'operand';
    this.expectation =
      begins || (subject === null && comparisons.has(operator))
        ? operandExpected
        : { kind: 'value', path: null, comparison: { subject, operator } };
    return misspelledOperators.has(operator) ? 'error' : 'operator';
  }

  private arithmetic(): TokenRole {
    this.expectation = operandExpected;
    return 'operator';
  }

  private beginCondition(): void {
    this.list = null;
    this.expectation = operandExpected;
  }

  private expectPath(path: PathPrefix): void {
    this.expectation = this.comparison
      ? { kind: 'value', path, comparison: this.comparison }
      : { kind: 'operand', path };
  }

  private completePath(path: PathPrefix | null, annotation: WordToken | null): void {
    this.path = annotation === null ? path : null;
    if (this.list) this.expectation = { kind: 'list goes on', comparison: this.list };
    else
      this.expectation = this.comparison
        ? operandComplete
        : { ...operandComplete, subject: subjectOf(path, annotation) };
  }

  private completeValue(): void {
    this.path = null;
    const { expectation } = this;
    const isPattern = expectation.kind === 'value' && expectation.comparison.operator === 'contains';
    this.expectation = this.list ? { kind: 'list goes on', comparison: this.list } : { ...operandComplete, isPattern };
  }

  private isPathComplete(): boolean {
    return this.expectation.kind === 'operator' || this.expectation.kind === 'list goes on';
  }

  /** The path that the next word goes on. */
  private pathBegun(): PathPrefix | null {
    return this.expectation.kind === 'operand' || this.expectation.kind === 'value' ? this.expectation.path : null;
  }

  private isOperandExpected(): boolean {
    return this.expectation.kind === 'operand' || this.expectation.kind === 'value';
  }

  private pathContinues(index: number): boolean {
    const next = this.tokens.at(index + 1);
    return next?.kind === 'operator' && (next.text === '.' || next.text === ':');
  }
}

function stepOf({ text, start, end }: WordToken, levels: number): PathStep {
  return { name: text, levels, start, end };
}

function namesConstant({ wildcard, steps }: PathPrefix): boolean {
  return !wildcard && steps.length > 0 && constantRoots.has(steps[0].name.toLowerCase());
}

function subjectOf(path: PathPrefix | null, annotation: WordToken | null): PathExpression | null {
  const steps = path?.steps ?? [];
  const first = steps.at(0) ?? annotation;
  const last = annotation ?? steps.at(-1);
  if (!first || !last) return null;
  const place = { start: first.start, end: last.end };
  return { kind: 'path', wildcard: path?.wildcard ?? false, steps, annotation: annotation?.text ?? null, ...place };
}
