import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  FilterAst,
  LiteralExpression,
  PathExpression,
  PathStep,
  Span,
  StackStep,
} from './ast.ts';
import { FilterError, replaceSpan } from './filter-error.ts';
import { tokenize, type Token } from './lexer.ts';

/** Parentheses, negations and chains of arithmetic inside each other. Guards the stack of everything that walks the tree. */
export const deepestNesting = 200;

/** Steps of one path. */
export const longestPath = 50;

/** How strongly an operator binds. Comparison binds tighter than `not`: `!F == true` is `!(F == true)`. */
export const bindingPower = {
  or: 1,
  and: 2,
  not: 3,
  stack: 4,
  comparison: 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '<<': 9,
  '>>': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '%': 11,
  complement: 12,
  atom: 13,
} as const;

type Infix =
  | { readonly kind: 'and' | 'or' | 'stack' | 'in' | 'contains'; readonly power: number }
  | { readonly kind: 'comparison'; readonly power: number; readonly operator: ComparisonOperator }
  | { readonly kind: 'arithmetic'; readonly power: number; readonly operator: ArithmeticOperator };

const comparison = bindingPower.comparison;
const infixes = new Map<string, Infix>([
  ...['or', '||'].map((text): [string, Infix] => [text, { kind: 'or', power: bindingPower.or }]),
  ...['and', '&&'].map((text): [string, Infix] => [text, { kind: 'and', power: bindingPower.and }]),
  ...['\\', '\\\\'].map((text): [string, Infix] => [text, { kind: 'stack', power: bindingPower.stack }]),
  ...(['==', '!=', '~=', '<', '<=', '>', '>='] as const).map((operator): [string, Infix] => [
    operator,
    { kind: 'comparison', power: comparison, operator },
  ]),
  ['in', { kind: 'in', power: comparison }],
  ['contains', { kind: 'contains', power: comparison }],
  ...(['|', '^', '&', '<<', '>>', '+', '-', '*', '/', '%'] as const).map((operator): [string, Infix] => [
    operator,
    { kind: 'arithmetic', power: bindingPower[operator], operator },
  ]),
]);
const reservedWords = new Set(['and', 'or', 'in']);
const encodings = ['ASCII', 'UTF7', 'UTF8', 'Unicode', 'UTF32', 'BigEndianUnicode', 'Base64'];

/** The syntax tree of a filter text. Throws FilterError; a suggestion it carries has been parsed and is a filter. */
export function parseFilter(text: string): FilterAst {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof FilterError && error.suggestion !== undefined && !isFilter(error.suggestion)) {
      throw new FilterError(error.message, error);
    }
    throw error;
  }
}

/** Whether a text parses; says nothing about the names in it. */
export function isFilter(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof FilterError) return false;
    throw error;
  }
}

function parse(text: string): FilterAst {
  const tokens = tokenize(text);
  if (tokens.length === 1) return { text, expression: null };
  return { text, expression: new Parser(text, tokens).filter() };
}

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;
  private readonly openParentheses: Token[] = [];

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
  }

  filter(): Expression {
    const expression = this.expression(bindingPower.or);
    if (this.current.kind !== 'end') throw this.unexpectedAfterOperand();
    return expression;
  }

  private expression(minimumPower: number): Expression {
    let left = this.prefix();
    let chained = 0;
    for (;;) {
      const infix = this.infix();
      if (!infix || infix.power < minimumPower) break;
      if (infix.kind === 'arithmetic') {
        this.enter(this.current);
        chained++;
      }
      left = this.continued(left, infix);
    }
    this.depth -= chained;
    return left;
  }

  private continued(left: Expression, infix: Infix): Expression {
    switch (infix.kind) {
      case 'and':
      case 'or':
        return this.logical(left, infix.kind, infix.power);
      case 'stack':
        return this.stack([{ separator: '', expression: left }], left.start);
      case 'comparison':
        return this.single(this.comparison(left, infix.operator));
      case 'in':
        return this.single(this.membership(left));
      case 'contains':
        return this.single(this.contains(left, left.start));
      case 'arithmetic':
        return this.arithmetic(left, infix.operator, infix.power);
    }
  }

  private logical(first: Expression, kind: 'and' | 'or', power: number): Expression {
    const operands = [first];
    while (this.infix()?.kind === kind) {
      this.advance();
      operands.push(this.expression(power + 1));
    }
    return { kind, operands, start: first.start, end: this.previousEnd };
  }

  private stack(steps: StackStep[], start: number): Expression {
    while (this.isOperator('\\') || this.isOperator('\\\\')) {
      const separator = this.isOperator('\\') ? '\\' : '\\\\';
      this.enter(this.advance());
      steps.push({ separator, expression: this.expression(bindingPower.stack + 1) });
      this.depth--;
    }
    return { kind: 'stack', steps, start, end: this.previousEnd };
  }

  private comparison(left: Expression, operator: ComparisonOperator): Expression {
    this.advance();
    const right = this.expression(comparison + 1);
    return { kind: 'comparison', operator, left, right, start: left.start, end: this.previousEnd };
  }

  /** Comparisons do not chain: `1 < TCP.Window < 9` has no meaning. */
  private single(expression: Expression): Expression {
    const next = this.infix();
    if (next?.power === comparison) {
      const message = `Expected "and" or "or" behind a comparison, but found ${described(this.current)}.`;
      throw new FilterError(message, this.current);
    }
    return expression;
  }

  private membership(subject: Expression): Expression {
    this.advance();
    const bracketed = this.isOperator('[');
    const elements = bracketed ? this.list() : [this.expression(comparison + 1)];
    return { kind: 'in', subject, elements, bracketed, start: subject.start, end: this.previousEnd };
  }

  private list(): Expression[] {
    const opening = this.advance();
    const elements: Expression[] = [];
    for (;;) {
      elements.push(this.expression(comparison + 1));
      if (!this.isOperator(',')) break;
      this.advance();
    }
    if (this.isOperator(']')) {
      this.advance();
      return elements;
    }
    if (this.current.kind === 'end') {
      throw new FilterError('This list is never closed with "]".', opening, `${this.text}]`);
    }
    throw new FilterError(`Expected "," or "]" in the list, but found ${described(this.current)}.`, this.current);
  }

  private contains(subject: Expression | null, start: number): Expression {
    const pattern = this.pattern();
    let caseSensitive = false;
    let encoding: string | null = null;
    for (;;) {
      if (this.isWord('casesensitive')) {
        this.advance();
        caseSensitive = true;
      } else if (this.isWord('encoding')) {
        this.advance();
        encoding = this.encoding();
      } else {
        return { kind: 'contains', subject, pattern, caseSensitive, encoding, start, end: this.previousEnd };
      }
    }
  }

  private encoding(): string {
    const token = this.current;
    const known = encodings.find((name) => token.kind === 'word' && name.toLowerCase() === token.text.toLowerCase());
    if (known === undefined) {
      throw new FilterError(`Expected an encoding (${encodings.join(', ')}), but found ${described(token)}.`, token);
    }
    this.advance();
    return known;
  }

  /** The keyword (`contains`, `regex`) and the text behind it. */
  private pattern(): LiteralExpression {
    const keyword = this.advance();
    const token = this.current;
    if (token.kind !== 'literal' || (token.value.type !== 'text' && token.value.type !== 'binary')) {
      const message = `Expected a text in quotation marks behind ${described(keyword)}, but found ${described(token)}.`;
      throw new FilterError(message, token);
    }
    this.advance();
    return { kind: 'literal', value: token.value, start: token.start, end: token.end };
  }

  private arithmetic(left: Expression, operator: ArithmeticOperator, power: number): Expression {
    this.advance();
    const right = this.expression(power + 1);
    return { kind: 'arithmetic', operator, left, right, start: left.start, end: this.previousEnd };
  }

  private prefix(): Expression {
    const token = this.current;
    switch (token.kind) {
      case 'literal':
        this.advance();
        return { kind: 'literal', value: token.value, start: token.start, end: token.end };
      case 'word':
        return this.prefixWord(token.text, token);
      case 'operator':
        return this.prefixOperator(token.text, token);
      case 'end':
        throw this.missingOperand();
    }
  }

  private prefixWord(text: string, token: Token): Expression {
    const keyword = text.toLowerCase();
    if (reservedWords.has(keyword)) throw this.missingOperand();
    if (keyword === 'not') return this.negation(token);
    if (this.pathContinues()) return this.path(token, false);
    if (keyword === 'contains') return this.contains(null, token.start);
    if (keyword === 'regex') {
      return { kind: 'regex', pattern: this.pattern(), start: token.start, end: this.previousEnd };
    }
    if (keyword === 'true' || keyword === 'false' || keyword === 'nothing') {
      this.advance();
      const value =
        keyword === 'nothing'
          ? ({ type: 'nothing' } as const)
          : ({ type: 'boolean', value: keyword === 'true' } as const);
      return { kind: 'literal', value, start: token.start, end: token.end };
    }
    return this.path(token, false);
  }

  private prefixOperator(text: string, token: Token): Expression {
    switch (text) {
      case '(':
        return this.parenthesised(token);
      case '!':
        return this.negation(token);
      case '~':
        return this.complement(token);
      case '*':
        this.advance();
        return this.path(token, true);
      case '#':
        return this.path(token, false);
      case '\\':
      case '\\\\':
        return this.stack([], token.start);
      default:
        throw this.missingOperand();
    }
  }

  private negation(token: Token): Expression {
    this.enter(token);
    this.advance();
    const operand = this.expression(bindingPower.not);
    this.depth--;
    return { kind: 'not', operand, start: token.start, end: this.previousEnd };
  }

  private complement(token: Token): Expression {
    this.enter(token);
    this.advance();
    const operand = this.expression(bindingPower.complement);
    this.depth--;
    return { kind: 'complement', operand, start: token.start, end: this.previousEnd };
  }

  private parenthesised(opening: Token): Expression {
    this.enter(opening);
    this.openParentheses.push(opening);
    this.advance();
    const inner = this.expression(bindingPower.or);
    if (!this.isOperator(')')) {
      if (this.current.kind === 'end') throw this.unclosedParenthesis(opening);
      throw this.unexpectedAfterOperand();
    }
    this.advance();
    this.openParentheses.pop();
    this.depth--;
    return { ...inner, start: opening.start, end: this.previousEnd };
  }

  private path(first: Token, wildcard: boolean): PathExpression {
    const steps: PathStep[] = [];
    if (!this.isOperator('#')) steps.push(this.step(0));
    for (;;) {
      const levels = this.separator();
      if (levels === null) break;
      if (steps.length >= longestPath) throw new FilterError(`A path has at most ${longestPath} steps.`, this.current);
      steps.push(this.step(levels));
    }
    const annotation = this.annotation();
    return { kind: 'path', wildcard, steps, annotation, start: first.start, end: this.previousEnd };
  }

  /** 0 for a dot, the number of colons, or null when the path ends here. */
  private separator(): number | null {
    if (this.isOperator('.')) {
      this.advance();
      return 0;
    }
    let colons = 0;
    while (this.isOperator(':')) {
      this.advance();
      colons++;
    }
    return colons === 0 ? null : colons;
  }

  private step(levels: number): PathStep {
    const token = this.current;
    if (token.kind !== 'word') {
      throw new FilterError(`Expected the name of a module or a field, but found ${described(token)}.`, placeOf(token));
    }
    this.advance();
    return { name: token.text, levels, start: token.start, end: token.end };
  }

  private annotation(): string | null {
    if (!this.isOperator('#')) return null;
    this.advance();
    return this.step(0).name;
  }

  private infix(): Infix | undefined {
    const token = this.current;
    if (token.kind === 'operator') {
      if (token.text === '=') throw this.singleEqualSign(token);
      return infixes.get(token.text);
    }
    return token.kind === 'word' ? infixes.get(token.text.toLowerCase()) : undefined;
  }

  private pathContinues(): boolean {
    const next = this.tokens[this.position + 1];
    return next.kind === 'operator' && (next.text === '.' || next.text === ':');
  }

  private enter(token: Token): void {
    this.depth++;
    if (this.depth > deepestNesting) {
      throw new FilterError(`The filter is nested more than ${deepestNesting} levels deep.`, token);
    }
  }

  private singleEqualSign(token: Token): FilterError {
    const corrected = this.tokens
      .filter((each) => each.kind === 'operator' && each.text === '=')
      .reduceRight((text, each) => replaceSpan(text, each, '=='), this.text);
    return new FilterError('Equality is written "==", but found "=".', token, corrected);
  }

  private missingOperand(): FilterError {
    const token = this.current;
    const before = this.position > 0 ? ` behind ${described(this.tokens[this.position - 1])}` : '';
    const message = `Expected a module, a field or a value${before}, but found ${described(token)}.`;
    return new FilterError(message, placeOf(token), this.withoutAngleBrackets());
  }

  /** `IPv4.Address == <192.168.1.1>`: the brackets are the guide's placeholder marks. */
  private withoutAngleBrackets(): string | undefined {
    const closing = this.tokens.at(this.position + 2);
    if (!this.isOperator('<') || closing?.kind !== 'operator' || closing.text !== '>') return undefined;
    return replaceSpan(replaceSpan(this.text, closing, ''), this.current, '');
  }

  private unclosedParenthesis(opening: Token): FilterError {
    const corrected = `${this.text}${')'.repeat(this.openParentheses.length)}`;
    return new FilterError('This parenthesis is never closed.', opening, corrected);
  }

  private unexpectedAfterOperand(): FilterError {
    const token = this.current;
    if (token.kind === 'operator' && token.text === ')') {
      return new FilterError('This parenthesis closes nothing.', token, replaceSpan(this.text, token, ''));
    }
    const message = `Expected an operator such as "and", "or" or "==", but found ${described(token)}.`;
    const joined = replaceSpan(this.text, { start: token.start, end: token.start }, 'and ');
    return new FilterError(message, token, token.kind === 'operator' && token.text !== '(' ? undefined : joined);
  }

  private get current(): Token {
    return this.tokens[this.position];
  }

  private get previousEnd(): number {
    return this.tokens[this.position - 1].end;
  }

  private advance(): Token {
    return this.tokens[this.position++];
  }

  private isOperator(text: string): boolean {
    return this.current.kind === 'operator' && this.current.text === text;
  }

  private isWord(lowerCase: string): boolean {
    return this.current.kind === 'word' && this.current.text.toLowerCase() === lowerCase;
  }
}

function described(token: Token): string {
  switch (token.kind) {
    case 'word':
    case 'operator':
      return `"${token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text}"`;
    case 'literal':
      return 'a value';
    case 'end':
      return 'the end of the filter';
  }
}

function placeOf(token: Token): Span {
  return { start: token.start, end: token.end };
}
