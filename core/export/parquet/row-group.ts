import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { EventText } from '../text/event-text.ts';
import { tableColumns, tableSchema, type Cell, type TableColumn } from './table-columns.ts';

type RowGroupFacts = ParquetWriter['row_groups'][number];

/** Some events as they stand in a file, wherever that may be: plain data. */
export interface RowGroup {
  readonly bytes: Uint8Array;
  /** Offsets count from the group's first byte. */
  readonly facts: RowGroupFacts;
}

/** `PAR1`, at both ends of a file. */
const magicBytes = 4;

/** Makes a row group of events that come in any order. Each gives its cells at once, so that none is kept decoded. */
export class RowGroupBuilder {
  private readonly columns: readonly TableColumn[];
  private readonly cells: Cell[][];

  /** `trace` fills a column of that name, unless it is null. */
  constructor(trace: string | null, rows: number) {
    this.columns = tableColumns(trace);
    this.cells = this.columns.map(() => Array.from<Cell>({ length: rows }).fill(null));
  }

  put(row: number, event: EventText): void {
    this.columns.forEach(({ cell }, column) => {
      this.cells[column][row] = cell(event);
    });
  }

  finish(): RowGroup {
    const writer = new ByteWriter(1 << 16);
    const parquet = new ParquetWriter({ writer, schema: tableSchema(this.columns) });
    const columnData = this.columns.map(({ name }, column) => ({
      name,
      data: this.cells[column],
      offsetIndex: false,
    }));
    const written = parquet.write({ columnData, rowGroupSize: this.cells[0].length });
    if (written) throw new Error('a writer in memory never waits');
    return { bytes: writer.getBytes().slice(magicBytes), facts: movedBy(parquet.row_groups[0], -magicBytes) };
  }
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
