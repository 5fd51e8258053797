import { fieldPathName } from '../base/field-path.ts';
import { isNamed, leadsTo, type FieldReference } from './field-reference.ts';
import type { LiteralValue, OrderOperator } from './language/ast.ts';
import type { Logic } from './logic.ts';
import type { MessageTest, Operand, StackTest, TextPattern } from './message-test.ts';
import {
  areEqual,
  calculated,
  compared,
  complementOf,
  isInOrder,
  liesIn,
  literalValue,
  numericOf,
  sameValue,
  textsOf,
  type Comparable,
} from './message-values.ts';
import type { Message, MessageField, MessageLayer } from './message.ts';
import { compileByteSearch, type ByteSearch } from './search/byte-search.ts';
import { compileRegex, type TextRegex } from './search/text-regex.ts';
import { compileTextSearch, type TextSearch } from './search/text-search.ts';

/** Values that a calculation combines: a message of rubbish could have fields without end. */
const mostValues = 64;

/** Searches that stay prepared: those of the filters of a moment. */
const mostPrepared = 100;

/** Answers tests about one message after the other. What a test searches for is prepared once, for all that come. */
export class MessageEvaluation {
  private readonly byteSearches = new Map<string, ByteSearch>();
  private readonly textSearches = new Map<string, TextSearch>();
  private readonly regexes = new Map<string, TextRegex>();

  holds(test: MessageTest, message: Message): boolean {
    switch (test.kind) {
      case 'module':
        return message.layers.some(({ module }) => module.toLowerCase() === test.module);
      case 'present':
        return isPresent(test.operand, message);
      case 'comparable':
        return valuesOf(test.operand, message).some((value) => areEqual(value, test.value) !== undefined);
      case 'comparison':
        return compares(test, message);
      case 'within':
        return valuesOf(test.operand, message).some((value) => test.values.some((wanted) => liesIn(value, wanted)));
      case 'contains':
        return test.operand === null
          ? message.bytes.some((bytes) => this.byteSearch(test).find(bytes))
          : valuesOf(test.operand, message).some((value) => this.contains(value, test));
      case 'matches':
        return test.operand === null
          ? message.bytes.some((bytes) => this.regex(test.pattern).foundInBytes(bytes))
          : valuesOf(test.operand, message).some((value) =>
              textsOf(value).some((text) => this.regex(test.pattern).found(text)),
            );
      case 'stack':
        return this.stackHolds(test.steps, message);
    }
  }

  /** Whether what a test looks for lies in the bytes from..to. */
  isInBytes(test: TextPattern, bytes: Uint8Array, from: number, to: number): boolean {
    return this.byteSearch(test).find(bytes, from, to);
  }

  private contains(found: Comparable, test: TextPattern): boolean {
    const { value } = found;
    if (value instanceof Uint8Array && this.byteSearch(test).find(value)) return true;
    return typeof test.pattern === 'string' && textsOf(found).some((text) => this.textSearch(test).found(text));
  }

  private stackHolds(steps: readonly StackTest[], message: Message): boolean {
    return this.stepHolds(steps, 0, message, 0);
  }

  /** Whether the steps from `step` on find their layers, the first of them at `from` or, if it may, below. */
  private stepHolds(steps: readonly StackTest[], step: number, message: Message, from: number): boolean {
    if (step === steps.length) return true;
    const { separator, condition } = steps[step];
    const last = separator === '\\' ? Math.min(from + 1, message.layers.length) : message.layers.length;
    for (let place = from; place < last; place++) {
      const layer = message.layers[place];
      if (
        this.conditionHolds(condition, layerAlone(message, layer)) &&
        this.stepHolds(steps, step + 1, message, place + 1)
      ) {
        return true;
      }
    }
    return false;
  }

  private conditionHolds(condition: Logic<MessageTest>, message: Message): boolean {
    switch (condition.kind) {
      case 'constant':
        return condition.value;
      case 'not':
        return !this.conditionHolds(condition.child, message);
      case 'and':
        return condition.children.every((child) => this.conditionHolds(child, message));
      case 'or':
        return condition.children.some((child) => this.conditionHolds(child, message));
      case 'leaf':
        return this.holds(condition.leaf, message);
    }
  }

  private byteSearch(test: TextPattern): ByteSearch {
    return kept(this.byteSearches, patternKey(test), () => {
      const { pattern, caseSensitive, encoding } = test;
      const wanted = typeof pattern === 'string' ? { text: pattern } : { bytes: pattern };
      return compileByteSearch(wanted, { caseSensitive, encoding });
    });
  }

  private textSearch(test: TextPattern): TextSearch {
    return kept(this.textSearches, patternKey(test), () => {
      const pattern = typeof test.pattern === 'string' ? test.pattern : '';
      return compileTextSearch(pattern, test.caseSensitive);
    });
  }

  private regex(pattern: string): TextRegex {
    return kept(this.regexes, pattern, () => compileRegex(pattern));
  }
}

/** The same in every copy of a test that crosses to a worker. */
function patternKey({ pattern, caseSensitive, encoding }: TextPattern): string {
  const wanted = typeof pattern === 'string' ? `text ${pattern}` : `bytes ${pattern.join()}`;
  return `${caseSensitive} ${encoding ?? ''} ${wanted}`;
}

function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    if (known.size === mostPrepared) known.clear();
    known.set(key, value);
  }
  return value;
}

/** The message as a step of a stack sees it. What the grid shows of the whole is the same. */
function layerAlone(message: Message, layer: MessageLayer): Message {
  return {
    layers: [layer],
    get bytes() {
      return message.bytes;
    },
    column: (name) => message.column(name),
  };
}

function isPresent(operand: Operand, message: Message): boolean {
  if (operand.kind !== 'field') return valuesOf(operand, message).length > 0;
  return fieldsAt(operand.field, message).next().done !== true;
}

function compares(test: Extract<MessageTest, { kind: 'comparison' }>, message: Message): boolean {
  const { operator, left, right } = test;
  const literal = right.kind === 'literal' ? right.value : undefined;
  const first = valuesOf(left, message);
  if (operator === '==' && literal) return first.some((value) => areEqual(value, literal));
  const second = valuesOf(right, message);
  return first.some((one) => second.some((other) => answers(operator, one, other)));
}

function answers(operator: '==' | OrderOperator, first: Comparable, second: Comparable): boolean {
  if (operator === '==') return sameValue(first, second) === true;
  const order = compared(numericOf(first.value), numericOf(second.value));
  return order !== undefined && isInOrder(operator, order);
}

/** All values of an operand that the message has; none where it is absent. */
function valuesOf(operand: Operand, message: Message): Comparable[] {
  switch (operand.kind) {
    case 'literal':
      return literalValues(operand.value);
    case 'field':
      return fieldValues(operand.field, message);
    case 'column': {
      const text = message.column(operand.column);
      return text === undefined || text === '' ? [] : [{ value: text, text }];
    }
    case 'arithmetic': {
      const right = valuesOf(operand.right, message);
      return valuesOf(operand.left, message)
        .flatMap((first) => right.map((second) => calculated(operand.operator, first.value, second.value)))
        .filter((value) => value !== undefined)
        .slice(0, mostValues)
        .map((value) => ({ value, text: '' }));
    }
    case 'complement':
      return valuesOf(operand.operand, message)
        .map(({ value }) => complementOf(value))
        .filter((value) => value !== undefined)
        .map((value) => ({ value, text: '' }));
  }
}

function literalValues(literal: LiteralValue): Comparable[] {
  const value = literalValue(literal);
  return value === undefined ? [] : [{ value, text: '' }];
}

function fieldValues(reference: FieldReference, message: Message): Comparable[] {
  const values: Comparable[] = [];
  for (const { value, more, text, label } of fieldsAt(reference, message)) {
    if (value === undefined && text === '') continue;
    values.push({ value: value ?? text, text, label });
    for (const further of more ?? []) values.push({ value: further, text: '' });
  }
  return values;
}

/** The fields that a reference leads to, layer by layer. */
export function* fieldsAt({ module, steps }: FieldReference, message: Message): Generator<MessageField> {
  for (const layer of message.layers) {
    const name = layer.module.toLowerCase();
    if (module !== null && module !== name) continue;
    const top = module === null ? [name, layer.message.toLowerCase()] : [layer.message.toLowerCase()];
    yield* fieldsBelow(layer.fields, { module: name, steps, path: top });
  }
}

interface Descent {
  readonly module: string;
  readonly steps: FieldReference['steps'];
  /** Names in lower case from the top to the fields. */
  readonly path: readonly string[];
}

function* fieldsBelow(fields: readonly MessageField[], { module, steps, path }: Descent): Generator<MessageField> {
  const wanted = steps[steps.length - 1].name;
  for (const field of fields) {
    if (isNamed(module, field.name, wanted) && leadsTo([...path, wanted], steps)) yield field;
    if (field.members.length > 0) {
      yield* fieldsBelow(field.members, { module, steps, path: [...path, fieldPathName(field.name).toLowerCase()] });
    }
  }
}
