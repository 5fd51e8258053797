import { basename } from 'node:path';
import { textFormats } from '../export/text/text-formats.ts';
import type { ExportReport, TextFormatName } from './contract.ts';
import { FilesBeside, writingFiles } from './export-files.ts';
import { emptyReport, type ExportJob } from './export-job.ts';
import { inPortions } from './portions.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';

export interface TextExport extends ExportJob {
  readonly knowledge: DecodingKnowledge;
  readonly format: TextFormatName;
}

/** Rows a task formats: a few megabytes of text at most, however large the packets are. */
const rowsPerPortion = 2048;
const encoder = new TextEncoder();

/** Writes a view's events as text. The workers format portions of rows, this thread writes them in order as they come. */
export async function exportText(job: TextExport): Promise<ExportReport> {
  const { pool, ordered, view, target, format, signal } = job;
  const { header, footer } = textFormats[format];
  pool.teach(ordered.id, job.knowledge);
  const files = new FilesBeside(target);
  return writingFiles(files, async () => {
    const sink = files.create(basename(target));
    sink.write(encoder.encode(header));
    await inPortions({
      ...job,
      rowsPerPortion,
      make: (rows) =>
        pool.run('formatRows', { generation: ordered.id, order: ordered.order, rows, format }, { signal }),
      take: (text, rowsDone) => {
        sink.write(text);
        job.onProgress({ rowsDone, rowsTotal: view.length, bytesWritten: sink.written });
      },
    });
    sink.write(encoder.encode(footer));
    const bytes = sink.written;
    return { ...emptyReport, events: view.length, bytes, files: [{ name: basename(target), packets: 0, bytes }] };
  });
}
