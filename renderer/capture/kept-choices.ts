/** What a person chose on the capture page; kept from one start to the next. */
import { createStore } from 'zustand/vanilla';
import {
  captureSetNames,
  captureTools,
  packetPlaces,
  windowsEditions,
  windowsVersions,
  type CapturePlan,
  type ChosenProvider,
  defaultPlan,
} from '../../core/capture/capture-plan.ts';
import { linkSpeeds } from '../../core/capture/rates.ts';
import { readStored, writeStored } from '../state/settings.ts';

/** The forms that a capture can be taken away in: the whole script, or bare commands. */
export const scriptForms = ['script', 'cmd', 'powershell'] as const;
export type ScriptForm = (typeof scriptForms)[number];

/** Bytes of the packets that rates are told for: as small as they come, half full, full. */
export const frameSizes = [64, 512, 1514] as const;

export interface CaptureChoices {
  readonly plan: CapturePlan;
  /** Speed of the link that is captured at, in Gb/s. */
  readonly gigabits: number;
  readonly frameBytes: number;
  readonly form: ScriptForm;
}

type Check<T> = (value: unknown) => value is T;
type Checks<T> = { readonly [Name in keyof T]-?: Check<T[Name]> };

const oneOf =
  <T>(choices: readonly T[]): Check<T> =>
  (value): value is T =>
    choices.some((choice) => choice === value);
const listOf =
  <T>(isItem: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(isItem);
const isText: Check<string> = (value) => typeof value === 'string';
const isCount: Check<number> = (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isProvider: Check<ChosenProvider> = (value): value is ChosenProvider => {
  if (typeof value !== 'object' || value === null) return false;
  const { provider, keywords, level } = value as Record<string, unknown>;
  return isText(provider) && (keywords === undefined || isText(keywords)) && (level === undefined || isCount(level));
};

const planChecks: Checks<CapturePlan> = {
  tool: oneOf(captureTools),
  windows: oneOf(windowsVersions),
  edition: oneOf(windowsEditions),
  packets: oneOf(packetPlaces),
  truncation: isCount,
  megabytes: isCount,
  fileMode: oneOf(['circular', 'single']),
  adapters: listOf(isText),
  sets: listOf(oneOf(captureSetNames)),
  providers: listOf(isProvider),
  file: isText,
  netshReport: oneOf([true, false]),
  bundle: oneOf(['folder', 'zip', 'none']),
};

const firstChoices: CaptureChoices = { plan: defaultPlan(), gigabits: 10, frameBytes: 1514, form: 'script' };

const choiceChecks: Checks<Omit<CaptureChoices, 'plan'>> = {
  gigabits: oneOf(linkSpeeds),
  frameBytes: oneOf(frameSizes),
  form: oneOf(scriptForms),
};

/** What was kept, each part of it that still means something; the first choices for the rest. */
export function readChoices(kept: unknown): CaptureChoices {
  const { plan, ...others } = asRecord(kept);
  return {
    ...firstChoices,
    ...meaningful(others, choiceChecks),
    plan: { ...firstChoices.plan, ...meaningful(asRecord(plan), planChecks) },
  };
}

function meaningful<T extends object>(kept: Readonly<Record<string, unknown>>, checks: Checks<T>): Partial<T> {
  const names = Object.keys(checks) as (keyof T & string)[];
  return Object.fromEntries(
    names.filter((name) => checks[name](kept[name])).map((name) => [name, kept[name]]),
  ) as Partial<T>;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const storedName = 'capture';

export const captureStore = createStore<CaptureChoices>(() =>
  readChoices(readStored(storedName, (value): value is object => typeof value === 'object')),
);

export function changeChoices(change: Partial<CaptureChoices>): void {
  captureStore.setState(change);
  writeStored(storedName, captureStore.getState());
}

export function changePlan(change: Partial<CapturePlan>): void {
  changeChoices({ plan: { ...captureStore.getState().plan, ...change } });
}

export function resetChoices(): void {
  changeChoices(firstChoices);
}
