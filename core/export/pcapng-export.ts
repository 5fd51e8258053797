import { filetimeToUnixNanoseconds } from '../base/filetime.ts';
import { pcapLinkType, type LinkType } from '../packet/link-type.ts';
import { packetSiteReader } from '../provider/packet-site.ts';
import type { EventReader } from '../trace/event-reader.ts';
import { frameSlice, originalLength, packetBegunBy, packetEvents, type FrameSlice } from '../trace/packet-bytes.ts';
import { PacketTrait, type PacketComponent, type Segment } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import type { ViewRows } from '../trace/view-rows.ts';
import { interfaceBlock, packetBlock, sectionHeaderBlock, setInterfaceNumber } from './pcapng-blocks.ts';

/** How a component is called in the file; `key` is componentKey's. */
export interface PcapngInterface {
  readonly key: string;
  readonly name: string;
  readonly description: string;
}

export interface PcapngExport {
  readonly columns: TraceColumns;
  readonly reader: EventReader;
  /** Event numbers by time; the view's rows point into it. */
  readonly order: Uint32Array;
  readonly view: ViewRows;
  readonly interfaces: readonly PcapngInterface[];
  readonly operatingSystem: string;
  write(bytes: Uint8Array): void;
  /** Called now and then with the rows done so far; may throw to stop. */
  progress(rowsDone: number): void;
}

export interface PcapngResult {
  readonly packets: number;
  readonly interfaces: number;
  readonly skippedRows: number;
  readonly notes: string[];
}

/** An export that cannot be made, with its cause in words. */
export class ExportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExportError';
  }
}

/** Tells one place of capture from another, over all segments. */
export function componentKey(component: PacketComponent): string {
  const { interface: named } = component;
  // Of a pcapng's sections, each numbers its interfaces anew: a name tells them apart better.
  if (named && named.name !== '') return `capture/${named.input}/${named.name}/${named.description}`;
  if (named) return `capture/${named.input}/${component.id}`;
  return `${component.source}/${component.miniportIfIndex}/${component.lowerIfIndex}/${component.id}`;
}

/** Rows that are read in file order before they are written in time order; also how often progress is told. */
const batchRows = 4096;

/**
 * Writes the packets of a view as pcapng: one interface per component and link type, described when its first packet
 * comes. Throws ExportError when the view holds no packet.
 */
export function exportPcapng(job: PcapngExport): PcapngResult {
  const { view } = job;
  const writer = new PacketWriter(job);
  job.write(sectionHeaderBlock('Hopscope', job.operatingSystem));
  for (let from = 0; from < view.length; from += batchRows) {
    job.progress(from);
    writer.writeRows(from, Math.min(from + batchRows, view.length));
  }
  job.progress(view.length);
  if (writer.packets === 0) throw new ExportError(whyEmpty(view.length, writer));
  return {
    packets: writer.packets,
    interfaces: writer.interfaces.count,
    skippedRows: writer.withoutPacket,
    notes: notesOf(writer),
  };
}

/** Takes the rows of a view batch by batch and writes their packets. */
class PacketWriter {
  packets = 0;
  /** Rows that came to nothing, by the reason; packets that were written with fragments missing. */
  withoutPacket = 0;
  withoutLinkType = 0;
  unreadable = 0;
  incomplete = 0;
  readonly interfaces: InterfaceList;
  private readonly job: PcapngExport;

  constructor(job: PcapngExport) {
    this.job = job;
    this.interfaces = new InterfaceList(job);
  }

  /**
   * Neighbours in time lie in as many buffers as the machine has processors, and inflating one may cost 16 MiB: so a
   * batch is read in file order, and written in the view's.
   */
  writeRows(from: number, to: number): void {
    const { order, view } = this.job;
    const events = Array.from({ length: to - from }, (_, index) => order[view.rowAt(from + index)]);
    const blocks = new Map<number, Uint8Array | undefined>();
    for (const event of [...events].sort((a, b) => a - b)) blocks.set(event, this.blockOf(event));
    for (const event of events) {
      const block = blocks.get(event);
      if (block) this.interfaces.write(event, block);
    }
  }

  /** The block of the packet that begins with this event; undefined when there is none to write. */
  private blockOf(event: number): Uint8Array | undefined {
    const { columns, reader } = this.job;
    const { segment, index } = columns.locate(event);
    const packet = packetBegunBy(segment, index);
    if (packet < 0) {
      if (!continuesPacket(segment, index)) this.withoutPacket++;
      return undefined;
    }
    if (pcapLinkType[segment.packets.linkType[packet] as LinkType] === undefined) {
      this.withoutLinkType++;
      return undefined;
    }
    const parts = slicesOf(reader, segment, packet);
    if (parts.length === 0) {
      this.unreadable++;
      return undefined;
    }
    const traits = segment.packets.traits[packet];
    if ((traits & PacketTrait.Incomplete) !== 0) this.incomplete++;
    this.packets++;
    return packetBlock({
      time: filetimeToUnixNanoseconds(columns.timeOf(event)),
      originalLength: originalLength(segment, packet),
      direction: directionOf(traits),
      parts: parts.map(({ record, start, end }) => ({ bytes: record.bytes, start, end })),
    });
  }
}

/** A later fragment of a packet is written with the packet's first one. */
function continuesPacket(segment: Segment, event: number): boolean {
  const { provider, id } = segment.schemas[segment.events.schema[event]];
  return packetSiteReader(provider, id) !== undefined;
}

function whyEmpty(rows: number, tally: PacketWriter): string {
  if (rows === 0) return 'Nothing to export: the filter lets no row through. No file was written.';
  if (tally.withoutLinkType > 0) {
    return `Nothing to export: the ${tally.withoutLinkType} packets of this view are of a kind that pcapng has no link type for. No file was written.`;
  }
  if (tally.unreadable > 0) {
    return `Nothing to export: the ${tally.unreadable} packets of this view can no longer be read from the trace file. No file was written.`;
  }
  return `Nothing to export: none of the ${rows} rows of this view holds a packet, and pcapng carries only packets. No file was written. The filter "Ethernet" shows the packets of a trace, if it has any.`;
}

function notesOf(tally: PacketWriter): string[] {
  const notes: string[] = [];
  if (tally.interfaces.linkTypes.size > 1) {
    notes.push(
      'The file mixes link types. Wireshark reads it; tools built on libpcap may refuse it: filter by medium to export one at a time.',
    );
  }
  if (tally.incomplete > 0)
    notes.push(`${tally.incomplete} packets lack fragments; what was captured of them was written.`);
  if (tally.withoutLinkType > 0)
    notes.push(
      `${tally.withoutLinkType} packets have no pcapng link type, or only parts of them were logged, and were left out.`,
    );
  if (tally.unreadable > 0)
    notes.push(`${tally.unreadable} packets could not be read again from the trace file and were left out.`);
  return notes;
}

function slicesOf(reader: EventReader, segment: Segment, packet: number): FrameSlice[] {
  return packetEvents(segment, packet)
    .map((part) => frameSlice(reader, part.segment, part.event))
    .filter((slice) => slice !== undefined);
}

function directionOf(traits: number): 0 | 1 | 2 {
  if ((traits & PacketTrait.Inbound) !== 0) return 1;
  return (traits & PacketTrait.Outbound) !== 0 ? 2 : 0;
}

/** Numbers the interfaces of the file and writes the description of each before its first packet. */
class InterfaceList {
  readonly linkTypes = new Set<number>();
  private readonly job: PcapngExport;
  private readonly numbers = new Map<string, number>();
  private readonly named: ReadonlyMap<string, PcapngInterface>;

  constructor(job: PcapngExport) {
    this.job = job;
    this.named = new Map(job.interfaces.map((entry) => [entry.key, entry]));
  }

  get count(): number {
    return this.numbers.size;
  }

  /** Writes the block of a packet that begins with this event, and before it, where it is new, its interface's. */
  write(event: number, block: Uint8Array): void {
    const { segment, index } = this.job.columns.locate(event);
    const packet = packetBegunBy(segment, index);
    const component = segment.components[segment.packets.component[packet]];
    const linkType = pcapLinkType[segment.packets.linkType[packet] as LinkType] ?? 0;
    setInterfaceNumber(block, this.numberOf(component, linkType));
    this.job.write(block);
  }

  private numberOf(component: PacketComponent, linkType: number): number {
    const key = componentKey(component);
    const known = this.numbers.get(`${key}/${linkType}`);
    if (known !== undefined) return known;
    const named = this.named.get(key) ?? { name: key, description: '' };
    this.job.write(interfaceBlock(linkType, named.name, named.description));
    this.linkTypes.add(linkType);
    const number = this.numbers.size;
    this.numbers.set(`${key}/${linkType}`, number);
    return number;
  }
}
