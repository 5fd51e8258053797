import { ipv4Text, ipv6At, macAt, parseIpv4, parseIpv6, parseMac } from '../../base/address.ts';
import type {
  ComparisonExpression,
  ComparisonOperator,
  ContainsExpression,
  Expression,
  LiteralValue,
  PathExpression,
  StackExpression,
} from '../../filter/language/ast.ts';
import type { LayerValue } from '../../packet/layer.ts';
import type { DecodedField, DecodedLayer, DecodedRow, DecodedValue } from './decoded-rows.ts';

/**
 * The filter language as its description reads, asked of one decoded row after the other: no columns, no plan, nothing
 * kept. What filters as they are carried out are tested against.
 */
export function holds(expression: Expression | null, row: DecodedRow): boolean {
  switch (expression?.kind) {
    case undefined:
      return true;
    case 'and':
      return expression.operands.every((operand) => holds(operand, row));
    case 'or':
      return expression.operands.some((operand) => holds(operand, row));
    case 'not':
      return !holds(expression.operand, row);
    case 'path':
      return exists(expression, row);
    case 'comparison':
      return compares(expression, row);
    case 'in': {
      const wanted = expression.elements.map(literalOf);
      return valuesOf(expression.subject, row).some(({ value, text }) =>
        wanted.some((each) => equals(value, text, each) === true),
      );
    }
    case 'contains':
      return contains(expression, row);
    case 'matches': {
      const pattern = regularExpression(expression.pattern.value);
      return valuesOf(expression.subject, row).some((value) => textsOf(value).some((text) => pattern.test(text)));
    }
    case 'regex': {
      const pattern = regularExpression(expression.pattern.value);
      return row.bytes.some((bytes) => readings(bytes).some((text) => pattern.test(text)));
    }
    case 'stack':
      return stacks(expression, row);
    default:
      throw new Error(`the naive filter has no ${expression?.kind}`);
  }
}

function exists(path: PathExpression, row: DecodedRow): boolean {
  if (path.annotation !== null) return true;
  if (path.steps.length === 1 && !path.wildcard) {
    const name = path.steps[0].name.toLowerCase();
    return row.layers.some((layer) => layer.module === name);
  }
  return fieldsAt(path, row).length > 0;
}

function compares({ operator, left, right }: ComparisonExpression, row: DecodedRow): boolean {
  if (isNothing(right)) {
    const isThere = left.kind === 'path' ? exists(left, row) : valuesOf(left, row).length > 0;
    return operator === '==' ? !isThere : isThere;
  }
  const first = valuesOf(left, row);
  const second = valuesOf(right, row);
  const pairs = first.flatMap((one) => second.map((other): Pair => [one, other]));
  const literal = right.kind === 'literal' ? right.value : undefined;
  const areEqual = ([one, other]: Pair): boolean | undefined =>
    literal ? equals(one.value, one.text, literal) : sameNumber(one.value, other.value);
  const isEqual = pairs.some((pair) => areEqual(pair) === true);
  switch (operator) {
    case '==':
      return isEqual;
    case '!=':
      return !isEqual;
    case '~=':
      return !isEqual && (literal ? pairs.some((pair) => areEqual(pair) !== undefined) : pairs.length > 0);
    default:
      return pairs.some(([one, other]) => isOrdered(operator, one.value, other.value));
  }
}

type Pair = readonly [DecodedValue, DecodedValue];

function isNothing(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value.type === 'nothing';
}

function sameNumber(first: LayerValue, second: LayerValue): boolean | undefined {
  const [one, other] = [integerOf(first), integerOf(second)];
  return one === undefined || other === undefined ? undefined : one === other;
}

function isOrdered(operator: ComparisonOperator, first: LayerValue, second: LayerValue): boolean {
  const [one, other] = [integerOf(first), integerOf(second)];
  if (one === undefined || other === undefined) return false;
  switch (operator) {
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    default:
      return one >= other;
  }
}

/** Layers from the top down; each step is asked of one layer as if it were the whole row. */
function stacks({ steps }: StackExpression, row: DecodedRow): boolean {
  const stepsFit = (step: number, from: number): boolean => {
    if (step === steps.length) return true;
    const { separator, expression } = steps[step];
    const places = row.layers.map((_, place) => place).filter((place) => place >= from);
    return (separator === '\\' ? places.slice(0, 1) : places).some(
      (place) => layerFits(expression, row, row.layers[place]) && stepsFit(step + 1, place + 1),
    );
  };
  return stepsFit(0, 0);
}

function layerFits(expression: Expression, row: DecodedRow, layer: DecodedLayer): boolean {
  return holds(expression, { ...row, layers: [layer] });
}

function contains({ subject, pattern, caseSensitive, encoding }: ContainsExpression, row: DecodedRow): boolean {
  const { value } = pattern;
  if (value.type === 'binary') return row.bytes.some((bytes) => latin1(bytes).includes(latin1(value.bytes)));
  const wanted = value.type === 'text' ? value.value : '';
  const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  const inBytes = (bytes: Uint8Array): boolean =>
    encodingsOf(wanted, encoding).some((encoded) => fold(latin1(bytes)).includes(fold(latin1(encoded)))) ||
    (encoding === null && wanted.length >= 3 && base64Of(wanted).some((text) => latin1(bytes).includes(text)));
  if (subject === null) return row.bytes.some(inBytes);
  return valuesOf(subject, row).some(
    (found) =>
      textsOf(found).some((text) => fold(text).includes(fold(wanted))) ||
      (found.value instanceof Uint8Array && inBytes(found.value)),
  );
}

/** The bytes of an ASCII text in each encoding but Base64. */
function encodingsOf(text: string, encoding: string | null): Uint8Array[] {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  const forms: Readonly<Record<string, number[]>> = {
    ASCII: codes,
    Unicode: codes.flatMap((code) => [code, 0]),
    BigEndianUnicode: codes.flatMap((code) => [0, code]),
    UTF32: codes.flatMap((code) => [code, 0, 0, 0]),
  };
  return Object.entries(forms)
    .filter(([name]) => encoding === null || name === encoding)
    .map(([, bytes]) => Uint8Array.from(bytes));
}

/** What is certain in the Base64 of any bytes that hold the text, at each of its three places. */
function base64Of(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'\0'.repeat(before)}${text}`, 'latin1').toString('base64');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + text.length) * 8) / 6));
  });
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** A message as text: each byte a letter, as UTF-8, and as UTF-16 from the first and from the second byte on. */
function readings(bytes: Uint8Array): string[] {
  const wide = [bytes, bytes.subarray(1)].map((part) => Buffer.from(part).toString('utf16le'));
  return [latin1(bytes), new TextDecoder().decode(bytes), ...wide];
}

function regularExpression(literal: LiteralValue): RegExp {
  if (literal.type !== 'text') throw new Error('a regular expression is a text');
  return new RegExp(literal.value);
}

function valuesOf(expression: Expression, row: DecodedRow): DecodedValue[] {
  switch (expression.kind) {
    case 'literal':
      return [{ value: placeholderOf(expression.value), text: '' }];
    case 'path':
      if (expression.annotation !== null) return [{ value: row.number, text: '' }];
      return fieldsAt(expression, row).flatMap(({ values }) => values);
    case 'arithmetic': {
      const right = valuesOf(expression.right, row).map(({ value }) => integerOf(value));
      return valuesOf(expression.left, row)
        .map(({ value }) => integerOf(value))
        .flatMap((one) => right.map((other) => calculated(expression.operator, one, other)))
        .filter((value) => value !== undefined)
        .map((value) => ({ value, text: '' }));
    }
    default:
      throw new Error(`the naive filter has no value of ${expression.kind}`);
  }
}

/** The value of a number; any other literal is only ever compared as a whole. */
function placeholderOf(literal: LiteralValue): LayerValue {
  return literal.type === 'integer' ? literal.value : '';
}

function calculated(operator: string, one: bigint | undefined, other: bigint | undefined): bigint | undefined {
  if (one === undefined || other === undefined) return undefined;
  switch (operator) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case '/':
      return other === 0n ? undefined : one / other;
    case '%':
      return other === 0n ? undefined : one % other;
    case '&':
      return one & other;
    case '|':
      return one | other;
    default:
      throw new Error(`the naive filter has no ${operator}`);
  }
}

/** Message Analyzer's aliases: names under which fields of these modules are found as well. */
const addressModules = ['ethernet', 'wifi', 'ipv4', 'ipv6'];
const portModules = ['tcp', 'udp'];
function namesOf({ names }: DecodedField): string[] {
  const lower = names.map((name) => name.toLowerCase());
  const [module] = lower;
  const last = lower[lower.length - 1];
  const aliases = [
    ...(addressModules.includes(module) && /^(source|destination)address$/.test(last)
      ? ['address', last.replace('address', '')]
      : []),
    ...(portModules.includes(module) && /^(source|destination)port$/.test(last) ? ['port'] : []),
  ];
  return [last, ...aliases].map((name) => [...lower.slice(0, -1), name].join('/'));
}

/** `TCP:Segment.SYN` as an expression over `tcp/segment/flags/syn`. */
function pathPattern({ wildcard, steps }: PathExpression): RegExp {
  const parts = steps.map(({ name, levels }, index) => {
    const between = levels === 0 ? '(?:[^/]+/)*' : `(?:[^/]+/){${levels - 1}}`;
    return `${index === 0 && !wildcard ? '' : between}${name.toLowerCase()}`;
  });
  return new RegExp(`^${parts.join('/')}$`);
}

function fieldsAt(path: PathExpression, { layers }: DecodedRow): DecodedField[] {
  const pattern = pathPattern(path);
  return layers.flatMap(({ fields }) => fields.filter((field) => namesOf(field).some((name) => pattern.test(name))));
}

function literalOf(expression: Expression): LiteralValue {
  if (expression.kind !== 'literal') throw new Error('the naive filter wants literals in a list');
  return expression.value;
}

/** Undefined when the two cannot be compared. */
function equals(value: LayerValue, text: string, literal: LiteralValue): boolean | undefined {
  switch (literal.type) {
    case 'integer': {
      const number = integerOf(value);
      return number === undefined ? undefined : number === literal.value;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value === literal.value;
      return integerOf(value) === (literal.value ? 1n : 0n) && typeof value !== 'string';
    case 'text':
      return textsOf({ value, text }).includes(literal.value);
    case 'ipv4':
      return sameBytes(value, 4, ipv4Text(literal.value));
    case 'ipv6':
      return sameBytes(value, 16, ipv6At(literal.bytes, 0));
    case 'mac':
      return sameBytes(value, 6, macAt(literal.bytes, 0));
    case 'binary':
      return value instanceof Uint8Array ? latin1(value) === latin1(literal.bytes) : undefined;
    case 'ipv4Subnet':
      return value instanceof Uint8Array && value.length === 4
        ? bitsOf(value).startsWith(literal.value.toString(2).padStart(32, '0').slice(0, literal.prefix))
        : undefined;
    case 'ipv6Subnet':
      return value instanceof Uint8Array && value.length === 16
        ? bitsOf(value).startsWith(bitsOf(literal.bytes).slice(0, literal.prefix))
        : undefined;
    default:
      throw new Error(`the naive filter has no ${literal.type}`);
  }
}

function bitsOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
}

function sameBytes(value: LayerValue, length: number, wanted: string): boolean | undefined {
  if (value instanceof Uint8Array) return value.length === length ? addressText(value) === wanted : undefined;
  if (typeof value !== 'string') return undefined;
  const canRead = { 4: parseIpv4(value), 6: parseMac(value), 16: parseIpv6(value) }[length] !== undefined;
  return canRead ? value.toLowerCase() === wanted.toLowerCase() : undefined;
}

function addressText(bytes: Uint8Array): string {
  switch (bytes.length) {
    case 4:
      return Array.from(bytes).join('.');
    case 6:
      return macAt(bytes, 0);
    case 16:
      return ipv6At(bytes, 0);
    default:
      return '';
  }
}

function textsOf({ value, text }: DecodedValue): string[] {
  const own = value instanceof Uint8Array ? addressText(value) : String(value);
  return [own, text].filter((each) => each !== '');
}

function integerOf(value: LayerValue): bigint | undefined {
  if (typeof value === 'string') return /^(?:\d+|0x[\da-f]+)$/i.test(value) ? BigInt(value) : undefined;
  return value instanceof Uint8Array ? undefined : BigInt(value);
}
