import { messageTest, valuesIn, type Condition } from './condition.ts';
import { ConstantValues, type Value } from './constant-values.ts';
import { fieldNames, type ColumnField } from './field-catalogue.ts';
import {
  matching,
  outOfReach,
  present,
  valueNames,
  valuesEqual,
  valuesOrdered,
  valuesWithin,
  type FieldTest,
} from './field-values.ts';
import {
  literalNames,
  mirrored,
  type ComparisonExpression,
  type ComparisonOperator,
  type ContainsExpression,
  type Expression,
  type FilterAst,
  type LiteralExpression,
  type LiteralValue,
  type MatchesExpression,
  type MembershipExpression,
  type PathExpression,
  type RegexExpression,
  type Span,
  type StackExpression,
} from './language/ast.ts';
import { FilterError, replaceSpan } from './language/filter-error.ts';
import { isFilter, parseFilter } from './language/parser.ts';
import { printLiteral, printPath } from './language/print.ts';
import { all, any, constant, leafOf, not, type Logic } from './logic.ts';
import type { MessageTest, Operand, StackTest, TextPattern } from './message-test.ts';
import { moduleExists, providersAre } from './module-plan.ts';
import { namedConstant } from './named-constants.ts';
import { allEvents, anyEvent, messagePasses, needsOf, notEvents, type FilterPlan } from './plan.ts';
import { moduleName } from '../provider/known-providers.ts';
import type { Property } from './properties.ts';
import { unionOf, type Ranges } from './ranges.ts';
import { Names, type FieldGroup, type Subject } from './resolve.ts';
import { compileByteSearch } from './search/byte-search.ts';
import { compileRegex, RegexError } from './search/text-regex.ts';
import type { FilterVocabulary } from './vocabulary.ts';

export interface BoundFilter {
  readonly plan: FilterPlan;
  /** Sentences for the filter's author about parts that are no errors, but may not be what was meant. */
  readonly notes: readonly string[];
  /** The answer depends on what the diagnosis finds. */
  readonly needsDiagnosis: boolean;
}

/**
 * Gives the names in a filter their meaning in one trace. A module or a field that the trace does not have matches nothing
 * and makes a note. Throws FilterError for values of the wrong kind and for fields without their module.
 */
export function bindFilter(filter: FilterAst, vocabulary: FilterVocabulary): BoundFilter {
  return new Binder(filter.text, vocabulary).bound(filter.expression);
}

type Located = Exclude<Subject, { kind: 'module' }> & { readonly path: PathExpression };

/** Preparing a search takes time in proportion, in each encoding and in every worker. */
const longestSearched = 1000;

class Binder {
  private readonly text: string;
  private readonly names: Names;
  private readonly values: ConstantValues;
  private needsDiagnosis = false;

  constructor(text: string, vocabulary: FilterVocabulary) {
    this.text = text;
    this.names = new Names(text, vocabulary);
    this.values = new ConstantValues(text);
  }

  bound(expression: Expression | null): BoundFilter {
    const plan = expression === null ? constant(true) : this.condition(expression);
    const needsDiagnosis = this.needsDiagnosis || needsOf(plan).diagnosis;
    return { plan, notes: this.names.notes, needsDiagnosis };
  }

  private condition(expression: Expression): FilterPlan {
    switch (expression.kind) {
      case 'and':
        return allEvents(expression.operands.map((operand) => this.condition(operand)));
      case 'or':
        return anyEvent(expression.operands.map((operand) => this.condition(operand)));
      case 'not':
        return notEvents(this.condition(expression.operand));
      case 'comparison':
        return this.comparison(expression);
      case 'in':
        return this.membership(expression);
      case 'path':
        return this.existence(expression);
      case 'literal':
        return this.literalAlone(expression);
      case 'contains':
        return this.contains(expression);
      case 'regex':
        return messagePasses(
          { kind: 'matches', operand: null, pattern: this.regexPattern(expression) },
          constant(true),
        );
      case 'matches':
        return this.asked(this.subjectOf(expression.subject), {
          kind: 'matches',
          pattern: this.regexPattern(expression),
        });
      case 'stack':
        return this.stack(expression);
      case 'complement':
      case 'arithmetic':
        throw (
          this.hyphenatedName(expression) ??
          new FilterError('A number alone is no filter; compare it with something.', expression)
        );
      case 'missing':
        throw new FilterError('Something is missing here.', expression);
    }
  }

  private existence(path: PathExpression): FilterPlan {
    const subject = this.names.resolve(path);
    switch (subject.kind) {
      case 'module':
        if (subject.module.presence === 'absent') this.names.noteAbsent(subject.module);
        return moduleExists(subject.module);
      default:
        if (subject.kind === 'fields') this.noteFlagAlone(path, subject.columns);
        return this.presence(subject);
    }
  }

  private presence(subject: Exclude<Subject, { kind: 'module' }>): FilterPlan {
    switch (subject.kind) {
      case 'property':
        return allEvents([subject.scope, subject.property.present(this.names.names)]);
      case 'fields': {
        this.needsDiagnosis ||= subject.needsDiagnosis;
        const test: MessageTest = { kind: 'present', operand: { kind: 'field', field: subject.reference } };
        return anyEvent([present(subject.columns), messagePasses(test, besidesColumns(subject))]);
      }
      case 'absent':
        return constant(false);
    }
  }

  private comparison(comparison: ComparisonExpression): FilterPlan {
    const left = this.values.valueOf(comparison.left);
    const right = this.values.valueOf(comparison.right);
    if (left && right) {
      throw new FilterError('Both sides of this comparison are values; one of them must be a field.', comparison);
    }
    if (left && comparison.right.kind === 'path') {
      return this.comparedWith(this.located(comparison.right), mirrored[comparison.operator], left, comparison);
    }
    if (right && comparison.left.kind === 'path') {
      return this.comparedWith(this.located(comparison.left), comparison.operator, right, comparison);
    }
    return this.calculation(comparison);
  }

  private comparedWith(
    subject: Located,
    operator: ComparisonOperator,
    value: Value,
    comparison: ComparisonExpression,
  ): FilterPlan {
    if (value.value.type === 'nothing') return this.comparedWithNothing(operator, subject, value);
    if (value.value.type === 'ipv4Subnet' || value.value.type === 'ipv6Subnet') throw this.subnetComparison(comparison);
    switch (operator) {
      case '==':
        return this.asked(subject, { kind: 'equal', value: value.value }, value);
      case '!=':
        return notEvents(this.asked(subject, { kind: 'equal', value: value.value }, value));
      case '~=':
        return allEvents([
          this.comparable(subject, value.value),
          notEvents(this.asked(subject, { kind: 'equal', value: value.value }, value)),
        ]);
      default:
        return this.asked(subject, { kind: 'ordered', operator, value: value.value }, value);
    }
  }

  /** `nothing` is the absence of a field: the one value that equals it. */
  private comparedWithNothing(operator: ComparisonOperator, subject: Located, place: Span): FilterPlan {
    switch (operator) {
      case '==':
        return notEvents(this.presence(subject));
      case '!=':
      case '~=':
        return this.presence(subject);
      default:
        throw new FilterError(`"${operator}" compares numbers, and nothing is none.`, place);
    }
  }

  private membership(membership: MembershipExpression): FilterPlan {
    const values = membership.elements.map((element) => this.requiredValue(element));
    if (membership.subject.kind === 'path' && !this.values.valueOf(membership.subject)) {
      const condition: Condition = { kind: 'within', values: values.map(({ value }) => value) };
      return this.asked(this.located(membership.subject), condition, ...values);
    }
    const operand = this.operand(membership.subject);
    if (!operand) throw this.notAField(membership.subject);
    const test: MessageTest = { kind: 'within', operand, values: values.map(({ value }) => value) };
    return messagePasses(test, this.scopeOf(membership.subject));
  }

  private contains(expression: ContainsExpression): FilterPlan {
    const pattern = this.textPattern(expression);
    if (expression.subject === null) {
      return messagePasses({ kind: 'contains', operand: null, ...pattern }, constant(true));
    }
    return this.asked(this.subjectOf(expression.subject), { kind: 'contains', ...pattern });
  }

  private textPattern({ pattern: { value, start, end }, caseSensitive, encoding }: ContainsExpression): TextPattern {
    const pattern = value.type === 'binary' ? value.bytes : value.type === 'text' ? value.value : '';
    if (pattern.length > longestSearched) {
      const kind = typeof pattern === 'string' ? 'text' : 'byte string';
      const length = pattern.length.toLocaleString('en');
      throw new FilterError(`A ${kind} to look for is at most 1,000 long; this one is ${length}.`, { start, end });
    }
    const wanted = typeof pattern === 'string' ? { text: pattern } : { bytes: pattern };
    const { impossible } = compileByteSearch(wanted, { caseSensitive, encoding });
    if (impossible !== null) this.names.note(`${start}-${end}`, impossible);
    return { pattern, caseSensitive, encoding };
  }

  private regexPattern({ pattern }: RegexExpression | MatchesExpression): string {
    const text = pattern.value.type === 'text' ? pattern.value.value : '';
    try {
      compileRegex(text);
    } catch (error) {
      if (error instanceof RegexError) throw new FilterError(error.message, pattern);
      throw error;
    }
    return text;
  }

  private subjectOf(expression: Expression): Located {
    if (expression.kind === 'path') return this.located(expression);
    throw this.notAField(expression);
  }

  /** What a comparison is about. Throws FilterError where that can be no field and no property. */
  private located(path: PathExpression): Located {
    const subject = this.names.resolve(path);
    if (subject.kind === 'module') throw this.moduleCompared(subject.module.name, path);
    return { ...subject, path };
  }

  /** `places`: where the values of the condition stand. */
  private asked(subject: Located, condition: Condition, ...places: readonly Value[]): FilterPlan {
    switch (subject.kind) {
      case 'property': {
        const found = subject.property.matching(condition, this.names.names);
        if (!found) throw this.wrongProperty(subject.property, condition, places.at(0) ?? subject.path);
        return allEvents([subject.scope, found]);
      }
      case 'fields':
        this.needsDiagnosis ||= subject.needsDiagnosis;
        return this.askedOfFields(subject, condition, places);
      default:
        return constant(false);
    }
  }

  private askedOfFields(
    group: FieldGroup & { readonly path: PathExpression },
    condition: Condition,
    places: readonly Value[],
  ): FilterPlan {
    const test = messageTest({ kind: 'field', field: group.reference }, condition);
    if (condition.kind === 'contains' || condition.kind === 'matches') {
      return messagePasses(test, anyEvent([present(group.columns), besidesColumns(group)]));
    }
    const tests = this.columnTests(group, condition, places);
    return anyEvent([matching(tests), messagePasses(test, anyEvent([group.nested, group.decoded]))]);
  }

  /**
   * The values looked for, field by field. A path may lead to fields of several kinds (`*Address`); those that cannot be
   * compared with any of the values take no part. A value that no field can be compared with is an error.
   */
  private columnTests(
    { columns, decoded, path }: FieldGroup & { readonly path: PathExpression },
    condition: Condition,
    places: readonly Value[],
  ): FieldTest[] {
    const found = columns.map((field) => ({ field, ranges: [] as Ranges[] }));
    valuesIn(condition).forEach((value, index) => {
      let isComparable = false;
      for (const { field, ranges } of found) {
        const part = rangesOf(field, condition, value);
        if (!part) continue;
        isComparable = true;
        ranges.push(part);
        this.noteOutOfReach(field, value);
      }
      const mayBeDecoded = decoded.kind !== 'constant';
      if (!isComparable && columns.length > 0 && !mayBeDecoded) {
        throw this.wrongKind(path, columns, condition, places[index]);
      }
    });
    return found
      .filter(({ ranges }) => ranges.length > 0)
      .map(({ field, ranges }) => ({ field, ranges: unionOf(ranges.flat()) }));
  }

  /** Events with something that can be compared with the value at all. */
  private comparable(subject: Located, value: LiteralValue): FilterPlan {
    switch (subject.kind) {
      case 'property':
        return allEvents([subject.scope, subject.property.present(this.names.names)]);
      case 'fields': {
        const columns = subject.columns.filter((field) => valuesEqual(field, value) !== undefined);
        const operand: Operand = { kind: 'field', field: subject.reference };
        return anyEvent([
          present(columns),
          messagePasses({ kind: 'comparable', operand, value }, besidesColumns(subject)),
        ]);
      }
      default:
        return constant(false);
    }
  }

  /** Fields compared with each other, and what is calculated from fields. */
  private calculation(comparison: ComparisonExpression): FilterPlan {
    const { operator } = comparison;
    const scope = allEvents([this.scopeOf(comparison.left), this.scopeOf(comparison.right)]);
    const [left, right] = [this.operandOrValue(comparison.left), this.operandOrValue(comparison.right)];
    const equal = messagePasses({ kind: 'comparison', operator: '==', left, right }, scope);
    switch (operator) {
      case '==':
        return equal;
      case '!=':
        return notEvents(equal);
      case '~=': {
        const isThere = [left, right].map((operand) => messagePasses({ kind: 'present', operand }, scope));
        return allEvents([...isThere, notEvents(equal)]);
      }
      default:
        return messagePasses({ kind: 'comparison', operator, left, right }, scope);
    }
  }

  private operandOrValue(expression: Expression): Operand {
    const operand = this.operand(expression);
    if (operand) return operand;
    throw new FilterError('Expected a field or a value here: a number, an address or a text.', expression);
  }

  /** Undefined when the expression is nothing that has a value. */
  private operand(expression: Expression): Operand | undefined {
    const value = this.values.valueOf(expression);
    if (value) return { kind: 'literal', value: value.value };
    switch (expression.kind) {
      case 'path':
        return this.pathOperand(expression);
      case 'arithmetic': {
        const hyphenated = this.hyphenatedName(expression);
        if (hyphenated) throw hyphenated;
        const { operator } = expression;
        const left = this.operandOrValue(expression.left);
        return { kind: 'arithmetic', operator, left, right: this.operandOrValue(expression.right) };
      }
      case 'complement':
        return { kind: 'complement', operand: this.operandOrValue(expression.operand) };
      default:
        return undefined;
    }
  }

  private pathOperand(path: PathExpression): Operand {
    const subject = this.located(path);
    if (subject.kind === 'fields') {
      this.needsDiagnosis ||= subject.needsDiagnosis;
      return { kind: 'field', field: subject.reference };
    }
    if (subject.kind === 'absent') return { kind: 'literal', value: { type: 'nothing' } };
    const { column, name } = subject.property;
    if (column === undefined) throw new FilterError(`${name} can only be compared with a value.`, path);
    return { kind: 'column', column };
  }

  /** Events in which an expression may have a value. */
  private scopeOf(expression: Expression): FilterPlan {
    if (this.values.valueOf(expression)) return constant(true);
    switch (expression.kind) {
      case 'path': {
        const subject = this.names.resolve(expression);
        if (subject.kind === 'fields') return anyEvent([present(subject.columns), besidesColumns(subject)]);
        return subject.kind === 'property' ? subject.scope : constant(false);
      }
      case 'arithmetic':
        return allEvents([this.scopeOf(expression.left), this.scopeOf(expression.right)]);
      case 'complement':
        return this.scopeOf(expression.operand);
      default:
        return constant(false);
    }
  }

  /** Layers on top of each other: events that have all the modules are read again. */
  private stack({ steps }: StackExpression): FilterPlan {
    const tests = steps.map(({ separator, expression }): StackTest => ({
      separator,
      condition: this.layerCondition(expression),
    }));
    const scope = allEvents(steps.map(({ expression }) => this.layerScope(expression)));
    return messagePasses({ kind: 'stack', steps: tests }, scope);
  }

  /** Events that may have a layer for which the condition holds. */
  private layerScope(expression: Expression): FilterPlan {
    switch (expression.kind) {
      case 'path':
        return this.existenceScope(expression);
      case 'comparison':
        if (expression.operator === '!=') return this.moduleScope(expression);
        return allEvents([this.scopeOf(expression.left), this.scopeOf(expression.right)]);
      case 'in':
        return this.scopeOf(expression.subject);
      case 'and':
        return allEvents(expression.operands.map((operand) => this.layerScope(operand)));
      case 'or':
        return anyEvent(expression.operands.map((operand) => this.layerScope(operand)));
      default:
        return constant(true);
    }
  }

  private existenceScope(path: PathExpression): FilterPlan {
    const subject = this.names.resolve(path);
    return subject.kind === 'module' ? moduleExists(subject.module) : this.scopeOf(path);
  }

  /** A step `TCP.Port != 80` is about a layer of TCP. */
  private moduleScope({ left, right }: ComparisonExpression): FilterPlan {
    const path = [left, right].find((side) => side.kind === 'path' && !this.values.valueOf(side));
    return path ? this.scopeOf(path) : constant(true);
  }

  /** The condition as it is asked of one layer alone. */
  private layerCondition(expression: Expression): Logic<MessageTest> {
    switch (expression.kind) {
      case 'and':
        return all(expression.operands.map((operand) => this.layerCondition(operand)));
      case 'or':
        return any(expression.operands.map((operand) => this.layerCondition(operand)));
      case 'not':
        return not(this.layerCondition(expression.operand));
      case 'path':
        return this.layerExistence(expression);
      case 'comparison':
        return this.layerComparison(expression);
      case 'in': {
        const values = expression.elements.map((element) => this.requiredValue(element).value);
        return question({ kind: 'within', operand: this.operandOrValue(expression.subject), values });
      }
      case 'contains': {
        const operand = expression.subject && this.operandOrValue(expression.subject);
        return question({ kind: 'contains', operand, ...this.textPattern(expression) });
      }
      case 'matches': {
        const operand = this.operandOrValue(expression.subject);
        return question({ kind: 'matches', operand, pattern: this.regexPattern(expression) });
      }
      default:
        throw new FilterError('A step of a stack is a module, a field or a comparison.', expression);
    }
  }

  private layerExistence(path: PathExpression): Logic<MessageTest> {
    const subject = this.names.resolve(path);
    switch (subject.kind) {
      case 'module':
        return question({ kind: 'module', module: subject.module.name.toLowerCase() });
      case 'absent':
        return constant(false);
      default:
        return question({ kind: 'present', operand: this.pathOperand(path) });
    }
  }

  private layerComparison(comparison: ComparisonExpression): Logic<MessageTest> {
    const { operator } = comparison;
    const [left, right] = [this.operandOrValue(comparison.left), this.operandOrValue(comparison.right)];
    const isNothing = [left, right].some((side) => side.kind === 'literal' && side.value.type === 'nothing');
    const present = all(
      [left, right].filter((side) => side.kind !== 'literal').map((operand) => question({ kind: 'present', operand })),
    );
    if (isNothing) return operator === '==' ? not(present) : present;
    const literalFirst = left.kind === 'literal';
    const [one, other] = literalFirst ? [right, left] : [left, right];
    const equal = question({ kind: 'comparison', operator: '==', left: one, right: other });
    switch (operator) {
      case '==':
        return equal;
      // Of the layers, those that have the field are meant: the step names it. So absence passes neither.
      case '!=':
      case '~=':
        return all([present, not(equal)]);
      default:
        return question({ kind: 'comparison', operator, left, right });
    }
  }

  private requiredValue(expression: Expression): Value {
    const value = this.values.valueOf(expression);
    if (value) return value;
    if (expression.kind === 'arithmetic' || expression.kind === 'complement') throw this.notAField(expression);
    throw new FilterError(
      'Expected a value here: a number, an address, true, false or a text in quotation marks.',
      expression,
    );
  }

  private moduleCompared(name: string, path: PathExpression): FilterError {
    const port = `IANA.Port.${path.steps[0].name}`;
    if (namedConstant(port) !== undefined && this.isBehindOperator(path)) {
      return new FilterError(
        `${name} is a module; the number of its port is written ${port}.`,
        path,
        replaceSpan(this.text, path, port),
      );
    }
    const fields = fieldNames(name);
    const example = fields.length > 0 ? `, such as ${name}.${fields[0]}` : '';
    return new FilterError(`${name} is a module; a comparison needs a field${example}.`, path);
  }

  private isBehindOperator(path: PathExpression): boolean {
    return /[=<>]\s*$/.test(this.text.slice(0, path.start));
  }

  private notAField(expression: Expression): FilterError {
    if (this.values.valueOf(expression))
      return new FilterError('Expected a field here, but found a value.', expression);
    return new FilterError('Expected a field here, such as TCP.Port or *Address.', expression);
  }

  private wrongProperty({ name, type }: Property, condition: Condition, place: Span): FilterError {
    if (condition.kind === 'contains' || condition.kind === 'matches') {
      return new FilterError(`${name} is no text to search; compare it with ${type}.`, place);
    }
    return new FilterError(`${name} is compared with ${type}.`, place);
  }

  private wrongKind(
    path: PathExpression,
    fields: readonly ColumnField[],
    condition: Condition,
    value: Value,
  ): FilterError {
    if (condition.kind === 'ordered' && fields.every((field) => field.type !== 'integer')) {
      return new FilterError(`"${condition.operator}" compares numbers, and ${printPath(path)} is none.`, value);
    }
    const expected = [...new Set(fields.map((field) => valueNames[field.type]))].join(' or ');
    const message = `${printPath(path)} is compared with ${expected}, but found ${literalNames[value.value.type]}.`;
    return new FilterError(message, value, this.withoutQuotes(fields, value));
  }

  /** `IPv4.Address == "10.0.0.1"`: the value is right, the quotation marks are not. */
  private withoutQuotes(fields: readonly ColumnField[], { value, start, end }: Value): string | undefined {
    if (value.type !== 'text' || value.value.trim() === '' || !isFilter(value.value)) return undefined;
    const inner = parseFilter(value.value).expression;
    if (inner?.kind !== 'literal') return undefined;
    const comparable = fields.some((field) => valuesWithin(field, inner.value) !== undefined);
    return comparable ? replaceSpan(this.text, { start, end }, printLiteral(inner.value)) : undefined;
  }

  private subnetComparison({ left, right, operator }: ComparisonExpression): FilterError {
    const membership = replaceSpan(this.text, { start: left.end, end: right.start }, ' in ');
    const message = `Whether an address lies in a subnet is asked with "in", but found "${operator}".`;
    return new FilterError(message, right, operator === '==' && left.kind === 'path' ? membership : undefined);
  }

  private literalAlone(literal: LiteralExpression): FilterPlan {
    switch (literal.value.type) {
      case 'boolean':
        return constant(literal.value.value);
      case 'guid':
        return providersAre([literal.value.text]);
      case 'text': {
        const known = this.names.names.modules.find(literal.value.value);
        const suggestion = known
          ? replaceSpan(this.text, literal, known.name)
          : replaceSpan(this.text, literal, `contains ${printLiteral(literal.value)}`);
        throw new FilterError('A text alone is no filter; "contains" looks for it.', literal, suggestion);
      }
      default: {
        const name = literalNames[literal.value.type];
        const sentence = `${name[0].toUpperCase()}${name.slice(1)} alone is no filter; compare a field with it.`;
        throw new FilterError(sentence, literal);
      }
    }
  }

  /** `Microsoft-Windows-PktMon` reads as subtraction. */
  private hyphenatedName(place: Span): FilterError | undefined {
    const written = this.text.slice(place.start, place.end);
    if (!/^[\p{L}\p{N}_-]+$/u.test(written) || !this.names.names.modules.find(written)) return undefined;
    const name = moduleName(written);
    const message = `The module of a provider is written with underscores: ${name}.`;
    return new FilterError(message, place, replaceSpan(this.text, place, name));
  }

  private noteOutOfReach(field: ColumnField, value: LiteralValue): void {
    const note = outOfReach(field, value);
    if (note !== undefined) this.names.note(note, note);
  }

  private noteFlagAlone(path: PathExpression, fields: readonly ColumnField[]): void {
    if (fields.length === 0 || !fields.every((field) => field.type === 'boolean')) return;
    const name = printPath(path);
    this.names.note(name, `"${name}" alone asks whether the field is there; "${name} == true" asks whether it is set.`);
  }
}

/** Events in which only decoding tells whether one of the fields is there. */
function besidesColumns({ columns, nested, decoded }: FieldGroup): FilterPlan {
  const mayBeHidden = columns.some(({ source }) => source.table === 'packets' && source.noneOf !== 0);
  return mayBeHidden ? anyEvent([nested, decoded]) : decoded;
}

function rangesOf(field: ColumnField, condition: Condition, value: LiteralValue): Ranges | undefined {
  switch (condition.kind) {
    case 'equal':
      return valuesEqual(field, value);
    case 'within':
      return valuesWithin(field, value);
    case 'ordered':
      return valuesOrdered(field, condition.operator, value);
    default:
      return undefined;
  }
}

/** What a layer is asked; within a stack, no question is cheaper than another. */
function question(test: MessageTest): Logic<MessageTest> {
  return leafOf(test, 1);
}
