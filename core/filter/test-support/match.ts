import { bindFilter } from '../bind.ts';
import { hasRow } from '../bitset.ts';
import { parseFilter } from '../language/parser.ts';
import { scanSegment } from '../scan.ts';
import type { FilterVocabulary } from '../vocabulary.ts';
import { segmentOf, type TestEvent } from './synthetic-segment.ts';

/** The numbers of the rows that a filter lets through. The plan crosses a structured clone, as it does to a worker. */
export function matchingRows(filter: string, rows: readonly TestEvent[], vocabulary: FilterVocabulary): number[] {
  const { plan } = structuredClone(bindFilter(parseFilter(filter), vocabulary));
  const matched = scanSegment(plan, segmentOf(rows));
  return rows.map((_, row) => row).filter((row) => hasRow(matched, row));
}
