/** What to know before a capture, as the page lists it: what is wrong with the plan, then the caveats, gravest first. */
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { caveats, caveatSeverities, type CaveatSeverity } from '../../core/capture/caveats.ts';
import type { Link } from '../../core/capture/rates.ts';
import type { PlanTrouble } from '../../core/capture/plan-troubles.ts';
import { captureStrings } from './strings.ts';

export interface CaptureCheck {
  /** Unique in its list. */
  readonly id: string;
  readonly severity: CaveatSeverity;
  readonly title: string;
  readonly words: string;
  /** The field that mends it. */
  readonly where?: keyof CapturePlan;
}

/** Where a caveat says the same of a field at more length, the trouble is left out; the field itself still tells it. */
export function checksOf(plan: CapturePlan, troubles: readonly PlanTrouble[], link: Link): CaptureCheck[] {
  const told = caveats(plan, link);
  const stopped = new Set(told.filter(({ severity }) => severity === 'stop').map(({ where }) => where));
  const checks = [...troubles.map(checkOf).filter(({ where }) => !stopped.has(where)), ...told];
  return caveatSeverities.flatMap((severity) => checks.filter((check) => check.severity === severity));
}

function checkOf({ field, severity, words }: PlanTrouble, index: number): CaptureCheck {
  return {
    id: `plan-${index}-${field}`,
    severity: severity === 'error' ? 'stop' : 'warning',
    title: captureStrings.fields[field],
    words,
    where: field,
  };
}

/** How many checks have a severity. */
export function countChecks(checks: readonly CaptureCheck[], severity: CaveatSeverity): number {
  return checks.filter((check) => check.severity === severity).length;
}
