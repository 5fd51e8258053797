import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { captureScript, type CaptureScript } from '../../core/capture/scripts/capture-script.ts';
import { planTroubles } from '../../core/capture/plan-troubles.ts';

/** The script of a plan; undefined while the plan cannot work. */
export function planScript(plan: CapturePlan): CaptureScript | undefined {
  return canWork(plan) ? captureScript(plan) : undefined;
}

export function canWork(plan: CapturePlan): boolean {
  return planTroubles(plan).every(({ severity }) => severity !== 'error');
}
