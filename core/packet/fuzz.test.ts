import { expect, it } from 'vitest';
import { WordInterner } from '../base/word-interner.ts';
import { FrameScanner } from './scan.ts';
import { bytesOf } from './test-frames.ts';
import { corpus } from './test-support/corpus.ts';
import { damaged, randomNumbers } from './test-support/damage.ts';
import { emptyColumns } from './test-support/frame-columns.ts';
import { expectSoundLayers } from './test-support/sound-layers.ts';

const frames = Object.values(corpus).map(({ linkType, text }) => ({ linkType, bytes: bytesOf(text) }));
const rounds = 200_000;

it(
  `${rounds} damaged frames of every kind are dissected and scanned without reading outside`,
  { timeout: 180_000 },
  () => {
    const random = randomNumbers(20_240_610);
    const scanner = new FrameScanner({ macPairs: new WordInterner(3), ipv6Addresses: new WordInterner(4) });
    let seen = 0;
    for (let round = 0; round < rounds; round++) {
      const { linkType, bytes } = frames[round % frames.length];
      const frame = damaged(bytes, frames[random(frames.length)].bytes, random);
      expectSoundLayers(frame, linkType);
      // The view throws when it is read outside. What looks at single bytes, the dissectors share, whose frame is guarded.
      const columns = emptyColumns(frame.length);
      scanner.scan(new DataView(frame.buffer, frame.byteOffset, frame.length), 0, frame.length, linkType, columns, 0);
      if (columns.application[0] > 0) seen++;
    }
    expect(seen).toBeGreaterThan(rounds / 20);
  },
);
