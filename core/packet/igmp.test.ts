import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv4 } from './test-frames.ts';

const layerOf = (text: string) => dissectFrame(bytesOf(ipv4(2, text)), LinkType.RawIp)[1];

describe('an IGMP message', () => {
  it.each([
    ['11 64 abcd 00000000', 'Membership Query, Group: 0.0.0.0'],
    ['16 00 abcd effffffa', 'Version 2 Membership Report, Group: 239.255.255.250'],
    ['17 00 abcd effffffa', 'Leave Group, Group: 239.255.255.250'],
    ['22 00 abcd 0000 0001 04 00 0000 effffffa', 'Version 3 Membership Report, Group Records: 1'],
    ['99 00 abcd 00000000', 'Type: 0x99, Group: 0.0.0.0'],
  ])('%s is summarised: %s', (text, summary) => {
    expect(layerOf(text).summary).toBe(summary);
  });

  it('shows the records of a version 3 report', () => {
    const record = layerOf('22 00 abcd 0000 0001 04 00 0001 effffffa 0a000004').fields.at(-1);
    expect(record).toMatchObject({ name: 'GroupRecord', value: '239.255.255.250', start: 28, length: 12 });
    expect(record?.members?.at(-1)).toMatchObject({ name: 'SourceAddress', value: '10.0.0.4', start: 36 });
  });

  it('stops at the last record that is there, whatever the count says', () => {
    const layer = layerOf('22 00 abcd 0000 ffff 04 00 0000 effffffa');
    expect(layer.fields.filter((field) => field.name === 'GroupRecord')).toHaveLength(1);
  });
});
