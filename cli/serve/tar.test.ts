import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { archive, archiveLength, filesIn } from './tar.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-tar-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('an archive has every file of a folder, as tar reads it', async () => {
  const from = join(folder, 'from');
  const to = join(folder, 'to');
  const long = `trace=${'long name '.repeat(12)}`;
  for (const path of [join(from, 'x.parquet', long), to]) mkdirSync(path, { recursive: true });
  const parts: [string, Uint8Array][] = [
    ['plain.pcapng', new Uint8Array(1000).fill(7)],
    ['empty', new Uint8Array(0)],
    [join('x.parquet', long, 'part-0.parquet'), new Uint8Array(512).fill(9)],
  ];
  for (const [name, bytes] of parts) writeFileSync(join(from, name), bytes);
  const files = await filesIn(from);
  const bytes = await buffer(Readable.from(archive(files)));
  expect(bytes.length).toBe(archiveLength(files));
  writeFileSync(join(folder, 'all.tar'), bytes);
  execFileSync('tar', ['-xf', join(folder, 'all.tar'), '-C', to]);
  for (const [name, wanted] of parts) expect(new Uint8Array(readFileSync(join(to, name)))).toEqual(wanted);
});
