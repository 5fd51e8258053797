import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Parser } from 'htmlparser2';
import { dissectFrame } from '../dissect.ts';
import type { LayerField } from '../layer.ts';
import { pcapLinkType, type LinkType } from '../link-type.ts';
import type { PacketModule } from '../module.ts';
import { bytesOf } from '../test-frames.ts';

/** Holds our dissection of frames against tshark's, field by field. Written for tshark 4.0. */

export interface CorpusFrame {
  readonly linkType: LinkType;
  /** Bytes as in test-frames.ts. */
  readonly text: string;
}

export type Corpus = Readonly<Record<string, CorpusFrame>>;

/** A field of ours and the tshark fields that mean the same. */
export interface FieldPair {
  /** Names in a tshark filter: `tcp.srcport`. Several when tshark splits ours, or names it by what stands around it. */
  readonly tshark: string | readonly string[];
  /** Brings our value into tshark's form, where the common form of both (see `plain`) is not enough. */
  readonly ours?: (value: string) => string | readonly string[];
  /** Brings what tshark shows into our form; an empty list leaves it out. */
  readonly theirs?: (shown: string) => string | readonly string[];
  /** tshark shows the field also where it only follows from others; there nothing is compared. */
  readonly isDerivedElsewhere?: true;
}

/** What tshark says of one module. Fields are written as paths, `Flags.SYN`; one with members is judged by these. */
export interface ModuleJudge {
  readonly pairs: Readonly<Record<string, string | FieldPair>>;
  /** Fields that tshark does not have, and why. */
  readonly notInTshark?: Readonly<Record<string, string>>;
  /** Fields of `pairs` whose values differ in some frames. */
  readonly differences?: Readonly<Record<string, Difference>>;
}

/** Why it is right that we and tshark read a field differently, and the frames of the corpus where this shows. */
export interface Difference {
  readonly why: string;
  readonly frames: readonly string[];
}

export type Judges = Readonly<Partial<Record<PacketModule, ModuleJudge>>>;

/** Frames of one part of the protocols, with what tshark calls their fields. */
export interface JudgedArea {
  readonly frames: Corpus;
  readonly judges: Judges;
}

/** Values of a field in one frame, in the order of its occurrences. */
export interface Comparison {
  readonly frame: string;
  readonly module: PacketModule;
  readonly path: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

export interface Judgement {
  readonly agreements: readonly Comparison[];
  readonly disagreements: readonly Comparison[];
  /** `Module.Path` of fields that stand in no table. */
  readonly unjudged: readonly string[];
}

/** Whether a tshark is installed. Says so aloud when there is none. */
export function isTsharkInstalled(): boolean {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    console.warn('tshark is not installed: nobody judges what the dissectors read.');
    return false;
  }
}

/** Dissects every frame twice and compares all fields that the judges know. */
export function judge(corpus: Corpus, judges: Judges): Judgement {
  const foreign = tsharkDissections(corpus);
  const comparisons: Comparison[] = [];
  const unjudged = new Set<string>();
  for (const [frame, { text, linkType }] of Object.entries(corpus)) {
    const theirFields = foreign.get(frame) ?? [];
    for (const [module, ourFields] of fieldsByModule(bytesOf(text), linkType)) {
      const { pairs = {}, notInTshark = {} } = judges[module] ?? {};
      for (const { path } of ourFields)
        if (!(path in pairs) && !(path in notInTshark)) unjudged.add(`${module}.${path}`);
      comparisons.push(...compared(pairs, ourFields, theirFields).map((each) => ({ frame, module, ...each })));
    }
  }
  const isSame = ({ ours, theirs }: Comparison): boolean => ours.join('\n') === theirs.join('\n');
  return {
    agreements: comparisons.filter(isSame),
    disagreements: comparisons.filter((comparison) => !isSame(comparison)),
    unjudged: [...unjudged],
  };
}

/** The values of one module on both sides. Fields that tshark calls by one name are compared together, in their order. */
function compared(
  pairs: ModuleJudge['pairs'],
  ourFields: readonly OurField[],
  theirFields: readonly ForeignField[],
): Pick<Comparison, 'path' | 'ours' | 'theirs'>[] {
  const entries = Object.entries(pairs).map(([path, entry]) => ({
    path,
    pair: typeof entry === 'string' ? { tshark: entry } : entry,
  }));
  return entries.flatMap(({ path, pair }) => {
    const sharing = entries.filter((other) => String(other.pair.tshark) === String(pair.tshark));
    const ours = ourFields.flatMap((field) => {
      const sharer = sharing.find((other) => other.path === field.path);
      return sharer === undefined ? [] : [sharer.pair.ours?.(field.value) ?? field.value].flat();
    });
    const isTheFirst = sharing[0].path === path;
    const isHere = ourFields.some((field) => field.path === path);
    if (!isHere && (!isTheFirst || ours.length > 0 || pair.isDerivedElsewhere === true)) return [];
    const theirs = shownOf(theirFields, pair);
    return ours.length + theirs.length === 0 ? [] : [{ path, ours: ours.map(plain), theirs: theirs.map(plain) }];
  });
}

/** What tshark shows of a pair, in the order of the bytes. */
function shownOf(fields: readonly ForeignField[], { tshark, theirs }: FieldPair): string[] {
  const names = [tshark].flat();
  return fields.filter(({ name }) => names.includes(name)).flatMap(({ shown }) => theirs?.(shown) ?? shown);
}

/** The form in which both sides' values are compared: numbers decimal, truth as 1 or 0, bytes without separators. */
function plain(value: string): string {
  const number = /\((\d+|0x[0-9a-f]+)\)$/i.exec(value)?.[1] ?? value;
  if (/^(\d+|0x[0-9a-f]+)$/i.test(number)) return String(BigInt(number));
  if (/^(true|false)$/i.test(value)) return /^true$/i.test(value) ? '1' : '0';
  return /^[0-9a-f]{2}([-: ][0-9a-f]{2})*$/i.test(value) ? value.replace(/[-: ]/g, '').toLowerCase() : value;
}

interface OurField {
  readonly path: string;
  readonly value: string;
}

/** Bytes that no dissector of ours reads: there is nothing to compare. */
const payloadField = 'Payload';

/** Our fields without members, by module; of several layers of a module one behind the other. */
function fieldsByModule(frame: Uint8Array, linkType: LinkType): Map<PacketModule, OurField[]> {
  const modules = new Map<PacketModule, OurField[]>();
  for (const { module, fields } of dissectFrame(frame, linkType)) {
    const read = fields.filter(({ name }) => name !== payloadField);
    modules.set(module, [...(modules.get(module) ?? []), ...leavesOf(read, '')]);
  }
  return modules;
}

function leavesOf(fields: readonly LayerField[], prefix: string): OurField[] {
  return fields.flatMap(({ name, value, members }) =>
    members ? leavesOf(members, `${prefix}${name}.`) : [{ path: `${prefix}${name}`, value }],
  );
}

interface ForeignField {
  readonly name: string;
  readonly shown: string;
}

/** Frames stand alone: nothing is put together from several, and numbers are the frame's own. */
const preferences = [
  'ip.defragment:FALSE',
  'ipv6.defragment:FALSE',
  'tcp.desegment_tcp_streams:FALSE',
  'tcp.analyze_sequence_numbers:FALSE',
  'tcp.relative_sequence_numbers:FALSE',
].flatMap((preference) => ['-o', preference]);

function tsharkDissections(corpus: Corpus): Map<string, ForeignField[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-tshark-'));
  try {
    const found = new Map<string, ForeignField[]>();
    for (const linkType of new Set(Object.values(corpus).map((frame) => frame.linkType))) {
      const names = Object.keys(corpus).filter((name) => corpus[name].linkType === linkType);
      const frames = names.map((name) => bytesOf(corpus[name].text));
      const file = join(folder, `${linkType}.pcap`);
      writeFileSync(file, pcapOf(linkType, frames));
      const dissections = readPdml(runTshark(file));
      if (dissections.length !== frames.length) throw new Error(`tshark read ${dissections.length} frames`);
      names.forEach((name, index) => found.set(name, dissections[index]));
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runTshark(file: string): string {
  return execFileSync('tshark', ['-n', ...preferences, '-r', file, '-T', 'pdml'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** A pcap file, little-endian, each frame a microsecond after the one before. */
function pcapOf(linkType: LinkType, frames: readonly Uint8Array[]): Buffer {
  const fileHeader = Buffer.alloc(24);
  fileHeader.writeUInt32LE(0xa1b2c3d4, 0);
  fileHeader.writeUInt16LE(2, 4);
  fileHeader.writeUInt16LE(4, 6);
  fileHeader.writeUInt32LE(0x40000, 16);
  fileHeader.writeUInt32LE(pcapLinkType[linkType] ?? 0, 20);
  const records = frames.flatMap((frame, index) => {
    const header = Buffer.alloc(16);
    header.writeUInt32LE(1_700_000_000, 0);
    header.writeUInt32LE(index, 4);
    header.writeUInt32LE(frame.length, 8);
    header.writeUInt32LE(frame.length, 12);
    return [header, frame];
  });
  return Buffer.concat([fileHeader, ...records]);
}

/** Protocols whose inner packet is only quoted. */
const quoting = ['icmp', 'icmpv6'];

/** The fields of each packet of a PDML text in their order, but for those of quoted packets. */
function readPdml(text: string): ForeignField[][] {
  const packets: ForeignField[][] = [];
  const open: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, { name: field = '', show = '' }) {
        if (name === 'packet') packets.push([]);
        if (name === 'proto') open.push(field);
        const isQuoted = open.length > 1 && quoting.includes(open[0]);
        if (name === 'field' && !isQuoted) packets.at(-1)?.push({ name: field, shown: show });
      },
      onclosetag(name) {
        if (name === 'proto') open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return packets;
}
