import { looseFragmentColumns, PacketTrait, type PacketTable, type Seam } from './segment.ts';
import { freezeTable, growingTable, reserveRows } from './tables.ts';

/** A fragment that continues no packet of its segment. */
export interface StrayFragment {
  /** Where it comes from: event id, miniport, layer, thread and processor. */
  readonly key: string;
  readonly event: number;
  /** Bytes of frame. */
  readonly length: number;
  readonly isLast: boolean;
  readonly bufferOffset: number;
}

/** Follows the packets in fragments of one segment: which are open, and what stays over at its borders. */
export class SeamTally {
  private readonly numbers = new Map<string, number>();
  private readonly begins: boolean[] = [];
  private readonly openPackets: number[] = [];
  /** Per origin: no packet of an earlier segment can be open any more. */
  private readonly isEnded: boolean[] = [];
  private readonly loose = growingTable(looseFragmentColumns, 1);
  private looseCount = 0;
  private strays = 0;
  private firstStrayOffset = 0;

  begin(key: string, packet: number): void {
    const origin = this.numberOf(key);
    this.begins[origin] = true;
    this.isEnded[origin] = true;
    this.openPackets[origin] = packet;
  }

  /** The packet that the next fragment of this origin continues; -1 when none is open. */
  openPacket(key: string): number {
    const origin = this.numbers.get(key);
    return origin === undefined ? -1 : this.openPackets[origin];
  }

  end(key: string): void {
    this.openPackets[this.numberOf(key)] = -1;
  }

  addStray({ key, event, length, isLast, bufferOffset }: StrayFragment): void {
    if (this.strays++ === 0) this.firstStrayOffset = bufferOffset;
    const origin = this.numberOf(key);
    if (this.isEnded[origin]) return;
    this.isEnded[origin] = isLast;
    const row = this.looseCount++;
    reserveRows(this.loose, this.looseCount);
    const { columns } = this.loose;
    columns.origin[row] = origin;
    columns.event[row] = event;
    columns.bytes[row] = length;
    columns.isLast[row] = Number(isLast);
  }

  finish(): Seam {
    return {
      origins: [...this.numbers.keys()],
      begins: this.begins,
      openPackets: this.openPackets,
      loose: freezeTable(this.loose, this.looseCount),
      strays: this.strays,
      firstStrayOffset: this.firstStrayOffset,
    };
  }

  private numberOf(key: string): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(key, number);
    this.begins.push(false);
    this.openPackets.push(-1);
    this.isEnded.push(false);
    return number;
  }
}

type GrownColumns = Pick<PacketTable, 'capturedLength' | 'cutLength' | 'traits'>;

/** Counts a further fragment, of so many bytes, to its packet. */
export function addFragment(packets: GrownColumns, packet: number, length: number, isLast: boolean): void {
  packets.capturedLength[packet] += length;
  packets.cutLength[packet] = Math.max(0, packets.cutLength[packet] - length);
  if (!isLast) return;
  packets.traits[packet] &= ~PacketTrait.Incomplete;
  if (packets.cutLength[packet] > 0) packets.traits[packet] |= PacketTrait.Truncated;
}
