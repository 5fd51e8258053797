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

/**
 * What a filter compares. Numbers in the unit that is shown, bigint where a number may be above 2^53. Addresses are their
 * bytes (4, 6 or 16) and GUIDs their text.
 */
export type LayerValue = number | bigint | boolean | string | Uint8Array;

/** What is shown of a value, and the value. */
export interface FieldReading {
  readonly value: string;
  readonly raw: LayerValue;
  /** The further values of a list, of which `raw` is the first. */
  readonly more?: readonly LayerValue[];
}

export interface LayerField {
  /** `SourcePort` of `TCP.SourcePort`; how a filter writes it, `fieldPathName` (core/base) says. */
  readonly name: string;
  readonly value: string;
  /** Absent where only the members have values. */
  readonly raw?: LayerValue;
  /** The further values of a list, of which `raw` is the first. */
  readonly more?: readonly LayerValue[];
  /** The field's bytes, `length` 0 when it has none of its own. */
  readonly start: number;
  readonly length: number;
  readonly members?: readonly LayerField[];
}
