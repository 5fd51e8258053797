/** Zips for tests: as a capture script leaves them, and such as no program would. Layout after PKWARE's APPNOTE.TXT. */
import { crc32, deflateRawSync } from 'node:zlib';

const localHeader = 0x04034b50;
const directoryHeader = 0x02014b50;
const directoryEnd = 0x06054b50;

export interface ZipOptions {
  /** Packed by deflate; else stored. */
  readonly isPacked?: boolean;
  /** What the directory says in place of a part's true unpacked size, by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Bit 0: encrypted. */
  readonly flags?: number;
  /** Mode of Unix, by name: 0xa1ff is a link. */
  readonly modes?: Readonly<Record<string, number>>;
}

/** A zip of these parts, by their names in it. */
export function buildZip(
  parts: readonly (readonly [name: string, content: Uint8Array | string])[],
  { isPacked = false, sizes = {}, flags = 0, modes = {} }: ZipOptions = {},
): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const bytes = Buffer.from(content);
    const packed = isPacked ? deflateRawSync(bytes) : bytes;
    const nameBytes = Buffer.from(name);
    // Version 2.0, UTF-8 name, method, 1 January 2026.
    const facts = Buffer.alloc(26);
    [20, 0x800 | flags, isPacked ? 8 : 0, 0, 0x5c21].forEach((value, index) => facts.writeUInt16LE(value, index * 2));
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(sizes[name] ?? bytes.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(((modes[name] ?? 0) * 0x10000) >>> 0, 6);
    where.writeUInt32LE(offset, 10);
    files.push(uint32(localHeader), facts, nameBytes, packed);
    // Made on Unix, so that modes count.
    directory.push(uint32(directoryHeader), Buffer.from([20, 3]), facts, where, nameBytes);
    offset += 30 + nameBytes.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, uint32(directoryEnd), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
