import { basename } from 'node:path';
import { TableFile, type RowGroup } from '../export/parquet/row-group.ts';
import type { ExportReport } from './contract.ts';
import { FilesBeside, FilesInFolder, writingFiles, type ExportFiles } from './export-files.ts';
import { emptyReport, type ExportJob } from './export-job.ts';
import type { FileSink } from './file-sink.ts';
import { inPortions } from './portions.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';

export interface TableExport extends ExportJob {
  readonly knowledge: DecodingKnowledge;
  /** Names of the files the trace was opened from. */
  readonly inputs: readonly string[];
}

/** Rows of a portion, and of a row group at most: enough to compress well, few enough to hold decoded. */
const rowsPerPortion = 16_384;

/**
 * Writes a view's events as a Parquet table. A trace of several files becomes a folder with a part for each,
 * `trace=NAME/part-0.parquet` (the partitions of Hive), which Spark, Trino and DuckDB read as one table.
 */
export async function exportTable(job: TableExport): Promise<ExportReport> {
  const { pool, ordered, view, target, inputs, signal } = job;
  pool.teach(ordered.id, job.knowledge);
  const isPartitioned = inputs.length > 1;
  const files: ExportFiles = isPartitioned ? new FilesInFolder(target) : new FilesBeside(target);
  const names = isPartitioned ? partNames(inputs) : [basename(target)];
  /** The folder tells the trace of a part, and a reader would not want it twice. */
  const traces = isPartitioned ? inputs.map(() => null) : inputs;
  return writingFiles(files, async () => {
    const parts = new Map<number, TablePart>();
    await inPortions({
      ...job,
      rowsPerPortion,
      make: (rows) => pool.run('rowGroups', { generation: ordered.id, order: ordered.order, rows, traces }, { signal }),
      take: (groups: { input: number; group: RowGroup }[], rowsDone) => {
        for (const { input, group } of groups) {
          const part = parts.get(input) ?? new TablePart(files.create(names[input]), traces[input]);
          parts.set(input, part);
          part.write(group);
        }
        job.onProgress({ rowsDone, rowsTotal: view.length, bytesWritten: bytesOf(parts) });
      },
    });
    const written = [...parts]
      .sort(([a], [b]) => a - b)
      .map(([input, part]) => ({ name: names[input], packets: 0, bytes: part.finish() }));
    return { ...emptyReport, events: view.length, bytes: bytesOf(parts), files: written };
  });
}

class TablePart {
  private readonly sink: FileSink;
  private readonly file: TableFile;

  constructor(sink: FileSink, trace: string | null) {
    this.sink = sink;
    this.file = new TableFile(trace, 'Hopscope');
    sink.write(this.file.start);
  }

  get bytes(): number {
    return this.sink.written;
  }

  write(group: RowGroup): void {
    this.file.add(group, this.sink.written);
    this.sink.write(group.bytes);
  }

  /** Returns the length of the file. */
  finish(): number {
    this.sink.write(this.file.end());
    return this.sink.written;
  }
}

function bytesOf(parts: ReadonlyMap<number, TablePart>): number {
  let bytes = 0;
  for (const part of parts.values()) bytes += part.bytes;
  return bytes;
}

/** A path for each input. Hive escapes in folder names what paths and `name=value` need; equal names get a number. */
function partNames(inputs: readonly string[]): string[] {
  return inputs.map((name, input) => {
    const sameBefore = inputs.slice(0, input).filter((other) => other === name).length;
    const unique = sameBefore === 0 ? name : `${name} (${sameBefore + 1})`;
    const escaped = Array.from(unique, escapedCharacter).join('');
    return `trace=${escaped}/part-0.parquet`;
  });
}

const escapedCharacters = new Set('"#%\'*/:=?\\{[]^<>|\x7f');

function escapedCharacter(character: string): string {
  const isPlain = character >= ' ' && !escapedCharacters.has(character);
  return isPlain ? character : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
