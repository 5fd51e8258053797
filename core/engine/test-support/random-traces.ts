import { LinkType } from '../../packet/link-type.ts';
import { bytesOf } from '../../packet/test-frames.ts';
import { corpus } from '../../packet/test-support/corpus.ts';
import { damaged } from '../../packet/test-support/damage.ts';
import { compileScenario } from '../../scenario/compile.ts';
import { hexadecimal } from './named-rows.ts';
import { Dice } from './tcp-traffic.ts';

/** Frames of every protocol in some order, some in fragments, and events between them that nobody knows. */

export interface RandomTrace {
  readonly seed: number;
  readonly rows: number;
  /** Bytes of each frame that are neither damaged nor cut off by the capture; the whole frame where it is left out. */
  readonly soundBytes?: number;
}

/** Columns do not tell whether a header is whole, and filters go by columns: damage behind so much leaves headers alone. */
export const headerBytes = 110;

const frames = Object.values(corpus)
  .filter(({ linkType }) => linkType === LinkType.Ethernet || linkType === LinkType.WiFi)
  .map(({ text, linkType }) => ({ bytes: bytesOf(text), medium: linkType === LinkType.WiFi ? 'wifi' : 'ethernet' }));

/** The trace as the bytes of an ETL file. */
export function randomTrace({ seed, rows, soundBytes }: RandomTrace): Uint8Array {
  const dice = new Dice(seed);
  const lines = Array.from({ length: rows }, (_, row) => `+${row}ms ${statement(dice, soundBytes)}`);
  return compileScenario(`trace cpus=1 buffer=64KiB\n${lines.join('\n')}`);
}

function statement(dice: Dice, soundBytes: number | undefined): string {
  if (dice.chance(5)) return `event {11111111-2222-3333-4444-555555555555} id=${dice.roll(9)} payload=0011AABB`;
  const { bytes, medium } = dice.among(frames);
  const frame = soundBytes === undefined ? bytes : damagedBehind(bytes, soundBytes, dice);
  const cuttable = Math.max(0, frame.length - (soundBytes ?? frame.length));
  const cut = soundBytes !== undefined && dice.chance(30) ? ` snap=${frame.length - dice.roll(cuttable + 1)}` : '';
  const first = dice.roll(frame.length);
  const pieces = cut === '' && first > 0 && dice.chance(20) ? ` fragments=${first},${frame.length - first}` : '';
  const place = `pid${dice.roll(3) * 4} tid${dice.roll(9)} ndis ${dice.among(['in', 'out'])} miniport=${dice.roll(3)}`;
  return `${place} medium=${medium}${pieces}${cut} | bytes ${hexadecimal(frame)}`;
}

function damagedBehind(frame: Uint8Array, soundBytes: number, dice: Dice): Uint8Array {
  const other = dice.among(frames).bytes;
  const rest = damaged(frame.subarray(soundBytes), other.subarray(soundBytes), (limit) => dice.roll(limit));
  return Uint8Array.from([...frame.subarray(0, soundBytes), ...rest]);
}
