/** Format-List: `Name : value`, an empty line between objects, long values wrapped beneath their beginning. */
import { fieldKey, recordOf, textField, type Output, type OutputRecord } from './output.ts';
import { limits } from './limits.ts';

interface Property {
  readonly name: string;
  value: string;
  /** Where its value stands. */
  readonly column: number;
}

/** A property's name, the colon's place, and its value. */
const property = /^(\s*)([\p{L}_][^:]{0,80}?)(\s*):(?:[ \t](.*))?$/u;

/** The list that begins at this line, or undefined when none does. `next` is the line behind it. */
export function readPropertyList(
  lines: readonly string[],
  at: number,
  isOther: (line: string, index: number) => boolean,
): { output: Output; next: number } | undefined {
  const first = propertyOf(lines[at]);
  // A line that only ends with a colon is a heading, unless other properties follow at once.
  if (first === undefined || (first.value === '' && !propertyOf(lines.at(at + 1) ?? ''))) return undefined;
  const objects: Property[][] = [];
  let properties: Property[] = [];
  const known = new Set<string>();
  const finish = (): void => {
    if (properties.length > 0) objects.push(properties);
    properties = [];
    known.clear();
  };
  const end = endOf(lines, at, isOther);
  const joint = jointOf(lines, at, end);
  for (let index = at; index < end; index++) {
    const line = lines[index];
    if (!/\S/.test(line)) {
      finish();
      continue;
    }
    const last = properties.at(-1);
    if (last && isBeneath(line, last.column)) {
      last.value += joint(lines[index - 1]) + line.trimStart();
      continue;
    }
    const found = propertyOf(line);
    if (found === undefined) continue;
    const key = fieldKey(found.name);
    if (known.has(key)) finish(); // Pasted without its empty lines.
    known.add(key);
    properties.push(found);
  }
  finish();
  const records = objects.map(toRecord);
  const columns = [...new Set(objects.flatMap((object) => object.map(({ name }) => name)))];
  return { output: { shape: 'list', line: at + 1, typeName: '', columns, records }, next: end };
}

function propertyOf(line: string): Property | undefined {
  if (line.length > limits.lineLength) return undefined;
  const match = property.exec(line);
  if (!match) return undefined;
  const [, indent, name, padding] = match;
  return {
    name,
    value: match.at(4) ?? '',
    column: indent.length + name.length + padding.length + 2,
  };
}

/** Objects of one list have their colons at one place; what has them elsewhere is another list. */
function endOf(lines: readonly string[], at: number, isOther: (line: string, index: number) => boolean): number {
  let end = at + 1;
  let column = propertyOf(lines[at])?.column ?? 0;
  for (let index = at + 1; index < lines.length; index++) {
    const line = lines[index];
    if (!/\S/.test(line)) continue;
    const isFirst = !/\S/.test(lines[index - 1]);
    if (!isFirst && isBeneath(line, column)) {
      end = index + 1;
      continue;
    }
    const found = propertyOf(line);
    if (found === undefined || isOther(line, index) || (isFirst && found.column !== column)) return end;
    column = found.column;
    end = index + 1;
  }
  return end;
}

function isBeneath(line: string, column: number): boolean {
  return line.length > column && line.slice(0, column).trim() === '';
}

/**
 * What was between two pieces of a value. Windows PowerShell breaks lines where they are full, inside words too;
 * PowerShell 7 breaks at blanks, so its lines differ in length. The blank at an end may have been trimmed off.
 */
function jointOf(lines: readonly string[], at: number, end: number): (above: string) => string {
  const lengths: number[] = [];
  let column = Number.POSITIVE_INFINITY;
  for (let index = at; index < end; index++) {
    if (index > at && isBeneath(lines[index], column)) lengths.push(lines[index - 1].length);
    else column = propertyOf(lines[index])?.column ?? column;
  }
  const width = lengths.reduce((widest, length) => Math.max(widest, length), 0);
  const breaksAtBlanks = lengths.some((length) => length < width - 1);
  return (above) => (above.endsWith(' ') || (!breaksAtBlanks && above.length >= width) ? '' : ' ');
}

function toRecord(properties: readonly Property[]): OutputRecord {
  return recordOf(properties.map(({ name, value }) => textField(name, value)));
}
