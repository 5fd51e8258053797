import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** The number of packets in a pcapng file: as tshark sees it where it is installed, else by its packet blocks. */
export async function packetCount(path: string): Promise<number> {
  const tshark = process.env.HOPSCOPE_TSHARK;
  if (tshark === undefined) return countPacketBlocks(await readFile(path));
  const lines = execFileSync(tshark, ['-r', path, '-T', 'fields', '-e', 'frame.number'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return lines.split('\n').filter((line) => line !== '').length;
}

const enhancedPacketBlock = 6;

function countPacketBlocks(bytes: Buffer): number {
  let packets = 0;
  for (let offset = 0; offset + 8 <= bytes.length; offset += bytes.readUInt32LE(offset + 4)) {
    if (bytes.readUInt32LE(offset) === enhancedPacketBlock) packets += 1;
  }
  return packets;
}
