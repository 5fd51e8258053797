import { readFully, type ByteSource } from '../base/byte-source.ts';
import {
  CaptureFormatError,
  type CaptureContext,
  type CaptureFormat,
  type CaptureRange,
  type CaptureRangeEnd,
  type CaptureVisitor,
  type OpenedCapture,
} from './capture-context.ts';
import { RecordKind, type CaptureRecord, type RecordField } from './capture-record.ts';
import { FileWindow } from './file-window.ts';
import {
  netmonFields,
  netmonFrameHeaderSize,
  netmonFrameLength,
  openNetmon,
  readNetmonRange,
  readNetmonRecord,
  sniffNetmon,
} from './netmon.ts';
import { openPcap, pcapRecordLength, readPcapRange, readPcapRecord, sniffPcap } from './pcap.ts';
import {
  openPcapng,
  pcapngFields,
  pcapngRecordLength,
  readPcapngRange,
  readPcapngRecord,
  sniffPcapng,
} from './pcapng.ts';

/** Bytes of a file that sniffing wants to see. */
const headBytes = 64;

const sniffers: readonly (readonly [CaptureFormat, (head: Uint8Array) => boolean])[] = [
  ['pcapng', sniffPcapng],
  ['pcap', sniffPcap],
  ['netmon', sniffNetmon],
];

/** The format that begins with these bytes; undefined when it is none of ours. */
export function sniffCapture(head: Uint8Array): CaptureFormat | undefined {
  return sniffers.find(([, sniffs]) => sniffs(head))?.[0];
}

/**
 * Opens a file, or the section of a pcapng that begins at `from`. Throws CaptureFormatError when nothing can be read from
 * it.
 */
export function openCapture(source: ByteSource, from: number): OpenedCapture {
  const head = new Uint8Array(Math.max(0, Math.min(headBytes, source.size - from)));
  const window = new FileWindow(source);
  switch (sniffCapture(head.subarray(0, readFully(source, from, head, 0, head.length)))) {
    case 'pcapng':
      return openPcapng(window, from);
    case 'pcap':
      return openPcap(window);
    case 'netmon':
      return openNetmon(window);
    case undefined:
      throw new CaptureFormatError('This is no pcapng, pcap or NetMon capture.', from);
  }
}

/** Walks the records of a range. `record` is filled anew for each. */
export function readCaptureRange(
  window: FileWindow,
  range: CaptureRange,
  record: CaptureRecord,
  visitor: CaptureVisitor<CaptureRecord>,
): CaptureRangeEnd {
  const { context } = range;
  switch (context.format) {
    case 'pcapng':
      return readPcapngRange(window, context, range, record, visitor);
    case 'pcap':
      return readPcapRange(window, context, range, record, visitor);
    case 'netmon':
      return readNetmonRange(window, context, range, record, visitor);
  }
}

/** Reads the record view[start..end) again. False when the file no longer holds what was there. */
export function readCaptureRecord(
  context: CaptureContext,
  view: DataView,
  bytes: Uint8Array,
  start: number,
  limit: number,
  record: CaptureRecord,
): boolean {
  const length = lengthOfRecord(context, view, start, limit);
  if (length === undefined) return false;
  const end = start + length;
  switch (context.format) {
    case 'pcapng':
      return readPcapngRecord(context, view, bytes, start, end, record) === undefined;
    case 'pcap':
      readPcapRecord(context, view, start, end, record);
      return true;
    case 'netmon':
      readNetmonRecord(context, view, start, end, record);
      return true;
  }
}

/** Undefined when no whole record lies between `start` and `limit`. */
function lengthOfRecord(context: CaptureContext, view: DataView, start: number, limit: number): number | undefined {
  if (start + smallestRecord(context) > limit) return undefined;
  const length = claimedLength(context, view, start);
  return length >= smallestRecord(context) && start + length <= limit ? length : undefined;
}

function smallestRecord(context: CaptureContext): number {
  switch (context.format) {
    case 'pcapng':
      return 12;
    case 'pcap':
      return context.headerSize;
    case 'netmon':
      return netmonFrameHeaderSize(context);
  }
}

function claimedLength(context: CaptureContext, view: DataView, start: number): number {
  switch (context.format) {
    case 'pcapng':
      return pcapngRecordLength(context, view, start);
    case 'pcap':
      return pcapRecordLength(context, view, start);
    case 'netmon':
      return netmonFrameLength(context, view, start);
  }
}

/**
 * What a record says of itself besides its bytes, field by field. `fileOffset` is where the record stands in the file.
 */
export function captureFields(
  context: CaptureContext,
  view: DataView,
  bytes: Uint8Array,
  record: CaptureRecord,
  fileOffset: number,
): RecordField[] {
  return [
    ...(record.kind === RecordKind.Packet ? [lengthField(record)] : []),
    ...formatFields(context, view, bytes, record, fileOffset),
  ];
}

function formatFields(
  context: CaptureContext,
  view: DataView,
  bytes: Uint8Array,
  record: CaptureRecord,
  fileOffset: number,
): RecordField[] {
  switch (context.format) {
    case 'pcapng':
      return pcapngFields(context, view, bytes, record);
    case 'pcap':
      return [];
    case 'netmon':
      return netmonFields(context, view, record, fileOffset);
  }
}

function lengthField({ originalLength, dataStart, dataEnd }: CaptureRecord): RecordField {
  const captured = dataEnd - dataStart;
  const value = captured === originalLength ? `${captured} bytes` : `${captured} of ${originalLength} bytes captured`;
  return { name: 'Length', type: 'UInt32', value, raw: originalLength, start: dataStart, length: 0 };
}
