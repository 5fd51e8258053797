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
}
