import { ipv4Text, ipv6At, macAt, parseIpv4, parseIpv6, parseMac } from '../base/address.ts';
import { parseGuid } from '../base/guid.ts';
import type { LayerValue } from '../packet/layer.ts';
import type { ArithmeticOperator, LiteralValue, OrderOperator } from './language/ast.ts';
import { bigEndian, contains, subnet } from './ranges.ts';

/** A value that a filter compares, and how a person would write it. */
export interface Comparable {
  readonly value: LayerValue;
  /** As the details show it; empty where that says no more. */
  readonly text: string;
  /** The name that a map gives it. */
  readonly label?: string | undefined;
}

/** Whether the value is what the literal says; undefined when the two cannot be compared. */
export function areEqual(found: Comparable, wanted: LiteralValue): boolean | undefined {
  const { value } = found;
  switch (wanted.type) {
    case 'integer': {
      const number = integerOf(value);
      return number === undefined ? undefined : number === wanted.value;
    }
    case 'boolean':
      return truthOf(value) === undefined ? undefined : truthOf(value) === wanted.value;
    case 'text':
      return isText(found, wanted.value);
    case 'ipv4':
      return bytesEqual(addressOf(value, 4), ipv4Octets(wanted.value));
    case 'ipv6':
      return bytesEqual(addressOf(value, 16), wanted.bytes);
    case 'mac':
      return bytesEqual(addressOf(value, 6), wanted.bytes);
    case 'guid':
      return typeof value === 'string' && parseGuid(value) !== undefined ? parseGuid(value) === wanted.text : undefined;
    case 'binary':
      return value instanceof Uint8Array ? bytesEqual(value, wanted.bytes) : undefined;
    case 'ipv4Subnet':
    case 'ipv6Subnet':
    case 'nothing':
      return undefined;
  }
}

/** Whether the value equals the literal or lies in the subnet that it is; undefined when they cannot be compared. */
export function liesIn(found: Comparable, wanted: LiteralValue): boolean | undefined {
  if (wanted.type === 'ipv4Subnet') {
    const bytes = addressOf(found.value, 4);
    return bytes && contains([subnet(BigInt(wanted.value), wanted.prefix, 32)], bigEndian(bytes));
  }
  if (wanted.type === 'ipv6Subnet') {
    const bytes = addressOf(found.value, 16);
    return bytes && contains([subnet(bigEndian(wanted.bytes), wanted.prefix, 128)], bigEndian(bytes));
  }
  return areEqual(found, wanted);
}

/** Below 0, 0 or above 0 as the first is below, at or above the second; undefined when they have no order. */
export function compared(first: LayerValue, second: LayerValue): number | undefined {
  if (isNumeric(first) && isNumeric(second)) {
    if (Number.isNaN(first) || Number.isNaN(second)) return undefined;
    return first < second ? -1 : first > second ? 1 : 0;
  }
  if (first instanceof Uint8Array && second instanceof Uint8Array && first.length === second.length) {
    const [one, other] = [bigEndian(first), bigEndian(second)];
    return one < other ? -1 : one > other ? 1 : 0;
  }
  return undefined;
}

/** Whether a result of `compared` is what the operator asks for. */
export function isInOrder(operator: OrderOperator, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Whether two values of fields are the same; undefined when they cannot be compared. */
export function sameValue(first: Comparable, second: Comparable): boolean | undefined {
  if (typeof first.value === 'string' || typeof second.value === 'string') {
    return typeof first.value === typeof second.value ? first.value === second.value : undefined;
  }
  const order = compared(numericOf(first.value), numericOf(second.value));
  return order === undefined ? undefined : order === 0;
}

/** The value that a literal stands for; undefined for a subnet and for nothing, which are no values. */
export function literalValue(literal: LiteralValue): LayerValue | undefined {
  switch (literal.type) {
    case 'integer':
    case 'boolean':
    case 'text':
      return literal.value;
    case 'ipv4':
      return ipv4Octets(literal.value);
    case 'ipv6':
    case 'mac':
    case 'binary':
      return literal.bytes;
    case 'guid':
      return literal.text;
    default:
      return undefined;
  }
}

/** The result as a whole number; undefined where an operand is none, where it is divided by 0, and for absurd shifts. */
export function calculated(operator: ArithmeticOperator, left: LayerValue, right: LayerValue): bigint | undefined {
  const first = integerOf(left);
  const second = integerOf(right);
  if (first === undefined || second === undefined) return undefined;
  switch (operator) {
    case '|':
      return first | second;
    case '^':
      return first ^ second;
    case '&':
      return first & second;
    case '<<':
      return second >= 0n && second <= longestShift ? BigInt.asIntN(resultBits, first << second) : undefined;
    case '>>':
      return second >= 0n && second <= longestShift ? first >> second : undefined;
    case '+':
      return BigInt.asIntN(resultBits, first + second);
    case '-':
      return BigInt.asIntN(resultBits, first - second);
    case '*':
      return BigInt.asIntN(resultBits, first * second);
    case '/':
      return second === 0n ? undefined : first / second;
    case '%':
      return second === 0n ? undefined : first % second;
  }
}

/** Wider than any field, so that sums of two 64-bit numbers stay exact, and never without bound. */
const resultBits = 256;
const longestShift = 64n;

export function complementOf(value: LayerValue): bigint | undefined {
  const number = integerOf(value);
  return number === undefined ? undefined : ~number;
}

/** Texts in which a value is searched: its own, and how it is shown. */
export function textsOf({ value, text, label }: Comparable): string[] {
  const own = typeof value === 'string' ? value : value instanceof Uint8Array ? addressText(value) : String(value);
  return [...new Set([own, text, label ?? ''])].filter((each) => each !== '');
}

function isText(found: Comparable, wanted: string): boolean {
  return textsOf(found).includes(wanted) || addressEquals(found.value, wanted);
}

/** `Source == "10.0.0.1"`: an address in quotation marks is still one, however it is written. */
function addressEquals(value: LayerValue, text: string): boolean {
  const bytes = value instanceof Uint8Array ? value : typeof value === 'string' ? addressBytes(value) : undefined;
  const wanted = bytes && addressBytes(text);
  return bytes !== undefined && wanted !== undefined && bytesEqual(bytes, wanted) === true;
}

function addressText(bytes: Uint8Array): string {
  switch (bytes.length) {
    case 4:
      return ipv4Text(Number(bigEndian(bytes)));
    case 6:
      return macAt(bytes, 0);
    case 16:
      return ipv6At(bytes, 0);
    default:
      return '';
  }
}

function addressBytes(text: string): Uint8Array | undefined {
  const ipv4 = parseIpv4(text);
  return ipv4 === undefined ? (parseMac(text) ?? parseIpv6(text)) : ipv4Octets(ipv4);
}

/** Bytes of an address of that length; a text that is one counts as well, as in the grid's columns. */
function addressOf(value: LayerValue, length: number): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value.length === length ? value : undefined;
  const bytes = typeof value === 'string' ? addressBytes(value) : undefined;
  return bytes?.length === length ? bytes : undefined;
}

function ipv4Octets(address: number): Uint8Array {
  return Uint8Array.of(address >>> 24, address >>> 16, address >>> 8, address);
}

function bytesEqual(first: Uint8Array | undefined, second: Uint8Array): boolean | undefined {
  if (!first) return undefined;
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}

function truthOf(value: LayerValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const number = typeof value === 'string' ? undefined : integerOf(value);
  return number === 0n ? false : number === 1n ? true : undefined;
}

/** `TCP.Flags.SYN == 1` holds of a flag that is set. */
function integerOf(value: LayerValue): bigint | undefined {
  switch (typeof value) {
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1n : 0n;
    case 'number':
      return Number.isInteger(value) ? BigInt(value) : undefined;
    case 'string':
      return /^(?:\d{1,20}|0x[\da-f]{1,16})$/i.test(value) ? BigInt(value) : undefined;
    default:
      return undefined;
  }
}

function isNumeric(value: LayerValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Truth values and texts of digits count as numbers where numbers are asked for. */
export function numericOf(value: LayerValue): LayerValue {
  return isNumeric(value) ? value : (integerOf(value) ?? value);
}
