import type { EventReader } from '../trace/event-reader.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { newDiagnosisWork } from './columns.ts';
import { ConnectionTracker, newTrackerState } from './connection-tracker.ts';
import { examineSegment } from './examine-segment.ts';
import { globalNumbers } from './places.ts';
import { diagnosisData, TraceDiagnosis } from './trace-diagnosis.ts';

/** Diagnoses a whole trace in one go: what the engine does over a pool, for tests and small tools. */
export function diagnose(columns: TraceColumns, order: Uint32Array, reader: EventReader, shares = 1): TraceDiagnosis {
  const work = newDiagnosisWork(columns);
  const numbers = globalNumbers(columns.segments);
  columns.segments.forEach((_, number) => {
    examineSegment(columns, reader, number, work, numbers, () => undefined);
  });
  const states = Array.from({ length: shares }, (_, share) =>
    newTrackerState(share, shares, work.found.length, numbers.componentKeys.length),
  );
  for (const state of states) {
    const tracker = new ConnectionTracker(columns, work, numbers, state);
    tracker.follow(order, 0, order.length);
    tracker.finish();
  }
  const components = numbers.componentKeys.map((key) => ({ key, name: key }));
  return new TraceDiagnosis(diagnosisData(work.found, states, components), columns);
}
