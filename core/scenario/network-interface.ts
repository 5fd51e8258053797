import { writeGuid } from '../base/guid.ts';
import { utf16Bytes } from '../base/text.ts';

/** One network interface of the machine, as a merge writes it into a trace. */
export interface NetworkInterface {
  readonly index: number;
  readonly alias: string;
  readonly description: string;
  readonly guid: string;
  readonly mac: Uint8Array;
}

const rowSize = 1352;
const longestText = 256;

/** MIB_IF_ROW2 of netioapi.h; counters and everything a trace's reader does not ask for stay 0. */
export function networkInterfaceRow(networkInterface: NetworkInterface): Uint8Array {
  const row = new Uint8Array(rowSize);
  const view = new DataView(row.buffer);
  const ethernet = 6;
  view.setUint16(0x06, ethernet, true);
  view.setUint32(0x08, networkInterface.index, true);
  writeGuid(networkInterface.guid, row, 0x0c);
  row.set(utf16Bytes(networkInterface.alias.slice(0, longestText), false), 0x1c);
  row.set(utf16Bytes(networkInterface.description.slice(0, longestText), false), 0x21e);
  view.setUint32(0x420, networkInterface.mac.length, true);
  row.set(networkInterface.mac, 0x424);
  row.set(networkInterface.mac, 0x444);
  view.setUint32(0x464, 1500, true);
  view.setUint32(0x468, ethernet, true);
  view.setUint32(0x484, 1, true);
  view.setUint32(0x488, 1, true);
  view.setUint32(0x48c, 1, true);
  return row;
}
