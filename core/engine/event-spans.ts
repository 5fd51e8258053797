import type { TraceColumns } from '../trace/trace-columns.ts';

/** Events from..to of one segment, counted inside it; `from` is a multiple of 32, so that no word of bits is shared. */
export interface EventSpan {
  readonly segment: number;
  readonly from: number;
  readonly to: number;
}

/** Events of a span: of the first ones few, so that first rows come early, then more and more. */
export interface SpanSizes {
  readonly first: number;
  readonly largest: number;
}

/** Columns are scanned at some 100 million rows a second, messages decoded at some 100,000. */
export const columnSpans: SpanSizes = { first: 1 << 16, largest: 1 << 21 };
export const messageSpans: SpanSizes = { first: 1 << 9, largest: 1 << 11 };
/** A search through bytes is somewhere between. */
export const byteSpans: SpanSizes = { first: 1 << 10, largest: 1 << 14 };

/** Cuts all events of a trace into spans, those that begin earliest in time first. */
export function eventSpans(columns: TraceColumns, { first, largest }: SpanSizes): EventSpan[] {
  const spans: (EventSpan & { readonly time: number })[] = [];
  let size = first;
  for (const segment of segmentsByTime(columns)) {
    const { events, section } = columns.segments[segment];
    const { factor, offset } = columns.scales[section];
    for (let from = 0; from < events.length; from += size) {
      if (from > 0 || spans.length > 0) size = Math.min(size * 2, largest);
      spans.push({
        segment,
        from,
        to: Math.min(from + size, events.length),
        time: events.tick[from] * factor + offset,
      });
    }
  }
  return spans.sort((a, b) => a.time - b.time).map(({ segment, from, to }) => ({ segment, from, to }));
}

function segmentsByTime({ segments, scales }: TraceColumns): number[] {
  const start = segments.map(({ events, section }) =>
    events.length === 0 ? 0 : events.tick[0] * scales[section].factor + scales[section].offset,
  );
  return [...segments.keys()].sort((a, b) => start[a] - start[b]);
}
