/** Which messages are on show besides the filter's: first sightings, one finding, one component. */
import type { DiagnosisReport, ViewChoice } from '../../core/engine/contract.ts';

export const choiceParts = [
  'diagnosis',
  'component',
  'sightings',
  'marked',
] as const satisfies readonly (keyof ViewChoice)[];
export type ChoicePart = (typeof choiceParts)[number];

/** What is to be different; undefined takes a part of the choice back. */
export type ChoiceChange = { [Part in ChoicePart]?: ViewChoice[Part] | undefined };

/** A choice with some of its parts changed. What leaves nothing out is no part of it. */
export function withChoice(choice: ViewChoice, change: ChoiceChange): ViewChoice {
  const { diagnosis, component, sightings, marked }: ChoiceChange = { ...choice, ...change };
  return {
    ...(diagnosis !== undefined && { diagnosis }),
    ...(component !== undefined && { component }),
    ...(sightings === 'first' && { sightings }),
    ...(marked === true && { marked }),
  };
}

export function sameChoice(first: ViewChoice, second: ViewChoice): boolean {
  return choiceParts.every((part) => first[part] === second[part]);
}

/** The parts that leave something out. */
export function chosenParts(choice: ViewChoice): ChoicePart[] {
  return choiceParts.filter((part) => choice[part] !== undefined);
}

/** Messages that a part of a choice lets through when it stands alone; undefined where nobody has counted them. */
export function countAlone(part: ChoicePart, choice: ViewChoice, report: DiagnosisReport): number | undefined {
  switch (part) {
    case 'diagnosis':
      return report.findings.find(({ kind }) => kind === choice.diagnosis)?.sightings;
    case 'component':
      return report.components.find(({ key }) => key === choice.component)?.packets;
    case 'sightings':
    case 'marked':
      return undefined;
  }
}
