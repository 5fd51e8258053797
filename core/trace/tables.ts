import { sharedMemory } from '../base/shared-memory.ts';
import type { Table } from './segment.ts';

/** Growing and freezing of column tables. Columns lie in shared memory from the start, so that freezing copies nothing. */

type ColumnType = 'Uint8' | 'Uint16' | 'Uint32' | 'Float64';
export type ColumnTypes = Readonly<Record<string, ColumnType>>;

const arrayOf = { Uint8: Uint8Array, Uint16: Uint16Array, Uint32: Uint32Array, Float64: Float64Array } as const;
type AnyColumn = Uint8Array | Uint16Array | Uint32Array | Float64Array;
type AnyColumns = Record<string, AnyColumn>;

/** Columns of one table with room for `capacity` rows, all zero where nothing was written. */
export interface GrowingTable<Columns extends ColumnTypes> {
  readonly types: Columns;
  columns: Omit<Table<Columns>, 'length'>;
  capacity: number;
}

export function growingTable<Columns extends ColumnTypes>(types: Columns, capacity: number): GrowingTable<Columns> {
  const room = Math.max(1, capacity);
  return { types, columns: sharedColumns(types, room) as Omit<Table<Columns>, 'length'>, capacity: room };
}

/** Makes room for at least `rows` rows, keeping what is there. */
export function reserveRows<Columns extends ColumnTypes>(table: GrowingTable<Columns>, rows: number): void {
  if (rows <= table.capacity) return;
  const capacity = Math.max(rows, Math.ceil(table.capacity * 1.5));
  const larger = sharedColumns(table.types, capacity);
  for (const [name, column] of Object.entries(table.columns as AnyColumns)) larger[name].set(column);
  table.columns = larger as Omit<Table<Columns>, 'length'>;
  table.capacity = capacity;
}

/** Share of a table's room that may stay unused: less than this is not worth a copy. */
const toleratedWaste = 0.2;

/** The first `rows` rows as a finished table. Copied only when the table had been given far too much room. */
export function freezeTable<Columns extends ColumnTypes>(table: GrowingTable<Columns>, rows: number): Table<Columns> {
  const columns = table.columns as AnyColumns;
  const isTight = rows >= table.capacity * (1 - toleratedWaste);
  const target = isTight ? columns : sharedColumns(table.types, rows);
  const frozen = Object.entries(columns).map(([name, column]): [string, AnyColumn] => {
    if (!isTight) target[name].set(column.subarray(0, rows));
    return [name, target[name].subarray(0, rows)];
  });
  return { ...Object.fromEntries(frozen), length: rows } as Table<Columns>;
}

/** All columns of a table in one piece of shared memory, each on a multiple of 8. */
function sharedColumns(types: ColumnTypes, rows: number): AnyColumns {
  const sizes = Object.values(types).map((type) => roundUp(rows * arrayOf[type].BYTES_PER_ELEMENT));
  const memory = sharedMemory(sizes.reduce((sum, size) => sum + size, 0));
  let offset = 0;
  const columns = Object.entries(types).map(([name, type], index): [string, AnyColumn] => {
    const Column: new (memory: SharedArrayBuffer, offset: number, length: number) => AnyColumn = arrayOf[type];
    const column = new Column(memory, offset, rows);
    offset += sizes[index];
    return [name, column];
  });
  // Not built property by property: V8 would make that a dictionary, and every access in a hot loop eight times slower.
  return Object.fromEntries(columns);
}

function roundUp(bytes: number): number {
  return (bytes + 7) & ~7;
}
