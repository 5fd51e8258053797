import { parseIpv4, parseIpv6, parseMac } from '../../../base/address.ts';
import type { LiteralValue } from '../ast.ts';
import { printLiteral } from '../print.ts';
import {
  findings,
  presences,
  wiresharkField,
  wiresharkProtocol,
  type FieldCorrespondence,
  type ForeignType,
} from './correspondences.ts';
import type { ForeignCondition, ForeignOperator, ForeignRange, ForeignValue } from './foreign-filter.ts';
import { ForeignTranslator, joined, Untranslatable } from './foreign-translator.ts';

/**
 * From Wireshark's display filters. There a field can be in a packet several times, and `==` holds when one of them is
 * equal, `!=` when all differ (since version 3.6): our `==` and `~=`.
 */
export class WiresharkTranslator extends ForeignTranslator {
  protected condition(condition: ForeignCondition): string {
    switch (condition.kind) {
      case 'exists':
        return this.existence(condition.name);
      case 'comparison':
        return this.comparison(condition.name, condition.operator, condition.value);
      case 'bits':
        return `(${fieldNamed(condition.name).ours} & ${valueText(condition.value, 'integer')}) ~= 0`;
      case 'in':
        return membership(condition.name, condition.ranges);
      case 'call':
        throw new Untranslatable(`The function "${condition.name}" of Wireshark has no counterpart here.`);
    }
  }

  private existence(name: string): string {
    const finding = findings.find(({ wireshark }) => wireshark === name);
    if (finding) return diagnosed(finding);
    const field = wiresharkField(name);
    if (field?.type === 'boolean') {
      this.notes.push(`"${name}" alone is true in Wireshark wherever the flag exists; here it is read as "is set".`);
      return `${field.ours} == true`;
    }
    return presences.get(name) ?? field?.ours ?? wiresharkProtocol(name) ?? ownName(name);
  }

  private comparison(name: string, operator: ForeignOperator, value: ForeignValue): string {
    if (name === 'frame') return wholeMessage(operator, value);
    if (name === 'frame.number') {
      this.notes.push('Frame numbers are read as message numbers; both count from 1 in a capture file.');
      return numberComparison('#MessageNumber', operator, valueText(value, 'integer'));
    }
    const module = wiresharkProtocol(name);
    if (module !== undefined) {
      this.notes.push(`The whole message is searched here, not only what belongs to "${name}".`);
      return joined('and', [module, wholeMessage(operator, value)]);
    }
    return fieldComparison(fieldNamed(name), operator, value);
  }
}

/** Spurious and fast retransmissions are retransmissions to Wireshark as well, and so are those of SYN. */
function diagnosed({ ours }: { readonly ours: string }): string {
  const words = ours === 'Retransmitted' ? [ours, 'SynRetransmit'] : [ours];
  return joined(
    'or',
    words.map((word) => `*TCPDiagnosis contains "${word}"`),
  );
}

function wholeMessage(operator: ForeignOperator, value: ForeignValue): string {
  if (operator === 'contains') return `contains ${soughtText(value)} caseSensitive`;
  if (operator === 'matches') return `regex ${expressionLiteral(value.text)}`;
  throw new Untranslatable(`A whole message cannot be compared by "${operator}".`);
}

function fieldComparison(field: FieldCorrespondence, operator: ForeignOperator, value: ForeignValue): string {
  switch (operator) {
    case 'contains':
    case 'matches': {
      if (field.type !== 'text')
        throw new Untranslatable(`"${field.wireshark}" is no text here, so that "${operator}" cannot search it.`);
      if (operator === 'matches') return `${field.ours} matches ${expressionLiteral(value.text)}`;
      return `${field.ours} contains ${textLiteral(value.text)} caseSensitive`;
    }
    case '===':
      return joined(
        'and',
        partsOf(field).map((part) => fieldComparison(part, '==', value)),
      );
    case '!==':
      return joined(
        'or',
        partsOf(field).map((part) => fieldComparison(part, '!=', value)),
      );
    default: {
      const other = value.isText ? undefined : wiresharkField(value.text);
      if (other) return numberComparison(field.ours, operator, other.ours);
      const text = valueText(value, field.type);
      return isSubnet(text, field.type)
        ? subnetComparison(field, operator, text)
        : numberComparison(field.ours, operator, text);
    }
  }
}

function numberComparison(subject: string, operator: ForeignOperator, value: string): string {
  if (operator === 'contains' || operator === 'matches') {
    throw new Untranslatable(`"${operator}" cannot search a number.`);
  }
  if (operator === '===') return `${subject} == ${value}`;
  return `${subject} ${operator === '!=' || operator === '!==' ? '~=' : operator} ${value}`;
}

function subnetComparison({ ours, wireshark }: FieldCorrespondence, operator: ForeignOperator, subnet: string): string {
  if (operator === '==') return `${ours} in ${subnet}`;
  if (operator === '!=') return `${ours} and not (${ours} in ${subnet})`;
  throw new Untranslatable(`"${wireshark}" cannot be compared with a subnet by "${operator}".`);
}

function membership(name: string, ranges: readonly ForeignRange[]): string {
  const field = fieldNamed(name);
  const values = ranges.filter(({ last }) => last === null).map(({ first }) => valueText(first, field.type));
  const listed = values.filter((value) => !isSubnet(value, field.type));
  const conditions = [
    ...(listed.length > 0 ? [`${field.ours} in [${listed.join(', ')}]`] : []),
    ...values.filter((value) => isSubnet(value, field.type)).map((subnet) => `${field.ours} in ${subnet}`),
    ...ranges.flatMap((range) => partsOf(field).flatMap((part) => between(part, range))),
  ];
  if (conditions.length === 0) throw new Untranslatable(`"${name}" is compared with an empty set.`);
  return joined('or', conditions);
}

/** Both bounds have to hold for the same of the two fields that a name may stand for. */
function between({ ours, type }: FieldCorrespondence, { first, last }: ForeignRange): string[] {
  if (last === null) return [];
  return [`${ours} >= ${valueText(first, type)} and ${ours} <= ${valueText(last, type)}`];
}

/** The two fields that a name such as `tcp.port` stands for, or the one. */
function partsOf(field: FieldCorrespondence): readonly FieldCorrespondence[] {
  return field.either ? field.either.map(fieldNamed) : [field];
}

function fieldNamed(name: string): FieldCorrespondence {
  const field = wiresharkField(name);
  if (field) return field;
  return { wireshark: name, ours: ownName(name), type: 'integer' };
}

/** Names with capitals are taken for ours. */
function ownName(name: string): string {
  if (/[A-Z*#]/.test(name)) return name;
  throw new Untranslatable(`"${name}" of Wireshark has no counterpart here.`);
}

function isSubnet(value: string, type: ForeignType): boolean {
  return (type === 'ipv4' || type === 'ipv6') && value.includes('/');
}

function valueText({ isText, text }: ForeignValue, type: ForeignType): string {
  const literal = type === 'text' ? textLiteral(text) : isText ? undefined : unquotedValue(text, type);
  if (literal === undefined) throw new Untranslatable(`The value "${text}" cannot be read here as Wireshark reads it.`);
  return literal;
}

function unquotedValue(text: string, type: Exclude<ForeignType, 'text'>): string | undefined {
  switch (type) {
    case 'integer':
      return numberText(text);
    case 'port':
      return (
        numberText(text) ??
        (/^[a-z][a-z-]*$/i.test(text) ? `IANA.Port.${text.toUpperCase().replaceAll('-', '_')}` : undefined)
      );
    case 'boolean':
      if (text === '1' || text.toLowerCase() === 'true') return 'true';
      return text === '0' || text.toLowerCase() === 'false' ? 'false' : undefined;
    case 'ipv4':
      return subnetText(text, 32, (address) => parseIpv4(address) !== undefined);
    case 'ipv6':
      return subnetText(text, 128, (address) => parseIpv6(address) !== undefined);
    case 'mac': {
      const bytes = parseMac(text);
      return bytes && literalText({ type: 'mac', bytes });
    }
  }
}

/** A leading zero makes a number octal, as in C. */
function numberText(text: string): string | undefined {
  if (/^0[0-7]+$/.test(text)) return BigInt(`0o${text}`).toString();
  return /^(?:\d+|0x[0-9a-f]+)$/i.test(text) ? text : undefined;
}

function subnetText(text: string, bits: number, isAddress: (text: string) => boolean): string | undefined {
  const [address, prefix, ...rest] = text.split('/') as [string, ...(string | undefined)[]];
  if (rest.length > 0 || !isAddress(address)) return undefined;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits) ? text : undefined;
}

/** A text, or the bytes in `53:4d:42`. */
function soughtText({ isText, text }: ForeignValue): string {
  if (isText || !/^[0-9a-f]{2}(?:[:.-][0-9a-f]{2})*$/i.test(text)) return textLiteral(text);
  return `$[${text.replace(/[:.-]/g, '')}]`;
}

/** Wireshark's regular expressions take no notice of case until told to. */
function expressionLiteral(expression: string): string {
  return textLiteral(expression.startsWith('(?-i)') ? expression.slice('(?-i)'.length) : `(?i)${expression}`);
}

function textLiteral(text: string): string {
  return literalText({ type: 'text', value: text });
}

function literalText(value: LiteralValue): string {
  return printLiteral(value);
}
