/** What to know before a capture, as the page lists it: what is wrong with the plan, then the caveats, gravest first. */
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { caveats, caveatSeverities, type CaveatSeverity } from '../../core/capture/caveats.ts';
import type { Link } from '../../core/capture/rates.ts';
import type { PlanTrouble } from './stand-in.ts';
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

export function checksOf(plan: CapturePlan, troubles: readonly PlanTrouble[], link: Link): CaptureCheck[] {
  const checks = [...troubles.map(checkOf), ...caveats(plan, link)];
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
