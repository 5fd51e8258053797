/** What the diagnosis column says of a row, in words and as a level. */
import type { DiagnosisLevel, Row } from '../../core/engine/contract.ts';
import { gridStrings } from '../strings.ts';

type Marked = Pick<Row, 'mark' | 'diagnosis' | 'diagnosisLevel'>;

/** True for a row that something is to be said of. */
export function isMarked({ mark, diagnosisLevel }: Marked): boolean {
  return mark !== 'none' || diagnosisLevel !== 'none';
}

/** Empty when nothing is wrong. What was found says more than the mark of the event alone. */
export function markWords({ mark, diagnosis }: Marked): string {
  return diagnosis === '' ? gridStrings.markNames[mark] : diagnosis;
}

/** An event that marks itself is marked, whatever was found in its packet. */
export function markLevel({ mark, diagnosisLevel }: Marked): DiagnosisLevel | 'none' {
  if (mark === 'drop' || mark === 'error') return 'error';
  return mark === 'warning' && diagnosisLevel !== 'error' ? 'warning' : diagnosisLevel;
}
