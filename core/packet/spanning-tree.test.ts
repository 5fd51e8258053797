import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ethernet, sampleFrames } from './test-frames.ts';

it('a bridge tells the root of its tree', () => {
  const { text, linkType } = sampleFrames['Spanning tree'];
  expect(dissectFrame(bytesOf(text), linkType).at(-1)?.summary).toBe(
    'Rapid Configuration, Root: 32768/1/00-15-5D-0A-0B-0C, Cost: 4, Bridge: 36864/1/00-15-5D-01-02-03, Port: 0x8002',
  );
});

it('a change of the tree is told in four bytes', () => {
  const layers = dissectFrame(bytesOf(ethernet(7, '42 42 03 0000 00 80')), LinkType.Ethernet);
  expect(layers.at(-1)).toMatchObject({ module: 'STP', summary: 'Topology Change Notification', end: 21 });
  expect(layers.at(-1)?.note).toBeUndefined();
});
