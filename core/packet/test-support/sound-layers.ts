import { dissectFrame } from '../dissect.ts';
import type { LayerField } from '../layer.ts';
import type { LinkType } from '../link-type.ts';
import { packetLine } from '../stack.ts';
import { guarded } from '../test-frames.ts';

/**
 * Dissects with a frame that throws when it is read outside. Throws as well when a range lies outside, when a text shows
 * that bytes were missing, or when it would break a line.
 */
export function expectSoundLayers(bytes: Uint8Array, linkType: LinkType): void {
  const layers = dissectFrame(guarded(bytes), linkType, { windowShift: 7 });
  packetLine(layers);
  for (const layer of layers) {
    const isInside = layer.start <= layer.end && layer.end <= bytes.length;
    if (!isInside || layer.summary === '') throw new Error(`unsound ${layer.module} layer`);
    expectReadable(layer.module, layer.summary);
    for (const field of layer.fields) expectInside(field, layer.start, bytes.length);
  }
}

function expectInside(field: LayerField, start: number, end: number): void {
  const { name, value, start: fieldStart, length, members = [] } = field;
  if (fieldStart < start || length < 0 || fieldStart + length > end) throw new Error(`${name} lies outside`);
  expectReadable(name, value);
  for (const member of members) expectInside(member, fieldStart, fieldStart + length);
}

function expectReadable(name: string, text: string): void {
  if (/\b(undefined|NaN)\b|\p{Cc}/u.test(text)) throw new Error(`${name}: ${JSON.stringify(text)}`);
}
