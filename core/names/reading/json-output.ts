/** ConvertTo-Json, docker, pktmon --json: one object, or a list of objects. */
import { SchemaError } from '../../schema/schema-error.ts';
import { parseJson } from '../../schema/manifest/json-text.ts';
import { listField, recordOf, type FieldValue, type OutputRecord } from './output.ts';

/** The JSON value that begins in this line. `next` is the line behind it. */
export interface JsonBlock {
  readonly value: unknown;
  readonly next: number;
  /** The text ends inside the value; of a list, what came whole is there. */
  readonly isCut: boolean;
}

const bracket = /^\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$))/;

export function beginsJson(line: string): boolean {
  return bracket.test(line.length > 200 ? line.slice(0, 200) : line);
}

/** Undefined when it is no JSON after all. */
export function readJsonBlock(lines: readonly string[], at: number): JsonBlock | undefined {
  const walk = new BracketWalk();
  for (let line = at; line < lines.length; line++) {
    if (walk.take(lines[line], line)) {
      const value = parsed(textBetween(lines, at, line, walk.end));
      return value === undefined ? undefined : { value, next: line + 1, isCut: false };
    }
    if (walk.isTooDeep) return undefined;
  }
  const { wholeUntil } = walk;
  if (wholeUntil === undefined) return undefined;
  const value = parsed(`${textBetween(lines, at, wholeUntil.line, wholeUntil.end)}]`);
  return value === undefined ? undefined : { value, next: lines.length, isCut: true };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

function textBetween(lines: readonly string[], from: number, to: number, end: number): string {
  return [...lines.slice(from, to), lines[to].slice(0, end)].join('\n');
}

const deepest = 100;

/** Follows brackets outside strings until the first is closed. */
class BracketWalk {
  /** Place behind the bracket that closes the value, in the line that was taken last. */
  end = 0;
  /** Where the last whole member of an outermost list ends. */
  wholeUntil: { line: number; end: number } | undefined;
  isTooDeep = false;
  private depth = 0;
  private inString = false;
  private isList = false;

  /** True when this line closes the value. */
  take(text: string, line: number): boolean {
    for (let at = 0; at < text.length; at++) {
      const unit = text[at];
      if (unit === '"') this.inString = !this.inString;
      else if (this.inString) at += unit === '\\' ? 1 : 0;
      else if (unit === '[' || unit === '{') {
        if (this.depth === 0) this.isList = unit === '[';
        this.isTooDeep ||= ++this.depth > deepest;
      } else if (unit === ']' || unit === '}') {
        this.depth--;
        this.end = at + 1;
        if (this.depth === 0) return true;
        if (this.depth === 1 && this.isList) this.wholeUntil = { line, end: at + 1 };
      }
    }
    return false;
  }
}

export type Json = Readonly<Record<string, unknown>>;

export function jsonObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** Members of a list; Windows PowerShell writes some as `{ value: […], Count: … }`, and one alone as itself. */
export function jsonList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  const object = jsonObject(value);
  if (object && Array.isArray(object.value) && typeof object.Count === 'number') return object.value as unknown[];
  return value === undefined || value === null ? [] : [value];
}

export function jsonRecords(value: unknown): OutputRecord[] {
  return jsonList(value)
    .map(jsonObject)
    .filter((object) => object !== undefined)
    .map((object) => recordOf(Object.entries(object).map(([label, member]) => jsonField(label, member))));
}

/** Text of what is no list and no object, empty for those. */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function jsonField(label: string, value: unknown): FieldValue {
  const members = jsonList(value);
  return listField(label, members.map(jsonText), jsonRecords(members));
}
