import type { CustomCellRendererProps } from 'ag-grid-react';
import { Timer } from 'lucide-react';
import type { GridRow } from './grid-row.ts';
import { timeStrings } from './strings.ts';

/** The time of the message that times are counted from. */
export function TimeCell({ valueFormatted }: CustomCellRendererProps<GridRow>) {
  return (
    <span title={timeStrings.isReference} data-testid="time-reference">
      <Timer size={12} className="time-reference" role="img" aria-label={timeStrings.isReference} aria-hidden={false} />
      {valueFormatted}
    </span>
  );
}
