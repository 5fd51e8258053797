import { mix } from '../base/hash.ts';
import { vmSwitchProvider } from '../provider/vmswitch.ts';
import { blockNames, NblSite, nblStepOf, readNblEvent, type NameBlock } from '../provider/vmswitch-nbl.ts';
import type { EventReader } from '../trace/event-reader.ts';
import type { EventKind, Segment } from '../trace/segment.ts';
import { freezeTable, growingTable, reserveRows } from '../trace/tables.ts';
import { nblColumns, noNbls, type FriendlyName, type SegmentNbls } from './sighting-table.ts';

/** Whether events of a kind tell what the virtual switch does with a packet. */
export function isNblKind({ family, provider, id }: EventKind): boolean {
  return family === 'manifest' && provider === vmSwitchProvider && nblStepOf(id) !== undefined;
}

/**
 * Reads what a segment's NBL events say. Events that are damaged are left out. `onEvents` is told now and then how many
 * events of the segment are done.
 */
export function readNbls(segment: Segment, reader: EventReader, onEvents: (events: number) => void): SegmentNbls {
  const ids = segment.schemas.map((kind) => (isNblKind(kind) ? kind.id : -1));
  if (ids.every((id) => id < 0)) return noNbls;
  const expected = segment.schemaEvents.reduce((sum, events, kind) => sum + (ids[kind] < 0 ? 0 : events), 0);
  const growing = growingTable(nblColumns, expected);
  const nics = new BlockNames();
  const switches = new BlockNames();
  const site = new NblSite();
  const { schema } = segment.events;
  let row = 0;
  for (let event = 0; event < schema.length; event++) {
    if ((event & 0xffff) === 0) onEvents(event);
    const id = ids[schema[event]];
    if (id < 0) continue;
    const record = reader.read(segment, event);
    if (!record || !readNblEvent(record.view, record.userData, record.end, id, site)) continue;
    reserveRows(growing, row + 1);
    const { columns } = growing;
    columns.event[row] = event;
    columns.step[row] = site.step;
    columns.addressLow[row] = site.addressLow;
    columns.addressHigh[row] = site.addressHigh;
    columns.nic[row] = nics.numberOf(record.view, site.nic);
    columns.destination[row] = nics.numberOf(record.view, site.destination);
    columns.switch[row] = switches.numberOf(record.view, site.switch);
    columns.dropReason[row] = site.dropReason;
    row++;
  }
  return { table: freezeTable(growing, row), nics: nics.names, switches: switches.names };
}

/** Numbers names by their bytes, counted from 1: a name is decoded once, however many events have it. */
class BlockNames {
  readonly names: FriendlyName[] = [];
  private readonly blocks: Uint8Array[] = [];
  private readonly byHash = new Map<number, number[]>();

  numberOf(view: DataView, block: NameBlock): number {
    const { start, end } = block;
    if (start === end) return 0;
    const hash = hashOfBytes(view, start, end);
    const candidates = this.byHash.get(hash) ?? [];
    const known = candidates.find((number) => isSame(this.blocks[number], view, start, end));
    if (known !== undefined) return known + 1;
    const number = this.names.length;
    this.names.push(blockNames(view, block));
    this.blocks.push(new Uint8Array(view.buffer, view.byteOffset + start, end - start).slice());
    this.byHash.set(hash, [...candidates, number]);
    return number + 1;
  }
}

function hashOfBytes(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mix(hash, view.getUint32(at, true));
  for (; at < end; at++) hash = mix(hash, view.getUint8(at));
  return hash;
}

function isSame(block: Uint8Array, view: DataView, start: number, end: number): boolean {
  if (block.length !== end - start) return false;
  for (let index = 0; index < block.length; index++) {
    if (block[index] !== view.getUint8(start + index)) return false;
  }
  return true;
}
