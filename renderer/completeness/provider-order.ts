/** The order of the providers' table. */
import type { ProviderInfo } from '../../core/engine/contract.ts';

export const countColumns = ['events', 'packets', 'truncatedPackets', 'undescribedEvents'] as const;
export const providerColumns = ['name', ...countColumns] as const;
export type ProviderColumn = (typeof providerColumns)[number];

export interface ProviderOrder {
  column: ProviderColumn;
  descending: boolean;
}

export const firstOrder: ProviderOrder = { column: 'events', descending: true };

/** A copy in order; equals by name. Providers without a name come behind the others, whatever the direction. */
export function sortProviders(providers: readonly ProviderInfo[], order: ProviderOrder): ProviderInfo[] {
  const direction = order.descending ? -1 : 1;
  return [...providers].sort((first, second) => {
    if (order.column !== 'name') {
      return direction * (first[order.column] - second[order.column]) || compareNames(first, second, 1);
    }
    return compareNames(first, second, direction);
  });
}

/** What a click on a column's heading makes of the order: names begin with A, counts with the largest. */
export function orderAfterClick(order: ProviderOrder, column: ProviderColumn): ProviderOrder {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column !== 'name' };
}

function compareNames(first: ProviderInfo, second: ProviderInfo, direction: number): number {
  if (first.name !== null && second.name !== null) return direction * first.name.localeCompare(second.name);
  if (first.name === null && second.name === null) return direction * first.guid.localeCompare(second.guid);
  return first.name === null ? 1 : -1;
}
