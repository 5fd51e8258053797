import type { Layer } from './layer.ts';
import type { PacketHeaders } from './told-headers.ts';

/** What is known of a packet beyond its own bytes. */
export interface DissectionContext {
  /** The window scale shift that the sender of this TCP segment announced in its SYN. */
  readonly windowShift?: number;
  /** Headers that were told in place of their bytes: of frames that begin above them (link-type.ts). */
  readonly headers?: PacketHeaders;
}

/** What a dissector is given: the place of one layer in a frame. `start` lies inside the frame. */
export interface LayerInput {
  readonly frame: Uint8Array;
  readonly start: number;
  /** The byte behind the layer as the layer below tells it. Lies outside the frame when the capture is cut. */
  readonly end: number;
  readonly context: DissectionContext;
}

export type Transport = 'TCP' | 'UDP';

/**
 * Which protocol a payload is: a number in one of the registries, LLC or a whole Ethernet frame, which have none, or what
 * the ports and first bytes of a transport payload tell.
 */
export type PayloadProtocol =
  | { readonly registry: 'EtherType' | 'IpProtocol' | 'ServiceAccessPoint'; readonly number: number }
  | { readonly registry: 'LLC' | 'Ethernet' }
  | {
      readonly registry: 'Ports';
      readonly transport: Transport;
      readonly sourcePort: number;
      readonly destinationPort: number;
    };

export interface Payload {
  readonly start: number;
  /** As the layer's own length fields tell it; may lie outside the frame. */
  readonly end: number;
  /** Absent when the payload cannot be read as a layer: application data, a later fragment, encrypted bytes. */
  readonly protocol?: PayloadProtocol;
}

/** One layer, and what it carries. No payload: nothing follows, or the header was too broken to tell. */
export interface Dissection {
  readonly layer: Layer;
  readonly payload?: Payload;
}

/** Reads one layer. Never throws, and never reads outside the frame, whatever the bytes are. */
export type Dissector = (input: LayerInput) => Dissection;
