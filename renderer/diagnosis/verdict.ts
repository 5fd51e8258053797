/** What the findings come to, in one line. */
import type { DiagnosisFinding, DiagnosisLevel, DiagnosisReport } from '../../core/engine/contract.ts';

/** Levels, the gravest first. */
export const diagnosisLevels = ['error', 'warning', 'information'] as const satisfies readonly DiagnosisLevel[];

export type DiagnosisVerdict = DiagnosisLevel | 'good';

export function diagnosisVerdict({ findings }: Pick<DiagnosisReport, 'findings'>): DiagnosisVerdict {
  return diagnosisLevels.find((level) => findings.some((finding) => finding.level === level)) ?? 'good';
}

export interface LevelGroup {
  level: DiagnosisLevel;
  findings: DiagnosisFinding[];
}

/** The findings by their level, the gravest first; levels without any are left out. */
export function findingsByLevel(findings: readonly DiagnosisFinding[]): LevelGroup[] {
  return diagnosisLevels
    .map((level) => ({ level, findings: findings.filter((finding) => finding.level === level) }))
    .filter((group) => group.findings.length > 0);
}
