/** What can be done with a column from its heading. */
import type { ColumnName, SortOrder } from '../../core/engine/contract.ts';
import type { MenuItem } from '../app/Menu.tsx';
import { shortcutText } from '../commands/keys.ts';
import { zoneChoices } from '../format/time.ts';
import { changeLayout, applyLayout, gridLayoutStore, namedLayouts } from '../state/grid-layout.ts';
import { changeSetting, settingsStore, showClock } from '../state/settings.ts';
import type { Workspace } from '../state/workspace.ts';
import { moved, shownColumns, withoutColumn, withPinned, withWidth } from './grid-layout.ts';
import { firstLayout } from './saved-layouts.ts';
import { headerStrings, sortStrings, timeStrings } from './strings.ts';

interface HeaderMenu {
  column: ColumnName;
  order: SortOrder | undefined;
  workspace: Pick<Workspace, 'sortBy' | 'groupBy' | 'openDialog'>;
  autoSize: (column: ColumnName) => void;
}

export function headerItems({ column, order, workspace, autoSize }: HeaderMenu): MenuItem[] {
  const { layout } = gridLayoutStore.getState();
  const laid = layout.find((each) => each.column === column);
  const isPinned = laid?.pinned === true;
  const sort = (wanted: SortOrder | undefined): void => void workspace.sortBy(wanted);
  const isBy = (descending: boolean): boolean => order?.by === column && order.descending === descending;
  const shown = shownColumns(layout);
  return [
    {
      label: sortStrings.ascending,
      checked: isBy(false),
      testId: 'sort-ascending',
      onChoose: () => {
        sort({ by: column, descending: false });
      },
    },
    {
      label: sortStrings.descending,
      checked: isBy(true),
      testId: 'sort-descending',
      onChoose: () => {
        sort({ by: column, descending: true });
      },
    },
    {
      label: sortStrings.byTime,
      disabled: order === undefined,
      onChoose: () => {
        sort(undefined);
      },
    },
    ...(column === 'Timestamp' ? timeItems() : []),
    {
      label: headerStrings.pin,
      checked: isPinned,
      separated: true,
      testId: 'pin-column',
      onChoose: () => {
        changeLayout((before) => withPinned(before, column, !isPinned));
      },
    },
    ...moveItems(column, shown[0].column === column, shown.at(-1)?.column === column),
    {
      label: headerStrings.autoSize,
      onChoose: () => {
        autoSize(column);
      },
    },
    {
      label: headerStrings.ownWidth,
      disabled: laid?.width === undefined,
      onChoose: () => {
        changeLayout((before) => withWidth(before, column, undefined));
      },
    },
    {
      label: headerStrings.hide,
      disabled: shown.length < 2,
      testId: 'hide-column',
      onChoose: () => {
        changeLayout((before) => withoutColumn(before, column));
      },
    },
    {
      label: headerStrings.groupBy,
      separated: true,
      testId: 'group-by',
      onChoose: () => {
        workspace.groupBy(column);
      },
    },
    {
      label: headerStrings.columns,
      keys: shortcutText('columns'),
      separated: true,
      testId: 'open-columns',
      onChoose: () => {
        workspace.openDialog('columns');
      },
    },
    ...namedLayouts().map(({ name }, index) => ({
      label: headerStrings.layout(name),
      separated: index === 0,
      testId: 'apply-layout',
      onChoose: () => {
        applyLayout(name);
      },
    })),
    {
      label: headerStrings.reset,
      separated: true,
      onChoose: () => {
        changeLayout(() => firstLayout);
      },
    },
  ];
}

function moveItems(column: ColumnName, isFirst: boolean, isLast: boolean): MenuItem[] {
  const move = (by: number) => () => {
    changeLayout((layout) => moved(layout, column, by));
  };
  return [
    { label: headerStrings.moveLeft, disabled: isFirst, testId: 'move-column-left', onChoose: move(-1) },
    { label: headerStrings.moveRight, disabled: isLast, testId: 'move-column-right', onChoose: move(1) },
  ];
}

/** How times are told: one choice for the grid, the status bar and what is copied. */
export function timeItems(): MenuItem[] {
  const { timeFormat, zone } = settingsStore.getState();
  const clocks = zoneChoices.map((choice, index) => ({
    label: timeStrings.choices[choice],
    checked: timeFormat === 'clock' && zone === choice,
    separated: index === 0,
    testId: `time-${choice}`,
    onChoose: () => {
      showClock(choice);
    },
  }));
  const counted = (['start', 'reference', 'delta', 'delta-shown'] as const).map((format) => ({
    label: timeStrings.choices[format],
    checked: timeFormat === format,
    testId: `time-${format}`,
    onChoose: () => {
      changeSetting('timeFormat', format);
    },
  }));
  return [...clocks, ...counted];
}
