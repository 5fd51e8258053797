/** What the table of groups shows, and in which order. */
import type { ColumnName, Group, Grouping } from '../../core/engine/contract.ts';
import { groupDepth } from '../state/grouping.ts';

/** True when all groups are there: only then their order can be turned round without the engine. */
export function isWhole({ groups, total }: Pick<Grouping, 'groups' | 'total'>): boolean {
  return groups.length >= total;
}

/** Groups as they are listed; each with its share of all rows, 0..1. */
export function listedGroups({ groups, rows, total }: Grouping, reversed: boolean): { group: Group; share: number }[] {
  const inOrder = reversed && isWhole({ groups, total }) ? groups.toReversed() : groups;
  return inOrder.map((group) => ({ group, share: rows > 0 ? group.rows / rows : 0 }));
}

/** The columns with one of them changed; an empty name takes it away, and what is there twice is there once. */
export function withColumn(by: readonly ColumnName[], place: number, name: string): ColumnName[] {
  const wanted = name.trim();
  const changed = [...by.slice(0, place), wanted, ...by.slice(place + 1)].filter((column) => column !== '');
  return [...new Set(changed)].slice(0, groupDepth);
}
