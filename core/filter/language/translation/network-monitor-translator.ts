import { printLiteral } from '../print.ts';
import { networkMonitorField } from './correspondences.ts';
import type { ForeignCondition, ForeignOperator, ForeignValue } from './foreign-filter.ts';
import { ForeignTranslator, Untranslatable } from './foreign-translator.ts';

/** Properties of Network Monitor's TCP parser that are findings here. */
const findingOfProperty: Readonly<Partial<Record<string, string>>> = {
  tcpretransmit: 'Retransmitted',
  tcpsynretransmit: 'SynRetransmit',
};
const encodings: Readonly<Partial<Record<string, string>>> = { ascii: 'ASCII', unicode: 'Unicode', utf8: 'UTF8' };

/** From Network Monitor 3's filters, whose names of protocols and of most fields Message Analyzer took over. */
export class NetworkMonitorTranslator extends ForeignTranslator {
  protected condition(condition: ForeignCondition): string {
    switch (condition.kind) {
      case 'exists':
        return existence(condition.name);
      case 'comparison':
        return `${ownName(condition.name)} ${ownOperator(condition.operator)} ${valueText(condition.value)}`;
      case 'bits':
        return `(${ownName(condition.name)} & ${valueText(condition.value)}) ~= 0`;
      case 'call':
        return called(condition);
      case 'in':
        throw new Untranslatable('Network Monitor has no "in".');
    }
  }
}

function existence(name: string): string {
  const property = /^\.?property\.(\w+)$/i.exec(name)?.[1].toLowerCase();
  const finding = property === undefined ? undefined : findingOfProperty[property];
  return finding === undefined ? ownName(name) : `*TCPDiagnosis contains "${finding}"`;
}

/** `Protocol.TCP.SrcPort` and `.Protocol.TCP.SrcPort` are `TCP.SrcPort`. */
function ownName(name: string): string {
  const plain = name.replace(/^\.?protocol\.|^\./i, '');
  const property = /^property\.(.+)$/i.exec(plain);
  if (property) return `*${property[1]}`;
  if (/^conversation\.processid$/i.test(plain)) return 'Etw::ProcessId';
  if (/^conversation\./i.test(plain)) throw new Untranslatable(`"${name}" of Network Monitor has no counterpart here.`);
  return networkMonitorField(plain)?.ours ?? plain;
}

/** A comparison with a field that is not there is false in Network Monitor. */
function ownOperator(operator: ForeignOperator): string {
  if (operator === '===') return '==';
  return operator === '!=' || operator === '!==' ? '~=' : operator;
}

/** `ContainsBin(FrameData, ASCII, "x")`, `Contains(HTTP.Request.URI, "x")`, `HTTP.Request.URI.contains("x")`. */
function called(call: ForeignCondition & { readonly kind: 'call' }): string {
  const { name, arguments: values, isCompared } = call;
  if (isCompared) throw noCounterpart(name);
  if (/^containsbin$/i.test(name) && values.length === 3) return bytesSought(values);
  if (/^contains$/i.test(name) && values.length === 2)
    return `${ownName(values[0].text)} contains ${textOf(values[1])}`;
  const field = /^(.+)\.contains$/i.exec(name)?.[1];
  if (field !== undefined && values.length === 1) return `${ownName(field)} contains ${textOf(values[0])}`;
  throw noCounterpart(name);
}

function noCounterpart(name: string): Untranslatable {
  return new Untranslatable(`The function "${name}" of Network Monitor has no counterpart here.`);
}

function bytesSought([data, form, sought]: readonly ForeignValue[]): string {
  if (data.text.toLowerCase() !== 'framedata') {
    throw new Untranslatable(`ContainsBin can search the whole message here, but not "${data.text}".`);
  }
  const digits = sought.text.replace(/^0x|\s/gi, '');
  if (form.text.toLowerCase() === 'hex' && /^(?:[0-9a-f]{2})+$/i.test(digits)) return `contains $[${digits}]`;
  const encoding = encodings[form.text.toLowerCase()];
  if (encoding === undefined) throw new Untranslatable(`ContainsBin cannot be translated with "${form.text}".`);
  return `contains ${textOf(sought)} caseSensitive encoding ${encoding}`;
}

function valueText(value: ForeignValue): string {
  return value.isText ? textOf(value) : value.text;
}

function textOf({ text }: ForeignValue): string {
  return printLiteral({ type: 'text', value: text });
}
