import { concatenate } from '../../base/bytes.ts';
import { cabinetChecksum } from '../checksum.ts';

export interface CabinetInput {
  /** Files by name, in one folder, in this order. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** 'stored', or how a block is deflated with the one before it as its history. */
  readonly deflate?: 'stored' | ((block: Uint8Array, history: Uint8Array) => Uint8Array);
  /** What the folder says of its compression, in place of the truth. */
  readonly compression?: number;
  /** Bytes reserved in header, folder and blocks. */
  readonly reserve?: readonly [number, number, number];
  /** Folder number of all files; 0xfffd and more say that they are spanned. */
  readonly folder?: number;
  readonly flags?: number;
}

const blockSize = 32_768;

/** A cabinet with one folder, as Microsoft's programs write it. */
export function buildCabinet(input: CabinetInput): Uint8Array {
  const { files, deflate = 'stored', reserve, folder = 0 } = input;
  const names = Object.keys(files);
  const content = concatenate(Object.values(files));
  const [headerReserve, folderReserve, blockReserve] = reserve ?? [0, 0, 0];
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += blockSize) {
    const block = content.subarray(at, at + blockSize);
    const history = content.subarray(Math.max(0, at - blockSize), at);
    const packed = deflate === 'stored' ? block : concatenate([Uint8Array.of(0x43, 0x4b), deflate(block, history)]);
    const head = new Uint8Array(8 + blockReserve);
    write(head, [cabinetChecksum(packed, packed.length, block.length), 4], [packed.length, 2], [block.length, 2]);
    blocks.push(head, packed);
  }
  let offset = 0;
  const table = names.map((name) => {
    const text = new TextEncoder().encode(`${name}\0`);
    const entry = new Uint8Array(16 + text.length);
    const { length } = files[name];
    write(entry, [length, 4], [offset, 4], [folder, 2], [0x58a1, 2], [0x6c20, 2], [0x80 | 0x20, 2]);
    entry.set(text, 16);
    offset += length;
    return entry;
  });
  const filesAt = 36 + (reserve ? 4 + headerReserve : 0) + 8 + folderReserve;
  const dataAt = filesAt + table.reduce((sum, entry) => sum + entry.length, 0);
  const size = dataAt + blocks.reduce((sum, block) => sum + block.length, 0);
  const head = new Uint8Array(filesAt);
  const flags = (input.flags ?? 0) | (reserve ? 4 : 0);
  write(head, [0x4643_534d, 4], [0, 4], [size, 4], [0, 4], [filesAt, 4], [0, 4], [3, 1], [1, 1]);
  write(head.subarray(26), [1, 2], [names.length, 2], [flags, 2], [4711, 2], [0, 2]);
  if (reserve) write(head.subarray(36), [headerReserve, 2], [folderReserve, 1], [blockReserve, 1]);
  const compression = input.compression ?? (deflate === 'stored' ? 0 : 1);
  write(head.subarray(filesAt - 8 - folderReserve), [dataAt, 4], [blocks.length / 2, 2], [compression, 2]);
  return concatenate([head, ...table, ...blocks]);
}

/** Numbers with their sizes in bytes, lowest byte first. */
function write(target: Uint8Array, ...numbers: [number, number][]): void {
  let at = 0;
  for (const [number, size] of numbers) {
    for (let byte = 0; byte < size; byte++) target[at++] = (number >>> (8 * byte)) & 0xff;
  }
}
