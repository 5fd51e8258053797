/** What a person should know of a trace that has just been read. */
import type { TraceInfo } from '../../core/engine/contract.ts';
import { troubleCount } from '../completeness/facts.ts';
import { verdictOf } from '../completeness/verdict.ts';
import { reportStrings } from './strings.ts';

/** What was read and what is missing, in one sentence; undefined where nothing is missing, or it is still being read. */
export function openReport(info: TraceInfo): string | undefined {
  const verdict = verdictOf(info);
  if (verdict !== 'loss' && verdict !== 'defect' && verdict !== 'both') return undefined;
  const read = [
    reportStrings.events(info.events),
    reportStrings.providers(info.providers.length),
    ...(info.buffers > 0 ? [reportStrings.buffers(info.buffers)] : []),
  ];
  const troubles = troubleCount(info.problems);
  const missing = [
    ...(info.eventsLost > 0 ? [reportStrings.eventsLost(info.eventsLost)] : []),
    ...(info.buffersLost > 0 ? [reportStrings.buffersLost(info.buffersLost)] : []),
    ...(troubles > 0 ? [reportStrings.problems(troubles)] : []),
  ];
  return missing.length === 0 ? undefined : `${read.join(', ')}; ${missing.join(', ')}.`;
}
