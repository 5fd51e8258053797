import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FilterError } from '../filter/language/filter-error.ts';
import { parseFilter } from '../filter/language/parser.ts';
import { LinkType } from '../packet/link-type.ts';
import { corpus } from '../packet/test-support/corpus.ts';
import { damaged } from '../packet/test-support/damage.ts';
import { bytesOf } from '../packet/test-frames.ts';
import { compileScenario } from '../scenario/compile.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { decodedRows } from './test-support/decoded-rows.ts';
import { hexadecimal } from './test-support/named-rows.ts';
import { holds } from './test-support/naive-filter.ts';
import { FilterWriter } from './test-support/random-filters.ts';
import { Dice } from './test-support/tcp-traffic.ts';

/** Filters as they are carried out, columns first, against every row decoded and asked in turn. */

const folder = mkdtempSync(join(tmpdir(), 'hopscope-differential-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filtersPerTrace = 150;
const rowsPerTrace = 50;
/** Columns do not tell whether a header is whole, so that frames are cut and damaged only behind their headers. */
const headerBytes = 110;

const frames = Object.values(corpus)
  .filter(({ linkType }) => linkType === LinkType.Ethernet || linkType === LinkType.WiFi)
  .map(({ text, linkType }) => ({ bytes: bytesOf(text), medium: linkType === LinkType.WiFi ? 'wifi' : 'ethernet' }));

/** Frames of every protocol in some order, some in fragments, some cut short by the capture. */
function statement(dice: Dice, isDamaged: boolean): string {
  if (dice.chance(5)) return `event {11111111-2222-3333-4444-555555555555} id=${dice.roll(9)} payload=0011AABB`;
  const { bytes, medium } = dice.among(frames);
  const frame = isDamaged ? damagedBehindHeaders(bytes, dice) : bytes;
  const cuttable = Math.max(0, frame.length - headerBytes);
  const cut = isDamaged && dice.chance(30) ? ` snap=${frame.length - dice.roll(cuttable + 1)}` : '';
  const first = dice.roll(frame.length);
  const pieces = cut === '' && first > 0 && dice.chance(20) ? ` fragments=${first},${frame.length - first}` : '';
  const place = `pid${dice.roll(3) * 4} tid${dice.roll(9)} ndis ${dice.among(['in', 'out'])} miniport=${dice.roll(3)}`;
  return `${place} medium=${medium}${pieces}${cut} | bytes ${hexadecimal(frame)}`;
}

function damagedBehindHeaders(frame: Uint8Array, dice: Dice): Uint8Array {
  const other = dice.among(frames).bytes;
  const rest = damaged(frame.subarray(headerBytes), other.subarray(headerBytes), (limit) => dice.roll(limit));
  return Uint8Array.from([...frame.subarray(0, headerBytes), ...rest]);
}

function randomTrace(seed: number, isDamaged: boolean): Uint8Array {
  const dice = new Dice(seed);
  const lines = Array.from({ length: rowsPerTrace }, (_, row) => `+${row}ms ${statement(dice, isDamaged)}`);
  return compileScenario(`trace cpus=1 buffer=64KiB\n${lines.join('\n')}`);
}

describe.each([
  ['sound packets', 11, false],
  ['other sound packets', 12, false],
  ['packets with damaged payloads', 13, true],
])('filters of %s', (name, seed, isDamaged) => {
  it('let the same rows through as reading every row in full', async () => {
    const file = randomTrace(seed, isDamaged);
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
