import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, datagram, ipv4 } from './test-frames.ts';
import { fieldTexts, topOf } from './test-support/corpus.ts';

const layerOf = (payload: string) =>
  dissectFrame(bytesOf(ipv4(17, datagram(50000, 443, payload))), LinkType.RawIp).at(-1);

it.each([
  ['QUIC initial', 'Initial, Version: 1, DCID: 0102030405060708, SCID: aabb'],
  [
    'QUIC handshake and 0-RTT',
    'Handshake, Version: 1, DCID: 01020304, SCID: aabb; 0-RTT, Version: 1, DCID: 01020304, SCID: aabb',
  ],
  ['QUIC retry', 'Retry, Version: 1, SCID: aabb'],
  [
    'QUIC version negotiation',
    'Version Negotiation, DCID: 0102, SCID: aabb, Supported Versions: [0x00000001, 0x6B3343CF]',
  ],
])('%s', (name, summary) => {
  expect(topOf(name)).toMatchObject({ module: 'QUIC', summary });
});

it('the types of version 2 are turned round', () => {
  expect(layerOf('d0 6b3343cf 00 00 00 01 00')?.summary).toBe('Initial, Version: 2');
  expect(layerOf(`c0 6b3343cf 00 00 ${'11'.repeat(16)}`)?.summary).toBe('Retry, Version: 2');
});

it('lengths take one to eight bytes', () => {
  const { fields, start } = topOf('QUIC initial');
  expect(fieldTexts(fields, start).slice(-4)).toEqual([
    'TokenLength 2 @17+1',
    'Token 09 09 @18+2',
    'Length 32 @20+2',
    'ProtectedPayload 32 bytes @22+32',
  ]);
});

it('short headers and unknown versions are left alone', () => {
  expect(layerOf('40 01020304 05 06')?.module).toBe('UDP');
  expect(layerOf('c0 51303530 00 00 00')?.module).toBe('UDP');
});
