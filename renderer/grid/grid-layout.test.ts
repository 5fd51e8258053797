import { describe, expect, it } from 'vitest';
import {
  fieldColumns,
  isShown,
  layoutFrom,
  layoutOf,
  mostColumns,
  moved,
  shownColumns,
  withColumn,
  withOrder,
  withoutColumn,
  withPinned,
  withWidth,
  type GridLayout,
} from './grid-layout.ts';

const names = (layout: GridLayout): string[] => shownColumns(layout).map(({ column }) => column);
const start = layoutOf(['MessageNumber', 'Source', 'Summary']);

describe('the columns of the grid', () => {
  it('are those that were asked for; the others are hidden', () => {
    expect(names(start)).toEqual(['MessageNumber', 'Source', 'Summary']);
    expect(start.filter(({ hidden }) => hidden).map(({ column }) => column)).toContain('Module');
  });

  it('come and go: a field is added in front of the last and taken out, a column of the grid is hidden', () => {
    const more = withColumn(start, 'TCP.SourcePort');
    expect(names(more)).toEqual(['MessageNumber', 'Source', 'TCP.SourcePort', 'Summary']);
    expect(fieldColumns(more)).toEqual(['TCP.SourcePort']);
    expect(withColumn(more, 'TCP.SourcePort')).toEqual(more);
    expect(names(withoutColumn(more, 'TCP.SourcePort'))).toEqual(names(start));
    const less = withoutColumn(start, 'Source');
    expect(isShown(less, 'Source')).toBe(false);
    expect(names(withColumn(less, 'Source'))).toEqual(names(start));
  });

  it('never all go, and never are too many', () => {
    const one = withoutColumn(withoutColumn(start, 'Source'), 'Summary');
    expect(names(withoutColumn(one, 'MessageNumber'))).toEqual(['MessageNumber']);
    let many = start;
    for (let number = 0; number < 100; number++) many = withColumn(many, `TCP.Field${number}`);
    expect(many.length).toBe(mostColumns);
  });

  it('move, pinned ones among themselves', () => {
    expect(names(moved(start, 'Source', 1))).toEqual(['MessageNumber', 'Summary', 'Source']);
    expect(names(moved(start, 'Source', -5))).toEqual(['Source', 'MessageNumber', 'Summary']);
    expect(moved(start, 'Module', 1)).toBe(start);
    const pinned = withPinned(start, 'Summary', true);
    expect(names(pinned)).toEqual(['Summary', 'MessageNumber', 'Source']);
    expect(names(withPinned(pinned, 'Summary', false))).toEqual(names(start));
    expect(names(moved(pinned, 'Summary', 2))[0]).toBe('Summary');
  });

  it('take the order that they were dragged to, and hidden ones keep their places', () => {
    const layout = withoutColumn(layoutOf(['MessageNumber', 'Source', 'Destination', 'Summary']), 'Source');
    const ordered = withOrder(layout, ['Summary', 'MessageNumber', 'Destination']);
    expect(names(ordered)).toEqual(['Summary', 'MessageNumber', 'Destination']);
    expect(ordered[1]).toEqual({ column: 'Source', hidden: true });
  });

  it('have widths of whole pixels until those are taken back', () => {
    const wide = withWidth(start, 'Source', 300.4);
    expect(wide[1]).toEqual({ column: 'Source', width: 300 });
    expect(withWidth(wide, 'Source', undefined)).toEqual(start);
  });
});

describe('a layout that anybody may have written', () => {
  it('is read back as it was written', () => {
    const layout = withPinned(withWidth(withColumn(start, 'TCP.SourcePort'), 'Source', 90), 'MessageNumber', true);
    expect(layoutFrom(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
  });

  it('is refused when it is none', () => {
    const refused: unknown[] = [
      null,
      {},
      [],
      ['Source'],
      [{ column: 7 }],
      [{ column: '' }],
      [{ column: 'x'.repeat(301) }],
      [{ column: 'Source' }, { column: 'Source' }],
      [{ column: 'Source', hidden: true }],
      Array.from({ length: mostColumns + 1 }, (_, number) => ({ column: `a${number}` })),
    ];
    for (const value of refused) expect(layoutFrom(value)).toBeUndefined();
  });

  it('loses widths that make no sense, and unknown members', () => {
    const layout = layoutFrom([{ column: 'Source', width: -4, pinned: 'yes', note: 1 }]);
    expect(layout?.[0]).toEqual({ column: 'Source' });
  });
});
