import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileScenario } from '../scenario/compile.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-bad-filters-'));
const frame = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 ACK';
const engine = new Engine(new InlinePool());
let trace: number;
beforeAll(async () => {
  const file = join(folder, 'trace.etl');
  writeFileSync(file, compileScenario(`trace\n+10us ndis in miniport=9 | ${frame} | "${'a'.repeat(1200)}!"`));
  ({ trace } = await engine.call('open', { files: [file] }));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const refusal = async (filter: string): Promise<{ name: string; message: string; start?: number }> =>
  engine.call('view', { trace, filter }).then(
    () => ({ name: 'none', message: '' }),
    (error: unknown) => error as { name: string; message: string; start: number },
  );

describe('a filter that is none', () => {
  it.each<[filter: string, message: unknown, start: number]>([
    ['(TCP', 'This parenthesis is never closed.', 0],
    ['TCP)', 'This parenthesis closes nothing.', 3],
    ['TCP.Port == 300.1.2.3', '"300.1.2.3" is no IPv4 address: each of the four parts is 0 to 255.', 12],
    ['IPv4.Address in 10.0.0.0/40', 'A subnet prefix here is 0 to 32 bits, not 40.', 25],
    ['TCP.Port ==', 'Expected a module, a field or a value behind "==", but found the end of the filter.', 11],
    [`${'('.repeat(5000)}TCP${')'.repeat(5000)}`, 'The filter is nested more than 200 levels deep.', 200],
    ['regex "(?=x)"', expect.stringMatching(/look/i), 6],
    [`contains "${'a'.repeat(90_000)}"`, 'A text to look for is at most 1,000 long; this one is 90,000.', 9],
    ['TCP and regex "(a{1000}){1000}"', expect.any(String), 14],
  ])('%# is refused with its place', async (filter, message, start) => {
    expect(await refusal(filter)).toMatchObject({ name: 'FilterError', message, start });
  });

  it('longer than anybody writes is refused', async () => {
    const { problems } = await engine.call('check', { trace, filter: 'x'.repeat(100_001) });
    expect(problems.map(({ message }) => message)).toEqual([
      'The filter is 100001 characters long; at most 100000 are read.',
    ]);
  });
});

describe('a filter that is a burden', () => {
  it.each([
    ['a list of 14,000 ports', `TCP.Port in [${Array.from({ length: 14_000 }, (_, n) => n + 1).join(', ')}]`, 1],
    ['6,000 alternatives', Array.from({ length: 6_000 }, () => 'TCP.X == 1').join(' or '), 0],
    ['a chain of 4,000 conditions', Array.from({ length: 4_000 }, () => 'TCP.SYN == true').join(' and '), 0],
    ['199 negations', `${'!'.repeat(198)}TCP`, 1],
    ['a regular expression that others choke on', 'regex "(a+)+$"', 0],
    ['a text of 1,000 characters', `contains "${'a'.repeat(1000)}"`, 1],
  ])('%s is carried out', async (_, filter, rows) => {
    expect((await engine.call('view', { trace, filter })).rows).toBe(rows);
  });

  it('an empty view says why, with near names', async () => {
    const { rows, notes } = await engine.call('view', {
      trace,
      filter: 'TCP.SourcPort == 80 or Microsoft_Windows_PkMon',
    });
    expect(rows).toBe(0);
    expect(notes).toEqual([
      'TCP has no field "SourcPort", so that part of the filter matches nothing. Near names: TCP.SourcePort, TCP.SrcPort.',
      'This trace has no module named "Microsoft_Windows_PkMon", so that part of the filter matches nothing. Near names: Microsoft_Windows_PktMon.',
    ]);
  });
});
