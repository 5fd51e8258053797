import { VmSwitchEvent } from './vmswitch.ts';

/** What the virtual switch says happened to a NET_BUFFER_LIST, or to a packet without telling which. */
export const NblStep = { Received: 1, Routed: 2, Delivered: 3, Dropped: 4, Extension: 5 } as const;
export type NblStep = (typeof NblStep)[keyof typeof NblStep];

interface Shape {
  readonly step: NblStep;
  /** Names in front: so many texts, then NICs (a name and a friendly name), then the switch likewise. */
  readonly texts: number;
  readonly nics: number;
  readonly hasSwitch: boolean;
  readonly ending: 'address' | 'reason' | 'texts' | 'nothing';
}

const withAddress = (step: NblStep, nics: number): Shape => ({
  step,
  texts: 0,
  nics,
  hasSwitch: true,
  ending: 'address',
});

/** 240 to 242 have the fields of 56, 58 and 57 and are taken for the same steps; no public source says what differs. */
const shapes: ReadonlyMap<number, Shape> = new Map([
  [VmSwitchEvent.NblReceived, withAddress(NblStep.Received, 1)],
  [VmSwitchEvent.NblRouted, withAddress(NblStep.Routed, 2)],
  [VmSwitchEvent.NblDelivered, withAddress(NblStep.Delivered, 1)],
  [240, withAddress(NblStep.Received, 1)],
  [241, withAddress(NblStep.Delivered, 1)],
  [242, withAddress(NblStep.Routed, 2)],
  [VmSwitchEvent.Dropped, { step: NblStep.Dropped, texts: 0, nics: 0, hasSwitch: false, ending: 'reason' }],
  [VmSwitchEvent.DroppedAtNic, { step: NblStep.Dropped, texts: 0, nics: 1, hasSwitch: true, ending: 'reason' }],
  [VmSwitchEvent.DroppedAtNicToo, { step: NblStep.Dropped, texts: 0, nics: 1, hasSwitch: true, ending: 'reason' }],
  [VmSwitchEvent.ExtensionDropped, { step: NblStep.Dropped, texts: 0, nics: 1, hasSwitch: true, ending: 'texts' }],
  [59, { step: NblStep.Extension, texts: 1, nics: 2, hasSwitch: true, ending: 'nothing' }],
]);

/** The step that events of an id tell of; undefined of all others. */
export function nblStepOf(id: number): NblStep | undefined {
  return shapes.get(id)?.step;
}

/** A stretch of an event's bytes: a name and a friendly name, each counted. Empty when `end` is `start`. */
export interface NameBlock {
  start: number;
  end: number;
}

/** What an NBL event says, as places in its bytes. One serves many events. */
export class NblSite {
  step: NblStep = NblStep.Received;
  readonly nic: NameBlock = { start: 0, end: 0 };
  readonly destination: NameBlock = { start: 0, end: 0 };
  readonly switch: NameBlock = { start: 0, end: 0 };
  /** BufferAddress; 0 where the event has none. */
  addressLow = 0;
  addressHigh = 0;
  /** DropReason's number; 0 where the event has none, or tells it in words. */
  dropReason = 0;
}

/**
 * Reads the user data view[start..end) of a VmSwitch event that tells of a packet. False when it is of another id, or shorter
 * than it claims. A name is counted in UTF-16 units and has no zero behind it.
 */
export function readNblEvent(view: DataView, start: number, end: number, id: number, site: NblSite): boolean {
  const shape = shapes.get(id);
  if (!shape) return false;
  site.step = shape.step;
  site.addressLow = 0;
  site.addressHigh = 0;
  site.dropReason = 0;
  let at = start;
  for (let text = 0; text < shape.texts && at >= 0; text++) at = behindText(view, at, end);
  at = takeNames(view, at, end, shape.nics > 0, site.nic);
  at = takeNames(view, at, end, shape.nics > 1, site.destination);
  at = takeNames(view, at, end, shape.hasSwitch, site.switch);
  if (at < 0) return false;
  if (shape.ending === 'address') return takeAddress(view, at, end, site);
  if (shape.ending === 'reason') {
    if (at + 4 > end) return false;
    site.dropReason = view.getUint32(at, true);
  }
  return true;
}

/** A HexInt64 or a pointer: public sources leave open which, so what is left decides. */
function takeAddress(view: DataView, at: number, end: number, site: NblSite): boolean {
  if (at + 4 > end) return false;
  site.addressLow = view.getUint32(at, true);
  site.addressHigh = at + 8 <= end ? view.getUint32(at + 4, true) : 0;
  return true;
}

/** The offset behind a name and its friendly name; -1 when they do not fit. */
function takeNames(view: DataView, at: number, end: number, isThere: boolean, block: NameBlock): number {
  block.start = at;
  block.end = at;
  if (!isThere || at < 0) return at;
  const behindName = behindText(view, at, end);
  const behind = behindName < 0 ? -1 : behindText(view, behindName, end);
  block.end = Math.max(at, behind);
  return behind;
}

function behindText(view: DataView, at: number, end: number): number {
  if (at + 4 > end) return -1;
  const behind = at + 4 + view.getUint32(at, true) * 2;
  return behind > end ? -1 : behind;
}

/** The name and the friendly name of a block that `readNblEvent` found. */
export function blockNames(view: DataView, { start, end }: NameBlock): { name: string; friendlyName: string } {
  if (start === end) return { name: '', friendlyName: '' };
  const length = view.getUint32(start, true);
  const name = utf16(view, start + 4, length);
  const second = start + 4 + length * 2;
  return { name, friendlyName: utf16(view, second + 4, view.getUint32(second, true)) };
}

const decoder = new TextDecoder('utf-16le');

function utf16(view: DataView, at: number, units: number): string {
  return decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at, units * 2).slice());
}
