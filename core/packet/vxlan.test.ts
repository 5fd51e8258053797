import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { packetLine } from './stack.ts';
import { bytesOf, datagram, ethernet, ipv4, tcpSyn } from './test-frames.ts';
import { fieldTexts, layersOf } from './test-support/corpus.ts';

const layersTo = (port: number, payload: string) =>
  dissectFrame(bytesOf(ipv4(17, datagram(4789, port, payload))), LinkType.RawIp);

it('VXLAN tells its network, and the row is the inner packet', () => {
  const layers = layersOf('VXLAN');
  const vxlan = layers[3];
  expect(vxlan.summary).toBe('VNI: 5001');
  expect(fieldTexts(vxlan.fields, vxlan.start)).toEqual(['Flags 0x08 @0+1', 'I true @0+1', 'VNI 5001 @4+3']);
  expect(packetLine(layers)).toMatchObject({ module: 'TCP', source: '10.0.0.4' });
});

it('only the destination port tells', () => {
  const frame = `08 000000 001389 00 ${ethernet(0x0800, ipv4(6, tcpSyn))}`;
  expect(layersTo(4789, frame).map(({ module }) => module)).toContain('VXLAN');
  expect(layersTo(50000, frame).map(({ module }) => module)).toEqual(['IPv4', 'UDP']);
});

it('a header without the I flag is noted, a cut one is shown as far as it goes', () => {
  expect(layersTo(4789, `00 000000 001389 00 ${ethernet(0x0800, '')}`)[2].note).toMatch(/^The I flag is not set/);
  expect(layersTo(4789, '08 0000').at(-1)).toMatchObject({ module: 'VXLAN', summary: 'Truncated' });
});

it('tunnels in tunnels end after 24 layers', () => {
  let frame = ethernet(0x0800, ipv4(6, tcpSyn));
  for (let depth = 0; depth < 10; depth++)
    frame = ethernet(0x0800, ipv4(17, datagram(50000, 4789, `08 000000 001389 00 ${frame}`)));
  expect(dissectFrame(bytesOf(frame), LinkType.Ethernet)).toHaveLength(24);
});
