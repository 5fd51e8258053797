import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ethernet, ipv4, snap, udp } from './test-frames.ts';

const dissect = (text: string) => dissectFrame(bytesOf(text), LinkType.Ethernet);
const packet = ipv4(17, udp(''));

describe('an Ethernet frame', () => {
  it('is summarised by its type', () => {
    expect(dissect(ethernet(0x0800, packet))[0]).toMatchObject({
      summary: 'Type: IPv4',
      source: '00-15-5D-0A-0B-0C',
      destination: '00-15-5D-01-02-03',
    });
    expect(dissect(ethernet(0x1234, '00'))[0].summary).toBe('Type: 0x1234');
  });

  it('has its fields with their bytes', () => {
    expect(dissect(ethernet(0x0800, packet))[0].fields).toMatchObject([
      { name: 'DestinationAddress', value: '00-15-5D-01-02-03', start: 0, length: 6 },
      { name: 'SourceAddress', value: '00-15-5D-0A-0B-0C', start: 6, length: 6 },
      { name: 'Type', value: 'IPv4(0x0800)', start: 12, length: 2 },
    ]);
  });

  it('up to 0x5DC has a length, and carries LLC that ends there', () => {
    const layers = dissect(ethernet(8 + 28, `${snap(0x0800, packet)} 0000`));
    expect(layers.map(({ module, end }) => `${module} ${end}`)).toEqual([
      'Ethernet 52',
      'LLC 50',
      'SNAP 50',
      'IPv4 50',
      'UDP 50',
    ]);
    expect(layers[0].summary).toBe('Length: 36');
    expect(dissect(ethernet(0x5dc, '42 42 03'))[1].note).toBe('Cut short: 3 of 1500 bytes were captured.');
    expect(dissect(ethernet(0x5dd, '42 42 03'))[0].summary).toBe('Type: 0x05DD');
  });
});

describe('a VLAN tag', () => {
  it('is a layer of its own', () => {
    const layers = dissect(ethernet(0x8100, `b0c8 0800 ${packet}`));
    expect(layers[0].summary).toBe('Type: VLAN');
    expect(layers[1].summary).toBe('VLAN ID: 200, Priority: 5, Type: IPv4');
    expect(layers[1].fields).toMatchObject([
      { name: 'Priority', value: '5', start: 14, length: 2 },
      { name: 'DropEligible', value: 'true', start: 14, length: 2 },
      { name: 'VlanId', value: '200', start: 14, length: 2 },
      { name: 'Type', value: 'IPv4(0x0800)', start: 16, length: 2 },
    ]);
  });

  it.each([0x88a8, 0x9100])('may lie in another one announced by %i', (outer) => {
    const layers = dissect(ethernet(outer, `0064 8100 00c8 0800 ${packet}`));
    expect(layers.map((layer) => layer.module)).toEqual(['Ethernet', 'VLAN', 'VLAN', 'IPv4', 'UDP']);
    expect(layers[1].summary).toMatch(/^VLAN ID: 100, Priority: 0, Type: VLAN$/);
  });

  it('may hold LLC', () => {
    expect(dissect(ethernet(0x8100, '0064 0003 42 42 03')).map((layer) => layer.summary)).toEqual([
      'Type: VLAN',
      'VLAN ID: 100, Priority: 0, Length: 3',
      'Unnumbered frame, C/R: Command, SSAP: 33, DSAP: 33',
    ]);
  });
});

describe('LLC and SNAP', () => {
  const llc = (text: string) => dissect(ethernet(bytesOf(text).length, text));

  it('are summarised by kind of frame, access points and EtherType', () => {
    expect(
      llc(snap(0x0800, packet))
        .slice(1, 3)
        .map((layer) => layer.summary),
    ).toEqual(['Unnumbered frame, C/R: Command, SSAP: 85, DSAP: 85', 'EtherType: IPv4, OrganizationCode: 0x000000']);
    expect(llc('04 05 00 01 aa')[1].summary).toBe('Information frame, C/R: Response, SSAP: 2, DSAP: 2');
    expect(llc('04 04 01 01')[1].summary).toBe('Supervisory frame, C/R: Command, SSAP: 2, DSAP: 2');
  });

  it("leave an organisation's own protocols alone", () => {
    const layers = llc('aa aa 03 00 00 0c 20 00 01 02');
    expect(layers.map((layer) => layer.module)).toEqual(['Ethernet', 'LLC', 'SNAP']);
    expect(layers[2].summary).toBe('EtherType: 0x2000, OrganizationCode: 0x00000C');
    expect(layers[2].fields.at(-1)).toMatchObject({ name: 'Payload', length: 2 });
  });
});
