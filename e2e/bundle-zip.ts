/** A zip as a capture script leaves it at stop, for tests: its parts are stored, not packed. */
import { writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const localHeader = 0x04034b50;
const directoryHeader = 0x02014b50;
const directoryEnd = 0x06054b50;

/** Writes a zip of these parts, by their names in it. */
export async function writeZip(path: string, parts: Readonly<Record<string, Buffer | string>>): Promise<string> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const nameBytes = Buffer.from(name);
    // Version 2.0, UTF-8 name, stored, 1 January 2026.
    const facts = Buffer.alloc(26);
    [20, 0x800, 0, 0, 0x5c21].forEach((value, index) => facts.writeUInt16LE(value, index * 2));
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    files.push(uint32(localHeader), facts, nameBytes, bytes);
    directory.push(uint32(directoryHeader), Buffer.from([20, 0]), facts, where, nameBytes);
    offset += 30 + nameBytes.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  const count = Object.keys(parts).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  await writeFile(path, Buffer.concat([...files, ...directory, uint32(directoryEnd), end]));
  return path;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
