/** Format-Table and whatever else draws a ruler of hyphens under its headings. */
import { nameKey } from '../name-key.ts';
import { limits } from './limits.ts';
import { recordOf, tableField, type Output } from './output.ts';

interface Column {
  /** Where its ruler begins, and the place behind its end. */
  readonly start: number;
  readonly end: number;
}

/** The table whose headings begin at this line, or undefined when none does. `next` is the line behind it. */
export function readTable(
  lines: readonly string[],
  at: number,
  isOther: (line: string) => boolean,
): { output: Output; next: number } | undefined {
  const ruler = rulerBelow(lines, at);
  if (ruler === undefined) return undefined;
  const columns = columnsOf(withoutTabs(lines[ruler]));
  const headings = lines.slice(at, ruler).map(withoutTabs);
  if (!headings.every((line) => liesOver(line, columns))) return undefined;
  const names = columns.map((_, column) => headings.map((line) => slices(line, columns)[column].trim()).join(''));
  const rows: string[][] = [];
  let lastPieces: readonly string[] = [];
  let next = ruler + 1;
  for (; next < lines.length && isRow(lines[next]) && !isOther(lines[next]); next++) {
    if (rulerBelow(lines, next) === next + 1) break;
    const line = withoutTabs(lines[next]);
    const cells = cellsOf(line, columns);
    const above = rows.at(-1);
    if (above && isContinuation(cells)) join(above, cells, lastPieces, columns);
    else rows.push([...cells]);
    lastPieces = cells;
  }
  const records = rows.map((cells) => recordOf(cells.map((cell, column) => tableField(names[column], cell))));
  return { output: { shape: 'table', line: at + 1, typeName: '', columns: names, records }, next };
}

function rulerBelow(lines: readonly string[], at: number): number | undefined {
  const last = Math.min(at + limits.headingLines, lines.length - 1);
  for (let line = at; line <= last && isRow(lines[line]); line++) {
    if (isRuler(lines[line])) return line > at ? line : undefined;
  }
  return undefined;
}

function isRow(line: string): boolean {
  return line.length <= limits.lineLength && /\S/.test(line);
}

/** A single run of hyphens separates chapters more often than it heads a column, and one column has no name and key. */
function isRuler(line: string): boolean {
  return /^[ \t]*-+(?:[ \t]+-+)+[ \t]*$/.test(line);
}

function columnsOf(ruler: string): Column[] {
  return Array.from(ruler.matchAll(/-+/g), ({ index, 0: hyphens }) => ({ start: index, end: index + hyphens.length }));
}

/** A ruler is as long as its heading, so that no heading stands beside its ruler. */
function liesOver(line: string, columns: readonly Column[]): boolean {
  return Array.from(line.matchAll(/\S+/g)).every(({ index, 0: word }) =>
    columns.some(({ start, end }) => index >= start && index + word.length <= end),
  );
}

/** Cells of a row: text in wide characters may be counted as it is drawn, two columns each, or as it is written. */
function cellsOf(line: string, columns: readonly Column[]): string[] {
  const plain = slices(line, columns);
  if (displayWidth(line) === line.length || isApart(line, columns)) return plain;
  const drawn = line.replaceAll(wideCharacter, `$&${filler}`);
  return isApart(drawn, columns) ? slices(drawn, columns).map((cell) => cell.replaceAll(filler, '')) : plain;
}

const filler = '\u0001';
/** East Asian wide and fullwidth characters (UAX #11), as far as names have them. */
const wideCharacter =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

function displayWidth(text: string): number {
  return text.length + (text.match(wideCharacter)?.length ?? 0);
}

/** Whether a blank stands in front of every column. */
function isApart(line: string, columns: readonly Column[]): boolean {
  return columns.slice(1).every(({ start }) => start > line.length || line[start - 1] === ' ');
}

/**
 * A column begins where its ruler does; numbers stand at its right end and may begin further left. Then a blank in front
 * of them is the border.
 */
function slices(line: string, columns: readonly Column[]): string[] {
  const borders = columns.map(({ start }, index) => {
    if (index === 0) return 0;
    let border = start;
    while (border > columns[index - 1].end && border <= line.length && line[border - 1] !== ' ') border--;
    return border <= line.length && line[border - 1] !== ' ' ? start : border;
  });
  return borders.map((border, index) => line.slice(border, borders[index + 1] ?? line.length).trim());
}

/** Format-Table -Wrap goes on below: nothing in the first column, and no cell that alone is a key. */
function isContinuation(cells: readonly string[]): boolean {
  const told = cells.filter((cell) => cell !== '');
  return cells[0] === '' && told.every((cell) => !isKey(cell));
}

function isKey(cell: string): boolean {
  const kinds = ['guid', 'nic', 'mac', 'ip', 'ifindex'] as const;
  return kinds.some((kind) => nameKey(kind, cell, '') !== undefined);
}

/** A piece that fills its column was broken inside a word. */
function join(row: string[], cells: readonly string[], above: readonly string[], columns: readonly Column[]): void {
  cells.forEach((cell, column) => {
    if (cell === '') return;
    const width = (columns.at(column + 1)?.start ?? Number.POSITIVE_INFINITY) - columns[column].start - 1;
    row[column] += above[column].length >= width || row[column] === '' ? cell : ` ${cell}`;
  });
}

const tabWidth = 8;

function withoutTabs(line: string): string {
  if (!line.includes('\t')) return line;
  return line
    .split('\t')
    .reduce((text, piece) => text.padEnd((Math.floor(text.length / tabWidth) + 1) * tabWidth) + piece);
}
