/** Export-Csv and ConvertTo-Csv: commas, semicolons or tabs, quotes, `#TYPE` in front. */
import { limits } from './limits.ts';
import { fieldKey, recordOf, textField, type Output, type OutputRecord } from './output.ts';

const separators = [',', ';', '\t'];
const heading = /^[\p{L}_][\p{L}\d_ .()%/-]{0,80}$/u;

/**
 * The CSV that begins at this line, or undefined when none does. Without `#TYPE`, one heading at least must be among
 * `known` (field keys), for a sentence has commas too. `next` is the line behind it.
 */
export function readDelimited(
  lines: readonly string[],
  at: number,
  known: ReadonlySet<string>,
): { output: Output; next: number; notes: string[] } | undefined {
  const type = /^"?#TYPE\s+([^"\s]+)/.exec(lines[at])?.[1];
  const headingLine = type === undefined ? at : at + 1;
  if (headingLine >= lines.length || lines[headingLine].length > limits.lineLength) return undefined;
  const separator = separatorOf(lines[headingLine]);
  const columns =
    separator === undefined ? [] : cellsAt(lines, headingLine, separator).cells.map((cell) => cell.trim());
  if (separator === undefined || columns.length < 2 || !columns.every((cell) => heading.test(cell))) return undefined;
  if (type === undefined && !columns.some((cell) => known.has(fieldKey(cell)))) return undefined;
  const records: OutputRecord[] = [];
  const notes: string[] = [];
  let next = headingLine + 1;
  while (next < lines.length && /\S/.test(lines[next]) && !/^"?#TYPE\s/.test(lines[next])) {
    const row = cellsAt(lines, next, separator);
    if (row.cells.length !== columns.length) {
      if (row.cells.length === 1 && row.isWhole) break;
      const problem = row.isWhole
        ? `has ${row.cells.length} cells below ${columns.length} headings`
        : 'ends inside quotation marks';
      notes.push(`Line ${next + 1} ${problem}; it was passed over.`);
    } else records.push(recordOf(columns.map((column, index) => textField(column, row.cells[index]))));
    next = row.next;
  }
  if (records.length === 0 && type === undefined && notes.length === 0) return undefined;
  return { output: { shape: 'CSV', line: at + 1, typeName: type ?? '', columns, records }, next, notes };
}

/** The one that makes the most cells. */
function separatorOf(line: string): string | undefined {
  const counts = separators.map((separator) => line.split(separator).length);
  const most = Math.max(...counts);
  return most < 2 ? undefined : separators[counts.indexOf(most)];
}

interface Row {
  readonly cells: readonly string[];
  readonly next: number;
  /** Its last quotation mark is closed. */
  readonly isWhole: boolean;
}

/** RFC 4180: a quoted cell may hold separators, line ends, and quotation marks written twice. */
function cellsAt(lines: readonly string[], at: number, separator: string): Row {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  const last = Math.min(at + limits.cellLines, lines.length);
  for (let line = at; line < last; line++) {
    const text = lines[line];
    for (let index = 0; index < text.length; index++) {
      const unit = text[index];
      if (isQuoted) {
        if (unit !== '"') cell += unit;
        else if (text[index + 1] === '"') {
          cell += '"';
          index++;
        } else isQuoted = false;
      } else if (unit === '"' && cell.trim() === '') {
        isQuoted = true;
        cell = '';
      } else if (unit === separator) {
        cells.push(cell);
        cell = '';
      } else cell += unit;
    }
    if (!isQuoted) return { cells: [...cells, cell], next: line + 1, isWhole: true };
    cell += '\n';
  }
  return { cells: [...cells, cell], next: at + 1, isWhole: false };
}
