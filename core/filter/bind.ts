import { parseGuid } from '../base/guid.ts';
import { fieldNames, fieldsAnywhere, fieldsOf, type ColumnField } from './field-catalogue.ts';
import {
  guidNumber,
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
  type ComparisonExpression,
  type ComparisonOperator,
  type Expression,
  type FilterAst,
  type LiteralExpression,
  type MembershipExpression,
  type PathExpression,
  type PathStep,
  type Span,
} from './language/ast.ts';
import { FilterError, replaceSpan } from './language/filter-error.ts';
import { isFilter, parseFilter } from './language/parser.ts';
import { printLiteral, printPath } from './language/print.ts';
import { constant } from './logic.ts';
import { constantNames, namedConstant } from './named-constants.ts';
import { nearNames } from './near-names.ts';
import {
  allEvents,
  anyEvent,
  applicationIs,
  carries,
  eventKind,
  notEvents,
  packetModulesAre,
  type FilterPlan,
} from './plan.ts';
import { unionOf, type Ranges } from './ranges.ts';
import { moduleName } from '../provider/known-providers.ts';
import { ModuleNames, type FilterVocabulary, type Module } from './vocabulary.ts';

export interface BoundFilter {
  readonly plan: FilterPlan;
  /** Sentences for the filter's author about parts that are no errors, but may not be what was meant. */
  readonly notes: readonly string[];
}

/**
 * Gives the names in a filter their meaning in one trace. A module that the trace does not have matches nothing and makes
 * a note. Throws FilterError for a field that the module does not have, for values of the wrong kind, and for what the
 * language has but this version does not carry out.
 */
export function bindFilter(filter: FilterAst, vocabulary: FilterVocabulary): BoundFilter {
  return new Binder(filter.text, new ModuleNames(vocabulary)).bound(filter.expression);
}

type Subject =
  | { readonly kind: 'module'; readonly module: Module }
  | { readonly kind: 'fields'; readonly fields: readonly ColumnField[] }
  | { readonly kind: 'absent' };

/** A literal, or a named constant, and where it stands. */
type Value = Pick<LiteralExpression, 'value' | 'start' | 'end'>;
type FieldValues = (field: ColumnField, value: Value['value']) => Ranges | undefined;

/** More notes than this nobody reads. */
const mostNotes = 20;

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '~=': '~=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

class Binder {
  private readonly text: string;
  private readonly modules: ModuleNames;
  /** By what they are about, so that each thing is said once. */
  private readonly notes = new Map<string, string>();

  constructor(text: string, modules: ModuleNames) {
    this.text = text;
    this.modules = modules;
  }

  bound(expression: Expression | null): BoundFilter {
    const plan = expression === null ? constant(true) : this.condition(expression);
    const notes = [...this.notes.values()];
    if (notes.length <= mostNotes) return { plan, notes };
    return { plan, notes: [...notes.slice(0, mostNotes), `And ${notes.length - mostNotes} more notes of this kind.`] };
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
        throw unsupported('The operator "contains"', expression);
      case 'regex':
        throw unsupported('The operator "regex"', expression);
      case 'matches':
        throw unsupported('The operator "matches"', expression);
      case 'missing':
        throw new FilterError('A filter with mistakes cannot be carried out.', expression);
      case 'stack':
        throw unsupported('The stack path operator "\\"', expression);
      case 'complement':
        throw unsupported('The operator "~"', expression);
      case 'arithmetic':
        throw (
          this.hyphenatedName(expression) ??
          unsupported(`Arithmetic with the operator "${expression.operator}"`, expression)
        );
    }
  }

  private existence(path: PathExpression): FilterPlan {
    const subject = this.resolve(path);
    switch (subject.kind) {
      case 'module':
        return this.moduleExistence(subject.module);
      case 'fields':
        this.noteFlagAlone(path, subject.fields);
        return present(subject.fields);
      case 'absent':
        return constant(false);
    }
  }

  private moduleExistence(module: Module): FilterPlan {
    if (module.presence === 'every event') return constant(true);
    if (module.presence === 'absent') this.noteAbsent(module);
    const { bits, application, providers } = module;
    return anyEvent([
      bits === 0 ? constant(false) : carries(packetModulesAre(bits, 0), false),
      application === 0 ? constant(false) : carries(applicationIs(application), false),
      providersAre(providers),
    ]);
  }

  private comparison(comparison: ComparisonExpression): FilterPlan {
    const { path, value, operator } = this.sides(comparison);
    const fields = this.comparedFields(path);
    if (value.value.type === 'nothing') return nothingComparison(operator, fields, value);
    switch (operator) {
      case '==':
        return matching(this.tests(path, fields, [value], this.equalValues(comparison)));
      case '!=':
        return notEvents(matching(this.tests(path, fields, [value], this.equalValues(comparison))));
      case '~=': {
        const tests = this.tests(path, fields, [value], this.equalValues(comparison));
        return allEvents([present(tests.map((test) => test.field)), notEvents(matching(tests))]);
      }
      default:
        return matching(this.tests(path, fields, [value], orderedValues(operator, path, value)));
    }
  }

  private membership(membership: MembershipExpression): FilterPlan {
    const values = membership.elements.map((element) => this.requiredValue(element));
    if (membership.subject.kind !== 'path' || this.valueOf(membership.subject)) {
      throw this.notAField(membership.subject);
    }
    const fields = this.comparedFields(membership.subject);
    return matching(this.tests(membership.subject, fields, values, valuesWithin));
  }

  /**
   * The values looked for, field by field. A path may lead to fields of several kinds (`*Address`); those that cannot be
   * compared with any of the values take no part. A value that none of the fields can be compared with is an error.
   */
  private tests(
    path: PathExpression,
    fields: readonly ColumnField[],
    values: readonly Value[],
    rangesOf: FieldValues,
  ): FieldTest[] {
    const found = fields.map((field) => ({ field, ranges: [] as Ranges[] }));
    for (const value of values) {
      let comparable = false;
      for (const { field, ranges } of found) {
        const part = rangesOf(field, value.value);
        if (!part) continue;
        comparable = true;
        ranges.push(part);
        this.noteOutOfReach(field, value);
      }
      if (!comparable && fields.length > 0) throw this.wrongKind(path, fields, value);
    }
    return found
      .filter(({ ranges }) => ranges.length > 0)
      .map(({ field, ranges }) => ({ field, ranges: unionOf(ranges.flat()) }));
  }

  private equalValues(comparison: ComparisonExpression): FieldValues {
    return (field, literal) => {
      const isSubnet = literal.type === 'ipv4Subnet' || literal.type === 'ipv6Subnet';
      if (isSubnet) throw this.subnetComparison(comparison);
      return valuesEqual(field, literal);
    };
  }

  /** The field on one side and the value on the other; an operator whose sides are exchanged is mirrored. */
  private sides(comparison: ComparisonExpression): {
    path: PathExpression;
    value: Value;
    operator: ComparisonOperator;
  } {
    const { left, right, operator } = comparison;
    const leftValue = this.valueOf(left);
    const rightValue = this.valueOf(right);
    if (leftValue && rightValue) {
      throw new FilterError('Both sides of this comparison are values; one of them must be a field.', comparison);
    }
    if (leftValue) return { path: this.fieldPath(right), value: leftValue, operator: mirrored[operator] };
    const path = this.fieldPath(left);
    if (rightValue) return { path, value: rightValue, operator };
    if (right.kind === 'path') this.comparedFields(right);
    if (right.kind === 'path') throw unsupported('Comparing two fields with each other', comparison);
    throw this.notAValue(right);
  }

  private fieldPath(expression: Expression): PathExpression {
    if (expression.kind === 'path') return expression;
    throw this.notAField(expression);
  }

  private notAField(expression: Expression): FilterError {
    if (expression.kind === 'arithmetic')
      return unsupported(`Arithmetic with the operator "${expression.operator}"`, expression);
    if (expression.kind === 'complement') return unsupported('The operator "~"', expression);
    return new FilterError('Expected a field here, such as TCP.Port or *Address.', expression);
  }

  private requiredValue(expression: Expression): Value {
    const value = this.valueOf(expression);
    if (value) return value;
    throw this.notAValue(expression);
  }

  private notAValue(expression: Expression): FilterError {
    if (expression.kind === 'arithmetic' || expression.kind === 'complement') return this.notAField(expression);
    return new FilterError(
      'Expected a value here: a number, an address, true, false or a text in quotation marks.',
      expression,
    );
  }

  private valueOf(expression: Expression): Value | undefined {
    if (expression.kind === 'literal') return expression;
    if (expression.kind !== 'path' || expression.wildcard || expression.annotation !== null) return undefined;
    const name = expression.steps.map((step) => step.name).join('.');
    if (expression.steps[0].name.toLowerCase() !== 'iana' || expression.steps.length === 1) return undefined;
    const value = namedConstant(name);
    if (value === undefined) throw this.unknownConstant(name, expression);
    return { value: { type: 'integer', value, hexadecimal: false }, start: expression.start, end: expression.end };
  }

  private unknownConstant(name: string, place: Span): FilterError {
    const near = nearNames(name, constantNames);
    const suggestion = near.length > 0 ? replaceSpan(this.text, place, near[0]) : undefined;
    return new FilterError(
      `No constant is named "${name}"; write the number itself.${didYouMean(near)}`,
      place,
      suggestion,
    );
  }

  /** The fields a comparison is about: none when their module is not in the trace. */
  private comparedFields(path: PathExpression): readonly ColumnField[] {
    const subject = this.resolve(path);
    if (subject.kind === 'fields') return subject.fields;
    if (subject.kind === 'absent' && path.steps.length > 1) return [];
    if (subject.kind === 'absent') throw this.unknownName(path);
    const name = subject.module.name;
    const fields = fieldNames(name);
    const example = fields.length > 0 ? `, such as ${name}.${fields[0]}` : '';
    throw new FilterError(`${name} is a module; a comparison needs a field${example}.`, path);
  }

  private resolve(path: PathExpression): Subject {
    if (path.annotation !== null) throw unsupported(`The annotation "#${path.annotation}"`, path);
    if (path.wildcard) return this.anywhere(path);
    const found = this.moduleOf(path.steps);
    if (!found) return this.unknownModule(path);
    const { module, rest } = found;
    if (rest.length === 0) return { kind: 'module', module };
    if (module.presence === 'absent') {
      this.noteAbsent(module);
      return { kind: 'absent' };
    }
    const fields = fieldsOf(module.name, rest);
    if (fields.length === 0) throw this.unknownField(module, rest);
    return { kind: 'fields', fields };
  }

  private anywhere(path: PathExpression): Subject {
    const fields = fieldsAnywhere(path.steps);
    if (fields.length > 0) return { kind: 'fields', fields };
    const name = path.steps.map((step) => step.name).join('.');
    const near = nearNames(name, fieldNames(null));
    const suggestion = near.length > 0 ? replaceSpan(this.text, path, `*${near[0]}`) : undefined;
    throw new FilterError(
      `No field that this version can filter on is named "${name}".${didYouMean(near)}`,
      path,
      suggestion,
    );
  }

  /** Some provider names have dots in them, so the longest beginning of the path that is a module's name counts. */
  private moduleOf(steps: readonly PathStep[]): { module: Module; rest: readonly PathStep[] } | undefined {
    const colon = steps.findIndex((step) => step.levels > 0);
    for (let count = colon < 0 ? steps.length : colon; count > 0; count--) {
      const name = steps
        .slice(0, count)
        .map((step) => step.name)
        .join('_');
      const module = this.modules.find(name);
      if (module) return { module, rest: steps.slice(count) };
    }
    return undefined;
  }

  private unknownModule(path: PathExpression): Subject {
    if (fieldsAnywhere(path.steps).length > 0) {
      const written = printPath(path);
      const message = `"${written}" is a field; without its module it is written "*${written}".`;
      throw new FilterError(message, path, replaceSpan(this.text, path, `*${written}`));
    }
    const name = path.steps[0].name;
    const key = name.toLowerCase();
    if (!this.notes.has(key)) {
      const near = this.notes.size < mostNotes ? this.modules.near(name) : [];
      const nearby = near.length > 0 ? ` Near names: ${near.join(', ')}.` : '';
      this.notes.set(
        key,
        `This trace has no module named "${name}", so that part of the filter matches nothing.${nearby}`,
      );
    }
    return { kind: 'absent' };
  }

  private unknownName(path: PathExpression): FilterError {
    const name = path.steps[0].name;
    const near = nearNames(name, fieldNames(null));
    const suggestion = near.length > 0 ? replaceSpan(this.text, path, `*${near[0]}`) : undefined;
    const meant = didYouMean(near.map((each) => `*${each}`));
    return new FilterError(`"${name}" is no field; a field is written as TCP.Port or *Port.${meant}`, path, suggestion);
  }

  private unknownField(module: Module, steps: readonly PathStep[]): FilterError {
    const place = { start: steps[0].start, end: steps[steps.length - 1].end };
    const wanted = steps.map((step) => step.name).join('.');
    const known = fieldNames(module.name);
    if (known.length === 0)
      return unsupported(`Filtering on fields that have to be decoded, such as "${module.name}.${wanted}",`, place);
    const near = nearNames(wanted, known);
    const message = `${module.name} has no field "${wanted}" that this version can filter on. It has ${known.join(', ')}.`;
    const suggestion = near.length > 0 ? replaceSpan(this.text, place, near[0]) : undefined;
    return new FilterError(`${message}${didYouMean(near)}`, place, suggestion);
  }

  private wrongKind(path: PathExpression, fields: readonly ColumnField[], value: Value): FilterError {
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
        const known = this.modules.find(literal.value.value);
        const suggestion = known ? replaceSpan(this.text, literal, known.name) : undefined;
        throw new FilterError('A text alone is no filter.', literal, suggestion);
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
    if (!/^[\p{L}\p{N}_-]+$/u.test(written) || !this.modules.find(written)) return undefined;
    const name = moduleName(written);
    const message = `The module of a provider is written with underscores: ${name}.`;
    return new FilterError(message, place, replaceSpan(this.text, place, name));
  }

  private noteAbsent(module: Module): void {
    this.notes.set(
      module.name.toLowerCase(),
      `This trace has no event of ${module.name}, so that part of the filter matches nothing.`,
    );
  }

  private noteOutOfReach(field: ColumnField, value: Value): void {
    const note = outOfReach(field, value.value);
    if (note !== undefined) this.notes.set(note, note);
  }

  private noteFlagAlone(path: PathExpression, fields: readonly ColumnField[]): void {
    if (!fields.every((field) => field.type === 'boolean')) return;
    const name = printPath(path);
    this.notes.set(name, `"${name}" alone asks whether the field is there; "${name} == true" asks whether it is set.`);
  }
}

function providersAre(guids: readonly string[]): FilterPlan {
  const numbers = guids
    .map((guid) => parseGuid(guid))
    .filter((guid) => guid !== undefined)
    .map(guidNumber);
  return eventKind('provider', unionOf(numbers.map((number) => [number, number])));
}

function orderedValues(operator: '<' | '<=' | '>' | '>=', path: PathExpression, value: Value): FieldValues {
  return (field, literal) => {
    if (field.type !== 'integer') {
      throw new FilterError(`"${operator}" compares numbers, and ${printPath(path)} is none.`, value);
    }
    return valuesOrdered(field, operator, literal);
  };
}

/** `nothing` is the absence of a field: the one value that equals it. */
function nothingComparison(operator: ComparisonOperator, fields: readonly ColumnField[], place: Span): FilterPlan {
  switch (operator) {
    case '==':
      return notEvents(present(fields));
    case '!=':
    case '~=':
      return present(fields);
    default:
      throw new FilterError(`"${operator}" compares numbers, and nothing is none.`, place);
  }
}

function unsupported(what: string, place: Span): FilterError {
  return new FilterError(`${what} is not supported yet.`, place);
}

function didYouMean(names: readonly string[]): string {
  return names.length > 0 ? ` Did you mean ${names.join(', ')}?` : '';
}
