import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filetimeToIso } from '../base/filetime.ts';
import { compileScenario } from '../scenario/compile.ts';
import { indexFile } from './index-file.ts';

const head = 'trace start=2024-05-01T14:03:07.0000000Z cpus=2 buffer=1KiB session=Plain';
const event = 'event {11111111-2222-3333-4444-555555555555} payload=00';

describe('sequence numbers', () => {
  it('tell how many buffers are missing, where and about when', () => {
    const text = `${head}\n+1 ${event}\n+1 flush\n+2 lost buffers=3\n+2 ${event}\n+2 flush\n+3 ${event}`;
    const { completeness } = indexFile(compileScenario(text));
    expect(completeness).toHaveLength(1);
    expect(completeness[0]).toMatchObject({ missingBuffers: 3, overwrittenBuffers: 0 });
    const [gap, ...others] = completeness[0].gaps;
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ afterSequence: 1, missing: 3, offset: 2048 });
    expect(filetimeToIso(gap.fromTime ?? 0n)).toBe('2024-05-01T14:03:08.0000000Z');
    expect(filetimeToIso(gap.toTime ?? 0n)).toBe('2024-05-01T14:03:09.0000000Z');
  });

  it('missing behind the header are a gap, but in a circular file older events that were overwritten', () => {
    const text = `lost buffers=5\n+1 ${event}`;
    const gapsOf = (mode: string): unknown => indexFile(compileScenario(`${head}${mode}\n${text}`)).completeness[0];
    expect(gapsOf('')).toMatchObject({ missingBuffers: 5, gaps: [{ afterSequence: 0 }], overwrittenBuffers: 0 });
    expect(gapsOf(' mode=2')).toMatchObject({ missingBuffers: 0, gaps: [], overwrittenBuffers: 5 });
    expect(gapsOf(' mode=9')).toMatchObject({ missingBuffers: 0, gaps: [], overwrittenBuffers: 0 });
  });

  it('are counted by section: a second session in the file begins at 1 again', () => {
    const first = compileScenario(`${head}\n+1 ${event}\n+1 flush\n+2 ${event}`);
    const { completeness, sections } = indexFile(Uint8Array.from([...first, ...first]));
    expect([sections.length, completeness[0].gaps]).toEqual([2, []]);
  });

  it('do not care in which order the buffers lie in the file', () => {
    const file = compileScenario(`${head}\n+1 ${event}\n+1 flush\n+2 ${event}\n+2 flush\n+3 ${event}`);
    const turned = file.slice();
    turned.set(file.subarray(1024, 2048), 3072);
    turned.set(file.subarray(3072, 4096), 1024);
    expect(indexFile(turned).completeness[0]).toMatchObject({ gaps: [], missingBuffers: 0 });
  });
});

describe('marks and gaps', () => {
  it('are counted', () => {
    const text = `${head}\n${event}\nlost events\nflush\nlost buffers=1\n${event}\nflush\nbackup\n${event}\nflush\nbackup corrupt\n${event}`;
    const { completeness, problems } = indexFile(compileScenario(text));
    expect(completeness[0].buffersMarked).toEqual({
      eventsLost: 1,
      bufferLost: 1,
      realTimeBackup: 2,
      corruptBackup: 1,
    });
    expect(problems).toEqual([
      expect.objectContaining({
        kind: 'corrupt-backup',
        offset: 4096,
        message: expect.stringContaining('real-time') as string,
      }),
    ]);
  });

  it('count buffers that cannot be read, in a file of one buffer size and in one of several', () => {
    const text = [head, ...Array.from({ length: 40 }, () => `${event}\nflush`)].join('\n');
    const plain = compileScenario(text);
    plain.fill(0xee, 3 * 1024, 3 * 1024 + 72);
    plain.fill(0xee, 5 * 1024, 5 * 1024 + 72);
    const first = indexFile(plain, { rangeBytes: 4096 });
    expect(first.completeness[0]).toMatchObject({
      gapTotals: { skippedBuffers: 2, skippedBytes: 2048, unwrittenBytes: 0 },
      missingBuffers: 2,
    });
    const packed = compileScenario(text, { compressed: true });
    const second = new DataView(packed.buffer).getUint32(0, true);
    packed.fill(0xff, second, second + 4);
    const { completeness, problems } = indexFile(packed);
    expect(completeness[0].gapTotals).toMatchObject({ skippedBuffers: 1, unwrittenBytes: 0 });
    expect(problems).toEqual([
      expect.objectContaining({ kind: 'skipped', bytes: completeness[0].gapTotals.skippedBytes, offset: second }),
    ]);
  });
});

const folder = fileURLToPath(new URL('../../../shared/etl/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`The real traces (${folder}) are absent: their sequence numbers are not checked.`);
const files = present
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.etl'))
  : [];

describe.skipIf(!present)('real traces', () => {
  it('are all there', () => {
    expect(files.length).toBeGreaterThanOrEqual(20);
  });

  it.each(files)('%s is one section whose buffers have no gap', (file) => {
    const { completeness, sections, problems } = indexFile(new Uint8Array(readFileSync(`${folder}${file}`)));
    expect(sections).toHaveLength(1);
    expect(completeness[0]).toMatchObject({
      gaps: [],
      overwrittenBuffers: 0,
      gapTotals: { skippedBuffers: 0, unwrittenBytes: 0 },
    });
    expect(problems).toEqual([]);
  });
});
