import { datagramArea } from './corpus-datagrams.ts';
import { networkArea } from './corpus-network.ts';
import { streamArea } from './corpus-streams.ts';
import { tunnelArea } from './corpus-tunnels.ts';
import type { Corpus, Judges } from './tshark-judge.ts';

/** Every part of the protocols; a new one is one more entry. */
const areas = [networkArea, tunnelArea, datagramArea, streamArea];

/** Frames of every kind that the dissectors read, for tests that go over all of them. */
export const corpus: Corpus = Object.assign({}, ...areas.map((area) => area.frames)) as Corpus;

export const judges: Judges = Object.assign({}, ...areas.map((area) => area.judges)) as Judges;
