import { originalLength } from '../../trace/packet-bytes.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import { CarriedPacket } from './carried-packet.ts';
import type { CellContent } from './cell-book.ts';
import type { ColumnReader } from './column-reader.ts';
import { orderKey } from './value-order.ts';

/** What some rows have in one column, each text or number once. */
export interface ValueDictionary {
  /** Null for numbers, whose texts are read when they are shown. */
  readonly texts: (string | null)[];
  readonly orderKeys: string[];
  /** Rows of this text have other values too, or several: no comparison with one value finds them. */
  readonly isAmbiguous: boolean[];
  /** Order keys of values that some rows have several of. */
  readonly sharedKeys: string[];
}

/** Some rows counted by the values of one to three columns. One entry a group. */
export interface RowGroups {
  readonly dictionaries: ValueDictionary[];
  /** Of each column, the number of the group's value in the dictionary. */
  readonly codes: Uint32Array[];
  readonly rows: Float64Array;
  readonly packets: Float64Array;
  readonly bytes: Float64Array;
  /** Rows in time order. */
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  /** Rows without a value in some column. */
  readonly rowsWithout: number;
}

/** Rows that are grouped at a time: as many values have codes below 2^17, of which three fit one double. */
export const mostGroupedRows = 1 << 17;

/** Counts rows by the values that the readers find. A packet is counted in the row that it begins in. */
export function groupRows(
  readers: readonly ColumnReader[],
  rows: Uint32Array,
  { columns, order }: { readonly columns: TraceColumns; readonly order: Uint32Array },
): RowGroups {
  if (rows.length > mostGroupedRows) throw new RangeError('more rows than one portion may have');
  const coded = readers.map((reader) => codedValues(reader, rows));
  const tally = new Tally(readers.length, rows.length);
  const begun = new CarriedPacket();
  let rowsWithout = 0;
  for (let place = 0; place < rows.length; place++) {
    const group = tally.groupOf(coded, place);
    if (group < 0) {
      rowsWithout++;
      continue;
    }
    const row = rows[place];
    const { segment, index } = columns.locate(order[row]);
    const isPacket = begun.findBegun(segment, index);
    tally.count(group, row, isPacket ? originalLength(segment, begun.packet) : -1);
  }
  return { ...tally.result(), dictionaries: coded.map(({ dictionary }) => dictionary), rowsWithout };
}

interface Coded {
  /** By place, from 1; 0 for nothing. */
  readonly codes: Uint32Array;
  readonly dictionary: ValueDictionary;
}

function codedValues(reader: ColumnReader, rows: Uint32Array): Coded {
  const codes = new Uint32Array(rows.length);
  const byNumber = new Map<number, number>();
  const cells: Exclude<CellContent, undefined>[] = [];
  const shared = new Set<string>();
  const codeOf = (content: CellContent): number => {
    if (content === undefined) return 0;
    if (typeof content === 'number') {
      let code = byNumber.get(content);
      if (code === undefined) {
        code = cells.push(content);
        byNumber.set(content, code);
      }
      return code;
    }
    if (content.code < 0) {
      content.code = cells.push(content);
      for (const key of content.several ?? []) shared.add(key);
    }
    return content.code;
  };
  reader.read(rows, (place, content) => {
    codes[place] = codeOf(content);
  });
  return { codes, dictionary: dictionaryOf(cells, [...shared]) };
}

function dictionaryOf(cells: readonly Exclude<CellContent, undefined>[], sharedKeys: string[]): ValueDictionary {
  return {
    texts: cells.map((cell) => (typeof cell === 'number' ? null : cell.text)),
    orderKeys: cells.map((cell) => orderKey(typeof cell === 'number' ? cell : cell.value)),
    isAmbiguous: cells.map((cell) => typeof cell !== 'number' && (cell.isAmbiguous || cell.several !== undefined)),
    sharedKeys,
  };
}

/** The groups of a portion, numbered as they are met. */
class Tally {
  private readonly groups = new Map<number, number>();
  private readonly codes: Uint32Array[];
  private readonly rows: Float64Array;
  private readonly packets: Float64Array;
  private readonly bytes: Float64Array;
  private readonly first: Uint32Array;
  private readonly last: Uint32Array;

  constructor(columns: number, most: number) {
    this.codes = Array.from({ length: columns }, () => new Uint32Array(most));
    this.rows = new Float64Array(most);
    this.packets = new Float64Array(most);
    this.bytes = new Float64Array(most);
    this.first = new Uint32Array(most).fill(0xffff_ffff);
    this.last = new Uint32Array(most);
  }

  /** -1 where a column has nothing. */
  groupOf(coded: readonly Coded[], place: number): number {
    let key = 0;
    for (const { codes } of coded) {
      const code = codes[place];
      if (code === 0) return -1;
      key = key * mostGroupedRows + (code - 1);
    }
    let group = this.groups.get(key);
    if (group === undefined) {
      group = this.groups.size;
      this.groups.set(key, group);
      for (let column = 0; column < coded.length; column++) this.codes[column][group] = coded[column].codes[place] - 1;
    }
    return group;
  }

  /** `length`: of the packet that begins in the row, -1 where none does. */
  count(group: number, row: number, length: number): void {
    this.rows[group]++;
    if (length >= 0) {
      this.packets[group]++;
      this.bytes[group] += length;
    }
    if (row < this.first[group]) this.first[group] = row;
    if (row > this.last[group]) this.last[group] = row;
  }

  result(): Omit<RowGroups, 'dictionaries' | 'rowsWithout'> {
    const { size } = this.groups;
    return {
      codes: this.codes.map((codes) => codes.slice(0, size)),
      rows: this.rows.slice(0, size),
      packets: this.packets.slice(0, size),
      bytes: this.bytes.slice(0, size),
      first: this.first.slice(0, size),
      last: this.last.slice(0, size),
    };
  }
}
