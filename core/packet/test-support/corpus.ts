import { dissectFrame } from '../dissect.ts';
import type { Layer, LayerField } from '../layer.ts';
import { topmostLayer } from '../stack.ts';
import { bytesOf } from '../test-frames.ts';
import { datagramArea } from './corpus-datagrams.ts';
import { networkArea } from './corpus-network.ts';
import { streamArea } from './corpus-streams.ts';
import { tunnelArea } from './corpus-tunnels.ts';
import type { Corpus, Judges } from './tshark-judge.ts';

/** Every part of the protocols; a new one is one more entry. */
const areas = [datagramArea, networkArea, streamArea, tunnelArea];

/** Frames of every kind that the dissectors read, for tests that go over all of them. */
export const corpus: Corpus = Object.assign({}, ...areas.map((area) => area.frames)) as Corpus;

export const judges: Judges = Object.assign({}, ...areas.map((area) => area.judges)) as Judges;

/** The layers of a frame of the corpus, bottom first. `bytes` cuts it. */
export function layersOf(name: string, bytes = Infinity): Layer[] {
  const { text, linkType } = corpus[name];
  return dissectFrame(bytesOf(text).subarray(0, bytes), linkType);
}

/** The topmost of these layers. */
export function topOf(name: string, bytes = Infinity): Layer {
  const top = topmostLayer(layersOf(name, bytes));
  if (top === undefined) throw new Error(`nothing was dissected of ${name}`);
  return top;
}

/** `Name value @start+length` of each field, members behind their field. */
export function fieldTexts(fields: readonly LayerField[], from = 0): string[] {
  return fields.flatMap(({ name, value, start, length, members = [] }) => [
    `${name} ${value} @${start - from}+${length}`,
    ...fieldTexts(members, from),
  ]);
}
