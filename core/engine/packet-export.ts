import { basename, extname } from 'node:path';
import { ExportError } from '../export/export-error.ts';
import { joinedTallies, type InterfaceDescription, type InterfaceTally } from '../export/packets/interfaces.ts';
import { NetmonFrameTable } from '../export/packets/netmon.ts';
import type { FileHead } from '../export/packets/packet-file.ts';
import {
  packetFormats,
  type PacketCount,
  type PacketExportPlan,
  type PacketPortion,
  type PortionTally,
  type Remarks,
} from '../export/packets/portion.ts';
import { LinkType, linkTypeNames, pcapLinkType } from '../packet/link-type.ts';
import { splitUnixTime } from '../trace/unix-clock.ts';
import type { ExportOptions, ExportReport, PacketFormat } from './contract.ts';
import { FilesBeside, writingFiles } from './export-files.ts';
import type { ExportJob } from './export-job.ts';
import type { FileSink } from './file-sink.ts';
import { inPortions } from './portions.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';

export interface PacketExport extends ExportJob {
  readonly format: PacketFormat;
  readonly options: ExportOptions;
  /** How the trace's components are called. */
  readonly components: readonly InterfaceDescription[];
  readonly operatingSystem: string;
  /** A person's comments, by row: written with their packets where the format has comments. */
  readonly remarks: ReadonlyMap<number, string>;
  /** Asked for only when events are written. */
  knowledge(): DecodingKnowledge;
}

/** Rows a task writes: a few megabytes, however large the packets are. Counting takes many more at once. */
const rowsPerPortion = 4096;
const rowsPerCount = 1 << 17;

/**
 * Writes a view's packets. They are counted first, so that a file can begin with all its interfaces and nothing is written
 * that the format cannot hold; then workers write portions of records, which this thread puts into the files in order.
 */
export async function exportPackets(job: PacketExport): Promise<ExportReport> {
  const { options, format, target } = job;
  const count = await counted(job);
  const writable = count.interfaces.filter(({ linkType }) => pcapLinkType[linkType] !== undefined);
  const withEvents = options.events === true && 'writeEvent' in packetFormats[format];
  if (writable.length === 0 && !(withEvents && count.withoutPacket > 0)) throw new ExportError(whyEmpty(job, count));
  const groups = options.splitByLinkType === true ? byLinkType(writable) : [writable];
  if (format === 'pcap' && groups.some((group) => linkTypesOf(group).size > 1)) {
    throw new ExportError(mixRefused(linkTypesOf(writable)));
  }
  const plan: PacketExportPlan = { format, files: groups, events: withEvents, start: startOf(job) };
  if (withEvents) job.pool.teach(job.ordered.id, job.knowledge());
  const files = new FilesBeside(target);
  return writingFiles(files, async () => {
    const names = groups.map((group) => fileNameOf(job, group));
    const parts = groups.map(
      (group, index) => new PacketFile(files.create(names[index]), headOf(job, group, plan), format),
    );
    const tally = await written(job, plan, parts);
    return reportOf(
      job,
      parts.map((part, index) => part.finish(names[index])),
      groups,
      tally,
    );
  });
}

async function counted(job: PacketExport): Promise<PacketCount> {
  const { pool, ordered, signal } = job;
  const interfaces: (readonly InterfaceTally[])[] = [];
  let withoutPacket = 0;
  await inPortions({
    ...job,
    rowsPerPortion: rowsPerCount,
    make: (rows) =>
      pool.run('countPackets', { generation: ordered.id, order: ordered.order, rows }, { signal, urgent: true }),
    take: (count: PacketCount) => {
      interfaces.push(count.interfaces);
      withoutPacket += count.withoutPacket;
    },
  });
  return { interfaces: joinedTallies(interfaces), withoutPacket };
}

async function written(job: PacketExport, plan: PacketExportPlan, parts: readonly PacketFile[]): Promise<PortionTally> {
  const { pool, ordered, signal, view } = job;
  const sum = { events: 0, withoutPacket: 0, withoutLinkType: 0, unreadable: 0, incomplete: 0 };
  await inPortions({
    ...job,
    rowsPerPortion,
    make: (rows) => {
      const remarks = remarksOf(job, rows);
      const params = { generation: ordered.id, order: ordered.order, rows, plan, remarks };
      return pool.run('packetPortion', params, { signal, urgent: true });
    },
    take: (portion: PacketPortion, rowsDone) => {
      parts.forEach((part, index) => {
        part.write(portion.files[index]);
      });
      for (const name of Object.keys(sum) as (keyof PortionTally)[]) sum[name] += portion[name];
      const bytesWritten = parts.reduce((bytes, part) => bytes + part.bytes, 0);
      job.onProgress({ rowsDone, rowsTotal: view.length, bytesWritten });
    },
  });
  return sum;
}

/** The comments on some rows. */
function remarksOf({ remarks }: PacketExport, rows: Uint32Array): Remarks {
  if (remarks.size === 0) return [];
  return Array.from(
    rows.filter((row) => remarks.has(row)),
    (row) => [row, remarks.get(row) ?? ''],
  );
}

/** One file on its way. */
class PacketFile {
  private readonly sink: FileSink;
  private readonly frameTable: NetmonFrameTable | undefined;
  private packets = 0;

  constructor(sink: FileSink, head: Uint8Array, format: PacketFormat) {
    this.sink = sink;
    this.frameTable = format === 'cap' ? new NetmonFrameTable() : undefined;
    sink.write(head);
  }

  get bytes(): number {
    return this.sink.written;
  }

  write({ bytes, starts, packets }: PacketPortion['files'][number]): void {
    if (this.frameTable?.add(this.sink.written, starts, bytes.length) === false) {
      throw new ExportError(
        'A Network Monitor file cannot be larger than 4 GiB. Nothing was written: filter the view, or export pcapng.',
      );
    }
    this.sink.write(bytes);
    this.packets += packets;
  }

  finish(name: string): ExportReport['files'][number] {
    if (this.frameTable) {
      const { table, header } = this.frameTable.finish(this.sink.written);
      this.sink.write(table);
      this.sink.rewrite(header.position, header.bytes);
    }
    return { name, packets: this.packets, bytes: this.sink.written };
  }
}

function startOf({ ordered, view }: PacketExport): PacketExportPlan['start'] {
  return splitUnixTime(ordered.columns.timeOf(ordered.order[view.rowAt(0)]));
}

function headOf(
  job: PacketExport,
  interfaces: readonly InterfaceTally[],
  { start, format }: PacketExportPlan,
): Uint8Array {
  const described = new Map(job.components.map((component) => [component.key, component]));
  const head: FileHead = {
    application: 'Hopscope',
    operatingSystem: job.operatingSystem,
    start,
    interfaces: interfaces.map(({ component, vlan, linkType }) => {
      const unnamed = { name: component, description: '', mac: new Uint8Array(0), ipv4: [], ipv6: [] };
      const known = described.get(component) ?? unnamed;
      return { ...known, name: vlan === 0 ? known.name : `${known.name} VLAN ${vlan}`, linkType };
    }),
  };
  return packetFormats[format].head(head);
}

/** What a link type is called in the name of a file, where a number with a dot would not do. */
function fileWord(linkType: LinkType): string {
  return linkType === LinkType.WiFi ? 'wifi' : linkTypeNames[linkType].toLowerCase().replaceAll(' ', '-');
}

function fileNameOf({ options, target }: PacketExport, group: readonly InterfaceTally[]): string {
  const name = basename(target);
  const linkType = group.at(0)?.linkType;
  if (options.splitByLinkType !== true || linkType === undefined) return name;
  const ending = extname(name);
  return `${name.slice(0, name.length - ending.length)}.${fileWord(linkType)}${ending}`;
}

function linkTypesOf(interfaces: readonly InterfaceTally[]): Set<LinkType> {
  return new Set(interfaces.map(({ linkType }) => linkType));
}

/** The busiest link type first. */
function byLinkType(interfaces: readonly InterfaceTally[]): InterfaceTally[][] {
  const groups = [...linkTypesOf(interfaces)].map((wanted) => interfaces.filter(({ linkType }) => linkType === wanted));
  if (groups.length === 0) return [[]];
  return groups.sort((a, b) => packetsOf(b) - packetsOf(a));
}

function packetsOf(interfaces: readonly InterfaceTally[]): number {
  return interfaces.reduce((sum, { packets }) => sum + packets, 0);
}

function mixRefused(linkTypes: ReadonlySet<LinkType>): string {
  const names = [...linkTypes].map((linkType) => linkTypeNames[linkType]).join(' and ');
  return `The view holds packets of ${names}, and a pcap file has one link type. No file was written: export one file for each link type, or as pcapng.`;
}

function whyEmpty({ view, format }: PacketExport, { interfaces }: PacketCount): string {
  const packets = packetsOf(interfaces);
  if (packets > 0) {
    return `Nothing to export: the ${packets} packets of this view are of a kind that ${format} has no link type for. No file was written.`;
  }
  return `Nothing to export: none of the ${view.length} rows of this view holds a packet, and ${format} carries only packets. No file was written. The filter "Ethernet" shows the packets of a trace, if it has any.`;
}

function reportOf(
  job: PacketExport,
  files: ExportReport['files'],
  groups: readonly (readonly InterfaceTally[])[],
  tally: PortionTally,
): ExportReport {
  const packets = files.reduce((sum, file) => sum + file.packets, 0);
  if (packets === 0 && tally.events === 0) {
    throw new ExportError(
      `Nothing to export: the ${tally.unreadable} packets of this view can no longer be read from the trace file. No file was written.`,
    );
  }
  return {
    packets,
    interfaces: groups.flat().length,
    events: tally.events,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    skippedRows: tally.withoutPacket,
    notes: notesOf(job, groups, tally),
    files,
  };
}

function notesOf(
  { format }: PacketExport,
  groups: readonly (readonly InterfaceTally[])[],
  { incomplete, withoutLinkType, unreadable, events }: PortionTally,
): string[] {
  const notes: string[] = [];
  if (format === 'pcapng' && groups.some((group) => linkTypesOf(group).size > 1)) {
    notes.push(
      'The file mixes link types. Wireshark reads it; tools built on libpcap refuse it: for those, export one file for each link type.',
    );
  }
  if (events > 0 && groups.length > 1) notes.push('The events without a packet are in the first file.');
  if (incomplete > 0) notes.push(`${incomplete} packets lack fragments; what was captured of them was written.`);
  if (withoutLinkType > 0)
    notes.push(
      `${withoutLinkType} packets have no ${format} link type, or only parts of them were logged; they were left out.`,
    );
  if (unreadable > 0) {
    notes.push(`${unreadable} packets could not be read again from the trace file and were left out.`);
  }
  return notes;
}
