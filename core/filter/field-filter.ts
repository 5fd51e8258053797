import { fieldPathName } from '../base/field-path.ts';
import { parseGuid } from '../base/guid.ts';
import type { LayerValue } from '../packet/layer.ts';
import type { LiteralValue } from './language/ast.ts';
import { isFilter } from './language/parser.ts';
import { printLiteral } from './language/print.ts';
import { bigEndian } from './ranges.ts';

/** Longest value that a filter repeats. */
const longestText = 300;
const longestBytes = 64;

/**
 * A filter that lets through what has this value in this field: `TCP.Flags.SYN == true`. `path` is the field's names from the
 * module down. Undefined where the path is none that can be written, or there is no value.
 */
export function fieldFilter(path: readonly string[], value: LayerValue | undefined, text: string): string | undefined {
  return pathFilter(path.map(fieldPathName).join('.'), value, text);
}

/** As fieldFilter, of a path as a filter writes it. */
export function pathFilter(path: string, value: LayerValue | undefined, text: string): string | undefined {
  const literal = value === undefined ? undefined : literalOf(value);
  const wanted = literal ?? textLiteral(text);
  if (!wanted) return undefined;
  const filter = `${path} == ${printLiteral(wanted)}`;
  return isFilter(filter) ? filter : undefined;
}

/** A filter that lets through what has the module; undefined where its name is none that can be written. */
export function moduleFilter(module: string): string | undefined {
  const guid = parseGuid(module);
  if (guid !== undefined) return printLiteral({ type: 'guid', text: guid });
  return isFilter(module) ? module : undefined;
}

/** What a filter compares with the value; undefined where the language has no literal for it. */
function literalOf(value: LayerValue): LiteralValue | undefined {
  switch (typeof value) {
    case 'bigint':
      return value >= 0n ? { type: 'integer', value, hexadecimal: false } : undefined;
    case 'number':
      return Number.isInteger(value) && value >= 0
        ? { type: 'integer', value: BigInt(value), hexadecimal: false }
        : undefined;
    case 'boolean':
      return { type: 'boolean', value };
    case 'string':
      return parseGuid(value) === undefined ? textLiteral(value) : { type: 'guid', text: parseGuid(value) ?? value };
    default:
      return bytesLiteral(value);
  }
}

function textLiteral(value: string): LiteralValue | undefined {
  return value === '' || value.length > longestText ? undefined : { type: 'text', value };
}

function bytesLiteral(bytes: Uint8Array): LiteralValue | undefined {
  switch (bytes.length) {
    case 4:
      return { type: 'ipv4', value: Number(bigEndian(bytes)) };
    case 6:
      return { type: 'mac', bytes };
    case 16:
      return { type: 'ipv6', bytes };
    default:
      return bytes.length > 0 && bytes.length <= longestBytes ? { type: 'binary', bytes } : undefined;
  }
}
