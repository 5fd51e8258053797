import { captureFields, readCaptureRecord } from '../../capture-file/capture-file.ts';
import { CaptureRecord } from '../../capture-file/capture-record.ts';
import { noProcess } from '../../etl/record-cursor.ts';
import { packetFacts } from '../../provider/packet-facts.ts';
import type { EventRecord } from '../../trace/event-reader.ts';
import type { PacketCursor } from '../../trace/packet-cursor.ts';
import { PacketTrait } from '../../trace/segment.ts';
import { oneLine } from '../text/escaping.ts';

const utf8 = new TextEncoder();
const nothing = new Uint8Array(0);
/** Comments kept for the next packet of the same process and thread; a machine has not many more threads. */
const mostKept = 50_000;

/**
 * The remark on a packet: `PID=4 TID=88`, then what its event says beside the frame, then what is wrong with it; of a
 * packet from a capture file, the remark it has there. Most
 * packets of a trace share a few remarks, which are written once.
 */
export class PacketComments {
  private readonly kept = new Map<string, Uint8Array>();
  /** The remark that was given last, and what it was made of: packets come in runs of one thread. */
  private process = -1;
  private thread = -1;
  private flaws = 0;
  private last: Uint8Array = nothing;

  /** Of the packet whose frame the cursor has just read. UTF-8; empty when there is nothing to say. */
  of(cursor: PacketCursor): Uint8Array {
    const { segment, index, packet, record, kind } = cursor;
    const process = segment.events.process[index];
    const thread = segment.events.thread[index];
    const flaws = segment.packets.traits[packet] & (PacketTrait.Truncated | PacketTrait.Incomplete);
    const own = record?.capture ? captureComment(record, record.capture) : '';
    if (own !== '') return utf8.encode(oneLine(own));
    const facts = record ? packetFacts(kind.provider, kind.id, record, segment.osBuild) : '';
    if (facts !== '') return utf8.encode(oneLine(commentText(process, thread, facts, flaws)));
    if (process !== this.process || thread !== this.thread || flaws !== this.flaws) {
      this.process = process;
      this.thread = thread;
      this.flaws = flaws;
      this.last = this.shared(process, thread, flaws);
    }
    return this.last;
  }

  private shared(process: number, thread: number, flaws: number): Uint8Array {
    const key = `${process}/${thread}/${flaws}`;
    let comment = this.kept.get(key);
    if (!comment) {
      if (this.kept.size >= mostKept) this.kept.clear();
      comment = utf8.encode(commentText(process, thread, '', flaws));
      this.kept.set(key, comment);
    }
    return comment;
  }
}

const captured = new CaptureRecord();

/** The remark that a capture file had on its packet, so that writing it again loses nothing; empty when it had none. */
function captureComment(
  { view, bytes, start, bufferOffset }: EventRecord,
  { context, recordEnd }: NonNullable<EventRecord['capture']>,
): string {
  if (!readCaptureRecord(context, view, bytes, start, recordEnd, captured)) return '';
  const fields = captureFields(context, view, bytes, captured, bufferOffset + start);
  return fields
    .filter(({ name }) => name === 'Comment')
    .map(({ value }) => value)
    .join('; ');
}

function commentText(process: number, thread: number, facts: string, flaws: number): string {
  const words = [
    process === noProcess ? '' : `PID=${process}`,
    thread === noProcess ? '' : `TID=${thread}`,
    facts,
    (flaws & PacketTrait.Truncated) === 0 ? '' : 'Truncated',
    (flaws & PacketTrait.Incomplete) === 0 ? '' : 'Incomplete',
  ];
  return words.filter((word) => word !== '').join(' ');
}
