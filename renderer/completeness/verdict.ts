/** The answer in one line: what the findings come to. */
import type { Finding, TraceInfo } from '../../core/engine/contract.ts';

export type Verdict = 'reading' | Finding['level'] | 'both';

/** `both`: the capture lost something and the file is damaged. */
export function verdictOf({ complete, completeness }: Pick<TraceInfo, 'complete' | 'completeness'>): Verdict {
  if (!complete) return 'reading';
  const levels = new Set(completeness.findings.map((finding) => finding.level));
  if (levels.has('defect')) return levels.has('loss') ? 'both' : 'defect';
  return gravestLevel(completeness.findings);
}

/** Levels, the gravest first. */
const levels = ['defect', 'loss', 'note', 'good'] as const satisfies readonly Finding['level'][];

export function gravestLevel(findings: readonly Finding[]): Finding['level'] {
  return levels.find((level) => findings.some((finding) => finding.level === level)) ?? 'good';
}
