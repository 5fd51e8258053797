import type { PacketModule } from './module.ts';

/** More layers than any real packet has: a frame of nothing but VLAN tags, or of tunnels in tunnels, ends here. */
export const mostLayers = 24;

/** One protocol layer of one packet, dissected because somebody looks at it. Offsets count from the frame's start. */
export interface Layer {
  readonly module: PacketModule;
  /** Message Analyzer's one-line summary of this layer. */
  readonly summary: string;
  /** First byte of the layer's header, and the byte behind everything the layer holds (header and payload). */
  readonly start: number;
  readonly end: number;
  readonly fields: readonly LayerField[];
  /** Addresses to show in the Source and Destination columns when this is the topmost layer that has them. */
  readonly source?: string;
  readonly destination?: string;
  /** What is wrong with the layer, in words: cut short, impossible header length. */
  readonly note?: string;
}

export interface LayerField {
  /** As in a filter: `SourcePort` of `TCP.SourcePort`. */
  readonly name: string;
  readonly value: string;
  /** The field's bytes, `length` 0 when it has none of its own. */
  readonly start: number;
  readonly length: number;
  readonly members?: readonly LayerField[];
}
