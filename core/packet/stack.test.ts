import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { layerOfModule, packetLine, topmostLayer } from './stack.ts';
import { bytesOf, ethernet, ipv4, sampleFrames, tcp } from './test-frames.ts';

const lineOf = (name: string) => {
  const { text, linkType } = sampleFrames[name];
  return packetLine(dissectFrame(bytesOf(text), linkType));
};

describe('the line of a packet', () => {
  it('has the summary of the topmost layer and the addresses of the topmost layer that has some', () => {
    expect(lineOf('TCP SYN')).toEqual({
      module: 'TCP',
      summary:
        'Flags: ......S., SrcPort: 52891, DstPort: HTTP(80), Length: 0, Seq Range: 1717747265 - 1717747266, Ack: 0, Win: 8192(negotiating scale factor: 8)',
      source: '10.0.0.4',
      destination: '10.0.0.5',
    });
  });

  it('shows IPv6 addresses in their shortest form', () => {
    expect(lineOf('Neighbor Solicitation')).toMatchObject({ source: 'fe80::1', destination: 'ff02::1' });
  });

  it('shows the protocol addresses of ARP', () => {
    expect(lineOf('ARP')).toMatchObject({ module: 'ARP', source: '10.0.0.4', destination: '10.0.0.5' });
  });

  it('falls back to MAC addresses', () => {
    expect(lineOf('Spanning tree')).toMatchObject({
      module: 'STP',
      source: '00-15-5D-0A-0B-0C',
      destination: '00-15-5D-01-02-03',
    });
  });

  it('is missing when nothing was dissected', () => {
    expect(packetLine([])).toBeUndefined();
    expect(topmostLayer([])).toBeUndefined();
  });
});

it('of two layers of one module the inner one is found', () => {
  const layers = dissectFrame(bytesOf(ethernet(0x0800, ipv4(4, ipv4(6, tcp(0x10))))), LinkType.Ethernet);
  expect(layerOfModule(layers, 'IPv4')?.start).toBe(34);
  expect(layerOfModule(layers, 'UDP')).toBeUndefined();
});
