import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv4, tcpSyn, udp } from './test-frames.ts';
import { fieldTexts, layersOf } from './test-support/corpus.ts';

const layersBehind = (gre: string) => dissectFrame(bytesOf(ipv4(47, gre)), LinkType.RawIp);
const modulesBehind = (gre: string) => layersBehind(gre).map(({ module }) => module);

describe('GRE', () => {
  it('tells its protocol, key and sequence', () => {
    const gre = layersOf('GRE with checksum, key and sequence')[2];
    expect(gre.summary).toBe('Protocol: IPv6, Key: 0x00000064, SequenceNumber: 7');
    expect(fieldTexts(gre.fields, gre.start)).toEqual([
      'Flags 0xB000 @0+2',
      'Checksum true @0+2',
      'Routing false @0+2',
      'Key true @0+2',
      'Sequence true @0+2',
      'Version 0 @0+2',
      'ProtocolType IPv6(0x86DD) @2+2',
      'Checksum 0xABCD @4+2',
      'Key 0x00000064 @8+4',
      'SequenceNumber 7 @12+4',
    ]);
  });

  it('may carry a VLAN tag', () => {
    expect(modulesBehind(`0000 8100 0064 0800 ${ipv4(6, tcpSyn)}`)).toEqual(['IPv4', 'GRE', 'VLAN', 'IPv4', 'TCP']);
  });

  it.each([
    ['0001 880b 0000 0000', 'Version 1 of GRE is not read.'],
    ['4000 0800 0000 0000', 'Source routes are not read.'],
  ])('%s is not followed', (gre, note) => {
    const layers = layersBehind(gre);
    expect(layers).toHaveLength(2);
    expect(layers[1]).toMatchObject({ module: 'GRE', note });
    expect(layers[1].fields.at(-1)).toMatchObject({ name: 'Payload', length: 4 });
  });

  it('has no frames with a length in place of the type', () => {
    expect(modulesBehind('0000 0026 42 42 03 00')).toEqual(['IPv4', 'GRE']);
  });
});

describe('NVGRE', () => {
  it('is GRE with a key and nothing else before an Ethernet frame', () => {
    const [, , nvgre, inner] = layersOf('NVGRE');
    expect(nvgre).toMatchObject({ module: 'NVGRE', summary: 'VSID: 5001, FlowID: 7' });
    expect(inner.module).toBe('Ethernet');
    expect(modulesBehind('3000 6558 00138907 00000001')[1]).toBe('GRE');
    expect(modulesBehind('2000 0800 00138907')[1]).toBe('GRE');
  });

  it('says as much of a cut header as is there', () => {
    expect(layersBehind('2000 6558 001389').at(-1)).toMatchObject({ module: 'NVGRE', summary: 'VSID: 5001' });
    expect(layersBehind('2000 65').at(-1)).toMatchObject({ module: 'GRE', summary: 'Truncated' });
  });
});

it('an inner packet ends where the outer one ends', () => {
  const inner = ipv4(17, udp('0102'), { totalLength: 200 });
  const layers = dissectFrame(bytesOf(`${ipv4(47, `0000 0800 ${inner}`)} 00 00 00 00`), LinkType.RawIp);
  expect(layers[2]).toMatchObject({ module: 'IPv4', end: 54 });
  expect(layers[2].note).toBeUndefined();
});
