import { readFully, type ByteSource } from '../base/byte-source.ts';

/** What is wrong with a cabinet, in words, and where. */
export class CabinetError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'CabinetError';
    this.offset = offset;
  }
}

export type CabinetCompression = 'stored' | 'MSZIP' | 'Quantum' | 'LZX';

/** Data blocks that are compressed in one go. */
export interface CabinetFolder {
  /** Offset in the cabinet of the first data block, and how many follow each other. */
  readonly offset: number;
  readonly blocks: number;
  readonly compression: CabinetCompression;
}

export interface CabinetFile {
  /** As it may be shown: without drive, root and `..`, parts joined by `/`. */
  readonly name: string;
  /** Bytes, as the cabinet says. */
  readonly size: number;
  /** Number of the folder, and where in its inflated bytes the file begins. */
  readonly folder: number;
  readonly offset: number;
  /** A part of it lies in another cabinet. */
  readonly isSpanned: boolean;
}

export interface Cabinet {
  readonly folders: readonly CabinetFolder[];
  readonly files: readonly CabinetFile[];
  /** Bytes that stand in front of each data block's own, behind its header. */
  readonly blockReserve: number;
}

const signature = 0x4643_534d; // "MSCF"
const headerSize = 36;
const folderSize = 8;
const fileSize = 16;
const longestName = 256;
const Flag = { Previous: 1, Next: 2, Reserve: 4 } as const;
/** Folder numbers from here on say that the file is continued from or in another cabinet. */
const firstSpanned = 0xfffd;
const utf8Name = 0x80;
const compressions: readonly (CabinetCompression | undefined)[] = ['stored', 'MSZIP', 'Quantum', 'LZX'];

/** Whether a file that begins so is a cabinet. */
export function isCabinet(head: Uint8Array): boolean {
  return head.length >= 4 && viewOf(head).getUint32(0, true) === signature;
}

/** What a cabinet holds; nothing is inflated. Throws a CabinetError when it cannot be read to the end. */
export function readCabinet(source: ByteSource): Cabinet {
  const reader = new Reader(source);
  const header = viewOf(reader.take(headerSize, 'the header'));
  if (header.getUint32(0, true) !== signature) throw new CabinetError('This is no cabinet (.cab).', 0);
  const major = header.getUint8(25);
  if (major !== 1) throw new CabinetError(`The cabinet is of version ${major}, which nobody knows.`, 25);
  const filesAt = header.getUint32(16, true);
  const [folders, files, flags] = [26, 28, 30].map((offset) => header.getUint16(offset, true));
  const reserve = (flags & Flag.Reserve) === 0 ? undefined : viewOf(reader.take(4, 'the reserved sizes'));
  reader.take(reserve?.getUint16(0, true) ?? 0, 'the reserved bytes');
  const folderReserve = reserve?.getUint8(2) ?? 0;
  const blockReserve = reserve?.getUint8(3) ?? 0;
  // Names of the cabinets before and behind, and of their disks.
  const neighbours = ((flags & Flag.Previous) === 0 ? 0 : 2) + ((flags & Flag.Next) === 0 ? 0 : 2);
  for (let text = 0; text < neighbours; text++) reader.text('the name of another cabinet');
  const table = Array.from({ length: folders }, () => readFolder(reader, folderReserve));
  reader.at = filesAt;
  return { folders: table, files: Array.from({ length: files }, () => readFile(reader, folders)), blockReserve };
}

function readFolder(reader: Reader, reserve: number): CabinetFolder {
  const { at } = reader;
  const view = viewOf(reader.take(folderSize + reserve, 'a folder'));
  const compression = compressions[view.getUint16(6, true) & 0xf];
  if (!compression) throw new CabinetError('A folder is compressed in a way that nobody knows.', at + 6);
  return { offset: view.getUint32(0, true), blocks: view.getUint16(4, true), compression };
}

function readFile(reader: Reader, folders: number): CabinetFile {
  const { at } = reader;
  const view = viewOf(reader.take(fileSize, 'a file'));
  const folder = view.getUint16(8, true);
  const isSpanned = folder >= firstSpanned;
  if (!isSpanned && folder >= folders)
    throw new CabinetError(`A file lies in folder ${folder}, but there are ${folders}.`, at + 8);
  const isUtf8 = (view.getUint16(14, true) & utf8Name) !== 0;
  const name = shownName(new TextDecoder(isUtf8 ? 'utf-8' : 'windows-1252').decode(reader.text('the name of a file')));
  return { name, size: view.getUint32(0, true), folder, offset: view.getUint32(4, true), isSpanned };
}

/** A name that leads nowhere: no drive, no root, no way up, no control characters. */
export function shownName(name: string): string {
  const parts = name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .split(/[\\/]/)
    .map((part) => part.replace(/^[A-Za-z]:/, '').trim())
    .filter((part) => part !== '' && !/^\.+$/.test(part));
  return parts.length === 0 ? 'unnamed' : parts.join('/');
}

/** Reads a cabinet's tables from front to back. */
class Reader {
  at = 0;
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    this.source = source;
  }

  take(length: number, what: string): Uint8Array {
    const bytes = bytesAt(this.source, this.at, length, what);
    this.at += length;
    return bytes;
  }

  /** A text that ends with a zero, without that. */
  text(what: string): Uint8Array {
    const most = Math.max(0, Math.min(longestName + 1, this.source.size - this.at));
    const bytes = bytesAt(this.source, this.at, most, what);
    const length = bytes.indexOf(0);
    if (length < 0) throw new CabinetError(`In the cabinet, ${what} has no end.`, this.at);
    this.at += length + 1;
    return bytes.subarray(0, length);
  }
}

/** Throws a CabinetError when the cabinet ends before. */
export function bytesAt(source: ByteSource, offset: number, length: number, what: string): Uint8Array {
  const isInside = offset <= source.size && length <= source.size - offset;
  const bytes = new Uint8Array(isInside ? length : 0);
  if (!isInside || readFully(source, offset, bytes, 0, length) < length)
    throw new CabinetError(
      `The cabinet ends inside ${what} (offset ${offset}): it was cut, or is not whole yet.`,
      offset,
    );
  return bytes;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
