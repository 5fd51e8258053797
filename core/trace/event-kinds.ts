import type { CaptureFormat } from '../capture-file/capture-context.ts';
import { WordInterner } from '../base/word-interner.ts';
import { emptyGuid, guidAt } from '../base/guid.ts';
import { HeaderType, MessageOption } from '../etl/format.ts';
import { RecordFamily, type RecordCursor } from '../etl/record-cursor.ts';
import { captureProvider } from '../provider/capture-formats.ts';
import { kernelGroupClass } from '../provider/known-providers.ts';
import type { EventKind } from './segment.ts';

/** By RecordFamily. Short headers number their events as WPP messages do, and nothing else. */
const familyNames = ['manifest', 'classic', 'system', 'message', 'message'] as const;

/** In the place of a RecordFamily: records of capture files, whose kind is a format and a number. */
const captureFamily = familyNames.length;
const captureFormats: readonly CaptureFormat[] = ['pcapng', 'pcap', 'netmon'];

/**
 * Numbers the kinds of event of one segment: provider, id, version, opcode, level, task, keyword as the header tells
 * them. The key is the header's own words, so that a known kind costs one hash and no object.
 */
export class EventKinds {
  readonly kinds: EventKind[] = [];
  /** Family, then the eight header words from the GUID to the keyword. */
  private readonly interner = new WordInterner(9);

  /** The two kinds seen last, as header words: send and receive of one provider take turns. */
  private readonly recent = [new RecentKind(), new RecentKind()] as const;
  private older: 0 | 1 = 0;

  /** Number of the kind of the record at the cursor. */
  numberOf(view: DataView, cursor: RecordCursor): number {
    if (cursor.family !== RecordFamily.Event) return this.numberOfOther(view, cursor);
    const words = cursor.start + 0x18;
    const { recent } = this;
    if (recent[0].isAt(view, words)) return recent[0].number;
    if (recent[1].isAt(view, words)) return recent[1].number;
    const { key } = this.interner;
    key[0] = RecordFamily.Event;
    for (let word = 0; word < 8; word++) key[word + 1] = view.getUint32(words + word * 4, true);
    const number = this.intern();
    recent[this.older].take(view, words, number);
    this.older = this.older === 0 ? 1 : 0;
    return number;
  }

  /** Number of a capture file's kind of record; `id` in the format's own numbers. */
  numberOfCapture(format: CaptureFormat, id: number): number {
    const { key } = this.interner;
    key.fill(0);
    key[0] = captureFamily;
    key[1] = captureFormats.indexOf(format);
    key[5] = id;
    return this.intern();
  }

  /** Number of the kind that an EVENT_HEADER outside an ETL tells; of a classic event, its class and type. */
  numberOfHeader(view: DataView, start: number, isClassic: boolean): number {
    const { key } = this.interner;
    key[0] = isClassic ? RecordFamily.Classic : RecordFamily.Event;
    for (let word = 0; word < 8; word++) key[word + 1] = view.getUint32(start + 0x18 + word * 4, true);
    if (isClassic) {
      key[5] &= 0x00ff_0000;
      key[6] &= 0xffff;
      key[7] = 0;
      key[8] = 0;
    }
    return this.intern();
  }

  private numberOfOther(view: DataView, cursor: RecordCursor): number {
    const { key } = this.interner;
    key.fill(0);
    key[0] = cursor.family;
    if (cursor.family === RecordFamily.Classic) this.takeClassic(view, cursor);
    else if (cursor.family === RecordFamily.System) this.takeSystem(view, cursor.start);
    else if (cursor.family === RecordFamily.Message) this.takeMessage(view, cursor.start);
    else key[5] = view.getUint32(cursor.start + 4, true);
    return this.intern();
  }

  private intern(): number {
    const number = this.interner.intern();
    if (number === this.kinds.length) this.kinds.push(kindOf(this.interner.key));
    return number;
  }

  /**
   * Class GUID, then type, level and version in the places an event header has for opcode, level and version. A WNODE has
   * other things there, which do not make a kind.
   */
  private takeClassic(view: DataView, { start, headerType }: RecordCursor): void {
    const { key } = this.interner;
    for (let word = 0; word < 4; word++) key[word + 1] = view.getUint32(start + 0x18 + word * 4, true);
    if (headerType === HeaderType.Wnode) return;
    const version = view.getUint16(start + 6, true) & 0xff;
    key[5] = version << 16;
    key[6] = view.getUint8(start + 5) | (view.getUint8(start + 4) << 8);
  }

  /** Kernel events name a group and a type: the group stands in the task's place, the type in the opcode's. */
  private takeSystem(view: DataView, start: number): void {
    const { key } = this.interner;
    const version = view.getUint16(start, true) & 0xff;
    key[5] = version << 16;
    key[6] = (view.getUint8(start + 6) << 8) | (view.getUint8(start + 7) << 16);
  }

  /** A component id stands where a GUID would, so it becomes a GUID's first group. */
  private takeMessage(view: DataView, start: number): void {
    const { key } = this.interner;
    const options = view.getUint16(start + 6, true);
    const words = (options & MessageOption.Guid) !== 0 ? 4 : (options & MessageOption.ComponentId) !== 0 ? 1 : 0;
    const at = start + 8 + ((options & MessageOption.Sequence) !== 0 ? 4 : 0);
    for (let word = 0; word < words; word++) key[word + 1] = view.getUint32(at + word * 4, true);
    key[5] = view.getUint16(start + 4, true);
  }
}

/** The identity of one event header: GUID, descriptor and keyword, 32 bytes from offset 0x18 of the record. */
class RecentKind {
  number = -1;
  private readonly words = new Int32Array(8);

  isAt(view: DataView, offset: number): boolean {
    const { words } = this;
    return (
      words[7] === view.getInt32(offset + 28, true) &&
      words[4] === view.getInt32(offset + 16, true) &&
      words[0] === view.getInt32(offset, true) &&
      words[6] === view.getInt32(offset + 24, true) &&
      words[5] === view.getInt32(offset + 20, true) &&
      words[1] === view.getInt32(offset + 4, true) &&
      words[2] === view.getInt32(offset + 8, true) &&
      words[3] === view.getInt32(offset + 12, true) &&
      this.number >= 0
    );
  }

  take(view: DataView, offset: number, number: number): void {
    for (let word = 0; word < 8; word++) this.words[word] = view.getInt32(offset + word * 4, true);
    this.number = number;
  }
}

function kindOf(key: Uint32Array): EventKind {
  if (key[0] === captureFamily) {
    const provider = captureProvider(captureFormats[key[1]]);
    return { ...kindWithoutHeader, family: 'capture', provider, id: key[5] };
  }
  const guid = new Uint8Array(16);
  const view = new DataView(guid.buffer);
  for (let word = 0; word < 4; word++) view.setUint32(word * 4, key[word + 1], true);
  const family = familyNames[key[0]];
  const provider = guidAt(guid, 0);
  // Only short headers have numbers of 32 bits, and nothing beside them.
  if (key[0] === RecordFamily.Short) return { ...kindWithoutHeader, family, provider, id: key[5] };
  const task = key[6] >>> 16;
  return {
    family,
    provider: family === 'system' ? (kernelGroupClass(task) ?? emptyGuid) : provider,
    id: key[5] & 0xffff,
    version: (key[5] >>> 16) & 0xff,
    channel: key[5] >>> 24,
    level: key[6] & 0xff,
    opcode: (key[6] >>> 8) & 0xff,
    task,
    keywordLow: key[7],
    keywordHigh: key[8],
  };
}

const kindWithoutHeader = { version: 0, channel: 0, level: 0, opcode: 0, task: 0, keywordLow: 0, keywordHigh: 0 };

/** Pointer size of whoever wrote the record at the cursor: the record tells, whatever the trace's own size is. */
export function pointerSizeAt(view: DataView, cursor: RecordCursor, tracePointerSize: 4 | 8): 4 | 8 {
  if (cursor.family !== RecordFamily.Message) return pointerSizeOf(cursor.headerType, tracePointerSize);
  const options = view.getUint16(cursor.start + 6, true);
  if ((options & MessageOption.Pointer64) !== 0) return 8;
  return (options & MessageOption.Pointer32) !== 0 ? 4 : tracePointerSize;
}

function pointerSizeOf(headerType: number, tracePointerSize: 4 | 8): 4 | 8 {
  switch (headerType) {
    case HeaderType.EventHeader32:
    case HeaderType.System32:
    case HeaderType.Compact32:
    case HeaderType.Full32:
    case HeaderType.Instance32:
    case HeaderType.PerfInfo32:
      return 4;
    case HeaderType.EventHeader64:
    case HeaderType.System64:
    case HeaderType.Compact64:
    case HeaderType.Full64:
    case HeaderType.Instance64:
    case HeaderType.PerfInfo64:
      return 8;
    default:
      return tracePointerSize;
  }
}
