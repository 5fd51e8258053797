import type { CapturePlan } from '../core/capture/capture-plan.ts';
import type { CaptureState } from '../core/engine/host.ts';
import { captureWords } from './strings.ts';

/** The capture that the app runs on its own machine: one at a time, as Windows has it. */
export class CaptureRun {
  readonly state: CaptureState = { phase: 'unavailable', words: captureWords.otherSystem };

  start(plan: CapturePlan): Promise<void> {
    return Promise.reject(new Error(`${captureWords.otherSystem} (${plan.tool})`));
  }

  stop(): Promise<void> {
    return Promise.reject(new Error(captureWords.otherSystem));
  }
}
