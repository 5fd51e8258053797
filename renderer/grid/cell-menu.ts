/** What can be done with a message from one of its cells. */
import type { ColumnName } from '../../core/engine/contract.ts';
import type { MenuItem } from '../app/Menu.tsx';
import type { CommandId } from '../commands/command-table.ts';
import { shortcutText } from '../commands/keys.ts';
import { cellFilters } from '../quick-filter/cell-filter.ts';
import { quickFilterItems, type QuickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { copyForms, type CopyForm } from './row-text.ts';
import type { GridRow } from './grid-row.ts';
import { cellMenuStrings, copyStrings, noteStrings, timeStrings } from './strings.ts';

interface CellMenu {
  column: ColumnName;
  row: GridRow;
  /** What the cell says. */
  text: string;
  isReference: boolean;
  filterBy: QuickFilterDoer;
  copyCell: () => void;
  copyRows: (form: CopyForm) => void;
  run: (command: CommandId) => void;
  find: (text: string) => void;
}

/** A summary is too long for a menu, and for what somebody looks for. */
const longestFound = 60;

export function cellItems(menu: CellMenu): MenuItem[] {
  const { column, row, text, isReference, filterBy, copyCell, copyRows, run, find } = menu;
  const command = (id: CommandId, label: string, more: Partial<MenuItem> = {}): MenuItem => ({
    label,
    ...(shortcutText(id) !== '' && { keys: shortcutText(id) }),
    testId: `cell-${id}`,
    onChoose: () => {
      run(id);
    },
    ...more,
  });
  const found = text.slice(0, longestFound);
  return [
    ...quickFilterItems(cellFilters(column, row), filterBy),
    command('mark', row.marked ? noteStrings.unmark : noteStrings.mark, { separated: true }),
    command('comment', noteStrings.addComment),
    command('time-reference', isReference ? timeStrings.clearReference : timeStrings.setReference),
    { label: copyStrings.cell, separated: true, disabled: text === '', testId: 'copy-cell', onChoose: copyCell },
    ...copyForms.map((form) => ({
      label: copyStrings.forms[form],
      ...(form === 'text' && { keys: 'Ctrl+C' }),
      testId: `copy-${form}`,
      onChoose: () => {
        copyRows(form);
      },
    })),
    {
      label: found === '' ? cellMenuStrings.findInSummary : cellMenuStrings.findIn(found),
      separated: true,
      testId: 'find-in-summary',
      onChoose: () => {
        find(found);
      },
    },
    command('columns', cellMenuStrings.addColumn, { testId: 'cell-columns' }),
  ];
}
