import type { FileGap } from '../etl/buffer-chain.ts';
import type { GapTotals } from './segment.ts';

/** Sums up the bytes of a file that hold no buffers. */
export class GapTally {
  private skippedBuffers = 0;
  private skippedBytes = 0;
  private unwrittenBytes = 0;
  private unwrittenOffset = 0;

  add({ kind, offset, bytes }: FileGap): void {
    if (kind === 'unwritten') {
      if (this.unwrittenBytes === 0) this.unwrittenOffset = offset;
      this.unwrittenBytes += bytes;
    } else {
      this.skippedBuffers++;
      this.skippedBytes += bytes;
    }
  }

  get totals(): GapTotals {
    const { skippedBuffers, skippedBytes, unwrittenBytes, unwrittenOffset } = this;
    return { skippedBuffers, skippedBytes, unwrittenBytes, unwrittenOffset };
  }
}
