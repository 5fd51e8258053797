import type { LinkType } from '../../packet/link-type.ts';
import type { PacketCursor } from '../../trace/packet-cursor.ts';
import { componentKey, type Segment } from '../../trace/segment.ts';

/** What makes one interface of an exported file: a component, the VLAN of a switch port, and a link type. */
export interface InterfaceKey {
  /** componentKey's. */
  readonly component: string;
  /** 0 where there is none, or where the component is no switch port: then the tag stands in the frame. */
  readonly vlan: number;
  readonly linkType: LinkType;
}

/** An interface, and what the view has of it. */
export interface InterfaceTally extends InterfaceKey {
  readonly packets: number;
  /** Bytes of its frames, as far as they were captured. */
  readonly bytes: number;
}

/** How a component is called in a file, and whose it is; what is not known is empty. */
export interface InterfaceDescription {
  /** componentKey's. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** Six bytes, where they are. */
  readonly mac: Uint8Array;
  /** Four bytes each, and sixteen. */
  readonly ipv4: readonly Uint8Array[];
  readonly ipv6: readonly Uint8Array[];
}

/** Tells one interface from another. */
export function interfaceText({ component, vlan, linkType }: InterfaceKey): string {
  return `${component}/${vlan}/${linkType}`;
}

const highestVlan = 0xfff;
const linkTypes = 8;

/**
 * A value for each interface, found by numbers: what a segment's packet belongs to costs one look-up. `make` is asked once
 * a segment and interface.
 */
export class PerInterface<Value> {
  private readonly make: (key: InterfaceKey) => Value;
  private segment: Segment | undefined;
  private values = new Map<number, Value>();
  private readonly bySegment = new Map<Segment, Map<number, Value>>();

  constructor(make: (key: InterfaceKey) => Value) {
    this.make = make;
  }

  /** Of the packet that the cursor stands on. */
  of(cursor: PacketCursor): Value {
    const { segment, packet } = cursor;
    if (segment !== this.segment) this.enter(segment);
    const component = segment.packets.component[packet];
    const isSwitchPort = segment.components[component].source === 'vmswitch';
    const vlan = isSwitchPort ? segment.packets.vlan[packet] & highestVlan : 0;
    const linkType = segment.packets.linkType[packet];
    const number = (component * linkTypes + linkType) * (highestVlan + 1) + vlan;
    let value = this.values.get(number);
    if (value === undefined) {
      const key = componentKey(segment.components[component]);
      value = this.make({ component: key, vlan, linkType: linkType as LinkType });
      this.values.set(number, value);
    }
    return value;
  }

  private enter(segment: Segment): void {
    const values = this.bySegment.get(segment) ?? new Map<number, Value>();
    this.bySegment.set(segment, values);
    this.values = values;
    this.segment = segment;
  }
}

/** Counts packets by interface. */
export class InterfaceCounter {
  private readonly counts = new Map<string, { key: InterfaceKey; packets: number; bytes: number }>();
  private readonly perInterface = new PerInterface((key) => {
    const text = interfaceText(key);
    const count = this.counts.get(text) ?? { key, packets: 0, bytes: 0 };
    this.counts.set(text, count);
    return count;
  });

  /** Counts the packet that the cursor stands on. */
  add(cursor: PacketCursor): void {
    const count = this.perInterface.of(cursor);
    count.packets++;
    count.bytes += cursor.segment.packets.capturedLength[cursor.packet];
  }

  /** In the order in which they were met. */
  get tallies(): InterfaceTally[] {
    return [...this.counts.values()].map(({ key, packets, bytes }) => ({ ...key, packets, bytes }));
  }
}

/** The sum of several counts, in the order in which interfaces first appear. */
export function joinedTallies(parts: readonly (readonly InterfaceTally[])[]): InterfaceTally[] {
  const joined = new Map<string, InterfaceTally>();
  for (const tally of parts.flat()) {
    const text = interfaceText(tally);
    const known = joined.get(text);
    const sum = known ? { ...tally, packets: known.packets + tally.packets, bytes: known.bytes + tally.bytes } : tally;
    joined.set(text, sum);
  }
  return [...joined.values()];
}
