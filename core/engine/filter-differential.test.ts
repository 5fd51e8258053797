import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FilterError } from '../filter/language/filter-error.ts';
import { parseFilter } from '../filter/language/parser.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { decodedRows } from './test-support/decoded-rows.ts';
import { holds } from './test-support/naive-filter.ts';
import { FilterWriter } from './test-support/random-filters.ts';
import { headerBytes, randomTrace } from './test-support/random-traces.ts';
import { Dice } from './test-support/tcp-traffic.ts';

/** Filters as they are carried out, columns first, against every row decoded and asked in turn. */

const folder = mkdtempSync(join(tmpdir(), 'hopscope-differential-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filtersPerTrace = 150;
const rowsPerTrace = 50;
describe.each([
  ['sound packets', 11, false],
  ['other sound packets', 12, false],
  ['packets with damaged payloads', 13, true],
])('filters of %s', (name, seed, isDamaged) => {
  it('let the same rows through as reading every row in full', async () => {
    const file = randomTrace({ seed, rows: rowsPerTrace, ...(isDamaged && { soundBytes: headerBytes }) });
    const path = join(folder, `${name}.etl`);
    writeFileSync(path, file);
    const engine = new Engine(new InlinePool());
    try {
      const info = await engine.call('open', { files: [path] });
      const names = new Map(info.providers.map((provider) => [provider.guid, provider.name ?? provider.guid]));
      // The first row is the log file's header, whose own fields are not the question.
      const rows = decodedRows(file, names).slice(1);
      const writer = new FilterWriter(new Dice(seed * 1000), rows);
      const disagreements: string[] = [];
      let refused = 0;
      let distinguishing = 0;
      for (let number = 0; number < filtersPerTrace; number++) {
        const filter = writer.filter();
        const wanted = rows.filter((row) => holds(parseFilter(filter).expression, row)).map((row) => row.number);
        const found = await rowsOf(engine, info.trace, filter);
        if (found === undefined) {
          refused++;
          continue;
        }
        if (found.length > 0 && found.length < rows.length) distinguishing++;
        if (found.join() !== wanted.join()) disagreements.push(`${filter}: ${found.join()} but ${wanted.join()}`);
      }
      expect(disagreements).toEqual([]);
      // Values of another kind than the field's are refused; that must be the exception, and so must all and nothing.
      expect(refused).toBeLessThan(filtersPerTrace / 10);
      expect(distinguishing).toBeGreaterThan(filtersPerTrace / 2);
    } finally {
      await engine.close();
    }
  });
});

/** Numbers of the rows that the filter lets through; undefined when it is refused. */
async function rowsOf(engine: Engine, trace: number, filter: string): Promise<number[] | undefined> {
  try {
    const { view, rows } = await engine.call('view', { trace, filter });
    const block = await engine.call('rows', { view, from: 0, count: rows });
    await engine.call('closeView', { view });
    return block.rows.map(({ row }) => row + 1).filter((row) => row > 1);
  } catch (error) {
    if (error instanceof FilterError) return undefined;
    throw error;
  }
}
