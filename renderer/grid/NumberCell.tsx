import type { CustomCellRendererProps } from 'ag-grid-react';
import type { Row } from '../../core/engine/contract.ts';
import { colorRulesStore } from '../state/color-rules.ts';
import { gridStrings } from '../strings.ts';

/** The second cue beside the color of a row: which rule gave it, in the tooltip of the number and for screen readers. */
export function NumberCell({ data, valueFormatted }: CustomCellRendererProps<Row>) {
  const rule = data && data.colorRule >= 0 ? colorRulesStore.getState().active.at(data.colorRule) : undefined;
  if (!rule) return <>{valueFormatted}</>;
  const words = gridStrings.coloredBy(rule.name);
  return (
    <span title={words} data-testid="color-rule-hint">
      {valueFormatted}
      <span className="visually-hidden"> {words}</span>
    </span>
  );
}
