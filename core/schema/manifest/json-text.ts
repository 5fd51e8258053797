import { SchemaError } from '../schema-error.ts';
import { limits } from './limits.ts';

/** The value of a JSON text. Throws a SchemaError when it is damaged, cut off, or nests too deep. */
export function parseJson(text: string): unknown {
  // JSON.parse keeps a record per open bracket, so a file of brackets alone would take a hundred times its size.
  if (nestsDeeperThan(text, limits.nesting)) {
    throw new SchemaError(`It nests deeper than ${limits.nesting}, which no list of its kind does.`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SchemaError('It starts like JSON but is no complete JSON: it is damaged or cut off.');
  }
}

const quote = 0x22;
const backslash = 0x5c;
const openers: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closers: ReadonlySet<number> = new Set([0x5d, 0x7d]);

function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote) inString = !inString;
    else if (inString) at += unit === backslash ? 1 : 0;
    else if (openers.has(unit)) {
      if (++depth > limit) return true;
    } else if (closers.has(unit)) depth--;
  }
  return false;
}
