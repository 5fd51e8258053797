import { captureFrameKinds } from './capture-formats.ts';
import { readCaptureFrame } from './capture-sites.ts';
import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from './ndis-packet-capture.ts';
import { readNdisFragment, readVmSwitchFragment } from './ndis-sites.ts';
import { pktMonProvider } from './pktmon.ts';
import { pktMonShapes } from './pktmon-shapes.ts';
import { pktMonSiteReader } from './pktmon-sites.ts';
import { RasPacketCaptureEvent, rasPacketCaptureProvider } from './ras-packet-capture.ts';
import { rasSiteReader } from './ras-sites.ts';
import type { PacketSiteReader } from './site.ts';

/**
 * The events that stand for a packet, each with the reader of its site (site.ts): all that indexing needs, read from
 * fixed places. Full decoding is schema work and happens later.
 */
const readers: ReadonlyMap<string, PacketSiteReader> = new Map([
  ...captureFrameKinds.map((kind): [string, PacketSiteReader] => [kind, readCaptureFrame]),
  [`${ndisPacketCaptureProvider}/${NdisPacketCaptureEvent.PacketFragment}`, readNdisFragment],
  [`${ndisPacketCaptureProvider}/${NdisPacketCaptureEvent.VmSwitchPacketFragment}`, readVmSwitchFragment],
  [`${rasPacketCaptureProvider}/${RasPacketCaptureEvent.Sent}`, rasSiteReader('sent')],
  [`${rasPacketCaptureProvider}/${RasPacketCaptureEvent.Received}`, rasSiteReader('received')],
  ...[...pktMonShapes].flatMap(([id, shape]): [string, PacketSiteReader][] => {
    const reader = pktMonSiteReader(shape);
    return reader ? [[`${pktMonProvider}/${id}`, reader]] : [];
  }),
]);

/** The reader for events of this provider and id, or undefined when they stand for no packet. All are version 0. */
export function packetSiteReader(provider: string, id: number): PacketSiteReader | undefined {
  return readers.get(`${provider}/${id}`);
}
