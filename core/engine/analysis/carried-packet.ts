import { packetBegunBy, packetCarriedBy } from '../../trace/packet-bytes.ts';
import type { Segment } from '../../trace/segment.ts';

/** Finds the packets of many events, and makes an object of none but those that came in several. */
export class CarriedPacket {
  /** Of the packet that was found last. */
  segment!: Segment;
  packet = -1;

  /** The packet that begins with the event. */
  findBegun(segment: Segment, event: number): boolean {
    this.segment = segment;
    this.packet = packetBegunBy(segment, event);
    return this.packet >= 0;
  }

  /** The packet of which the event carries a part. */
  find(segment: Segment, event: number): boolean {
    if (this.findBegun(segment, event)) return true;
    if (segment.continuations.length === 0 && segment.fragmentsFromElsewhere.length === 0) return false;
    const carried = packetCarriedBy(segment, event);
    if (!carried) return false;
    this.segment = carried.segment;
    this.packet = carried.packet;
    return true;
  }
}
