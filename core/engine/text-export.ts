import { fileName } from '../base/file-name.ts';
import { textFormats } from '../export/text/text-formats.ts';
import type { ViewRows } from '../trace/view-rows.ts';
import type { ExportProgress, ExportReport, TextFormatName } from './contract.ts';
import { FileSink } from './file-sink.ts';
import type { OrderedTrace } from './trace-session.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';
import type { TaskPool } from './worker-pool.ts';

export interface TextExport {
  readonly pool: TaskPool;
  readonly ordered: OrderedTrace;
  readonly knowledge: DecodingKnowledge;
  readonly view: ViewRows;
  readonly format: TextFormatName;
  /** Path of the file. */
  readonly target: string;
  readonly signal: AbortSignal | undefined;
  onProgress(progress: ExportProgress): void;
}

/** Rows a task formats: a few megabytes of text at most, however large the packets are. */
const rowsPerTask = 2048;
/** Tasks under way or waiting to be written, per worker. */
const tasksAhead = 2;
const encoder = new TextEncoder();

/**
 * Writes a view's events as text. The workers format portions of rows, this thread writes them in order as they come;
 * memory does not grow with the view. No file is left when it fails or is cancelled.
 */
export async function exportText(job: TextExport): Promise<ExportReport> {
  const { pool, ordered, view, target } = job;
  const { header, footer } = textFormats[job.format];
  pool.teach(ordered.id, job.knowledge);
  const sink = new FileSink(target);
  try {
    sink.write(encoder.encode(header));
    await writePortions(job, sink);
    sink.write(encoder.encode(footer));
    sink.finish();
  } catch (error) {
    sink.discard();
    throw error;
  }
  return {
    packets: 0,
    interfaces: 0,
    events: view.length,
    bytes: sink.written,
    skippedRows: 0,
    files: [{ name: fileName(target), packets: 0, bytes: sink.written }],
    notes: [],
  };
}

async function writePortions(job: TextExport, sink: FileSink): Promise<void> {
  const { pool, view, signal } = job;
  const waiting: Promise<Uint8Array>[] = [];
  let given = 0;
  for (let done = 0; done < view.length;) {
    while (given < view.length && waiting.length < pool.size * tasksAhead) {
      const rows = rowNumbers(view, given, Math.min(given + rowsPerTask, view.length));
      waiting.push(formatted(job, rows));
      given += rows.length;
    }
    const text = await waiting.shift();
    signal?.throwIfAborted();
    if (text) sink.write(text);
    done = Math.min(done + rowsPerTask, view.length);
    job.onProgress({ rowsDone: done, rowsTotal: view.length, bytesWritten: sink.written });
  }
}

function formatted({ pool, ordered, format, signal }: TextExport, rows: Uint32Array): Promise<Uint8Array> {
  const { id: generation, order } = ordered;
  const text = pool.run('formatRows', { generation, order, rows, format }, { signal, urgent: false });
  // When one portion fails, nobody waits for the others any more.
  text.catch(() => undefined);
  return text;
}

/** Row numbers at positions from..to of a view. */
export function rowNumbers(view: ViewRows, from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, index) => view.rowAt(from + index));
}
