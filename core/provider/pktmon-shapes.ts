import { PktMonEvent } from './pktmon.ts';

/**
 * How the events of pktmon that are about one packet lie: packed, always the same blocks, at other places. Offsets count
 * from the user data; -1 is a block that the event does not have.
 */
export interface PktMonShape {
  /** PktGroupId 8, PktNumber or PktCount 2, AppearanceCount 2. */
  readonly groupAt: number;
  /** DirTag, PacketType, ComponentId, EdgeId, FilterId 2 each, DropReason and DropLocation 4 each. */
  readonly placeAt: number;
  /** DestinationMAC and SourceMAC 6 each, EtherType and VlanId 2 each. */
  readonly ethernetAt: number;
  /** DestinationIP and SourceIP, Protocol 1, DestinationPort and SourcePort 2 each. */
  readonly networkAt: number;
  readonly addressLength: 0 | 4 | 16;
  /** TCPFlags 1. */
  readonly tcpFlagsAt: number;
  /** OriginalPayloadSize 2, LoggedPayloadSize 2, the payload. */
  readonly payloadAt: number;
  readonly isDrop: boolean;
}

const groupSize = 12;
export const pktMonPlaceSize = 18;
const ethernetSize = 16;
/** Protocol and ports behind the addresses. */
const protocolAndPortsSize = 5;

/** 120 to 150: the headers that pktmon parsed, and no bytes of the packet. */
function parsedHeaders(addressLength: 4 | 16, isDrop: boolean): PktMonShape {
  const tcpFlagsAt = ethernetSize + 2 * addressLength + protocolAndPortsSize;
  const groupAt = tcpFlagsAt + 1;
  const placeAt = groupAt + groupSize;
  return { groupAt, placeAt, ethernetAt: 0, networkAt: ethernetSize, addressLength, tcpFlagsAt, payloadAt: -1, isDrop };
}

const noHeaders = { ethernetAt: -1, networkAt: -1, addressLength: 0, tcpFlagsAt: -1 } as const;

/** 160, 170, 240: the 30 bytes of metadata that the streaming API has too, then the payload. */
function frame(isDrop: boolean): PktMonShape {
  return { groupAt: 0, placeAt: groupSize, ...noHeaders, payloadAt: groupSize + pktMonPlaceSize, isDrop };
}

/** 180, 190, 250, 260: the metadata, then what NDIS knows of the packet; nothing of its bytes. */
function metadata(isDrop: boolean): PktMonShape {
  return { ...frame(isDrop), payloadAt: -1 };
}

/** 200 to 230: no group, but the IP header's facts, then the payload from a layer on that PacketType names. */
function headerInfo(addressLength: 4 | 16, isDrop: boolean): PktMonShape {
  const networkAt = pktMonPlaceSize;
  const payloadAt = networkAt + 2 * addressLength + protocolAndPortsSize;
  return { groupAt: -1, placeAt: 0, ethernetAt: -1, networkAt, addressLength, tcpFlagsAt: -1, payloadAt, isDrop };
}

/** By event id. */
export const pktMonShapes: ReadonlyMap<number, PktMonShape> = new Map([
  [PktMonEvent.ParsedIpv4, parsedHeaders(4, false)],
  [PktMonEvent.ParsedIpv6, parsedHeaders(16, false)],
  [PktMonEvent.DroppedParsedIpv4, parsedHeaders(4, true)],
  [PktMonEvent.DroppedParsedIpv6, parsedHeaders(16, true)],
  [PktMonEvent.Frame, frame(false)],
  [PktMonEvent.DroppedFrame, frame(true)],
  [PktMonEvent.NblInformation, metadata(false)],
  [PktMonEvent.DroppedNblInformation, metadata(true)],
  [PktMonEvent.Ipv4Payload, headerInfo(4, false)],
  [PktMonEvent.DroppedIpv4Payload, headerInfo(4, true)],
  [PktMonEvent.Ipv6Payload, headerInfo(16, false)],
  [PktMonEvent.DroppedIpv6Payload, headerInfo(16, true)],
  [PktMonEvent.DuplicateDrop, frame(true)],
  [PktMonEvent.Context, metadata(false)],
  [PktMonEvent.DroppedContext, metadata(true)],
]);

/** Where pktmon saw a packet, and what became of it there. */
export interface PktMonPlace {
  /** DirTag: see directionMap of pktmon.ts. */
  readonly direction: number;
  readonly packetType: number;
  readonly component: number;
  readonly edge: number;
  readonly filter: number;
  readonly isDrop: boolean;
  readonly dropReason: number;
  readonly dropLocation: number;
}

/** The place in the user data view[start..end) of a pktmon event about one packet; undefined of any other, or a cut one. */
export function pktMonPlace(view: DataView, start: number, end: number, eventId: number): PktMonPlace | undefined {
  const shape = pktMonShapes.get(eventId);
  const at = start + (shape?.placeAt ?? 0);
  if (!shape || at + pktMonPlaceSize > end) return undefined;
  return {
    direction: view.getUint16(at, true),
    packetType: view.getUint16(at + 2, true),
    component: view.getUint16(at + 4, true),
    edge: view.getUint16(at + 6, true),
    filter: view.getUint16(at + 8, true),
    isDrop: shape.isDrop,
    dropReason: view.getUint32(at + 10, true),
    dropLocation: view.getUint32(at + 14, true),
  };
}
