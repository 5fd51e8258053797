/** From a span of time to the filter that lets it through, exactly to 100 ns. */
import { isoText } from '../quick-filter/cell-filter.ts';
import type { TimeSpan } from './time-span.ts';

export function timeFilter({ from, to }: TimeSpan): string {
  return `#Timestamp >= "${isoText(from)}" && #Timestamp <= "${isoText(to)}"`;
}
