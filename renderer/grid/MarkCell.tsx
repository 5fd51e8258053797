import type { CustomCellRendererProps } from 'ag-grid-react';
import { CircleX } from 'lucide-react';
import type { Row } from '../../core/engine/contract.ts';
import { DiagnosisIcon } from '../diagnosis/DiagnosisIcon.tsx';
import { markLevel, markWords } from './row-mark.ts';

/** The second cue beside the colour of a row: an icon with a name, and with all that was found in its tooltip. */
export function MarkCell({ data }: CustomCellRendererProps<Row>) {
  if (!data) return null;
  const words = markWords(data);
  const level = markLevel(data);
  return (
    <span className="mark" title={words} data-testid="diagnosis-mark" data-level={level}>
      {data.mark === 'drop' ? (
        <CircleX size={14} className="diagnosis-error" role="img" aria-label={words} aria-hidden={false} />
      ) : (
        level !== 'none' && <DiagnosisIcon level={level} size={14} label={words} />
      )}
    </span>
  );
}
