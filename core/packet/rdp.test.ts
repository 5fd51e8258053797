import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv4, segment } from './test-frames.ts';
import { topOf } from './test-support/corpus.ts';

const layerOf = (port: number, payload: string) =>
  dissectFrame(bytesOf(ipv4(6, segment(50000, port, payload))), LinkType.RawIp).at(-1);

it.each([
  [
    'RDP connection request',
    'Connection Request, Cookie: mstshash=alice, Requested Protocols: TLS | CredSSP | CredSSPEx',
  ],
  ['RDP connection confirm', 'Connection Confirm, Selected Protocol: CredSSP'],
  ['RDP refusal', 'Connection Confirm, Failure: Hybrid required by server'],
  ['RDP data', 'Data'],
])('%s', (name, summary) => {
  expect(topOf(name)).toMatchObject({ module: 'RDP', summary });
});

it('connections to virtual machines are RDP too', () => {
  expect(layerOf(2179, '0300 000b 06 e0 0000 0000 00')).toMatchObject({ module: 'RDP', summary: 'Connection Request' });
  expect(layerOf(2180, '0300 000b 06 e0 0000 0000 00')?.module).toBe('TCP');
});
