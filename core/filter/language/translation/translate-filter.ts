import { isFilter, parseFilter } from '../parser.ts';
import { printFilter } from '../print.ts';
import {
  fieldsWithoutCounterpart,
  findings,
  networkMonitorField,
  presences,
  wiresharkField,
  wiresharkProtocol,
} from './correspondences.ts';
import { readForeignFilter, type ForeignCondition, type ForeignFilter } from './foreign-filter.ts';
import { NetworkMonitorTranslator } from './network-monitor-translator.ts';
import { WiresharkTranslator } from './wireshark-translator.ts';

export interface Translation {
  readonly from: 'Wireshark' | 'Network Monitor';
  /** In our language; null when a part of the filter cannot be said in it. */
  readonly filter: string | null;
  /** Sentences for the filter's author: what could not be translated, and what is not quite the same. */
  readonly notes: readonly string[];
}

/**
 * What a filter that was written for Wireshark or Network Monitor is in our language. Null when the text is a filter of
 * ours, or none that anybody recognises.
 */
export function translateFilter(text: string): Translation | null {
  const foreign = readForeignFilter(text);
  const from = foreign && languageOf(foreign, text);
  if (!foreign || !from) return null;
  const translator = from === 'Wireshark' ? new WiresharkTranslator() : new NetworkMonitorTranslator();
  const translated = translator.translated(foreign);
  const notes = [...new Set(translator.notes)];
  if (translated === null) return { from, filter: null, notes };
  if (!isFilter(translated)) return null;
  const filter = printFilter(parseFilter(translated));
  return isSameFilter(text, filter) ? null : { from, filter, notes };
}

function languageOf(filter: ForeignFilter, text: string): Translation['from'] | null {
  const conditions = conditionsOf(filter);
  const isOurs = isFilter(text);
  if (conditions.some((condition) => isWiresharks(condition) || (!isOurs && isKnownToWireshark(condition))))
    return 'Wireshark';
  return conditions.some(isNetworkMonitors) ? 'Network Monitor' : null;
}

function conditionsOf(filter: ForeignFilter): ForeignCondition[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
    case 'xor':
      return filter.operands.flatMap(conditionsOf);
    case 'not':
      return conditionsOf(filter.operand);
    default:
      return [filter];
  }
}

/** Whether nobody would write this in our language. Names such as `tcp.port` are the same in both. */
function isWiresharks(condition: ForeignCondition): boolean {
  const { kind, name } = condition;
  if (name === 'frame' || name === 'frame.number' || fieldsWithoutCounterpart.has(name)) return true;
  if (findings.some(({ wireshark }) => wireshark === name)) return true;
  const field = wiresharkField(name);
  if (field?.type === 'boolean' && kind === 'exists') return true;
  const ours = field?.ours ?? wiresharkProtocol(name) ?? presences.get(name);
  return ours !== undefined && ours.toLowerCase() !== name;
}

function isKnownToWireshark({ name }: ForeignCondition): boolean {
  if (name !== name.toLowerCase() && !wiresharkField(name)) return false;
  return wiresharkProtocol(name.split('.')[0]) !== undefined;
}

function isNetworkMonitors({ kind, name }: ForeignCondition): boolean {
  if (kind === 'call' || networkMonitorField(name)) return true;
  return /^(?:\.|protocol\.|property\.|conversation\.)/i.test(name);
}

function isSameFilter(text: string, filter: string): boolean {
  return isFilter(text) && printFilter(parseFilter(text)).toLowerCase() === filter.toLowerCase();
}
