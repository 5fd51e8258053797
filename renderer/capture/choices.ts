/** What can be chosen for a plan, and why something cannot. */
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { planTroubles, type PlanTrouble } from '../../core/capture/plan-troubles.ts';
import { captureStrings } from './strings.ts';

/**
 * Why a change would keep a plan from working, in words; undefined where it would not. What keeps the plan from working as it
 * is does not count: it is no fault of the change.
 */
export function whyImpossible(plan: CapturePlan, change: Partial<CapturePlan>): string | undefined {
  const before = new Set(errorsOf(plan));
  return errorsOf({ ...plan, ...change }).find((words) => !before.has(words));
}

function errorsOf(plan: CapturePlan): string[] {
  return planTroubles(plan)
    .filter(({ severity }) => severity === 'error')
    .map(({ words }) => words);
}

/** What is to be told beside one field, errors first. */
export function troublesOf(troubles: readonly PlanTrouble[], field: keyof CapturePlan): PlanTrouble[] {
  const own = troubles.filter((trouble) => trouble.field === field);
  return [...own.filter(isError), ...own.filter((trouble) => !isError(trouble))];
}

function isError({ severity }: PlanTrouble): boolean {
  return severity === 'error';
}

/** Bytes of a packet that are often kept; 0 is all of it. */
export const truncations = [0, 128, 256, 1500] as const;

export function truncationWords(bytes: number): string {
  if (bytes === 0) return captureStrings.wholePackets;
  if (bytes === 128) return captureStrings.headersOnly(bytes);
  return bytes === 1500 ? captureStrings.fullFrame(bytes) : captureStrings.firstBytes(bytes);
}

/** A whole number between two others, written with any grouping; undefined for everything else. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  if (!/^(\d{1,15}|\d{1,3}([.,'’\s]\d{3}){1,4})$/.test(text.trim())) return undefined;
  const number = Number(text.replace(/\D/g, ''));
  return number >= least && number <= most ? number : undefined;
}

/** Keywords of a provider as they may be written. */
export function isKeywords(text: string): boolean {
  return /^0x[0-9a-f]{1,16}$/i.test(text);
}
