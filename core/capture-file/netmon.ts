import { utf16ZeroTerminated } from '../base/text.ts';
import {
  CaptureFormatError,
  type CaptureProblem,
  type CaptureRange,
  type CaptureRangeEnd,
  type CaptureVisitor,
  type NetmonContext,
  type OpenedCapture,
} from './capture-context.ts';
import { noLinkType, RecordKind, type CaptureRecord, type RecordField } from './capture-record.ts';
import type { FileWindow } from './file-window.ts';
import { nanosecondsOfFiletime } from './timestamp.ts';

/**
 * Microsoft Network Monitor's .cap, versions 1.x and 2.x: a header of 128 bytes, frames anywhere in the file, and a table of
 * their offsets. From version 2.1 on each frame is followed by a trailer: its media type, from 2.2 on the process it
 * belongs to, from 2.3 on its time as a FILETIME, because the header has only the local time of a machine nobody names.
 */

const headerSize = 128;
const magics = ['RTSS', 'GMBU'] as const;
/** Bytes in front of a frame's data, and behind it. */
const frameHeaderSize: Readonly<Record<number, 8 | 16>> = { 1: 8, 2: 16 };
const trailerSizes = [0, 2, 6, 15] as const;
/** NetMon writes no frame larger than this, whatever a damaged length says. */
const largestFrame = 1 << 20;
const largestTable = 64 << 20;
const mostProcesses = 100_000;
const mostComments = 100_000;
const longestPath = 65_536;
const progressBytes = 1 << 18;
const tableChunk = 1 << 14;
/** A table may name frames twice, but frames that are many times the file are rubbish. */
const mostRereading = 4;

/** Media types of frames that are no packets (NetMon 3.4's list). */
export const MediaType = {
  PcapBase: 0xe000,
  Event: 0xffe0,
  NetworkInfoEx: 0xfffb,
  PayloadHeader: 0xfffc,
  NetworkInfo: 0xfffd,
  DnsCache: 0xfffe,
  Filter: 0xffff,
} as const;

/** LINKTYPE_* numbers of NDIS media as version 2.x means them; Wi-Fi frames have a header of NetMon's own in front. */
const linkTypes: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [6, 105],
  [7, 101],
  [8, 101],
  [9, 101],
  [0xe080, 105],
]);
const wifiMedium = 6;
const firstExportedMedium = 0xe080;
const lastExportedMedium = 0xe08a;

export function sniffNetmon(head: Uint8Array): boolean {
  return head.length >= 4 && magics.some((magic) => String.fromCharCode(...head.subarray(0, 4)) === magic);
}

/** Opens a file. Throws CaptureFormatError when its header or frame table cannot be read. */
export function openNetmon(window: FileWindow): OpenedCapture {
  const { source } = window;
  if (window.have(0, headerSize) < headerSize) {
    throw new CaptureFormatError(
      `The file ends ${source.size} bytes into a NetMon header of ${headerSize}.`,
      source.size,
    );
  }
  const { view } = window;
  const [minor, major] = [view.getUint8(4), view.getUint8(5)];
  if (major !== 1 && major !== 2) {
    throw new CaptureFormatError(`This is NetMon format ${major}.${minor}; Hopscope reads 1.x and 2.x.`, 4);
  }
  const problems: CaptureProblem[] = [];
  const tableOffset = view.getUint32(24, true);
  const tableLength = view.getUint32(28, true);
  const tableBytes = Math.max(0, Math.min(tableLength, source.size - tableOffset));
  if (tableBytes < tableLength) problems.push(cutTable(tableOffset, tableLength, tableBytes));
  const timeBase = systemTimeAt(view, 8);
  const hasProcesses = major === 2 && minor >= 2;
  const places = hasProcesses
    ? {
        comments: view.getUint32(40, true),
        commentBytes: view.getUint32(44, true),
        processes: view.getUint32(48, true),
        processCount: view.getUint32(52, true),
      }
    : undefined;
  const unstarted: NetmonContext = {
    format: 'netmon',
    start: timeBase,
    major,
    minor,
    mediaType: view.getUint16(6, true),
    frameTable: { offset: tableOffset, frames: Math.floor(tableBytes / 4) },
    timeBase,
    processes: places ? readProcesses(window, places.processes, places.processCount) : [],
    comments: places ? readComments(window, places.comments, places.commentBytes) : [],
  };
  const hasUtc = hasUtcTimes(unstarted);
  if (!hasUtc) problems.push(localTimes);
  const first = hasUtc ? firstFrameTime(window, unstarted) : timeBase;
  return {
    context: { ...unstarted, start: first - (first % 100n) },
    application: 'Network Monitor',
    operatingSystem: '',
    traits: [`NetMon ${major}.${minor}`, hasUtc ? 'UTC times' : 'local times'],
    position: 0,
    problems,
  };
}

function hasUtcTimes({ major, minor }: Pick<NetmonContext, 'major' | 'minor'>): boolean {
  return major === 2 && minor >= 3;
}

const localTimes: CaptureProblem = {
  offset: 8,
  kind: 'other',
  message:
    'This version of the format has only the local time of the machine that captured: times are shown as if they were UTC. Shift them where that matters.',
};

function cutTable(offset: number, claimed: number, there: number): CaptureProblem {
  return {
    offset,
    kind: 'cut',
    bytes: claimed - there,
    message: `The table of frames at offset ${offset} should have ${claimed} bytes, but the file has only ${there} of them; frames behind are not found.`,
  };
}

/** A SYSTEMTIME as nanoseconds since 1970, taken for UTC; 0 when it is no time. */
function systemTimeAt(view: DataView, at: number): bigint {
  const part = (index: number): number => view.getUint16(at + index * 2, true);
  const milliseconds = Date.UTC(part(0), part(1) - 1, part(3), part(4), part(5), part(6), part(7));
  return Number.isNaN(milliseconds) ? 0n : BigInt(milliseconds) * 1_000_000n;
}

function firstFrameTime(window: FileWindow, context: NetmonContext): bigint {
  const at = frameOffset(window, context, 0);
  if (at === undefined || whyNoFrame(window, context, at) !== undefined) return context.timeBase;
  const end = at - window.start + netmonFrameLength(context, window.view, at - window.start);
  const filetime = window.view.getBigUint64(end - 9, true);
  return filetime === 0n ? context.timeBase : nanosecondsOfFiletime(filetime);
}

function frameOffset(window: FileWindow, { frameTable }: NetmonContext, frame: number): number | undefined {
  const at = frameTable.offset + frame * 4;
  return frame < frameTable.frames && window.have(at, 4) >= 4
    ? window.view.getUint32(at - window.start, true)
    : undefined;
}

/** Process ids and paths. Each entry: path size and path, icon size and icon, id, ports and addresses. */
function readProcesses(window: FileWindow, offset: number, count: number): NetmonContext['processes'] {
  const processes: { id: number; path: string }[] = [];
  let at = offset + 2;
  for (let entry = 0; offset > 0 && entry < Math.min(count, mostProcesses); entry++) {
    if (window.have(at, 4) < 4) break;
    const pathBytes = window.view.getUint32(at - window.start, true);
    if (pathBytes > longestPath || window.have(at, 8 + pathBytes) < 8 + pathBytes) break;
    const here = at - window.start;
    const path = utf16ZeroTerminated(window.bytes, here + 4, here + 4 + pathBytes).text;
    const behindIcon = at + 8 + pathBytes + window.view.getUint32(here + 4 + pathBytes, true);
    if (window.have(behindIcon, processTail) < processTail) break;
    processes.push({ id: window.view.getUint32(behindIcon - window.start, true), path });
    at = behindIcon + processTail;
  }
  return processes;
}

/** Process id, two ports padded to 4 bytes each, which IP version, two addresses of 16 bytes. */
const processTail = 48;

/** Comments by frame. Each entry: frames (always 1), the frame's offset, title size and title, text size and text. */
function readComments(window: FileWindow, offset: number, length: number): NetmonContext['comments'] {
  const comments: { frame: number; text: string }[] = [];
  const end = Math.min(window.source.size, offset + Math.min(length, largestTable));
  let at = offset;
  while (at + 16 <= end && comments.length < mostComments) {
    if (window.have(at, 12) < 12) break;
    const frame = window.view.getUint32(at - window.start + 4, true);
    const titleBytes = window.view.getUint32(at - window.start + 8, true);
    if (titleBytes > end - at - 16 || window.have(at, 16 + titleBytes) < 16 + titleBytes) break;
    const here = at - window.start;
    comments.push({ frame, text: utf16ZeroTerminated(window.bytes, here + 12, here + 12 + titleBytes).text });
    at += 16 + titleBytes + window.view.getUint32(here + 12 + titleBytes, true);
  }
  return comments;
}

/** Walks frames by their table, from frame number `range.position` on. */
export function readNetmonRange(
  window: FileWindow,
  context: NetmonContext,
  range: CaptureRange,
  record: CaptureRecord,
  visitor: CaptureVisitor<CaptureRecord>,
): CaptureRangeEnd {
  const done = { context, next: undefined, nextSectionAt: undefined };
  const { frames } = context.frameTable;
  const table = new FrameTable(window, context);
  let { lastTick } = range;
  const most = mostRereading * window.source.size - range.bytesBefore;
  let bytes = 0;
  let reported = 0;
  for (let frame = range.position; frame < frames; frame++) {
    if (bytes > most) {
      visitor.problem(tooManyFrames(context.frameTable.offset, frame, frames));
      return done;
    }
    if (bytes >= range.bytes) {
      visitor.progress(bytes);
      return { ...done, next: { position: frame, lastTick, bytesBefore: range.bytesBefore + bytes } };
    }
    if (bytes - reported >= progressBytes) {
      reported = bytes;
      if (visitor.progress(bytes)) return done;
    }
    const at = table.offsetOf(frame);
    const reason = whyNoFrame(window, context, at);
    if (reason !== undefined) {
      bytes += 4;
      visitor.problem({
        offset: at,
        kind: 'damaged',
        message: `Frame ${frame + 1} at offset ${at} cannot be read: ${reason}; it was left out.`,
      });
      continue;
    }
    const length = netmonFrameLength(context, window.view, at - window.start);
    bytes += length + 4;
    readNetmonRecord(context, window.view, at - window.start, at - window.start + length, record);
    if (record.id === MediaType.PayloadHeader) continue;
    lastTick = record.tick;
    visitor.record(record, window.view, window.start);
  }
  visitor.progress(bytes);
  return done;
}

function tooManyFrames(offset: number, frame: number, frames: number): CaptureProblem {
  return {
    offset,
    kind: 'skipped',
    bytes: (frames - frame) * 4,
    message: `The table of frames names the same bytes over and over: its entries from number ${frame + 1} on were left out.`,
  };
}

/** The table of frames, a piece of it at hand beside the frames' own window. */
class FrameTable {
  private readonly window: FileWindow;
  private readonly context: NetmonContext;
  private piece: readonly number[] = [];
  private first = 0;

  constructor(window: FileWindow, context: NetmonContext) {
    this.window = window;
    this.context = context;
  }

  /** Offset of a frame that the table has. */
  offsetOf(frame: number): number {
    if (frame < this.first || frame >= this.first + this.piece.length) this.read(frame);
    return this.piece[frame - this.first] ?? this.window.source.size;
  }

  private read(first: number): void {
    const { offset, frames } = this.context.frameTable;
    const at = offset + first * 4;
    const count = Math.min(tableChunk, frames - first);
    const there = Math.floor(Math.min(count * 4, this.window.have(at, count * 4)) / 4);
    const start = at - this.window.start;
    this.piece = Array.from({ length: there }, (_, index) => this.window.view.getUint32(start + index * 4, true));
    this.first = first;
  }
}

export function netmonFrameHeaderSize({ major }: NetmonContext): number {
  return frameHeaderSize[major];
}

/** Bytes of a frame with what stands in front of it and behind. */
export function netmonFrameLength({ major, minor }: NetmonContext, view: DataView, at: number): number {
  const captured = major === 1 ? view.getUint16(at + 6, true) : view.getUint32(at + 12, true);
  return frameHeaderSize[major] + captured + trailerSize(major, minor);
}

function trailerSize(major: number, minor: number): number {
  return major === 1 ? 0 : trailerSizes[Math.min(minor, trailerSizes.length - 1)];
}

/** Why no whole frame stands at an offset, in words; undefined when one does. Makes the frame be at hand. */
function whyNoFrame(window: FileWindow, context: NetmonContext, at: number): string | undefined {
  const front = frameHeaderSize[context.major];
  if (at < headerSize || window.have(at, front) < front) return 'the table points outside the file';
  const length = netmonFrameLength(context, window.view, at - window.start);
  if (length > largestFrame) return `it claims ${length} bytes`;
  return window.have(at, length) < length ? `the file ends inside its ${length} bytes` : undefined;
}

/** Reads the frame view[start..end), what stands in front of it and behind included. */
export function readNetmonRecord(
  context: NetmonContext,
  view: DataView,
  start: number,
  end: number,
  record: CaptureRecord,
): void {
  const { major, minor } = context;
  const trailer = end - trailerSize(major, minor);
  record.reset();
  record.start = start;
  record.end = end;
  record.dataStart = start + frameHeaderSize[major];
  record.dataEnd = trailer;
  const original = major === 1 ? view.getUint16(start + 4, true) : view.getUint32(start + 8, true);
  record.originalLength = Math.max(original, trailer - record.dataStart);
  record.tick = frameTick(context, view, start, trailer);
  const mediaType = trailer + 2 <= end ? view.getUint16(trailer, true) : context.mediaType;
  takeMedium(view, mediaType, record);
  if (trailer + 6 <= end) {
    const process = context.processes.at(view.getUint32(trailer + 2, true));
    if (process) record.process = process.id;
  }
}

function frameTick(context: NetmonContext, view: DataView, start: number, trailer: number): number {
  const { major, start: base, timeBase } = context;
  if (hasUtcTimes(context)) {
    const filetime = view.getBigUint64(trailer + 6, true);
    if (filetime !== 0n) return Number(nanosecondsOfFiletime(filetime) - base);
  }
  const sinceBase = Number(timeBase - base);
  if (major === 1) return view.getUint32(start, true) * 1_000_000 + sinceBase;
  // Documented as unsigned, but frames before the start have negative times.
  return Number(view.getBigInt64(start, true)) * 1000 + sinceBase;
}

function takeMedium(view: DataView, mediaType: number, record: CaptureRecord): void {
  record.id = mediaType;
  record.linkType = linkTypeOf(mediaType);
  if (mediaType === MediaType.Event) record.kind = RecordKind.Event;
  else if (mediaType >= MediaType.NetworkInfoEx) record.kind = RecordKind.Bytes;
  else {
    record.id = 1;
    if (mediaType === wifiMedium) skipWifiMetadata(view, record);
  }
}

function linkTypeOf(mediaType: number): number {
  const known = linkTypes.get(mediaType);
  if (known !== undefined) return known;
  const isExported = mediaType >= firstExportedMedium && mediaType <= lastExportedMedium;
  const isPcap = (mediaType & 0xf000) === MediaType.PcapBase && !isExported;
  return isPcap ? mediaType & 0xfff : noLinkType;
}

/** In front of an 802.11 frame NetMon keeps what the radio said: a revision, then the length of it all. */
function skipWifiMetadata(view: DataView, record: CaptureRecord): void {
  if (record.dataEnd - record.dataStart < 3) return;
  const length = view.getUint16(record.dataStart + 1, true);
  if (length > record.dataEnd - record.dataStart) return;
  record.dataStart += length;
  record.originalLength -= length;
}

/** What a frame says of itself besides its bytes; `offset` is the frame's in the file. */
export function netmonFields(
  context: NetmonContext,
  view: DataView,
  record: CaptureRecord,
  offset: number,
): RecordField[] {
  const { dataEnd: trailer, end, start } = record;
  const comment = context.comments.find(({ frame }) => frame === offset);
  const fields: RecordField[] = [];
  if (trailer + 2 <= end) {
    const raw = view.getUint16(trailer, true);
    fields.push({
      name: 'MediaType',
      type: 'UInt16',
      value: `0x${raw.toString(16).padStart(4, '0')}`,
      raw,
      start: trailer,
      length: 2,
    });
  }
  const process = trailer + 6 <= end ? context.processes.at(view.getUint32(trailer + 2, true)) : undefined;
  if (process) {
    fields.push({
      name: 'ProcessPath',
      type: 'String',
      value: process.path,
      raw: process.path,
      start: trailer + 2,
      length: 4,
    });
  }
  if (comment)
    fields.push({ name: 'Comment', type: 'String', value: comment.text, raw: comment.text, start, length: 0 });
  return fields;
}
