import type { PacketPath } from '../../core/engine/contract.ts';
import { fakePath, storyRows } from './fake-paths.ts';

/** The made-up path of a story, of which a test is sure that there is one. */
export function toldPath(story: keyof typeof storyRows): PacketPath {
  const path = fakePath(storyRows[story]);
  if (!path) throw new Error(`Row ${storyRows[story]} is of no packet.`);
  return path;
}
