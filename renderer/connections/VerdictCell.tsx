import type { CustomCellRendererProps } from 'ag-grid-react';
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import { connectionsStrings } from '../strings.ts';
import { verdictLooks } from './looks.ts';

/** What became of an attempt: an icon and a word. */
export function VerdictCell({ data }: CustomCellRendererProps<ConnectionAttempt>) {
  if (!data) return null;
  const { icon: Icon, level } = verdictLooks[data.verdict];
  return (
    <span
      className="verdict"
      title={connectionsStrings.verdictHints[data.verdict]}
      data-testid="verdict-cell"
      data-verdict={data.verdict}
    >
      <Icon size={14} className={`level-${level}`} aria-hidden />
      <span>{connectionsStrings.verdicts[data.verdict]}</span>
    </span>
  );
}
