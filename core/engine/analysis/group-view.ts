import type { FilterVocabulary } from '../../filter/vocabulary.ts';
import type { Group, GroupOrder, Grouping } from '../contract.ts';
import { inPortions } from '../portions.ts';
import { rowTime } from '../row-builder.ts';
import { readingOf, type ColumnPlan } from './column-plan.ts';
import { ColumnReader, type ColumnSource } from './column-reader.ts';
import type { CellContent } from './cell-book.ts';
import { groupFilter } from './group-filter.ts';
import { MergedGroups } from './merged-groups.ts';
import { mostGroupedRows } from './row-groups.ts';
import type { ViewAnalysis } from './sort-view.ts';
import { stableOrder } from './stable-order.ts';

export interface GroupingQuestion {
  readonly by: readonly ColumnPlan[];
  readonly order: GroupOrder;
  readonly limit: number;
  /** What the listed groups are told from, and the names that their filters may use. */
  readonly source: ColumnSource;
  readonly vocabulary: FilterVocabulary;
}

/** Groups that are told between two looks at what else there is to do. */
const groupsAtOnce = 200;

/** Counts a view's rows by the values of columns. */
export async function groupedRows(analysis: ViewAnalysis, question: GroupingQuestion): Promise<Grouping> {
  const { pool, ordered, view, signal, onProgress, bounds } = analysis;
  const { by, limit } = question;
  const total = view.length;
  const merged = new MergedGroups(by.length, bounds.groups);
  await inPortions({
    pool,
    view,
    rowsPerPortion: Math.min(mostGroupedRows, ...by.map((column) => bounds.rowsPerTask[readingOf(column)])),
    signal,
    make: (rows) =>
      pool.run('groupRows', { generation: ordered.id, order: ordered.order, rows, by }, { signal, urgent: true }),
    take: (groups, done) => {
      merged.add(groups);
      onProgress({ done, total });
    },
  });
  const order = await groupOrder(merged, question.order, analysis);
  const listed = order.subarray(0, limit);
  const groups = await toldGroups(merged, listed, question, signal);
  const listedRows = groups.reduce((sum, { rows }) => sum + rows, 0);
  return {
    groups,
    total: merged.size,
    otherRows: total - merged.rowsWithout - listedRows,
    rowsWithout: merged.rowsWithout,
    rows: total,
    notes: notesOf(merged, bounds.groups),
  };
}

function notesOf({ rowsBeyond }: MergedGroups, most: number): string[] {
  if (rowsBeyond === 0) return [];
  const [groups, rows] = [most, rowsBeyond].map((count) => count.toLocaleString('en-US'));
  return [
    `There are more than ${groups} groups. ${rows} rows of those that were met last are counted together as other rows.`,
  ];
}

/** Groups as they are listed: the largest first, by their first rows, or by value. */
async function groupOrder(
  merged: MergedGroups,
  order: GroupOrder,
  { pool, signal }: ViewAnalysis,
): Promise<Uint32Array> {
  let groups = stableOrder(Float64Array.from(merged.first), false);
  const sortBy = (keyOf: (group: number) => number, descending: boolean): void => {
    const before = groups;
    const places = stableOrder(Float64Array.from(before, keyOf), descending);
    groups = places.map((place) => before[place]);
  };
  if (order === 'first') return groups;
  if (order !== 'value') {
    const counts = merged[order];
    sortBy((group) => counts[group], true);
    return groups;
  }
  for (const { orderKeys, codes } of merged.columns.toReversed()) {
    const distinct = new Map<string, number>();
    for (const key of orderKeys) if (!distinct.has(key)) distinct.set(key, distinct.size);
    const ranks = await pool.run('rankKeys', { orderKeys: [...distinct.keys()] }, { signal, urgent: true });
    const rankOf = orderKeys.map((key) => ranks[distinct.get(key) ?? 0]);
    sortBy((group) => rankOf[codes[group]], false);
  }
  return groups;
}

/** What is said of the groups that are listed. Values are read in the first row of each. */
async function toldGroups(
  merged: MergedGroups,
  listed: Uint32Array,
  { by, source, vocabulary }: GroupingQuestion,
  signal: AbortSignal | undefined,
): Promise<Group[]> {
  const readers = by.map((plan) => new ColumnReader(plan, source, { asFiltered: true, decodesAll: true }));
  const groups: Group[] = [];
  for (const group of listed) {
    if (groups.length % groupsAtOnce === groupsAtOnce - 1) await new Promise(setImmediate);
    signal?.throwIfAborted();
    const first = merged.first[group];
    const values = readers.map((reader, column) => {
      const content = contentOf(reader, first);
      const text = merged.textOf(group, column) ?? reader.textOf(content, first);
      return { plan: reader.plan, content, text, isDistinct: merged.isDistinct(group, column) };
    });
    const filter = groupFilter(values, vocabulary);
    groups.push({
      values: values.map(({ text }) => text),
      rows: merged.rows[group],
      packets: merged.packets[group],
      bytes: merged.bytes[group],
      first: rowTime(source, first),
      last: rowTime(source, merged.last[group]),
      ...(filter !== undefined && { filter }),
    });
  }
  return groups;
}

function contentOf(reader: ColumnReader, row: number): CellContent {
  let found: CellContent;
  reader.read(Uint32Array.of(row), (_, content) => {
    found = content;
  });
  return found;
}
