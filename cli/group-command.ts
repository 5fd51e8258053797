import type { Group, Grouping } from '../core/engine/contract.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { makeView, withTrace } from './open-trace.ts';
import { countOf, countText, forOtherPrograms, isoTime, tableLines } from './words.ts';

const usualLimit = 50;
const mostColumns = 3;

/** `group`: events, packets and bytes by the values of columns. */
export async function groupCommand(given: Arguments): Promise<void> {
  const { by, groupOrder: order } = given;
  if (by.length === 0 || by.length > mostColumns)
    throw new UsageError('group takes one to three columns: --by COLUMN,COLUMN.');
  await withTrace(given, async (engine, info) => {
    const { view, notes } = await makeView(engine, info, given);
    for (const note of notes) console.error(note);
    const limit = Number.isFinite(given.limit) ? given.limit : usualLimit;
    const grouping = await engine.call('group', { view, by: [...by], order, limit });
    for (const note of grouping.notes) console.error(note);
    process.stdout.write(
      given.json ? `${JSON.stringify(forOtherPrograms(grouping), undefined, 2)}\n` : groupText(by, grouping),
    );
  });
}

function groupText(by: readonly string[], grouping: Grouping): string {
  const columns = [
    ...by.map((heading) => ({ heading })),
    ...['Rows', 'Packets', 'Bytes'].map((heading) => ({ heading, isRight: true })),
    ...['First', 'Last'].map((heading) => ({ heading })),
  ];
  const lines = tableLines(columns, grouping.groups.map(groupCells));
  return `${[...lines, '', sumLine(by, grouping)].join('\n')}\n`;
}

function groupCells({ values, rows, packets, bytes, first, last }: Group): string[] {
  return [...values.map(oneLine), ...[rows, packets, bytes].map(countText), isoTime(first), isoTime(last)];
}

function sumLine(by: readonly string[], { groups, total, otherRows, rowsWithout, rows }: Grouping): string {
  const parts = [
    `${countOf(total, 'group')} of ${countOf(rows, 'row')}`,
    ...(total > groups.length ? [`${countText(groups.length)} listed`] : []),
    ...(otherRows > 0 ? [`${countOf(otherRows, 'row')} in others`] : []),
    ...(rowsWithout > 0 ? [`${countOf(rowsWithout, 'row')} without ${by.join(' or ')}`] : []),
  ];
  return parts.join('; ');
}
