import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { captureScript, planTroubles } from './stand-in.ts';

export type CaptureScript = ReturnType<typeof captureScript>;

/** The script of a plan; undefined while the plan cannot work. */
export function planScript(plan: CapturePlan): CaptureScript | undefined {
  return planTroubles(plan).some(({ severity }) => severity === 'error') ? undefined : captureScript(plan);
}
