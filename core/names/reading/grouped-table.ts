/** Format-Table -GroupBy: a table for each value, and above it the property that its rows share, `   VMName: web01`. */
import { fieldKey, textField, type Output, type OutputRecord } from './output.ts';
import { readTable } from './table.ts';

const groupHeading = /^\s*([\p{L}_][\w.]{0,80}):\s+(\S.*)$/u;

/** The tables from this line on as one output, or undefined when none begins. `next` is the line behind them. */
export function readGroupedTables(
  lines: readonly string[],
  at: number,
  isOther: (line: string) => boolean,
): { output: Output; next: number } | undefined {
  const label = groupHeading.exec(lines[at])?.[1];
  if (label === undefined) return undefined;
  const records: OutputRecord[] = [];
  const columns = new Set<string>();
  let next = at;
  for (let heading = at; heading < lines.length; heading = afterBlanks(lines, next)) {
    const [, name, value] = groupHeading.exec(lines[heading]) ?? [];
    const table = name === label ? readTable(lines, afterBlanks(lines, heading + 1), isOther) : undefined;
    if (table === undefined) break;
    const shared = textField(label, value);
    for (const record of table.output.records) records.push(new Map([[fieldKey(label), shared], ...record]));
    for (const column of [label, ...table.output.columns]) columns.add(column);
    next = table.next;
  }
  if (next === at) return undefined;
  return { output: { shape: 'table', line: at + 1, typeName: '', columns: [...columns], records }, next };
}

function afterBlanks(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && !/\S/.test(lines[at])) at++;
  return at;
}
