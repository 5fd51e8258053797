import { expect, it } from 'vitest';
import { moduleFamily } from './module-family.ts';

it('gives each transport its family', () => {
  expect(['TCP', 'UDP', 'ICMP', 'ICMPv6', 'ARP'].map(moduleFamily)).toEqual(['tcp', 'udp', 'icmp', 'icmp', 'arp']);
});

it('leaves packets without a known transport plain', () => {
  expect(['Ethernet', 'VLAN', 'IPv6'].map(moduleFamily)).toEqual(['other', 'other', 'other']);
});

it('takes every other module for an ETW provider', () => {
  expect(moduleFamily('Microsoft_Windows_Hyper_V_VmSwitch')).toBe('etw');
});
