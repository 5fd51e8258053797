import { dissectFrame } from '../packet/dissect.ts';
import type { Layer } from '../packet/layer.ts';
import type { LinkType } from '../packet/link-type.ts';
import type { EventReader } from '../trace/event-reader.ts';
import { packetFrame, toldHeaders } from '../trace/packet-bytes.ts';
import type { Segment } from '../trace/segment.ts';

/** The bytes of a packet that were captured, and its layers, bottom first: of its bytes, or as its event tells them. */
export function packetLayers(
  reader: EventReader,
  segment: Segment,
  packet: number,
): { readonly frame: Uint8Array; readonly layers: Layer[] } {
  const frame = packetFrame(reader, segment, packet);
  const headers = toldHeaders(segment, packet);
  const linkType = segment.packets.linkType[packet] as LinkType;
  return { frame, layers: dissectFrame(frame, linkType, headers === undefined ? {} : { headers }) };
}
