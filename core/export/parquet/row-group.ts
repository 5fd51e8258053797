import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { EventText } from '../text/event-text.ts';
import { tableColumns, tableSchema } from './table-columns.ts';

type RowGroupFacts = ParquetWriter['row_groups'][number];

/** Some events as they stand in a file, wherever that may be: plain data. */
export interface RowGroup {
  readonly bytes: Uint8Array;
  /** Offsets count from the group's first byte. */
  readonly facts: RowGroupFacts;
}

/** `PAR1`, at both ends of a file. */
const magicBytes = 4;

/** Some events as one row group. `trace` fills a column of that name, unless it is null. */
export function rowGroupOf(events: readonly EventText[], trace: string | null): RowGroup {
  const columns = tableColumns(trace);
  const writer = new ByteWriter(1 << 16);
  const parquet = new ParquetWriter({ writer, schema: tableSchema(columns) });
  const written = parquet.write({
    columnData: columns.map(({ name, cell }) => ({ name, data: events.map(cell), offsetIndex: false })),
    rowGroupSize: Math.max(1, events.length),
  });
  if (written) throw new Error('a writer in memory never waits');
  return { bytes: writer.getBytes().slice(magicBytes), facts: movedBy(parquet.row_groups[0], -magicBytes) };
}

/** A file made of row groups that were written elsewhere. */
export class TableFile {
  readonly start: Uint8Array;
  private readonly writer = new ByteWriter();
  private readonly parquet: ParquetWriter;

  /** `application` is who writes the file. */
  constructor(trace: string | null, application: string) {
    const schema = tableSchema(tableColumns(trace));
    this.parquet = new ParquetWriter({ writer: this.writer, schema, createdBy: application });
    this.start = this.writer.getBytes().slice();
  }

  /** Notes a group whose first byte stands at `offset`. */
  add({ facts }: RowGroup, offset: number): void {
    this.parquet.row_groups.push(movedBy(facts, offset));
    this.parquet.num_rows += facts.num_rows;
  }

  /** What stands behind the last group. */
  end(): Uint8Array {
    if (this.parquet.finish()) throw new Error('a writer in memory never waits');
    return this.writer.getBytes().slice(magicBytes);
  }
}

function movedBy(facts: RowGroupFacts, bytes: number): RowGroupFacts {
  const distance = BigInt(bytes);
  return {
    ...facts,
    columns: facts.columns.map((column) => ({
      ...column,
      file_offset: column.file_offset + distance,
      ...(column.meta_data && {
        meta_data: {
          ...column.meta_data,
          data_page_offset: column.meta_data.data_page_offset + distance,
          ...(column.meta_data.dictionary_page_offset !== undefined && {
            dictionary_page_offset: column.meta_data.dictionary_page_offset + distance,
          }),
        },
      }),
    })),
  };
}
