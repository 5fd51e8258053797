import fc from 'fast-check';
import { expect, it } from 'vitest';
import { everyRow, hasRow } from './bitset.ts';
import { scanColumn, type NumberColumn, type NumberTest } from './column-scan.ts';

const high = 0xffff_ffff;
const numbers = fc.constantFrom(0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, high);
const columns: fc.Arbitrary<NumberColumn> = fc
  .tuple(fc.array(numbers, { maxLength: 70 }), fc.constantFrom(Uint8Array, Uint16Array, Uint32Array))
  .map(([rows, Column]) => Column.from(rows));
const tests: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({ kind: fc.constant('equal' as const), mask: fc.constantFrom(high, 2, 0x8000_0000), value: numbers }),
  fc.tuple(numbers, numbers).map(([one, other]) => ({
    kind: 'range' as const,
    mask: high,
    low: Math.min(one, other),
    high: Math.max(one, other),
  })),
  fc
    .array(fc.constantFrom(0, 1), { maxLength: 5 })
    .map((table) => ({ kind: 'lookup' as const, table: Uint8Array.from(table) })),
  fc.uniqueArray(numbers, { maxLength: 4 }).map((values) => {
    const ascending = Uint32Array.from(values).sort();
    return { kind: 'search' as const, mask: high, lows: ascending, highs: ascending };
  }),
);

function passes(test: NumberTest, number: number): boolean {
  switch (test.kind) {
    case 'equal':
      return (number & test.mask) >>> 0 === test.value;
    case 'range':
      return number >= test.low && number <= test.high;
    case 'lookup':
      return test.table[number] === 1;
    case 'search':
      return test.lows.includes(number);
  }
}

it('tests every number of a column of any width, the highest bit included', () => {
  fc.assert(
    fc.property(columns, tests, (column, test) => {
      const found = scanColumn({ column, test }, everyRow(column.length));
      expect(Array.from(column, (_, row) => hasRow(found, row))).toEqual(
        Array.from(column, (number) => passes(test, number)),
      );
    }),
    { seed: 11, numRuns: 2000 },
  );
});

it('finds no row that is not wanted', () => {
  const wanted = Uint32Array.of(0b101, 0);
  const found = scanColumn({ column: new Uint16Array(40), test: { kind: 'equal', mask: high, value: 0 } }, wanted);
  expect([...found]).toEqual([0b101, 0]);
});
