import { hexPairs } from '../base/text.ts';
import {
  CaptureFormatError,
  type CaptureInterface,
  type CaptureRange,
  type CaptureRangeEnd,
  type CaptureVisitor,
  type OpenedCapture,
  type PcapngContext,
} from './capture-context.ts';
import { noLinkType, RecordKind, type CaptureRecord, type RecordField } from './capture-record.ts';
import { processInComment, threadInComment } from './comment-ids.ts';
import type { FileWindow } from './file-window.ts';
import { journalFields, journalProcess, journalThread, journalTime } from './journal-entry.ts';
import {
  blockOverhead,
  BlockType,
  byteOrderMagic,
  CommonOption,
  InterfaceOption,
  OptionCursor,
  PacketOption,
  padded,
  SectionOption,
  smallestSectionHeader,
  StatisticsOption,
  VerdictType,
} from './pcapng-blocks.ts';
import { microseconds, nanosecondsOf, tickOf, timestampScale, type TimestampUnit } from './timestamp.ts';

/** Larger than any block that holds a packet or tells of one. */
const largestBlock = 64 << 20;
/** More than any capture has; a file could describe nothing else. */
const mostInterfaces = 100_000;
/** How far behind a section's header its first packet is looked for, to know when the section starts. */
const mostBlocksBeforePacket = 10_000;
/** Bytes between two reports of progress. */
const progressBytes = 1 << 18;

const options = new OptionCursor();
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Does a section header block begin here? */
export function sniffPcapng(head: Uint8Array): boolean {
  return head.length >= smallestSectionHeader && byteOrderAt(viewOf(head), 0) !== undefined;
}

/** Whether the section header block at an offset is little-endian; undefined when none stands there. */
function byteOrderAt(view: DataView, at: number): boolean | undefined {
  if (view.getUint32(at, true) !== BlockType.SectionHeader) return undefined;
  if (view.getUint32(at + 8, true) === byteOrderMagic) return true;
  return view.getUint32(at + 8, false) === byteOrderMagic ? false : undefined;
}

/** Opens the section whose header block stands at `from`. Throws CaptureFormatError when it cannot be read. */
export function openPcapng(window: FileWindow, from: number): OpenedCapture {
  const here = window.have(from, smallestSectionHeader);
  const littleEndian = here < smallestSectionHeader ? undefined : byteOrderAt(window.view, from - window.start);
  if (littleEndian === undefined) throw new CaptureFormatError('No pcapng section header can be read here.', from);
  const length = window.view.getUint32(from - window.start + 4, littleEndian);
  const major = window.view.getUint16(from - window.start + 12, littleEndian);
  if (length < smallestSectionHeader || length > largestBlock || length % 4 !== 0) {
    throw new CaptureFormatError(`The pcapng section header claims ${length} bytes, which cannot be.`, from);
  }
  if (major !== 1) throw new CaptureFormatError(`This is pcapng version ${major}; Hopscope reads version 1.`, from);
  const end = Math.min(length, window.have(from, length)) - 4;
  const texts = readTexts(window, from, 24, end, littleEndian);
  const empty: PcapngContext = { format: 'pcapng', littleEndian, start: 0n, interfaces: [] };
  const first = firstTime(window, from + length, empty);
  return {
    context: { ...empty, start: first - (first % 100n) },
    application: texts.get(SectionOption.Application) ?? '',
    operatingSystem: texts.get(SectionOption.OperatingSystem) ?? '',
    traits: ['pcapng', littleEndian ? 'little-endian' : 'big-endian'],
    position: from + length,
    problems: [],
  };
}

/** Texts of the options that stand in a block from its byte `from` to its byte `to`, by their codes. */
function readTexts(
  { view, bytes, start }: FileWindow,
  block: number,
  from: number,
  to: number,
  littleEndian: boolean,
): Map<number, string> {
  const at = block - start;
  const texts = new Map<number, string>();
  options.open(view, at + from, at + to, littleEndian);
  while (options.next()) texts.set(options.code, textAt(bytes, options.start, options.length));
  return texts;
}

/** Nanoseconds since 1970 of the first packet behind `from` that has a time; 0 when none is found. */
function firstTime(window: FileWindow, from: number, context: PcapngContext): bigint {
  const { littleEndian } = context;
  const units: TimestampUnit[] = [];
  let at = from;
  for (let blocks = 0; blocks < mostBlocksBeforePacket; blocks++) {
    if (window.have(at, 32) < 32) return 0n;
    const { view } = window;
    const block = at - window.start;
    const type = view.getUint32(block, littleEndian);
    const length = view.getUint32(block + 4, littleEndian);
    if (type === BlockType.SectionHeader || length < blockOverhead || length % 4 !== 0) return 0n;
    if (type === BlockType.InterfaceDescription && length <= largestBlock && window.have(at, length) >= length) {
      units.push(readUnit(window.view, at - window.start, length, littleEndian));
    } else if (type === BlockType.EnhancedPacket || type === BlockType.Packet) {
      const number = interfaceNumberAt(view, block, type, littleEndian);
      const unit = units.at(number);
      if (unit)
        return nanosecondsOf(unit, view.getUint32(block + 12, littleEndian), view.getUint32(block + 16, littleEndian));
    } else if (type === BlockType.JournalExport && length <= largestBlock && window.have(at, length) >= length) {
      const here = at - window.start;
      const time = journalTime(window.bytes, here + 8, here + length - 4);
      if (time !== undefined && Number.isSafeInteger(time)) return BigInt(time) * 1000n;
    }
    at += length;
  }
  return 0n;
}

/** The enhanced packet block has 32 bits for it, its predecessor 16. */
function interfaceNumberAt(view: DataView, block: number, type: number, littleEndian: boolean): number {
  return type === BlockType.Packet ? view.getUint16(block + 8, littleEndian) : view.getUint32(block + 8, littleEndian);
}

/** if_tsresol: a negative power of ten, or of two where its highest bit is set. */
function readUnit(view: DataView, block: number, length: number, littleEndian: boolean): TimestampUnit {
  let { perSecond, offsetSeconds } = microseconds;
  options.open(view, block + 16, block + length - 4, littleEndian);
  while (options.next()) {
    if (options.code === InterfaceOption.TimeResolution && options.length >= 1) {
      const resolution = view.getUint8(options.start);
      const power = resolution & 0x7f;
      if (resolution > 0x7f && power <= largestPowerOfTwo) perSecond = 2n ** BigInt(power);
      else if (resolution <= largestPowerOfTen) perSecond = 10n ** BigInt(power);
    } else if (options.code === InterfaceOption.TimeOffset && options.length >= 8) {
      offsetSeconds = view.getBigInt64(options.start, littleEndian);
    }
  }
  return { perSecond, offsetSeconds };
}

/** Finer than any clock, and as fine as a count since 1970 in 64 bits can be. */
const largestPowerOfTen = 12;
const largestPowerOfTwo = 40;

/**
 * Walks blocks from `range.position` on and calls for every record. Ends at another section's header, where the range has
 * had its bytes, or at the file's end.
 */
export function readPcapngRange(
  window: FileWindow,
  context: PcapngContext,
  range: CaptureRange,
  record: CaptureRecord,
  visitor: CaptureVisitor<CaptureRecord>,
): CaptureRangeEnd {
  const { littleEndian } = context;
  const fileSize = window.source.size;
  const interfaces = [...context.interfaces];
  const known: PcapngContext = { ...context, interfaces };
  let { lastTick } = range;
  let at = range.position;
  let reported = at;
  while (at < fileSize) {
    if (at - range.position >= range.bytes) {
      visitor.progress(at - range.position);
      return {
        context: known,
        next: { position: at, lastTick, bytesBefore: range.bytesBefore + at - range.position },
        nextSectionAt: undefined,
      };
    }
    if (at - reported >= progressBytes) {
      reported = at;
      if (visitor.progress(at - range.position)) break;
    }
    const type = window.have(at, 8) < 8 ? -1 : window.view.getUint32(at - window.start, littleEndian);
    if (type === BlockType.SectionHeader && isSectionHeader(window, at)) {
      visitor.progress(at - range.position);
      return { context: known, next: undefined, nextSectionAt: at };
    }
    const length = type < 0 ? 0 : window.view.getUint32(at - window.start + 4, littleEndian);
    const reason = whyNoBlock(window, at, type, length, littleEndian);
    if (reason !== undefined) {
      const next = findBlock(window, at + 4, littleEndian, () => visitor.progress(at - range.position));
      visitor.problem(brokenBlock(reason, at, next, fileSize));
      at = next;
      continue;
    }
    if (isRead(type)) {
      window.have(at, length);
      const problem = takeBlock(known, interfaces, window, at, record, visitor);
      if (problem !== undefined) {
        visitor.problem({
          offset: at,
          kind: 'damaged',
          bytes: length,
          message: `${problem} (offset ${at}); it was left out.`,
        });
      } else if (isRecord(type)) {
        if (Number.isNaN(record.tick)) record.tick = lastTick;
        else lastTick = record.tick;
        visitor.record(record, window.view, window.start);
      }
    }
    at += length;
  }
  visitor.progress(at - range.position);
  return { context: known, next: undefined, nextSectionAt: undefined };
}

function isSectionHeader(window: FileWindow, at: number): boolean {
  if (window.have(at, smallestSectionHeader) < smallestSectionHeader) return false;
  const littleEndian = byteOrderAt(window.view, at - window.start);
  if (littleEndian === undefined) return false;
  const length = window.view.getUint32(at - window.start + 4, littleEndian);
  const major = window.view.getUint16(at - window.start + 12, littleEndian);
  return length >= smallestSectionHeader && length <= largestBlock && length % 4 === 0 && major === 1;
}

function isRecord(type: number): boolean {
  return (
    type === BlockType.EnhancedPacket ||
    type === BlockType.SimplePacket ||
    type === BlockType.Packet ||
    type === BlockType.JournalExport
  );
}

/** Blocks that are looked into; all others are stepped over. */
function isRead(type: number): boolean {
  return isRecord(type) || type === BlockType.InterfaceDescription || type === BlockType.InterfaceStatistics;
}

/** Why no whole block stands at an offset, in words; undefined when one does. */
function whyNoBlock(
  window: FileWindow,
  at: number,
  type: number,
  length: number,
  littleEndian: boolean,
): string | undefined {
  const left = window.source.size - at;
  if (left < blockOverhead) return `the file ends ${left} bytes into a block`;
  if (type === BlockType.SectionHeader) return 'a section header stands there that makes no sense';
  if (length < blockOverhead || length % 4 !== 0) return `its length field says ${length}`;
  if (length > left) return `the file ends ${left} bytes into a block of ${length}`;
  if (isRead(type) && length > largestBlock) return `it claims ${length} bytes`;
  window.have(at, isRead(type) ? length : 8);
  if (window.have(at + length - 4, 4) < 4) return 'its end cannot be read';
  const repeated = window.view.getUint32(at + length - 4 - window.start, littleEndian);
  return repeated === length ? undefined : `its length is ${length} in front and ${repeated} behind`;
}

function brokenBlock(reason: string, at: number, next: number, fileSize: number) {
  const isCut = next >= fileSize && reason.startsWith('the file ends');
  const outcome = next < fileSize ? `the next block stands at ${next}` : 'no block was found behind';
  const message = isCut
    ? `At offset ${at}, ${reason}; what stands before was kept.`
    : `No block can be read at offset ${at}: ${reason}. Skipped ${next - at} bytes; ${outcome}.`;
  return { offset: at, kind: isCut ? ('cut' as const) : ('skipped' as const), bytes: next - at, message };
}

/** A block that is looked for lies whole in a piece of this size. */
const searchBytes = 1 << 16;

/** Offset of the first place from `from` on where a block of a known type stands; the file's end when there is none. */
function findBlock(window: FileWindow, from: number, littleEndian: boolean, stops: () => boolean): number {
  const { size } = window.source;
  let at = from;
  let reported = from;
  while (at + blockOverhead <= size) {
    const end = at + window.have(at, searchBytes);
    const { view, start } = window;
    for (; at + blockOverhead <= end && (end - at >= searchBytes || end >= size); at += 4) {
      if (isLikelyBlock(view, at - start, end - start, littleEndian)) return at;
    }
    if (at - reported < progressBytes) continue;
    reported = at;
    if (stops()) break;
  }
  return size;
}

const knownTypes: ReadonlySet<number> = new Set<number>(Object.values(BlockType));

/** Stricter than whyNoBlock, because almost any bytes may stand where we look. Its end must lie in the bytes at hand. */
function isLikelyBlock(view: DataView, at: number, limit: number, littleEndian: boolean): boolean {
  if (!knownTypes.has(view.getUint32(at, littleEndian))) return false;
  const isSection = view.getUint32(at, true) === BlockType.SectionHeader;
  if (isSection && at + smallestSectionHeader > limit) return false;
  const order = isSection ? byteOrderAt(view, at) : littleEndian;
  if (order === undefined) return false;
  const length = view.getUint32(at + 4, order);
  const isPossible = length >= blockOverhead && length % 4 === 0 && at + length <= limit;
  return isPossible && view.getUint32(at + length - 4, order) === length;
}

/** Takes what a block says. Returns what is wrong with it, in words. */
function takeBlock(
  context: PcapngContext,
  interfaces: CaptureInterface[],
  window: FileWindow,
  at: number,
  record: CaptureRecord,
  visitor: CaptureVisitor<CaptureRecord>,
): string | undefined {
  const { littleEndian } = context;
  const { view, bytes } = window;
  const block = at - window.start;
  const length = view.getUint32(block + 4, littleEndian);
  switch (view.getUint32(block, littleEndian)) {
    case BlockType.InterfaceDescription: {
      if (length < 20) return 'An interface description is too short';
      if (interfaces.length >= mostInterfaces) return 'There are more interfaces than Hopscope keeps';
      interfaces.push(readInterface(context, view, bytes, block, length));
      return undefined;
    }
    case BlockType.InterfaceStatistics:
      if (length < 24) return 'An interface statistics block is too short';
      takeStatistics(view, block, length, littleEndian, visitor);
      return undefined;
    default:
      return readPcapngRecord(context, view, bytes, block, block + length, record);
  }
}

function readInterface(
  { littleEndian, start }: PcapngContext,
  view: DataView,
  bytes: Uint8Array,
  block: number,
  length: number,
): CaptureInterface {
  const unit = readUnit(view, block, length, littleEndian);
  let name = '';
  let description = '';
  options.open(view, block + 16, block + length - 4, littleEndian);
  while (options.next()) {
    if (options.code === InterfaceOption.Name) name = textAt(bytes, options.start, options.length);
    else if (options.code === InterfaceOption.Description) description = textAt(bytes, options.start, options.length);
  }
  return {
    linkType: view.getUint16(block + 8, littleEndian),
    snapLength: view.getUint32(block + 12, littleEndian),
    name,
    description,
    unit,
    scale: timestampScale(unit, start),
  };
}

function takeStatistics(
  view: DataView,
  block: number,
  length: number,
  littleEndian: boolean,
  visitor: CaptureVisitor<CaptureRecord>,
): void {
  let dropped = 0;
  options.open(view, block + 20, block + length - 4, littleEndian);
  while (options.next()) {
    const isDrops = options.code === StatisticsOption.InterfaceDrops || options.code === StatisticsOption.SystemDrops;
    if (isDrops && options.length >= 8) dropped += Number(view.getBigUint64(options.start, littleEndian));
  }
  if (dropped > 0) visitor.interfaceDrops(view.getUint32(block + 8, littleEndian), dropped);
}

/** Bytes of the record that stands at an offset; 0 when none does. */
export function pcapngRecordLength({ littleEndian }: PcapngContext, view: DataView, at: number): number {
  return isRecord(view.getUint32(at, littleEndian)) ? view.getUint32(at + 4, littleEndian) : 0;
}

/** Reads the packet or journal block view[start..end). Returns what is wrong with it, in words. */
export function readPcapngRecord(
  context: PcapngContext,
  view: DataView,
  bytes: Uint8Array,
  start: number,
  end: number,
  record: CaptureRecord,
): string | undefined {
  const { littleEndian } = context;
  record.reset();
  record.start = start;
  record.end = end;
  record.id = view.getUint32(start, littleEndian);
  switch (record.id) {
    case BlockType.EnhancedPacket:
    case BlockType.Packet:
      return readPacket(context, view, bytes, record);
    case BlockType.SimplePacket:
      return readSimplePacket(context, view, record);
    default:
      return readJournal(context, bytes, record);
  }
}

/** Both kinds of packet block have the same places but for the interface's number. */
function readPacket(
  { littleEndian, interfaces }: PcapngContext,
  view: DataView,
  bytes: Uint8Array,
  record: CaptureRecord,
): string | undefined {
  const { start } = record;
  if (record.end - start < 32) return 'A packet block is too short';
  const number = interfaceNumberAt(view, start, record.id, littleEndian);
  if (number >= interfaces.length) return `A packet block names interface ${number}, which no block describes`;
  const { scale, linkType } = interfaces[number];
  const captured = view.getUint32(start + 20, littleEndian);
  if (captured > record.end - start - 32) return `A packet block claims ${captured} bytes, more than it holds`;
  record.interfaceNumber = number;
  record.linkType = linkType;
  record.tick = tickOf(scale, view.getUint32(start + 12, littleEndian), view.getUint32(start + 16, littleEndian));
  record.dataStart = start + 28;
  record.dataEnd = record.dataStart + captured;
  record.originalLength = Math.max(captured, view.getUint32(start + 24, littleEndian));
  if (record.id === BlockType.Packet) {
    const drops = view.getUint16(start + 10, littleEndian);
    if (drops !== unknownDropCount) record.dropCount = drops;
  }
  const optionsAt = record.dataStart + padded(captured);
  if (optionsAt + 4 < record.end) takePacketOptions(view, bytes, optionsAt, record, littleEndian);
  return undefined;
}

/** What the obsolete packet block says when nobody counted. */
const unknownDropCount = 0xffff;

function takePacketOptions(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  record: CaptureRecord,
  littleEndian: boolean,
): void {
  options.open(view, at, record.end - 4, littleEndian);
  while (options.next()) {
    const { code, start, length } = options;
    if (code === PacketOption.Flags && length >= 4) {
      const direction = view.getUint32(start, littleEndian) & 3;
      record.inbound = direction === 1;
      record.outbound = direction === 2;
    } else if (code === CommonOption.Comment) {
      const process = processInComment(bytes, start, start + length);
      if (process !== noNumber) record.process = process;
      const thread = threadInComment(bytes, start, start + length);
      if (thread !== noNumber) record.thread = thread;
    } else if (record.id === BlockType.EnhancedPacket)
      takeEnhancedOption(view, code, start, length, record, littleEndian);
  }
}

const noNumber = 0xffff_ffff;

function takeEnhancedOption(
  view: DataView,
  code: number,
  start: number,
  length: number,
  record: CaptureRecord,
  littleEndian: boolean,
): void {
  if (code === PacketOption.PacketId && length >= 8) {
    record.isSighting = true;
    record.packetId = number64(view, start, littleEndian);
  } else if (code === PacketOption.DropCount && length >= 8) {
    record.dropCount = number64(view, start, littleEndian);
  } else if (code === PacketOption.Verdict && length >= 2) {
    takeVerdict(view, start, length, record, littleEndian);
  } else if (code === PacketOption.ProcessAndThread && length >= 8) {
    // Zero stands for "none" in both.
    const [process, thread] = [view.getUint32(start, littleEndian), view.getUint32(start + 4, littleEndian)];
    if (process !== 0) record.process = process;
    if (thread !== 0) record.thread = thread;
  }
}

/** TC_ACT_SHOT of Linux' pkt_cls.h; XDP_ABORTED and XDP_DROP of its bpf.h. */
const trafficControlDrop = 2;
const highestExpressDataPathDrop = 1;

/** A hardware's verdict is the reason of a drop: there is none on packets that went on. */
function takeVerdict(
  view: DataView,
  start: number,
  length: number,
  record: CaptureRecord,
  littleEndian: boolean,
): void {
  const value = verdictValue(view, start + 1, length - 1, littleEndian);
  switch (view.getUint8(start)) {
    case VerdictType.Hardware:
      record.isDrop = value !== 0;
      record.dropReason = value;
      break;
    case VerdictType.TrafficControl:
      record.isDrop = value === trafficControlDrop;
      break;
    case VerdictType.ExpressDataPath:
      record.isDrop = value <= highestExpressDataPathDrop;
      break;
    default:
      return;
  }
  if (record.isDrop) record.isSighting = true;
}

/** The low 32 bits of a verdict of 1, 2, 4 or 8 bytes. */
function verdictValue(view: DataView, start: number, length: number, littleEndian: boolean): number {
  if (length >= 8) return view.getUint32(littleEndian ? start : start + 4, littleEndian);
  if (length >= 4) return view.getUint32(start, littleEndian);
  return length >= 2 ? view.getUint16(start, littleEndian) : view.getUint8(start);
}

function number64(view: DataView, at: number, littleEndian: boolean): number {
  const high = view.getUint32(littleEndian ? at + 4 : at, littleEndian);
  const low = view.getUint32(littleEndian ? at : at + 4, littleEndian);
  return high * 0x1_0000_0000 + low;
}

/** A simple packet block has no time and no interface: it belongs to the first, and stands where it stands. */
function readSimplePacket(
  { littleEndian, interfaces }: PcapngContext,
  view: DataView,
  record: CaptureRecord,
): string | undefined {
  const { start } = record;
  const room = record.end - start - 16;
  if (room < 0) return 'A simple packet block is too short';
  if (interfaces.length === 0) return 'A simple packet block stands in front of all interfaces';
  const [{ snapLength, linkType }] = interfaces;
  const original = view.getUint32(start + 8, littleEndian);
  const captured = Math.min(original, room, snapLength === 0 ? room : snapLength);
  record.linkType = linkType;
  record.tick = Number.NaN;
  record.dataStart = start + 12;
  record.dataEnd = record.dataStart + captured;
  record.originalLength = original;
  return undefined;
}

function readJournal({ start: base }: PcapngContext, bytes: Uint8Array, record: CaptureRecord): string | undefined {
  const { start, end } = record;
  record.kind = RecordKind.Journal;
  record.linkType = noLinkType;
  record.dataStart = start + 8;
  record.dataEnd = end - 4;
  record.originalLength = record.dataEnd - record.dataStart;
  const time = journalTime(bytes, record.dataStart, record.dataEnd);
  record.tick = time === undefined ? Number.NaN : (time - Number(base / 1000n)) * 1000 - Number(base % 1000n);
  record.process = journalProcess(bytes, record.dataStart, record.dataEnd);
  record.thread = journalThread(bytes, record.dataStart, record.dataEnd);
  return undefined;
}

/** What a record says of itself besides its bytes, field by field. */
export function pcapngFields(
  { littleEndian, interfaces }: PcapngContext,
  view: DataView,
  bytes: Uint8Array,
  record: CaptureRecord,
): RecordField[] {
  if (record.kind === RecordKind.Journal) {
    return journalFields(bytes, record.dataStart, record.dataEnd).map(({ name, value, start, length }) => ({
      name,
      type: 'String',
      value,
      raw: value,
      start,
      length,
    }));
  }
  const { start, end } = record;
  const isSimple = record.id === BlockType.SimplePacket;
  const { name, description } = interfaces[record.interfaceNumber];
  const text = [name === '' ? `interface ${record.interfaceNumber}` : name, description].filter((part) => part !== '');
  const fields: RecordField[] = [
    {
      name: 'Interface',
      type: 'UInt32',
      value: text.join(', '),
      raw: record.interfaceNumber,
      start: start + 8,
      length: isSimple ? 0 : record.id === BlockType.Packet ? 2 : 4,
    },
  ];
  const optionsAt = record.dataStart + padded(record.dataEnd - record.dataStart);
  if (isSimple || optionsAt + 4 >= end) return fields;
  options.open(view, optionsAt, end - 4, littleEndian);
  while (options.next()) {
    const whole = { start: options.start, length: options.length };
    fields.push({ ...optionField(view, bytes, record.id, whole, littleEndian), ...whole });
  }
  return fields;
}

const directions = ['unknown', 'inbound', 'outbound', 'unknown'] as const;

function optionField(
  view: DataView,
  bytes: Uint8Array,
  blockType: number,
  { start, length }: { start: number; length: number },
  littleEndian: boolean,
): Omit<RecordField, 'start' | 'length'> {
  const { code } = options;
  if (code === CommonOption.Comment) {
    const comment = textAt(bytes, start, length);
    return { name: 'Comment', type: 'String', value: comment, raw: comment };
  }
  if (code === PacketOption.Flags && length >= 4) {
    const flags = view.getUint32(start, littleEndian);
    const value = `0x${flags.toString(16).padStart(8, '0')}, ${directions[flags & 3]}`;
    return { name: 'Flags', type: 'UInt32', value, raw: flags };
  }
  const name = blockType === BlockType.EnhancedPacket ? optionNames.get(code) : undefined;
  if (name !== undefined && code !== PacketOption.Verdict && length === 8) {
    const raw = view.getBigUint64(start, littleEndian);
    return { name, type: 'UInt64', value: code === PacketOption.PacketId ? `0x${raw.toString(16)}` : String(raw), raw };
  }
  const raw = bytes.slice(start, start + length);
  return { name: name ?? `Option ${code}`, type: 'Binary', value: hexPairs(raw, 32), raw };
}

const optionNames: ReadonlyMap<number, string> = new Map<number, string>([
  [PacketOption.DropCount, 'DropCount'],
  [PacketOption.PacketId, 'PacketId'],
  [PacketOption.Queue, 'Queue'],
  [PacketOption.Verdict, 'Verdict'],
  [PacketOption.ProcessAndThread, 'ProcessAndThread'],
]);

/** Texts are not closed by a zero, but some writers do. */
function textAt(bytes: Uint8Array, start: number, length: number): string {
  return utf8.decode(bytes.slice(start, start + length)).replace(/\0+$/, '');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
