import { bindFilter } from '../bind.ts';
import { hasRow } from '../bitset.ts';
import { parseFilter } from '../language/parser.ts';
import { scanSegment } from '../scan.ts';
import { TraceColumns } from '../../trace/trace-columns.ts';
import type { Segment } from '../../trace/segment.ts';
import type { SegmentPlace } from '../segment-plan.ts';
import type { FilterVocabulary } from '../vocabulary.ts';
import { segmentOf, type TestEvent } from './synthetic-segment.ts';

const clock = {
  kind: 'system time',
  frequency: 10_000_000,
  startTime: 0n,
  startTickHigh: 0,
  startTickLow: 0,
} as const;

/** A segment that is a whole trace, with one event each tick of 100 ns. */
export function placeOf(segment: Segment): SegmentPlace {
  const columns = new TraceColumns([segment], [clock]);
  return { columns, number: 0, order: Uint32Array.from({ length: segment.events.length }, (_, event) => event) };
}

/** The packets of these tests are their columns: there is nothing else to read. */
const columnsOnly = { passes: () => false, excludesBuffer: () => true };

/** The numbers of the rows that a filter lets through. The plan crosses a structured clone, as it does to a worker. */
export function matchingRows(filter: string, rows: readonly TestEvent[], vocabulary: FilterVocabulary): number[] {
  const { plan } = structuredClone(bindFilter(parseFilter(filter), vocabulary));
  const matched = scanSegment(plan, placeOf(segmentOf(rows)), undefined, columnsOnly);
  return rows.map((_, row) => row).filter((row) => hasRow(matched, row));
}
