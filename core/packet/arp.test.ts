import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { arpRequest, bytesOf, ethernet, sourceMac } from './test-frames.ts';

const layerOf = (text: string) => dissectFrame(bytesOf(ethernet(0x0806, text)), LinkType.Ethernet)[1];

describe('an ARP packet', () => {
  it('is summarised by who asks for whom', () => {
    expect(layerOf(arpRequest)).toMatchObject({
      summary: 'Request, SenderIP: 10.0.0.4, TargetIP: 10.0.0.5',
      source: '10.0.0.4',
      destination: '10.0.0.5',
    });
    expect(layerOf(arpRequest.replace('04 0001', '04 0002')).summary).toBe(
      'Reply, SenderIP: 10.0.0.4, TargetIP: 10.0.0.5',
    );
    expect(layerOf(arpRequest.replace('04 0001', '04 0063')).summary).toBe(
      'Operation 99, SenderIP: 10.0.0.4, TargetIP: 10.0.0.5',
    );
  });

  it('has its fields with their bytes, and ends before the padding', () => {
    const layer = layerOf(`${arpRequest} ${'00'.repeat(18)}`);
    expect(layer.end).toBe(42);
    expect(layer.fields.map(({ name, value, start, length }) => `${name} ${value} @${start}+${length}`)).toEqual([
      'HardwareType Ethernet(1) @14+2',
      'ProtocolType IPv4(0x0800) @16+2',
      'HardwareAddressLength 6 @18+1',
      'ProtocolAddressLength 4 @19+1',
      'Operation Request(1) @20+2',
      'SenderHardwareAddress 00-15-5D-0A-0B-0C @22+6',
      'SenderProtocolAddress 10.0.0.4 @28+4',
      'TargetHardwareAddress 00-00-00-00-00-00 @32+6',
      'TargetProtocolAddress 10.0.0.5 @38+4',
    ]);
  });

  it('shows addresses of other protocols as bytes, and leaves the columns to the layer below', () => {
    const layer = layerOf(`0006 1234 02 03 0001 aabb 010203 ccdd 040506`);
    expect(layer.summary).toBe('Request, Sender: 01 02 03, Target: 04 05 06');
    expect(layer.source).toBeUndefined();
  });

  it('says what a cut packet still tells', () => {
    expect(layerOf(`0001 0800 06 04 0001 ${sourceMac} 0a000004`).summary).toBe('Request, SenderIP: 10.0.0.4');
    expect(layerOf('0001').summary).toBe('Truncated');
  });
});
