import type { RowGroups, ValueDictionary } from './row-groups.ts';

/** The groups of all portions, each once, up to a number of them. */
export class MergedGroups {
  readonly columns: readonly MergedColumn[];
  readonly rows: number[] = [];
  readonly packets: number[] = [];
  readonly bytes: number[] = [];
  readonly first: number[] = [];
  readonly last: number[] = [];
  rowsWithout = 0;
  /** Rows of groups that were too many. */
  rowsBeyond = 0;

  private readonly most: number;
  private readonly numbers = new Map<string | number, number>();

  constructor(columns: number, most: number) {
    this.columns = Array.from({ length: columns }, () => new MergedColumn());
    this.most = most;
  }

  get size(): number {
    return this.rows.length;
  }

  add({ dictionaries, codes, rows, packets, bytes, first, last, rowsWithout }: RowGroups): void {
    this.rowsWithout += rowsWithout;
    const merged = this.columns.map((column, number) => column.codesOf(dictionaries[number]));
    for (let group = 0; group < rows.length; group++) {
      const own = merged.map((column, number) => column[codes[number][group]]);
      const number = this.groupOf(own);
      if (number < 0) {
        this.rowsBeyond += rows[group];
        continue;
      }
      this.rows[number] += rows[group];
      this.packets[number] += packets[group];
      this.bytes[number] += bytes[group];
      this.first[number] = Math.min(this.first[number], first[group]);
      this.last[number] = Math.max(this.last[number], last[group]);
    }
  }

  /** Null for a number. */
  textOf(group: number, column: number): string | null {
    const { codes, texts } = this.columns[column];
    return texts[codes[group]];
  }

  /** Whether all rows with the group's value, and none besides, show its text. */
  isDistinct(group: number, column: number): boolean {
    const merged = this.columns[column];
    return merged.isDistinct(merged.codes[group]);
  }

  /** -1 when there are too many. */
  private groupOf(codes: readonly number[]): number {
    const key = codes.length === 1 ? codes[0] : codes.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.rows.length;
    if (number === this.most) return -1;
    this.numbers.set(key, number);
    codes.forEach((code, column) => this.columns[column].codes.push(code));
    this.rows.push(0);
    this.packets.push(0);
    this.bytes.push(0);
    this.first.push(Infinity);
    this.last.push(0);
    return number;
  }
}

/** The values of one column that any portion has. */
class MergedColumn {
  /** Of each group. */
  readonly codes: number[] = [];
  /** Of each code. */
  readonly texts: (string | null)[] = [];
  readonly orderKeys: string[] = [];

  private readonly byText = new Map<string, number>();
  private readonly byNumber = new Map<string, number>();
  private readonly ambiguous = new Set<number>();
  private readonly shared = new Set<string>();
  /** How many texts a value has. */
  private readonly textsOfValue = new Map<string, number>();

  codesOf({ texts, orderKeys, isAmbiguous, sharedKeys }: ValueDictionary): Uint32Array {
    for (const key of sharedKeys) this.shared.add(key);
    return Uint32Array.from(texts, (text, place) => {
      const code = this.codeOf(text, orderKeys[place]);
      if (isAmbiguous[place] || this.orderKeys[code] !== orderKeys[place]) this.ambiguous.add(code);
      return code;
    });
  }

  isDistinct(code: number): boolean {
    const key = this.orderKeys[code];
    return !this.ambiguous.has(code) && !this.shared.has(key) && this.textsOfValue.get(key) === 1;
  }

  private codeOf(text: string | null, orderKey: string): number {
    const known = text === null ? this.byNumber.get(orderKey) : this.byText.get(text);
    if (known !== undefined) return known;
    const code = this.texts.push(text) - 1;
    this.orderKeys.push(orderKey);
    if (text === null) this.byNumber.set(orderKey, code);
    else this.byText.set(text, code);
    this.textsOfValue.set(orderKey, (this.textsOfValue.get(orderKey) ?? 0) + 1);
    return code;
  }
}
