import { describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { indexFile } from '../trace/index-file.ts';
import { bindFilter } from './bind.ts';
import { hasRow } from './bitset.ts';
import { parseFilter } from './language/parser.ts';
import { scanSegment } from './scan.ts';
import { emptyVocabulary } from './vocabulary.ts';

const frame = (port: number): string =>
  `eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.${port} | tcp ${port} > 80 ACK | zeros 400`;
const lines = Array.from(
  { length: 20 },
  (_, index) => `+${index * 10}us tid7 ndis in miniport=9 fragments=200,150,104 | ${frame(index + 1)}`,
);
const file = compileScenario(['trace buffer=1KiB', ...lines].join('\n'));

/** The rows that a filter lets through, by their place in time. */
function rowsOf(filter: string, rangeBytes: number): number[] {
  const { columns, order } = indexFile(file, { rangeBytes });
  const { plan } = bindFilter(parseFilter(filter), emptyVocabulary);
  const found = columns.segments.map((_, number) => scanSegment(plan, { columns, number, order }));
  return [...order.keys()].filter((row) => {
    const segment = columns.segmentOf(order[row]);
    return hasRow(found[segment], order[row] - columns.bases[segment]);
  });
}

describe('a filter over packets whose fragments lie in several segments', () => {
  it.each([
    'TCP',
    'TCP.Port == 3',
    'TCP.Port != 3',
    '!(TCP.Port == 3)',
    'IPv4.Address == 10.0.0.7 or TCP.SourcePort in [9, 10]',
    'UDP',
    '!UDP',
    'TCP.Port == 80 and !(IPv4.Address in 10.0.0.0/29)',
  ])('lets all their fragments through or none: %s', (filter) => {
    const whole = rowsOf(filter, 1 << 20);
    for (const rangeBytes of [1, 1024, 3000]) expect(rowsOf(filter, rangeBytes)).toEqual(whole);
    expect(whole.length === 0).toBe(filter === 'UDP');
  });
});
