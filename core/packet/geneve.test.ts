import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, datagram, ipv4 } from './test-frames.ts';
import { fieldTexts, layersOf } from './test-support/corpus.ts';

const topOf = (payload: string) =>
  dissectFrame(bytesOf(ipv4(17, datagram(50000, 6081, payload))), LinkType.RawIp).at(-1);

it('Geneve tells its network, and has its options as members', () => {
  const geneve = layersOf('Geneve with options')[3];
  expect(geneve.summary).toBe('VNI: 5001, Protocol: TransparentEthernetBridging');
  expect(fieldTexts(geneve.fields, geneve.start).slice(6)).toEqual([
    'Options 01 02 80 01 00 00 00 09 01 03 01 00 @8+12',
    'Option 01 02 80 01 00 00 00 09 @8+8',
    'Class 0x0102 @8+2',
    'Type 0x80 @10+1',
    'Length 1 @11+1',
    'Data 00 00 00 09 @12+4',
    'Option 01 03 01 00 @16+4',
    'Class 0x0103 @16+2',
    'Type 0x01 @18+1',
    'Length 0 @19+1',
  ]);
});

it('another version is not followed', () => {
  expect(topOf('40 00 6558 001389 00 aabb')).toMatchObject({
    module: 'Geneve',
    note: 'Version 1 of Geneve is not read.',
  });
});

it('an option that is longer than the options is shown as far as it goes', () => {
  const geneve = topOf('01 00 0800 001389 00 0102 80 1f');
  expect(geneve?.fields.at(-1)).toMatchObject({ name: 'Options', length: 4, members: [{ name: 'Option', length: 4 }] });
});
