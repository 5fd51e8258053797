import { lastNotAbove, type TraceColumns } from '../../trace/trace-columns.ts';

/**
 * Where an event stands in its file, which is the same in whatever ranges the file is read: offset in the file of its buffer,
 * and its own offset in the inflated buffer. Captures have no buffers: 0, and the offset in the file.
 */
export interface EventPlace {
  readonly input: number;
  readonly buffer: number;
  readonly offset: number;
}

export function placeOfEvent(columns: TraceColumns, event: number): EventPlace {
  const { segment, index } = columns.locate(event);
  const { buffers, events, input, capture } = segment;
  const fileOffset = buffers.fileOffset[lastNotAbove(buffers.firstEvent, index, buffers.length)];
  const offset = events.offset[index];
  return capture ? { input, buffer: 0, offset: fileOffset + offset } : { input, buffer: fileOffset, offset };
}

/** Buffers of one input, sorted by their offsets in the file. */
interface InputBuffers {
  readonly isCapture: boolean;
  readonly fileOffset: readonly number[];
  readonly segment: readonly number[];
  readonly row: readonly number[];
}

/** Finds events by their places. */
export class EventFinder {
  private readonly columns: TraceColumns;
  private readonly inputs = new Map<number, InputBuffers>();

  constructor(columns: TraceColumns) {
    this.columns = columns;
  }

  /** Number in the trace's event space; undefined when no event stands there. */
  eventAt({ input, buffer, offset }: EventPlace): number | undefined {
    const known = this.buffersOf(input);
    const wanted = known.isCapture ? offset : buffer;
    const place = lastAtOrBefore(known.fileOffset, wanted);
    if (place < 0 || (!known.isCapture && known.fileOffset[place] !== wanted)) return undefined;
    const inBuffer = known.isCapture ? offset - known.fileOffset[place] : offset;
    return this.eventIn(known.segment[place], known.row[place], inBuffer);
  }

  private eventIn(number: number, row: number, offset: number): number | undefined {
    const { buffers, events } = this.columns.segments[number];
    const first = buffers.firstEvent[row];
    const end = row + 1 < buffers.length ? buffers.firstEvent[row + 1] : events.length;
    const offsets = events.offset.subarray(first, end);
    const index = lastNotAbove(offsets, offset, offsets.length);
    return index >= 0 && offsets[index] === offset ? this.columns.bases[number] + first + index : undefined;
  }

  private buffersOf(input: number): InputBuffers {
    const known = this.inputs.get(input);
    if (known) return known;
    const buffers: { fileOffset: number; segment: number; row: number }[] = [];
    let isCapture = false;
    this.columns.segments.forEach((segment, number) => {
      if (segment.input !== input) return;
      isCapture ||= segment.capture !== undefined;
      for (let row = 0; row < segment.buffers.length; row++)
        buffers.push({ fileOffset: segment.buffers.fileOffset[row], segment: number, row });
    });
    buffers.sort((a, b) => a.fileOffset - b.fileOffset);
    const made = {
      isCapture,
      fileOffset: buffers.map(({ fileOffset }) => fileOffset),
      segment: buffers.map(({ segment }) => segment),
      row: buffers.map(({ row }) => row),
    };
    this.inputs.set(input, made);
    return made;
  }
}

function lastAtOrBefore(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
