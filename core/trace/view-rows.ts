/** A view: ascending row numbers of the trace's time order, in pieces as the workers delivered them. */
export class ViewRows {
  readonly length: number;
  readonly pieces: readonly Uint32Array[];
  /** Position in the view of each piece's first row. */
  private readonly starts: readonly number[];

  /** Without pieces the view is the whole trace: its n-th row is row n. */
  constructor(pieces: readonly Uint32Array[], length = pieces.reduce((sum, piece) => sum + piece.length, 0)) {
    this.pieces = pieces;
    this.length = length;
    let start = 0;
    this.starts = pieces.map((piece) => {
      const own = start;
      start += piece.length;
      return own;
    });
  }

  /** Row numbers at positions from..to. */
  slice(from: number, to: number): Uint32Array {
    const rows = new Uint32Array(to - from);
    if (this.pieces.length === 0) {
      for (let position = from; position < to; position++) rows[position - from] = position;
      return rows;
    }
    this.pieces.forEach((piece, number) => {
      const start = this.starts[number];
      const first = Math.max(from, start);
      const last = Math.min(to, start + piece.length);
      if (first < last) rows.set(piece.subarray(first - start, last - start), first - from);
    });
    return rows;
  }

  /** Row number at a position of the view. */
  rowAt(position: number): number {
    if (this.pieces.length === 0) return position;
    let low = 0;
    let high = this.pieces.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.starts[middle] <= position) low = middle;
      else high = middle;
    }
    return this.pieces[low][position - this.starts[low]];
  }

  /** How many of the view's rows lie in front of a row of the trace: the position of that row, where the view has it. */
  countBefore(row: number): number {
    if (this.pieces.length === 0) return Math.min(row, this.length);
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const piece = this.pieces[middle];
      if (piece[piece.length - 1] < row) low = middle + 1;
      else high = middle;
    }
    return low === this.pieces.length ? this.length : this.starts[low] + firstNotBelow(this.pieces[low], row);
  }

  /** Those rows of the view that are also in an ascending list: a view of its own. */
  common(ascending: Uint32Array): ViewRows {
    if (this.pieces.length === 0)
      return new ViewRows([ascending.subarray(0, firstNotBelow(ascending, this.length))].filter(isNotEmpty));
    return new ViewRows(this.pieces.map((piece) => commonRows(piece, ascending)).filter(isNotEmpty));
  }
}

function isNotEmpty(piece: Uint32Array): boolean {
  return piece.length > 0;
}

/** Place of the first entry from..to that is not below `value`; `to` when all are below. */
export function firstNotBelow(ascending: Uint32Array, value: number, from = 0, to = ascending.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same, for who goes through the list and seldom skips much of it. */
function nextNotBelow(ascending: Uint32Array, value: number, from: number): number {
  let step = 1;
  let low = from;
  while (low < ascending.length && ascending[low] < value) {
    const next = low + step;
    if (next >= ascending.length || ascending[next] >= value)
      return firstNotBelow(ascending, value, low + 1, Math.min(next, ascending.length));
    low = next;
    step *= 2;
  }
  return low;
}

/** What two ascending lists have in common, in time that grows with the shorter one. */
function commonRows(first: Uint32Array, second: Uint32Array): Uint32Array {
  const [few, many] = first.length <= second.length ? [first, second] : [second, first];
  const common = new Uint32Array(few.length);
  let count = 0;
  let at = 0;
  for (const row of few) {
    at = nextNotBelow(many, row, at);
    if (at === many.length) break;
    if (many[at] === row) common[count++] = row;
  }
  return common.slice(0, count);
}
