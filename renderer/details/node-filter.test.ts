import { describe, expect, it } from 'vitest';
import type { DetailNode } from '../../core/engine/contract.ts';
import { nodeFilter } from './node-filter.ts';

const field = (name: string, value: string, children: DetailNode[] = []): DetailNode => ({ name, value, children });
const filterOf = (value: string, children: DetailNode[] = []): string | undefined =>
  nodeFilter([field('TCP', 'Flags: ......S.', [field('Field', value, children)])], 'TCP/Field');

describe('the filter of a field', () => {
  it.each([
    ['52891', '52891'],
    ['HTTP(80)', '80'],
    ['TCP (6)', '6'],
    ['IPv4 (0x0800)', '0x0800'],
    ['8 (32 bytes)', '8'],
    ['0xA1B2', '0xA1B2'],
    ['true', 'true'],
    ['10.0.0.50', '10.0.0.50'],
    ['fe80::215:5dff:fe01:203', 'fe80::215:5dff:fe01:203'],
    ['00-15-5D-01-02-03', '00-15-5D-01-02-03'],
    ['{448ea956-38ff-4620-b022-dd88cac6c896}', '{448ea956-38ff-4620-b022-dd88cac6c896}'],
    ['Layered "Ethernet" C:\\x', '"Layered \\"Ethernet\\" C:\\\\x"'],
  ])('compares with %s', (value, literal) => {
    expect(filterOf(value)).toBe(`TCP.Field == ${literal}`);
  });

  it('names everything on the way to it', () => {
    const nodes = [field('IPv4', ''), field('TCP', '', [field('Flags', '......S.', [field('SYN', 'true')])])];
    expect(nodeFilter(nodes, 'TCP/Flags/SYN')).toBe('TCP.Flags.SYN == true');
    expect(nodeFilter(nodes, 'TCP')).toBe('TCP');
  });

  it('is the engine’s own where it has one', () => {
    const named = { ...field('Block 1', '3'), filter: 'TCP.Options[0] == 3' };
    expect(nodeFilter([field('TCP', '', [named])], 'TCP/Block 1')).toBe('TCP.Options[0] == 3');
  });

  it('is none for what has no value, sums others up, or is no field', () => {
    expect(filterOf('')).toBeUndefined();
    expect(filterOf('......S.', [field('SYN', 'true')])).toBeUndefined();
    expect(nodeFilter([field('Diagnosis', 'Retransmitted #3')], 'Diagnosis')).toBeUndefined();
    expect(nodeFilter([field('TCP', '', [field('Block 1', '3')])], 'TCP/Block 1')).toBeUndefined();
    expect(nodeFilter([], 'TCP')).toBeUndefined();
  });
});
