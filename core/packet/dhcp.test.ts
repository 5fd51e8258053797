import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import type { Layer, LayerField } from './layer.ts';
import { LinkType } from './link-type.ts';
import {
  ascii,
  bytesOf,
  datagram,
  dhcpAcknowledgment,
  dhcpDiscover,
  dhcpv6Relayed,
  dhcpv6Reply,
  dhcpv6Solicit,
  domainName,
  ipv4,
  word,
} from './test-frames.ts';

const overUdp = (port: number, message: string): Layer | undefined =>
  dissectFrame(bytesOf(ipv4(17, datagram(port, port, message))), LinkType.RawIp).at(-1);
const fieldAt = (fields: readonly LayerField[] | undefined, ...path: string[]): LayerField | undefined => {
  const field = fields?.find(({ name }) => name === path[0]);
  return path.length === 1 ? field : fieldAt(field?.members, ...path.slice(1));
};
const valueAt = (layer: Layer | undefined, ...path: string[]): string | undefined =>
  fieldAt(layer?.fields, ...path)?.value;

describe('DHCP for IPv4', () => {
  it('is summarised by its message type, wherever the option stands', () => {
    expect(overUdp(67, dhcpDiscover)?.summary).toBe('Request, MsgType: Discover, TransactionID: 0x3D1D12E5');
    expect(overUdp(68, dhcpAcknowledgment)?.summary).toBe(
      'Reply, MsgType: Ack, TransactionID: 0x3D1D12E5, YourIP: 10.0.0.5',
    );
  });

  it('without options is BOOTP', () => {
    const layer = overUdp(67, dhcpDiscover.slice(0, dhcpDiscover.indexOf('63825363')));
    expect(layer).toMatchObject({ module: 'DHCPv4', summary: 'Request, TransactionID: 0x3D1D12E5' });
    expect(layer?.note).toBeUndefined();
  });

  it.each([
    ['ClientIdentifier', '00-15-5D-0A-0B-0C'],
    ['ClientFQDN', 'pc7.lan'],
    ['ParameterRequestList', '1, 3, 6, 249'],
    ['ClientMachineIdentifier', '{04030201-0605-0807-0910-111213141516}'],
    ['RelayAgentInformation', 'AgentCircuitID, AgentRemoteID'],
    ['VendorSpecificInformation', 'dc 00'],
  ])('reads the option %s', (name, value) => {
    expect(valueAt(overUdp(67, dhcpDiscover), 'Options', name)).toBe(value);
  });

  it('reads routes without a class', () => {
    expect(valueAt(overUdp(68, dhcpAcknowledgment), 'Options', 'ClasslessStaticRoute')).toBe(
      '192.168.1.0/24 via 10.0.0.254, 0.0.0.0/0 via 10.0.0.254',
    );
  });

  it('reads options that stand in the fields before them', () => {
    const layer = overUdp(68, dhcpAcknowledgment);
    expect(valueAt(layer, 'BootFileName', 'NTPServers')).toBe('10.0.0.3');
    expect(valueAt(layer, 'ServerHostName')).toBe('dc01');
  });

  it('shows a value that has not the shape of its option as bytes', () => {
    const withOption = (option: string): Layer | undefined => overUdp(67, dhcpDiscover.replace(/35 01 01/, option));
    expect(valueAt(withOption('03 05 0a00000102'), 'Options', 'Router')).toBe('0a 00 00 01 02');
    expect(valueAt(withOption('79 02 2101'), 'Options', 'ClasslessStaticRoute')).toBe('21 01');
    expect(valueAt(withOption('77 02 c000'), 'Options', 'DomainSearch')).toBe('.');
    expect(valueAt(withOption('77 02 05aa'), 'Options', 'DomainSearch')).toBe('05 aa');
  });
});

describe('DHCP for IPv6', () => {
  it('is summarised by its message type', () => {
    expect(overUdp(546, dhcpv6Reply)?.summary).toBe('Reply, TransactionID: 0x123456');
    expect(overUdp(547, dhcpv6Relayed)?.summary).toBe('Relay-Forward, Hop Count: 0, Link: 2001:db8::1, Peer: fe80::44');
  });

  it('has addresses and prefixes inside its associations', () => {
    const layer = overUdp(546, dhcpv6Reply);
    expect(valueAt(layer, 'Options', 'IA_NA', 'Options', 'IAAddress')).toBe('2001:db8::44');
    expect(valueAt(layer, 'Options', 'IA_PD', 'Options', 'IAPrefix')).toBe('2001:db8:1::/56');
    expect(valueAt(layer, 'Options', 'StatusCode')).toBe('Success');
  });

  it('has the relayed message inside the relaying one', () => {
    const path = ['Options', 'RelayMessage'];
    expect(valueAt(overUdp(547, dhcpv6Relayed), ...path)).toBe('Solicit, TransactionID: 0x123456');
    expect(valueAt(overUdp(547, dhcpv6Relayed), ...path, 'Options', 'ClientFQDN')).toBe('pc7.lan');
  });

  it('follows no more relays than there may be', () => {
    const relayed = (message: string): string =>
      `0c 00 ${'00'.repeat(32)} 0009 ${word(bytesOf(message).length)} ${message}`;
    let message = dhcpv6Solicit;
    for (let relays = 0; relays < 9; relays++) message = relayed(message);
    const innermost = (field: LayerField | undefined): LayerField | undefined => {
      const inside = fieldAt(field?.members, 'Options', 'RelayMessage');
      return inside === undefined ? field : innermost(inside);
    };
    const last = innermost(fieldAt(overUdp(547, message)?.fields, 'Options', 'RelayMessage'));
    expect(last?.members).toBeUndefined();
    expect(last?.value).toMatch(/^01 12 34 56/);
  });

  it('reads a host name without a closing zero', () => {
    const name = `0027 0005 00 03 ${ascii('pc7')}`;
    expect(valueAt(overUdp(547, `01 123456 ${name}`), 'Options', 'ClientFQDN')).toBe('pc7');
    const whole = `0027 0006 00 ${domainName('pc7')}`;
    expect(valueAt(overUdp(547, `01 123456 ${whole}`), 'Options', 'ClientFQDN')).toBe('pc7');
  });
});
