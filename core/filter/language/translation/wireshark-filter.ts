import { ipv4Text, ipv6At } from '../../../base/address.ts';
import { FilterError } from '../filter-error.ts';
import {
  mirrored,
  type ComparisonExpression,
  type ComparisonOperator,
  type ContainsExpression,
  type Expression,
  type FilterAst,
  type LiteralExpression,
  type LiteralValue,
  type PathExpression,
} from '../ast.ts';
import { printPath } from '../print.ts';
import { constantRoots } from '../filter-words.ts';
import {
  fields,
  findings,
  presences,
  protocols,
  type FieldCorrespondence,
  type ForeignType,
} from './correspondences.ts';
import { textPattern } from './text-pattern.ts';

/** A display filter for Wireshark 4 that lets through the same packets, or a sentence why there is none. */
export type WiresharkFilter = { readonly filter: string } | { readonly reason: string };

/** The number that a path such as `IANA.Port.HTTP` names, or undefined. */
export type ConstantNumber = (name: string) => bigint | undefined;

/**
 * What a filter of ours is in Wireshark's language. An empty filter stays empty. Filters about events, message stacks and
 * arithmetic have no counterpart there.
 */
export function wiresharkFilter(filter: FilterAst, constantNumber: ConstantNumber): WiresharkFilter {
  if (filter.expression === null) return { filter: '' };
  try {
    return { filter: new Writer(constantNumber).condition(filter.expression) };
  } catch (error) {
    if (error instanceof Unsayable) return { reason: error.message };
    throw error;
  }
}

/** Thrown where Wireshark has nothing for a part of a filter. The message is a sentence for the author. */
class Unsayable extends Error {}

/** Names that no module has besides those in the table, so that `*` in front of them can be said in full. */
const namesToSayInFull = new Set(
  [
    'Port',
    'SourcePort',
    'DestinationPort',
    'Address',
    'FIN',
    'SYN',
    'RST',
    'PSH',
    'ACK',
    'URG',
    'TCPDiagnosis',
    'VlanId',
  ].map((name) => name.toLowerCase()),
);
/** Names that several fields of one module have, so that a path has to say where they stand. */
const namesOfSeveralFields = new Set(['type', 'length', 'version', 'flags', 'description', 'realm', 'identifier']);
/** Message Analyzer's names of messages, between the module and its fields. */
const messageNames = new Set(['frame', 'datagram', 'segment']);

class Writer {
  private readonly constantNumber: ConstantNumber;

  constructor(constantNumber: ConstantNumber) {
    this.constantNumber = constantNumber;
  }

  condition(expression: Expression): string {
    switch (expression.kind) {
      case 'and':
      case 'or':
        return joined(
          expression.kind,
          expression.operands.map((operand) => this.condition(operand)),
        );
      case 'not':
        return `!(${this.condition(expression.operand)})`;
      case 'path':
        return existence(expression);
      case 'comparison':
        return this.comparison(expression);
      case 'in':
        return this.membership(expression.subject, expression.elements);
      case 'contains':
        return contained(expression);
      case 'matches':
        return any(textFields(expression.subject), (field) => `${field} matches ${expressionText(expression.pattern)}`);
      case 'regex':
        return `frame matches ${expressionText(expression.pattern)}`;
      case 'stack':
        throw new Unsayable('Wireshark cannot ask in which order the layers of a packet lie.');
      case 'arithmetic':
      case 'complement':
        throw new Unsayable('Arithmetic in filters differs too much between Wireshark and Hopscope.');
      case 'literal':
        throw new Unsayable('A value alone is no condition in Wireshark.');
      case 'missing':
        throw new FilterError('A filter with mistakes cannot be translated.', expression);
    }
  }

  private comparison({ left, right, operator }: ComparisonExpression): string {
    const leftValue = this.valueOf(left);
    if (leftValue) return this.compared(right, mirrored[operator], leftValue);
    const rightValue = this.valueOf(right);
    return rightValue ? this.compared(left, operator, rightValue) : comparedFields(left, operator, right);
  }

  private compared(subject: Expression, operator: ComparisonOperator, value: LiteralValue): string {
    const path = pathOf(subject);
    if (value.type === 'nothing') return comparedWithNothing(path, operator);
    const comparable = comparableFields(path, value);
    switch (operator) {
      case '!=':
        return `!(${anyEqual(comparable, value)})`;
      case '~=':
        return joined('and', [any(comparable, ({ wireshark }) => wireshark), `!(${anyEqual(comparable, value)})`]);
      case '==':
        return anyEqual(comparable, value);
      default:
        return any(comparable, ({ wireshark, type }) => `${wireshark} ${operator} ${valueText(value, type)}`);
    }
  }

  private membership(subject: Expression, elements: readonly Expression[]): string {
    const path = pathOf(subject);
    const values = elements.map((element) => {
      const value = this.valueOf(element);
      if (!value) throw new Unsayable('Wireshark has only values in lists.');
      return value;
    });
    return joined(
      'or',
      values.flatMap((value) => comparableFields(path, value).map((field) => equal(field, value))),
    );
  }

  private valueOf(expression: Expression): LiteralValue | undefined {
    if (expression.kind === 'literal') return expression.value;
    if (expression.kind !== 'path' || !constantRoots.has(expression.steps.at(0)?.name.toLowerCase() ?? ''))
      return undefined;
    const value = this.constantNumber(printPath(expression));
    if (value === undefined) throw new Unsayable(`Nobody knows the number of "${printPath(expression)}".`);
    return { type: 'integer', value, hexadecimal: false };
  }
}

function existence(path: PathExpression): string {
  const module = path.annotation === null && path.steps.length === 1 ? moduleNamed(path.steps[0].name) : undefined;
  if (module !== undefined) return module;
  const presence = [...presences].find(([, ours]) => ours.toLowerCase() === printPath(path).toLowerCase());
  return presence ? presence[0] : any(fieldsOf(path), ({ wireshark }) => wireshark);
}

function moduleNamed(name: string): string | undefined {
  return protocols.find(({ ours }) => ours.toLowerCase() === name.toLowerCase())?.wireshark;
}

function comparedWithNothing(path: PathExpression, operator: ComparisonOperator): string {
  const isThere = existence(path);
  if (operator === '==') return `!(${isThere})`;
  if (operator === '!=' || operator === '~=') return isThere;
  throw new Unsayable('Nothing is more or less than "nothing".');
}

/** Only fields that are one thing to Wireshark: of two ports each, it would compare any with any. */
function comparedFields(left: Expression, operator: ComparisonOperator, right: Expression): string {
  const [first, second] = [left, right].map((side) => {
    const found = fieldsOf(pathOf(side));
    if (found.length !== 1 || found[0].either)
      throw new Unsayable('Wireshark compares only single fields with each other.');
    return found[0].wireshark;
  });
  if (operator === '!=') return `!(${first} == ${second})`;
  if (operator === '~=') return `${first} and ${second} and !(${first} == ${second})`;
  return `${first} ${operator} ${second}`;
}

function contained({ subject, pattern, caseSensitive, encoding }: ContainsExpression): string {
  if (subject && isDiagnosis(subject)) return finding(textOf(pattern));
  if (pattern.value.type === 'binary') {
    if (subject) throw new Unsayable('Wireshark searches bytes only in whole packets here.');
    return `frame matches ${quoted(textPattern(pattern.value.bytes, null, true))}`;
  }
  const sought = textPattern(textOf(pattern), subject ? (encoding ?? 'UTF8') : encoding, caseSensitive);
  if (sought === undefined) throw new Unsayable(`Wireshark cannot search a text in the encoding ${String(encoding)}.`);
  return subject
    ? any(textFields(subject), (field) => `${field} matches ${quoted(sought)}`)
    : `frame matches ${quoted(sought)}`;
}

function isDiagnosis(subject: Expression): boolean {
  return subject.kind === 'path' && subject.steps.at(-1)?.name.toLowerCase() === 'tcpdiagnosis';
}

function finding(words: string): string {
  const found = findings.find(({ ours }) => ours.toLowerCase() === words.toLowerCase());
  if (!found) throw new Unsayable(`Wireshark has no finding "${words}".`);
  return found.wireshark;
}

/** Case counts in our regular expressions, and in Wireshark's only when they say so. */
function expressionText(pattern: LiteralExpression): string {
  const expression = textOf(pattern);
  return quoted(expression.startsWith('(?i)') ? expression.slice('(?i)'.length) : `(?-i)${expression}`);
}

function textOf({ value }: LiteralExpression): string {
  if (value.type !== 'text') throw new Unsayable('Wireshark searches this only for a text.');
  return value.value;
}

/** Wireshark names of the text fields that a path leads to. */
function textFields(subject: Expression): string[] {
  const path = pathOf(subject);
  const found = fieldsOf(path).filter(({ type }) => type === 'text');
  if (found.length === 0) throw new Unsayable(`"${printPath(path)}" is no text in Wireshark.`);
  return found.map(({ wireshark }) => wireshark);
}

function comparableFields(path: PathExpression, value: LiteralValue): FieldCorrespondence[] {
  const comparable = fieldsOf(path).filter(({ type }) => equalText(value, type) !== undefined);
  if (comparable.length === 0)
    throw new Unsayable(`"${printPath(path)}" cannot be compared with such a value in Wireshark.`);
  return comparable;
}

/** The fields a path leads to. Throws when Wireshark has none. */
function fieldsOf(path: PathExpression): FieldCorrespondence[] {
  if (path.annotation !== null) throw new Unsayable(`"#${path.annotation}" is no field of packets.`);
  const last = path.steps.at(-1)?.name.toLowerCase() ?? '';
  if (path.wildcard && !namesToSayInFull.has(last)) {
    throw new Unsayable(`"${printPath(path)}" may be a field of any protocol; Wireshark wants to know of which.`);
  }
  const found = fields.filter(({ ours }) => leadsTo(path, ours.toLowerCase().split('.')));
  // The first of several names for one field.
  const single = found.filter(({ ours }, index) => found.findIndex((other) => other.ours === ours) === index);
  if (single.length === 0) throw new Unsayable(`Wireshark has nothing known for "${printPath(path)}".`);
  if (!path.wildcard && single.length > 1)
    throw new Unsayable(`"${printPath(path)}" is more than one field in Wireshark.`);
  return single;
}

/** Whether the names of a path are among those of the field, in their order, and end with its last one. */
function leadsTo({ wildcard, steps }: PathExpression, names: readonly string[]): boolean {
  const wanted = steps
    .map(({ name }) => name.toLowerCase())
    .filter((name, index) => index !== 1 || !messageNames.has(name));
  if (wanted.at(-1) !== names.at(-1) || (!wildcard && (wanted[0] !== names[0] || wanted.length < 2))) return false;
  if (namesOfSeveralFields.has(wanted[wanted.length - 1]) && wanted.length < names.length) return false;
  let position = 0;
  for (const name of wanted) {
    position = names.indexOf(name, position) + 1;
    if (position === 0) return false;
  }
  return true;
}

function pathOf(subject: Expression): PathExpression {
  if (subject.kind === 'path') return subject;
  throw new Unsayable('Wireshark compares only fields.');
}

function anyEqual(comparable: readonly FieldCorrespondence[], value: LiteralValue): string {
  return any(comparable, (field) => equal(field, value));
}

function equal({ wireshark, type }: FieldCorrespondence, value: LiteralValue): string {
  return `${wireshark} == ${equalText(value, type) ?? ''}`;
}

/** A value for `==`, where subnets are allowed; undefined when fields of that type never have it. */
function equalText(value: LiteralValue, type: ForeignType): string | undefined {
  if (value.type === 'ipv4Subnet' && type === 'ipv4') return `${ipv4Text(value.value)}/${value.prefix}`;
  if (value.type === 'ipv6Subnet' && type === 'ipv6') return `${ipv6At(value.bytes, 0)}/${value.prefix}`;
  return plainText(value, type);
}

function valueText(value: LiteralValue, type: ForeignType): string {
  const text = plainText(value, type);
  if (text === undefined) throw new Unsayable('Subnets are not more or less than an address in Wireshark.');
  return text;
}

function plainText(value: LiteralValue, type: ForeignType): string | undefined {
  switch (value.type) {
    case 'integer':
      if (type === 'boolean') return value.value <= 1n ? String(value.value) : undefined;
      return type === 'integer' || type === 'port' ? value.value.toString() : undefined;
    case 'boolean':
      return type === 'boolean' ? String(Number(value.value)) : undefined;
    case 'ipv4':
      return type === 'ipv4' ? ipv4Text(value.value) : undefined;
    case 'ipv6':
      return type === 'ipv6' ? ipv6At(value.bytes, 0) : undefined;
    case 'mac':
      return type === 'mac' ? hexadecimal(value.bytes) : undefined;
    case 'text':
      return type === 'text' ? quoted(value.value) : undefined;
    case 'binary':
      return addressOf(value.bytes, type);
    default:
      return undefined;
  }
}

/** `IPv4.Address == $[C0A80101]` */
function addressOf(bytes: Uint8Array, type: ForeignType): string | undefined {
  if (type === 'ipv4' && bytes.length === 4) return bytes.join('.');
  if (type === 'ipv6' && bytes.length === 16) return ipv6At(bytes, 0);
  return type === 'mac' && bytes.length === 6 ? hexadecimal(bytes) : undefined;
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\p{Cc}/gu, (character) => `\\x${hexadecimal(Uint8Array.of(character.charCodeAt(0)))}`)}"`;
}

function any<Part>(parts: readonly Part[], condition: (part: Part) => string): string {
  return joined('or', parts.map(condition));
}

/** In parentheses where there are several: Wireshark's precedence of `and` and `or` has changed over time. */
function joined(kind: 'and' | 'or', conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions[0] : conditions.map(grouped).join(` ${kind} `);
}

function grouped(condition: string): string {
  return / (?:and|or) /.test(condition) ? `(${condition})` : condition;
}
