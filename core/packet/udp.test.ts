import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv4, udp } from './test-frames.ts';
import { udpSummary } from './udp.ts';

const layerOf = (datagram: string) => dissectFrame(bytesOf(ipv4(17, datagram)), LinkType.RawIp)[1];

it('a datagram is summarised with its length, header included', () => {
  expect(layerOf(udp('0102030405')).summary).toBe('SrcPort: 50123, DstPort: DNS(53), Length: 13');
  expect(udpSummary({ sourcePort: 67, destinationPort: 68, length: 308 })).toBe(
    'SrcPort: DHCPServer(67), DstPort: DHCPClient(68), Length: 308',
  );
});

it('fields have their bytes, and the payload ends where the length says', () => {
  expect(
    layerOf(udp('01020304', 10)).fields.map(({ name, value, start, length }) => `${name} ${value} @${start}+${length}`),
  ).toEqual([
    'SourcePort 50123 @20+2',
    'DestinationPort DNS(53) @22+2',
    'Length 10 @24+2',
    'Checksum 0x1234 @26+2',
    'Payload 2 bytes @28+2',
  ]);
});

it('a length below 8 is noted, and 0 means as far as the packet goes', () => {
  expect(layerOf(udp('0102', 7)).note).toBe('Length of 7 is less than the header of 8 bytes.');
  const unsegmented = layerOf(udp('0102', 0));
  expect(unsegmented.note).toBeUndefined();
  expect(unsegmented.fields.at(-1)).toMatchObject({ name: 'Payload', length: 2 });
});
