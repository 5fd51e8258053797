/** Blocks and options of pcapng (draft-ietf-opsawg-pcapng), by their numbers. */
export const BlockType = {
  SectionHeader: 0x0a0d_0d0a,
  InterfaceDescription: 1,
  /** Obsolete: what the enhanced packet block replaced. */
  Packet: 2,
  SimplePacket: 3,
  NameResolution: 4,
  InterfaceStatistics: 5,
  EnhancedPacket: 6,
  JournalExport: 9,
  DecryptionSecrets: 10,
} as const;

export const byteOrderMagic = 0x1a2b_3c4d;
/** Type and length in front, the length again behind. */
export const blockOverhead = 12;
/** Type, length, byte order, versions, section length, length. */
export const smallestSectionHeader = 28;

export const CommonOption = { End: 0, Comment: 1 } as const;
export const SectionOption = { Hardware: 2, OperatingSystem: 3, Application: 4 } as const;
export const InterfaceOption = {
  Name: 2,
  Description: 3,
  TimeResolution: 9,
  OperatingSystem: 12,
  TimeOffset: 14,
} as const;
export const PacketOption = {
  Flags: 2,
  DropCount: 4,
  PacketId: 5,
  Queue: 6,
  Verdict: 7,
  ProcessAndThread: 8,
} as const;
export const StatisticsOption = { InterfaceDrops: 5, SystemDrops: 7 } as const;

/** First byte of epb_verdict: whose verdict it is. */
export const VerdictType = { Hardware: 0, TrafficControl: 1, ExpressDataPath: 2 } as const;

/** Steps from option to option of one block; one cursor serves many blocks. */
export class OptionCursor {
  code = 0;
  /** Offset and number of the value's bytes. */
  start = 0;
  length = 0;
  private view: DataView = new DataView(new ArrayBuffer(0));
  private littleEndian = true;
  private at = 0;
  private end = 0;

  /** Starts before the option at `at`; options end at `end` at the latest. */
  open(view: DataView, at: number, end: number, littleEndian: boolean): void {
    this.view = view;
    this.at = at;
    this.end = end;
    this.littleEndian = littleEndian;
  }

  /** Moves to the next option. False behind the last, or where one runs past the block. */
  next(): boolean {
    const { view, at, littleEndian } = this;
    if (at + 4 > this.end) return false;
    this.code = view.getUint16(at, littleEndian);
    this.length = view.getUint16(at + 2, littleEndian);
    this.start = at + 4;
    if (this.code === CommonOption.End || this.start + this.length > this.end) return false;
    this.at = this.start + padded(this.length);
    return true;
  }
}

/** Blocks and options are padded to multiples of 4. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
