/** What was chosen in the palette, from start to start. */
import { readStored, writeStored } from '../state/settings.ts';
import { withChosen } from './ranking.ts';

const storedName = 'palette-recent';
const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

/** Ids of offers, the last chosen first. */
export function recentChoices(): string[] {
  return readStored(storedName, isTextList) ?? [];
}

export function rememberChoice(id: string): void {
  writeStored(storedName, withChosen(recentChoices(), id));
}
