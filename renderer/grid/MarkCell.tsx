import type { CustomCellRendererProps } from 'ag-grid-react';
import { CircleX, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Row, RowMark } from '../../core/engine/contract.ts';
import { gridStrings } from '../strings.ts';

const iconOfMark: Readonly<Partial<Record<RowMark, LucideIcon>>> = {
  drop: CircleX,
  error: OctagonX,
  warning: TriangleAlert,
};

/** The second cue beside the colour of a row: an icon with a name. */
export function MarkCell({ data }: CustomCellRendererProps<Row>) {
  const Icon = data && iconOfMark[data.mark];
  if (!Icon) return null;
  const name = gridStrings.markNames[data.mark];
  return <Icon size={14} className={`mark-${data.mark}`} role="img" aria-label={name} aria-hidden={false} />;
}
