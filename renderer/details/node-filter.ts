/** From a field of the details tree to a filter that finds messages with the same value. */
import type { DetailNode } from '../../core/engine/contract.ts';
import { syntaxProblem } from '../filter/filter-status.ts';
import { diagnosisName, nodesOnWay } from './tree-model.ts';

/**
 * `TCP.DestinationPort == 80` for a field, `TCP` for a layer; the engine's own where it has one. Undefined where the text of the value tells no value that
 * could be compared, and for nodes that are no part of the message.
 */
export function nodeFilter(nodes: readonly DetailNode[], key: string): string | undefined {
  const way = nodesOnWay(nodes, key);
  const node = way.at(-1);
  if (node?.filter !== undefined) return node.filter;
  if (!node || way[0].name === diagnosisName) return undefined;
  const path = way.map(({ name }) => name).join('.');
  const text = way.length === 1 ? path : comparison(path, node);
  return text === undefined || syntaxProblem(text) ? undefined : text;
}

function comparison(path: string, { value, children }: DetailNode): string | undefined {
  const literal = literalIn(value);
  if (literal !== undefined) return `${path} == ${literal}`;
  // The text of a group only sums its members up.
  return value === '' || children.length > 0 ? undefined : `${path} == ${quoted(value)}`;
}

/** What a value is when it is no text, however it is dressed: `HTTP(80)`, `8 (32 bytes)`, `Error (2)`. */
const dresses: readonly RegExp[] = [
  /^(true|false)$/,
  /^(-?\d+|0x[\da-f]+)$/i,
  /^(\d+|0x[\da-f]+) ?\([^()]*\)$/i,
  /^[^()"]+ ?\((\d+|0x[\da-f]+)\)$/i,
  /^((?:\d{1,3}\.){3}\d{1,3})$/,
  /^((?:[\da-f]{2}-){5}[\da-f]{2})$/i,
  /^([\da-f]*:[\da-f:]+(?:(?:\d{1,3}\.){3}\d{1,3})?)$/i,
  /^(\{[\da-f-]{36}\})$/i,
];

/** The literal that a field's text stands for, as filters write it; undefined where it is a text. */
export function literalIn(value: string): string | undefined {
  for (const dress of dresses) {
    const literal = dress.exec(value)?.[1];
    if (literal !== undefined) return literal;
  }
  return undefined;
}

/** A text as a filter writes it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}

/** The field that a node's filter asks for, as a column is named: `TCP.SourcePort`; undefined where it asks for none. */
export function nodeColumn(filter: string | undefined): string | undefined {
  return filter === undefined ? undefined : /^([\w.]+\.\w+) ==/.exec(filter)?.[1];
}
