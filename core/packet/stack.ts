import type { Layer } from './layer.ts';
import type { PacketModule } from './module.ts';

/** What the analysis grid shows of a packet. */
export interface PacketLine {
  /** The topmost layer's module, and its summary. */
  readonly module: PacketModule;
  readonly summary: string;
  /** Addresses of the topmost layer that has any; empty when none has. */
  readonly source: string;
  readonly destination: string;
}

/** The layer that speaks for the packet, or undefined when nothing was dissected. */
export function topmostLayer(layers: readonly Layer[]): Layer | undefined {
  return layers.at(-1);
}

/** The topmost layer of a module: of two IPv4 layers, the inner one. */
export function layerOfModule(layers: readonly Layer[], module: PacketModule): Layer | undefined {
  return layers.findLast((layer) => layer.module === module);
}

/** The line of a packet in the grid, or undefined when nothing was dissected. */
export function packetLine(layers: readonly Layer[]): PacketLine | undefined {
  const top = topmostLayer(layers);
  if (top === undefined) return undefined;
  const addressed = layers.findLast((layer) => layer.source !== undefined || layer.destination !== undefined);
  return {
    module: top.module,
    summary: top.summary,
    source: addressed?.source ?? '',
    destination: addressed?.destination ?? '',
  };
}
