import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  FilterAst,
  LiteralExpression,
  LogicalExpression,
  MissingExpression,
  PathExpression,
  PathStep,
  Span,
  StackStep,
} from './ast.ts';
import type { FilterError } from './filter-error.ts';
import { misspelledOperators } from './filter-words.ts';
import { readTokens, type Token, type Tokens } from './lexer.ts';
import { errorsOf, inserting, mostProblems, problem, replacing, type Edit, type Problem } from './problem.ts';
import { textEncodingNamed, textEncodings } from './text-encoding.ts';

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
  | { readonly kind: 'and' | 'or' | 'stack' | 'in' | 'contains' | 'matches'; readonly power: number }
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
  ['matches', { kind: 'matches', power: comparison }],
  ['regex', { kind: 'matches', power: comparison }],
  ...(['|', '^', '&', '<<', '>>', '+', '-', '*', '/', '%'] as const).map((operator): [string, Infix] => [
    operator,
    { kind: 'arithmetic', power: bindingPower[operator], operator },
  ]),
]);
const relations: Readonly<Record<ComparisonOperator, string>> = {
  '==': 'Equality',
  '!=': 'Inequality',
  '~=': 'Inequality',
  '<': '"Less than"',
  '<=': '"At most"',
  '>': '"Greater than"',
  '>=': '"At least"',
};
const reservedWords = new Set(['and', 'or', 'in']);

/** A filter text as far as it can be read. */
export interface FilterReading {
  /** Has nodes of kind 'missing' where operands could not be read. */
  readonly ast: FilterAst;
  /** In the order of their places, at most 20. The text is a filter when there is none. */
  readonly problems: readonly FilterError[];
}

/** Reads any text, past its mistakes. A suggestion that a problem carries has been parsed and is a filter. */
export function readFilter(text: string): FilterReading {
  const { expression, problems } = read(text);
  return { ast: { text, expression }, problems: errorsOf(text, problems, isFilter) };
}

/** The syntax tree of a filter text. Throws the first of its problems, a FilterError. */
export function parseFilter(text: string): FilterAst {
  const { ast, problems } = readFilter(text);
  if (problems.length > 0) throw problems[0];
  return ast;
}

/** Whether a text parses; says nothing about the names in it. */
export function isFilter(text: string): boolean {
  return read(text).problems.length === 0;
}

interface Reading {
  readonly expression: Expression | null;
  readonly problems: readonly Problem[];
}

function read(text: string): Reading {
  const { tokens, problems } = readTokens(text);
  if (tokens.length === 1) return { expression: null, problems };
  return new Parser(text, { tokens, problems }).reading();
}

/** Thrown inside the parser when it is no use to read on; the problem has been reported. */
class Abandoned extends Error {}

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly problems: Problem[];
  /** Of the last problem, as nothing more is said about the same token. */
  private problemPosition = -1;
  private position = 0;
  private depth = 0;
  private openParentheses = 0;

  constructor(text: string, { tokens, problems }: Tokens) {
    this.text = text;
    this.tokens = tokens;
    this.problems = [...problems];
  }

  reading(): Reading {
    try {
      const expression = this.condition(this.sequence(() => this.current.kind === 'end'));
      return { expression, problems: this.problems };
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
      return { expression: missing({ start: 0, end: this.text.length }), problems: this.problems };
    }
  }

  /** One expression. What stands behind it before the end is a mistake and read as if joined by `and`. */
  private sequence(isOver: () => boolean): Expression {
    let whole = this.expression(bindingPower.or);
    while (!isOver()) {
      this.reportUnexpected();
      if (!this.startsOperand()) this.advance();
      if (isOver()) break;
      whole = this.infix() ? this.extended(whole, bindingPower.or) : joined(whole, this.expression(bindingPower.or));
    }
    return whole;
  }

  private expression(minimumPower: number): Expression {
    return this.extended(this.prefix(), minimumPower);
  }

  private extended(first: Expression, minimumPower: number): Expression {
    let left = first;
    let chained = 0;
    for (;;) {
      const infix = this.infix();
      if (!infix || infix.power < minimumPower) break;
      if (infix.kind === 'arithmetic') {
        this.enter();
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
      case 'matches':
        return this.single(this.matches(left));
      case 'arithmetic':
        return this.arithmetic(left, infix.operator, infix.power);
    }
  }

  private logical(first: Expression, kind: 'and' | 'or', power: number): Expression {
    const operands = [this.condition(first)];
    while (this.infix()?.kind === kind) {
      this.advance();
      operands.push(this.condition(this.expression(power + 1)));
    }
    return { kind, operands, start: first.start, end: this.previousEnd };
  }

  private stack(steps: StackStep[], start: number): Expression {
    while (this.isOperator('\\') || this.isOperator('\\\\')) {
      const separator = this.isOperator('\\') ? '\\' : '\\\\';
      this.enter();
      this.advance();
      steps.push({ separator, expression: this.expression(bindingPower.stack + 1) });
      this.depth--;
    }
    return { kind: 'stack', steps, start, end: this.previousEnd };
  }

  private comparison(left: Expression, operator: ComparisonOperator): Expression {
    this.reportMisspelled(operator);
    this.advance();
    const right = this.expression(comparison + 1);
    return { kind: 'comparison', operator, left, right, start: left.start, end: this.previousEnd };
  }

  private reportMisspelled(operator: ComparisonOperator): void {
    const token = this.current;
    if (!('text' in token) || token.text === operator) return;
    const message = `${relations[operator]} is written "${operator}", but found ${described(token)}.`;
    this.report(message, token, [replacing(token, operator)]);
  }

  /** Comparisons do not chain: `1 < TCP.Window < 9` has no meaning. */
  private single(expression: Expression): Expression {
    const next = this.infix();
    if (next?.power !== comparison) return expression;
    const single = expression.kind === 'comparison' ? this.bitwise(expression.right) : undefined;
    const message = `Expected "and" or "or" behind a comparison, but found ${described(this.current)}`;
    if (single) this.report(`${message}; did you mean "${single.replacement}"?`, this.current, [single]);
    else this.report(`${message}.`, this.current);
    return expression;
  }

  /** `TCP & UDP` computes a number, where a person means both conditions. */
  private condition(expression: Expression): Expression {
    const doubled = this.bitwise(expression);
    if (!doubled) return expression;
    const message = `"${doubled.replacement[0]}" computes a number, but a condition is expected here`;
    this.add(problem(`${message}; did you mean "${doubled.replacement}"?`, doubled.place, [doubled]));
    return expression;
  }

  /** What makes `&` and `|` between two names into `&&` and `||`. */
  private bitwise(expression: Expression): Edit | undefined {
    if (expression.kind !== 'arithmetic' || (expression.operator !== '&' && expression.operator !== '|'))
      return undefined;
    const { left, right, operator } = expression;
    if (right.kind === 'literal' || right.kind === 'missing') return undefined;
    const offset = this.text.slice(left.end, right.start).indexOf(operator);
    if (offset < 0) return undefined;
    const start = left.end + offset;
    return replacing({ start, end: start + 1 }, operator.repeat(2));
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
      if (this.isOperator(']')) {
        this.advance();
        return elements;
      }
      if (this.isOperator(',')) {
        this.advance();
        continue;
      }
      const goesOn = this.current.kind === 'literal';
      this.reportUnclosedList(opening, goesOn);
      if (!goesOn) return elements;
    }
  }

  private reportUnclosedList(opening: Token, goesOn: boolean): void {
    const mended = [inserting(this.previousEnd, goesOn ? ',' : ']')];
    if (this.current.kind === 'end') {
      this.report('This list is never closed with "]".', opening, mended);
    } else {
      this.report(`Expected "," or "]" in the list, but found ${described(this.current)}.`, this.current, mended);
    }
  }

  private contains(subject: Expression | null, start: number): Expression {
    const pattern = this.pattern();
    if (!pattern) return missing({ start, end: this.previousEnd });
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

  private encoding(): string | null {
    const token = this.current;
    const known = token.kind === 'word' ? textEncodingNamed(token.text) : undefined;
    if (known === undefined) {
      this.report(`Expected an encoding (${textEncodings.join(', ')}), but found ${described(token)}.`, token);
    }
    if (token.kind === 'word' && !infixes.has(token.text.toLowerCase())) this.advance();
    return known ?? null;
  }

  private matches(subject: Expression): Expression {
    const pattern = this.pattern();
    if (!pattern) return missing({ start: subject.start, end: this.previousEnd });
    return { kind: 'matches', subject, pattern, start: subject.start, end: this.previousEnd };
  }

  private regex(start: number): Expression {
    const pattern = this.pattern();
    if (!pattern) return missing({ start, end: this.previousEnd });
    return { kind: 'regex', pattern, start, end: this.previousEnd };
  }

  /** The keyword (`contains`, `regex`) and the text behind it; undefined when there is none. */
  private pattern(): LiteralExpression | undefined {
    const keyword = this.advance();
    const token = this.current;
    if (token.kind === 'literal' && (token.value.type === 'text' || token.value.type === 'binary')) {
      this.advance();
      return { kind: 'literal', value: token.value, start: token.start, end: token.end };
    }
    const isOperand =
      token.kind === 'literal' || (token.kind === 'word' && !reservedWords.has(token.text.toLowerCase()));
    const quoted = isOperand ? [inserting(token.start, '"'), inserting(token.end, '"')] : [];
    const message = `Expected a text in quotation marks behind ${described(keyword)}, but found ${described(token)}.`;
    this.report(message, token, quoted);
    if (isOperand || token.kind === 'broken') this.advance();
    return undefined;
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
      case 'broken':
        this.advance();
        return missing(token);
      case 'end':
        return this.missingOperand();
    }
  }

  private prefixWord(text: string, token: Token): Expression {
    const keyword = text.toLowerCase();
    if (reservedWords.has(keyword)) return this.missingOperand();
    if (keyword === 'not') return this.negation(token);
    if (this.pathContinues()) return this.path(token, false);
    if (keyword === 'contains') return this.contains(null, token.start);
    if (keyword === 'regex' || (keyword === 'matches' && this.textFollows())) return this.regex(token.start);
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
      case '-':
        return this.negativeNumber(token);
      case '*':
        this.advance();
        return this.path(token, true);
      case '#':
        return this.path(token, false);
      case '\\':
      case '\\\\':
        return this.stack([], token.start);
      case '<':
        return this.inAngleBrackets();
      default:
        return this.missingOperand();
    }
  }

  /** `IPv4.Address == <192.168.1.1>`: the brackets are the guide's placeholder marks. */
  private inAngleBrackets(): Expression {
    const opening = this.current;
    const closing = this.tokens.at(this.position + 2);
    if (closing?.kind !== 'operator' || closing.text !== '>') return this.missingOperand();
    this.reportMissingOperand([replacing(opening, ''), replacing(closing, '')]);
    this.advance();
    const value = this.prefix();
    if (this.isOperator('>')) this.advance();
    return value;
  }

  private negation(token: Token): Expression {
    this.enter();
    this.advance();
    const operand = this.condition(this.expression(bindingPower.not));
    this.depth--;
    return { kind: 'not', operand, start: token.start, end: this.previousEnd };
  }

  private complement(token: Token): Expression {
    this.enter();
    this.advance();
    const operand = this.expression(bindingPower.complement);
    this.depth--;
    return { kind: 'complement', operand, start: token.start, end: this.previousEnd };
  }

  /** `-23`, the sign close to its number: fields of events and of protocols may be below zero. */
  private negativeNumber(sign: Token): Expression {
    const next = this.tokens.at(this.position + 1);
    if (next?.kind !== 'literal' || next.value.type !== 'integer' || next.start !== sign.end)
      return this.missingOperand();
    this.advance();
    this.advance();
    return { kind: 'literal', value: { ...next.value, value: -next.value.value }, start: sign.start, end: next.end };
  }

  private parenthesised(opening: Token): Expression {
    this.enter();
    this.openParentheses++;
    this.advance();
    const inner = this.sequence(() => this.isOperator(')') || this.current.kind === 'end');
    if (this.isOperator(')')) this.advance();
    else this.reportUnclosedParenthesis(opening);
    this.openParentheses--;
    this.depth--;
    return { ...inner, start: opening.start, end: this.previousEnd };
  }

  private path(first: Token, wildcard: boolean): PathExpression | MissingExpression {
    const steps: PathStep[] = [];
    let step = this.isOperator('#') ? undefined : this.step(0);
    while (step) {
      steps.push(step);
      const levels = this.separator();
      if (levels === null) break;
      if (steps.length >= longestPath) this.abandon(`A path has at most ${longestPath} steps.`, this.current);
      step = this.step(levels);
    }
    const annotation = this.annotation();
    const place = { start: first.start, end: this.previousEnd };
    if (steps.length === 0 && annotation === null) return missing(place);
    return { kind: 'path', wildcard, steps, annotation, ...place };
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

  private step(levels: number): PathStep | undefined {
    const token = this.current;
    if (token.kind !== 'word') {
      this.report(`Expected the name of a module or a field, but found ${described(token)}.`, token);
      return undefined;
    }
    this.advance();
    return { name: token.text, levels, start: token.start, end: token.end };
  }

  private annotation(): string | null {
    if (!this.isOperator('#')) return null;
    this.advance();
    return this.step(0)?.name ?? null;
  }

  private infix(): Infix | undefined {
    const token = this.current;
    if (token.kind !== 'operator' && token.kind !== 'word') return undefined;
    const text = token.text.toLowerCase();
    const meant = misspelledOperators.get(text);
    return meant === undefined ? infixes.get(text) : { kind: 'comparison', power: comparison, operator: meant };
  }

  private pathContinues(): boolean {
    const next = this.tokens[this.position + 1];
    return next.kind === 'operator' && (next.text === '.' || next.text === ':');
  }

  private textFollows(): boolean {
    const next = this.tokens[this.position + 1];
    return next.kind === 'literal' && (next.value.type === 'text' || next.value.type === 'binary');
  }

  /** Whether an operand can begin with the current token. */
  private startsOperand(): boolean {
    const token = this.current;
    if (token.kind === 'operator') return ['(', '!', '~', '#'].includes(token.text);
    return token.kind === 'literal' || token.kind === 'word';
  }

  private enter(): void {
    this.depth++;
    if (this.depth > deepestNesting) {
      this.abandon(`The filter is nested more than ${deepestNesting} levels deep.`, this.current);
    }
  }

  private missingOperand(): MissingExpression {
    const { start } = this.current;
    this.reportMissingOperand([]);
    if (this.belongsNowhere()) this.advance();
    return missing({ start, end: start });
  }

  private reportMissingOperand(edits: readonly Edit[]): void {
    const token = this.current;
    const before = this.position > 0 ? ` behind ${described(this.tokens[this.position - 1])}` : '';
    const message = `Expected a module, a field or a value${before}, but found ${described(token)}.`;
    this.report(message, token, edits);
  }

  /** Whether nothing that is being read can go on with the current token. */
  private belongsNowhere(): boolean {
    const token = this.current;
    if (token.kind !== 'operator' || this.infix()) return false;
    return !(token.text === ')' || token.text === ']' || token.text === ',');
  }

  private reportUnclosedParenthesis(opening: Token): void {
    const closing = inserting(this.text.length, ')'.repeat(this.openParentheses));
    this.report('This parenthesis is never closed.', opening, [closing]);
  }

  private reportUnexpected(): void {
    const token = this.current;
    if (token.kind === 'operator' && token.text === ')') {
      this.report('This parenthesis closes nothing.', token, [replacing(token, '')]);
      return;
    }
    const message = `Expected an operator such as "and", "or" or "==", but found ${described(token)}.`;
    const canBeJoined = token.kind !== 'operator' || token.text === '(';
    this.report(message, token, canBeJoined ? [inserting(token.start, 'and ')] : []);
  }

  /** Says one thing at most about the current token, and nothing about one that the lexer could not read. */
  private report(message: string, place: Span, edits: readonly Edit[] = []): void {
    if (this.position === this.problemPosition || this.current.kind === 'broken') return;
    this.problemPosition = this.position;
    this.add(problem(message, place, edits));
  }

  private add(problem: Problem): void {
    if (this.problems.length < mostProblems) this.problems.push(problem);
    if (this.problems.length >= mostProblems) throw new Abandoned();
  }

  private abandon(message: string, place: Span): never {
    this.add(problem(message, place));
    throw new Abandoned();
  }

  private get current(): Token {
    return this.tokens[this.position];
  }

  private get previousEnd(): number {
    return this.position === 0 ? 0 : this.tokens[this.position - 1].end;
  }

  /** The current token, and goes on to the next one; the last token is never left. */
  private advance(): Token {
    const token = this.current;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  private isOperator(text: string): boolean {
    return this.current.kind === 'operator' && this.current.text === text;
  }

  private isWord(lowerCase: string): boolean {
    return this.current.kind === 'word' && this.current.text.toLowerCase() === lowerCase;
  }
}

function joined(first: Expression, second: Expression): LogicalExpression {
  return { kind: 'and', operands: [first, second], start: first.start, end: second.end };
}

function missing({ start, end }: Span): MissingExpression {
  return { kind: 'missing', start, end };
}

function described(token: Token): string {
  switch (token.kind) {
    case 'word':
    case 'operator':
      return `"${token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text}"`;
    case 'literal':
      return 'a value';
    case 'broken':
      return 'something unreadable';
    case 'end':
      return 'the end of the filter';
  }
}
