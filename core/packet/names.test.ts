import { describe, expect, it } from 'vitest';
import { etherTypeName, etherTypeText } from './ethertypes.ts';
import { ipProtocolName, ipProtocolNamed, ipProtocolNames, ipProtocolText } from './ip-protocols.ts';
import { portNamed, portText, wellKnownPorts } from './well-known-ports.ts';

describe('ports', () => {
  it.each([
    [80, 'HTTP(80)'],
    [443, 'HTTPS(443)'],
    [53, 'DNS(53)'],
    [389, 'LDAP(389)'],
    [445, 'SMB(445)'],
    [3389, 'RDP(3389)'],
    [88, 'Kerberos(88)'],
    [52891, '52891'],
  ])('%i is written %s', (port, text) => {
    expect(portText(port)).toBe(text);
  });

  it('are found by name in any letter case', () => {
    expect(portNamed('HTTP')).toBe(80);
    expect(portNamed('kerberos')).toBe(88);
    expect(portNamed('nonsense')).toBeUndefined();
  });

  it('have names of their own', () => {
    expect(new Set([...wellKnownPorts.values()].map((name) => name.toLowerCase())).size).toBe(wellKnownPorts.size);
  });
});

describe('IP protocols', () => {
  it('are named as Message Analyzer named them', () => {
    expect([6, 17, 58].map(ipProtocolName)).toEqual(['TCP', 'UDP', 'IPv6ICMP']);
    expect(ipProtocolText(6)).toBe('TCP(6)');
    expect(ipProtocolText(200)).toBe('200');
  });

  it('are found by name in any letter case', () => {
    expect(ipProtocolNamed('udp')).toBe(17);
    expect(ipProtocolNamed('ICMPv6')).toBe(58);
    expect(ipProtocolNamed('nonsense')).toBeUndefined();
    expect(new Set(ipProtocolNames.values()).size).toBe(ipProtocolNames.size);
  });
});

it('EtherTypes without a name are written as numbers', () => {
  expect(etherTypeName(0x0800)).toBe('IPv4');
  expect(etherTypeText(0x0800)).toBe('IPv4(0x0800)');
  expect(etherTypeName(0x88e7)).toBe('0x88E7');
  expect(etherTypeText(0x88e7)).toBe('0x88E7');
});
