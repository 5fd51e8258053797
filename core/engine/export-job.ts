import type { ViewRows } from '../trace/view-rows.ts';
import type { ExportProgress, ExportReport } from './contract.ts';
import type { OrderedTrace } from './trace-session.ts';
import type { TaskPool } from './worker-pool.ts';

/** A view that is to be written somewhere. */
export interface ExportJob {
  readonly pool: TaskPool;
  readonly ordered: OrderedTrace;
  readonly view: ViewRows;
  /** Path of the file, or of the folder that holds its parts. */
  readonly target: string;
  readonly signal: AbortSignal | undefined;
  onProgress(progress: ExportProgress): void;
}

export const emptyReport: ExportReport = {
  packets: 0,
  interfaces: 0,
  events: 0,
  bytes: 0,
  skippedRows: 0,
  notes: [],
  files: [],
};
