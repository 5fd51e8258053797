import { utf16ZeroTerminated } from '../base/text.ts';

/** What a VMSwitchPacketFragment event (NDIS-PacketCapture 1003) says beside its frame. */
export interface VmSwitchFacts {
  readonly miniportIfIndex: number;
  readonly lowerIfIndex: number;
  readonly source: VmSwitchPort;
  /** The ports that the frame was routed to; none in front of routing. */
  readonly destinations: readonly VmSwitchPort[];
  /** The 802.1Q tag that travels beside the frame; undefined when there is no tag, or no OOB data. */
  readonly tag: VlanTag | undefined;
  /** The RSS hash; undefined when there is none. */
  readonly rssHash: number | undefined;
  /** Every value of the OOB data, by its index in NDIS_NET_BUFFER_LIST_INFO. */
  readonly outOfBand: readonly bigint[];
}

export interface VmSwitchPort {
  readonly portId: number;
  readonly portName: string;
  readonly nicName: string;
  readonly nicType: string;
}

/** IEEE 802.1Q, as NDIS_NET_BUFFER_LIST_8021Q_INFO has it. */
export interface VlanTag {
  /** 0 to 7. */
  readonly priority: number;
  readonly canonicalFormat: boolean;
  /** 0 for a tag that tells a priority only. */
  readonly vlanId: number;
}

/** Indexes of NDIS_NET_BUFFER_LIST_INFO (ndis.h). */
const ieee8021QIndex = 4;
const hashValueIndex = 8;
/** Indexes whose values VmSwitchFacts has under a name. */
export const namedOutOfBand: readonly number[] = [ieee8021QIndex, hashValueIndex];
/** More values than any version of NDIS has. */
const mostValues = 64;

/**
 * Reads the user data view[start..end) of event 1003 of the NDIS capture filter. `pointerSize` is that of the session.
 * Undefined when the event is shorter than it claims; OOB data that is cut or missing is as none.
 */
export function vmSwitchFacts(
  view: DataView,
  start: number,
  end: number,
  pointerSize: 4 | 8 = 8,
): VmSwitchFacts | undefined {
  const reader = new PortReader(view, end);
  if (start + 8 > end) return undefined;
  const source = reader.portAt(start + 8);
  if (source === undefined || reader.position + 4 > end) return undefined;
  const count = view.getUint32(reader.position, true);
  reader.position += 4;
  const destinations: VmSwitchPort[] = [];
  for (let index = 0; index < count; index++) {
    const destination = reader.portAt(reader.position);
    if (destination === undefined) return undefined;
    destinations.push(destination);
  }
  const fragmentAt = reader.position;
  if (fragmentAt + 4 > end) return undefined;
  const fragmentEnd = fragmentAt + 4 + view.getUint32(fragmentAt, true);
  if (fragmentEnd > end) return undefined;
  const outOfBand = outOfBandValues(view, fragmentEnd, end, pointerSize);
  const hash = outOfBand.at(hashValueIndex) ?? 0n;
  return {
    miniportIfIndex: view.getUint32(start, true),
    lowerIfIndex: view.getUint32(start + 4, true),
    source,
    destinations,
    tag: tagOf(Number(BigInt.asUintN(32, outOfBand.at(ieee8021QIndex) ?? 0n))),
    rssHash: hash === 0n ? undefined : Number(BigInt.asUintN(32, hash)),
    outOfBand,
  };
}

/**
 * Where the fragment of event 1003 begins, its size in front: all before it says which ports the frame came from and goes to.
 * Undefined when the event is shorter than it claims.
 */
export function fragmentOfSwitch(view: DataView, start: number, end: number): number | undefined {
  const countAt = behindPort(view, start + 8, end);
  if (countAt === undefined || countAt + 4 > end) return undefined;
  let at: number | undefined = countAt + 4;
  for (let left = view.getUint32(countAt, true); left > 0 && at !== undefined; left--) at = behindPort(view, at, end);
  return at;
}

/** Behind a port's id and its three zero-terminated names. */
function behindPort(view: DataView, start: number, end: number): number | undefined {
  let at = start + 4;
  for (let names = 3; names > 0; at += 2) {
    if (at + 2 > end) return undefined;
    if (view.getUint16(at, true) === 0) names--;
  }
  return at;
}

/** The VLAN id that the OOB data at `sizeAt`, right behind the fragment, tells; 0 when it tells none. */
export function outOfBandVlan(view: DataView, sizeAt: number, end: number, pointerSize: 4 | 8): number {
  const valueAt = sizeAt + 4 + ieee8021QIndex * pointerSize;
  if (valueAt + pointerSize > end || view.getUint32(sizeAt, true) < (ieee8021QIndex + 1) * pointerSize) return 0;
  return vlanIdOf(view.getUint32(valueAt, true));
}

/** Bits of the value: UserPriority 3, CanonicalFormatId 1, VlanId 12. */
function tagOf(value: number): VlanTag | undefined {
  if (value === 0) return undefined;
  return { priority: value & 7, canonicalFormat: (value & 8) !== 0, vlanId: vlanIdOf(value) };
}

function vlanIdOf(value: number): number {
  return (value >>> 4) & 0xfff;
}

function outOfBandValues(view: DataView, sizeAt: number, end: number, pointerSize: 4 | 8): bigint[] {
  if (sizeAt + 4 > end) return [];
  const size = Math.min(view.getUint32(sizeAt, true), end - sizeAt - 4);
  const count = Math.min(Math.floor(size / pointerSize), mostValues);
  return Array.from({ length: count }, (_, index) => {
    const at = sizeAt + 4 + index * pointerSize;
    return pointerSize === 8 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
  });
}

/** Reads ports one after the other: an id and three zero-terminated names. */
class PortReader {
  position = 0;
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly end: number;

  constructor(view: DataView, end: number) {
    this.view = view;
    this.bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    this.end = end;
  }

  portAt(at: number): VmSwitchPort | undefined {
    if (at + 10 > this.end) return undefined;
    this.position = at + 4;
    const names = [this.name(), this.name(), this.name()];
    const [portName, nicName, nicType] = names;
    return this.position > this.end ? undefined : { portId: this.view.getUint32(at, true), portName, nicName, nicType };
  }

  private name(): string {
    if (this.position + 2 > this.end) {
      this.position = this.end + 1;
      return '';
    }
    const { text, next } = utf16ZeroTerminated(this.bytes, this.position, this.end);
    this.position = next;
    return text;
  }
}
