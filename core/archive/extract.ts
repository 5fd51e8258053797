import type { ByteSource } from '../base/byte-source.ts';
import { bytesAt, CabinetError, viewOf, type Cabinet, type CabinetFile, type CabinetFolder } from './cabinet.ts';
import { cabinetChecksum } from './checksum.ts';

/**
 * Inflates raw deflate data whose history is `history`. Gives at most `mostBytes` bytes; throws when there are more, or when
 * the data are none.
 */
export type Inflate = (data: Uint8Array, history: Uint8Array, mostBytes: number) => Uint8Array;

export interface ExtractOptions {
  readonly inflate: Inflate;
  /** Bytes that are inflated of the whole cabinet at most. */
  readonly mostBytes: number;
}

const blockHeaderSize = 8;
/** Bytes that a block inflates to at most; its history is as long. */
const blockSize = 32_768;
/** What a block may take in the cabinet: a little more than it holds. */
const largestBlock = blockSize + 6144;
/** "CK", in front of each block's deflate data. */
const zipSignature = 0x4b43;
const nothing = new Uint8Array(0);

/**
 * The bytes of some of a cabinet's files. Throws a CabinetError when one of them cannot be had, is compressed in a way that is
 * not read here, or lies in more than one cabinet.
 */
export function extractFiles(
  source: ByteSource,
  cabinet: Cabinet,
  wanted: readonly CabinetFile[],
  { inflate, mostBytes }: ExtractOptions,
): Map<CabinetFile, Uint8Array> {
  const found = new Map<CabinetFile, Uint8Array>();
  let room = mostBytes;
  for (const [number, folder] of cabinet.folders.entries()) {
    const own = wanted.filter((file) => !file.isSpanned && file.folder === number);
    if (own.length === 0) continue;
    const end = Math.max(...own.map((file) => file.offset + file.size));
    const needed = own.reduce((sum, file) => sum + file.size, 0);
    if (end > folder.blocks * blockSize)
      throw new CabinetError(`A file ends at byte ${end} of a folder that cannot have so many.`, folder.offset);
    if (Math.max(end, needed) > room) throw tooMuch(mostBytes);
    room -= end;
    for (const file of own) found.set(file, new Uint8Array(file.size));
    let at = 0;
    for (const block of blocksOf(source, cabinet, folder, inflate)) {
      for (const file of own) copyPart(block, at, file, found.get(file) ?? nothing);
      at += block.length;
      if (at >= end) break;
    }
    if (at < end) throw new CabinetError(`A folder ends after ${at} bytes, but a file in it at ${end}.`, folder.offset);
  }
  const spanned = wanted.find((file) => file.isSpanned);
  if (spanned) throw new CabinetError(`${spanned.name} goes on in another cabinet, which is not read.`, 0);
  return found;
}

function copyPart(block: Uint8Array, at: number, file: CabinetFile, target: Uint8Array): void {
  const from = Math.max(at, file.offset);
  const to = Math.min(at + block.length, file.offset + file.size);
  if (to > from) target.set(block.subarray(from - at, to - at), from - file.offset);
}

/** What a folder's blocks inflate to, one by one. */
function* blocksOf(
  source: ByteSource,
  { blockReserve }: Cabinet,
  folder: CabinetFolder,
  inflate: Inflate,
): Generator<Uint8Array> {
  const { compression, blocks } = folder;
  if (compression === 'Quantum' || compression === 'LZX')
    throw new CabinetError(
      `The cabinet is compressed with ${compression}, which is not read here. Expand it with \`expand FILE.cab -F:* FOLDER\`, and use the files in it.`,
      folder.offset,
    );
  let history: Uint8Array = nothing;
  let { offset } = folder;
  for (let block = 0; block < blocks; block++) {
    const header = viewOf(bytesAt(source, offset, blockHeaderSize + blockReserve, 'the header of a data block'));
    const [checksum, packed, size] = [header.getUint32(0, true), header.getUint16(4, true), header.getUint16(6, true)];
    if (packed > largestBlock || size > blockSize)
      throw new CabinetError(`A data block says it has ${packed} bytes that inflate to ${size}.`, offset);
    if (size === 0) throw new CabinetError('A data block goes on in another cabinet, which is not read.', offset);
    const dataAt = offset + blockHeaderSize + blockReserve;
    const data = bytesAt(source, dataAt, packed, 'a data block');
    if (checksum !== 0 && checksum !== cabinetChecksum(data, packed, size))
      throw new CabinetError('The checksum of a data block is wrong: the cabinet is damaged.', offset);
    const bytes = compression === 'stored' ? data : unzipped(data, history, size, dataAt, inflate);
    if (bytes.length !== size)
      throw new CabinetError(`A data block holds ${bytes.length} bytes, but says ${size}.`, offset);
    yield bytes;
    history = bytes;
    offset = dataAt + packed;
  }
}

function unzipped(data: Uint8Array, history: Uint8Array, size: number, offset: number, inflate: Inflate): Uint8Array {
  if (data.length < 2 || viewOf(data).getUint16(0, true) !== zipSignature)
    throw new CabinetError('A data block does not begin as MSZIP does.', offset);
  try {
    return inflate(data.subarray(2), history, size);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CabinetError(`A data block cannot be inflated (${why}): the cabinet is damaged.`, offset);
  }
}

function tooMuch(mostBytes: number): CabinetError {
  return new CabinetError(
    `The files in the cabinet have more than ${mostBytes.toLocaleString('en')} bytes; that much is not inflated.`,
    0,
  );
}
