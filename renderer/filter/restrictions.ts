/** What keeps messages out of sight: the filter's text and the parts of the choice, each in words. */
import type { DiagnosisReport, ViewChoice } from '../../core/engine/contract.ts';
import { diagnosisOf, type Session } from '../state/model.ts';
import { chosenParts, countAlone, type ChoicePart } from '../state/view-choice.ts';
import { noteStrings } from '../grid/strings.ts';
import { choiceStrings } from '../strings.ts';

export interface Restriction {
  part: 'filter' | ChoicePart;
  words: string;
  /** Messages that it would let through alone; undefined where nobody has counted them. */
  alone: number | undefined;
}

/** The restrictions of the rows on show, the filter's first. */
export function restrictionsOf(session: Pick<Session, 'filter' | 'diagnosis'>): Restriction[] {
  const { applied, choice } = session.filter;
  const report = diagnosisOf(session);
  return [
    ...(applied === '' ? [] : [{ part: 'filter' as const, words: applied, alone: undefined }]),
    ...chosenParts(choice).map((part) => ({
      part,
      words: partWords(part, choice, report),
      alone: report && countAlone(part, choice, report),
    })),
  ];
}

function partWords(part: ChoicePart, choice: ViewChoice, report: DiagnosisReport | undefined): string {
  switch (part) {
    case 'diagnosis':
      return choiceStrings.only(findingName(choice.diagnosis ?? 'any', report));
    case 'component':
      return choiceStrings.seenAt(report?.components.find(({ key }) => key === choice.component)?.name ?? '');
    case 'sightings':
      return choiceStrings.firstSightings;
    case 'marked':
      return noteStrings.markedOnly;
  }
}

/** What is wrong with the packets that a choice keeps, as the list of findings calls it. */
export function findingName(kind: NonNullable<ViewChoice['diagnosis']>, report: DiagnosisReport | undefined): string {
  if (kind === 'any') return choiceStrings.anyFinding;
  return report?.findings.find((finding) => finding.kind === kind)?.title ?? kind;
}
