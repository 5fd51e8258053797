import type { CustomCellRendererProps } from 'ag-grid-react';
import { Flag, MessageSquareText } from 'lucide-react';
import { colorRulesStore } from '../state/color-rules.ts';
import { gridStrings } from '../strings.ts';
import type { GridRow } from './grid-row.ts';
import { noteStrings } from './strings.ts';

/** Whether a cell says more than the number; one that does not is text alone, which is drawn faster. */
export function hasNotes({ marked, comment, colorRule }: GridRow): boolean {
  return marked || comment !== '' || colorRule >= 0;
}

/**
 * The number of a message with a person's mark and comment; and the second cue beside the color of its row: which rule gave
 * it, in the tooltip and for screen readers.
 */
export function NumberCell({ data, valueFormatted }: CustomCellRendererProps<GridRow>) {
  if (!data) return null;
  const rule = data.colorRule >= 0 ? colorRulesStore.getState().active.at(data.colorRule) : undefined;
  const words = rule && gridStrings.coloredBy(rule.name);
  return (
    <span className="number-and-notes">
      {data.marked && (
        <span className="note-icon" title={noteStrings.marked}>
          <Flag size={12} role="img" aria-label={noteStrings.marked} aria-hidden={false} data-testid="row-marked" />
        </span>
      )}
      {data.comment !== '' && (
        <span className="note-icon" title={noteStrings.comment(data.comment)}>
          <MessageSquareText
            size={12}
            role="img"
            aria-label={noteStrings.comment(data.comment)}
            aria-hidden={false}
            data-testid="row-comment"
          />
        </span>
      )}
      <span title={words} {...(rule && { 'data-testid': 'color-rule-hint' })}>
        {valueFormatted}
        {words !== undefined && <span className="visually-hidden"> {words}</span>}
      </span>
    </span>
  );
}
