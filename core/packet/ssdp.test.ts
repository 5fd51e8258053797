import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import type { Layer } from './layer.ts';
import { LinkType } from './link-type.ts';
import { ascii, bytesOf, datagram, ipv4, ssdpNotify, ssdpResponse, ssdpSearch } from './test-frames.ts';

const topOf = (message: string): Layer | undefined =>
  dissectFrame(bytesOf(ipv4(17, datagram(50123, 1900, message))), LinkType.RawIp).at(-1);

it.each([
  ['announcement', ssdpNotify, 'Request, NOTIFY, NTS: ssdp:alive, NT: upnp:rootdevice'],
  ['search', ssdpSearch, 'Request, M-SEARCH, ST: ssdp:all'],
  ['response', ssdpResponse, 'Response, Status: OK (200), ST: upnp:rootdevice'],
])('an SSDP %s is summarised by what it seeks or offers', (_, message, summary) => {
  expect(topOf(message)).toMatchObject({ module: 'SSDP', summary });
});

it('header lines are members by name', () => {
  const headers = topOf(ssdpNotify)?.fields.find(({ name }) => name === 'Headers');
  expect(headers?.members?.map(({ name }) => name)).toEqual(['HOST', 'CACHE-CONTROL', 'LOCATION', 'NT', 'NTS', 'USN']);
});

it('other text on the port is no SSDP', () => {
  expect(topOf(ascii('GET / HTTP/1.1'))?.module).toBe('UDP');
});
