import { addRow, hasRow, noRows, type RowSet } from './bitset.ts';
import type { FilterPlan } from './plan.ts';
import { scanPlanned, type MessageReader } from './scan.ts';
import { planForSegment, type SegmentPlace, type SegmentPlan } from './segment-plan.ts';

type Trace = Omit<SegmentPlace, 'number'>;

/** Of some rows of the time order, those that the filter lets through, in the order given. */
export function matchingRows(
  plan: FilterPlan,
  rows: Uint32Array,
  trace: Trace,
  messages: MessageReader,
  plans = new SegmentPlans(plan),
): Uint32Array {
  const { columns, order } = trace;
  const wanted = new Map<number, RowSet>();
  for (const row of rows) {
    const number = columns.segmentOf(order[row]);
    let within = wanted.get(number);
    if (!within) {
      within = noRows(columns.segments[number].events.length);
      wanted.set(number, within);
    }
    addRow(within, order[row] - columns.bases[number]);
  }
  const matched = new Map<number, RowSet>();
  for (const [number, within] of wanted) {
    const place = { ...trace, number };
    matched.set(number, scanPlanned(plans.of(place), place, within, messages));
  }
  return rows.filter((row) => {
    const number = columns.segmentOf(order[row]);
    const found = matched.get(number);
    return found !== undefined && hasRow(found, order[row] - columns.bases[number]);
  });
}

/** A plan in the numbers of each segment it was asked about, kept for who asks again. */
export class SegmentPlans {
  private readonly plan: FilterPlan;
  private readonly made = new Map<number, SegmentPlan>();

  constructor(plan: FilterPlan) {
    this.plan = plan;
  }

  of(place: SegmentPlace): SegmentPlan {
    let made = this.made.get(place.number);
    if (!made) {
      made = planForSegment(this.plan, place);
      this.made.set(place.number, made);
    }
    return made;
  }
}
