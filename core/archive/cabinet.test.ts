import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { memorySource } from '../base/byte-source.ts';
import { CabinetError, isCabinet, readCabinet, shownName } from './cabinet.ts';
import { extractFiles, type Inflate } from './extract.ts';
import { buildCabinet, type CabinetInput } from './test-support/build-cabinet.ts';

const inflate: Inflate = (data, history, most) =>
  inflateRawSync(data, { ...(history.length > 0 && { dictionary: history }), maxOutputLength: Math.max(1, most) });
const deflate = (block: Uint8Array, history: Uint8Array): Uint8Array =>
  deflateRawSync(block, history.length > 0 ? { dictionary: history } : {});

/** Text that repeats over more than a block, so that history matters, and bytes that do not. */
const words = new TextEncoder().encode('ipconfig /all; Get-NetAdapter -IncludeHidden\r\n'.repeat(3000));
const noise = Uint8Array.from({ length: 70_001 }, (_, index) => Math.imul(index + 7, 0x9e37_79b1) >>> 21);
const files = { 'config\\ipconfig.txt': words, 'größe.bin': noise, empty: new Uint8Array(0) };

function contentsOf(bytes: Uint8Array, mostBytes = 1 << 20, chunk = Number.POSITIVE_INFINITY): Map<string, Uint8Array> {
  const source = memorySource(bytes, chunk);
  const cabinet = readCabinet(source);
  const extracted = extractFiles(source, cabinet, cabinet.files, { inflate, mostBytes });
  return new Map(cabinet.files.map((file) => [file.name, extracted.get(file) ?? new Uint8Array(0)]));
}

const shapes: [string, Partial<CabinetInput>][] = [
  ['stored', {}],
  ['MSZIP', { deflate }],
  ['MSZIP with reserved bytes', { deflate, reserve: [20, 3, 4] }],
];

describe('a cabinet', () => {
  it.each(shapes)('gives back what was put in: %s', (_, shape) => {
    const bytes = buildCabinet({ files, ...shape });
    expect(isCabinet(bytes)).toBe(true);
    const found = contentsOf(bytes, undefined, 100);
    expect([...found.keys()]).toEqual(['config/ipconfig.txt', 'größe.bin', 'empty']);
    expect([...found.values()].map((content) => Buffer.from(content).equals(Buffer.from(words)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(Buffer.from(found.get('größe.bin') ?? []).equals(Buffer.from(noise))).toBe(true);
    expect(found.get('empty')).toHaveLength(0);
  });

  it('is inflated only as far as somebody allows', () => {
    expect(() => contentsOf(buildCabinet({ files, deflate }), 100_000)).toThrow(/more than 100,000 bytes/);
    const bomb = buildCabinet({
      files: { 'a.txt': new Uint8Array(32_768) },
      deflate: () => deflate(new Uint8Array(1 << 24), new Uint8Array(0)),
    });
    expect(() => contentsOf(bomb)).toThrow(/cannot be inflated/);
  });

  it('of another kind is refused in words', () => {
    expect(() => contentsOf(buildCabinet({ files, compression: 3 }))).toThrow(/compressed with LZX.*`expand FILE\.cab/);
    expect(() => contentsOf(buildCabinet({ files, compression: 2 }))).toThrow(/compressed with Quantum/);
    expect(() => contentsOf(buildCabinet({ files, compression: 7 }))).toThrow(/in a way that nobody knows/);
    expect(() => contentsOf(buildCabinet({ files, folder: 0xfffd }))).toThrow(/goes on in another cabinet/);
    expect(() => contentsOf(buildCabinet({ files, folder: 5 }))).toThrow(/lies in folder 5, but there are 1/);
    expect(() => contentsOf(new TextEncoder().encode('PK is something else, and long enough to be looked at'))).toThrow(
      /no cabinet/,
    );
  });

  it('has names that lead nowhere', () => {
    const names = {
      '..\\..\\Windows\\evil.txt': 'Windows/evil.txt',
      'C:\\a\\b.txt': 'a/b.txt',
      '/etc/passwd': 'etc/passwd',
      '...': 'unnamed',
      'a\u0000\u202eb': 'ab',
    };
    for (const [name, shown] of Object.entries(names)) expect(shownName(name)).toBe(shown);
  });
});

/** Refused with a CabinetError, or read; never anything else, and never for long. */
function survives(bytes: Uint8Array): 'refused' | 'read' {
  try {
    contentsOf(bytes);
    return 'read';
  } catch (error) {
    if (!(error instanceof CabinetError)) throw error;
    expect(error.message).toMatch(/\.$/);
    return 'refused';
  }
}

describe('a damaged cabinet', () => {
  const small = { 'config\\ipconfig.txt': words.subarray(0, 40_000), 'b.bin': noise.subarray(0, 3000) };
  it.each(shapes)('is refused wherever it was cut: %s', (_, shape) => {
    const bytes = buildCabinet({ files: small, ...shape });
    const step = bytes.length > 5000 ? 97 : 1;
    for (let length = 0; length < bytes.length; length += length < 300 ? 1 : step)
      expect(survives(bytes.subarray(0, length)), `cut at ${length}`).toBe('refused');
  });

  it.each(shapes)('is refused, or read, whatever byte was changed: %s', (_, shape) => {
    const bytes = buildCabinet({ files: small, ...shape });
    let refused = 0;
    for (let turn = 0; turn < 1500; turn++) {
      const at = turn < 200 ? turn : Math.imul(turn, 7919) % bytes.length;
      const changed = bytes.slice();
      changed[at] ^= 1 << (turn % 8);
      if (turn % 3 === 0) changed[(at + 1) % bytes.length] = 0xff;
      if (survives(changed) === 'refused') refused++;
    }
    // Checksums find what changed in the data.
    expect(refused).toBeGreaterThan(1000);
  });
});

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const judges = { cabextract: has('cabextract'), gcab: has('gcab') };
for (const [judge, isThere] of Object.entries(judges))
  if (!isThere)
    console.warn(`${judge} is not installed: nobody judges how cabinets are ${judge === 'gcab' ? 'read' : 'built'}.`);

const folder = mkdtempSync(join(tmpdir(), 'hopscope-cabinet-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('other programs', () => {
  it.skipIf(!judges.cabextract).each(shapes)('find in our cabinets what was put in: %s', (name, shape) => {
    const path = join(folder, `${name}.cab`);
    writeFileSync(path, buildCabinet({ files, ...shape }));
    const told = execFileSync('cabextract', ['--test', path], { encoding: 'utf8' });
    expect(told).toContain('All done, no errors.');
    execFileSync('cabextract', ['--quiet', '--directory', join(folder, name), path]);
    expect(readFileSync(join(folder, name, 'config', 'ipconfig.txt')).equals(Buffer.from(words))).toBe(true);
  });

  it.skipIf(!judges.gcab).each([[[] as string[]], [['--zip']]])('build cabinets that we read (%s)', (options) => {
    const own = join(folder, `gcab${options.length}`);
    mkdirSync(own);
    writeFileSync(join(own, 'words.txt'), words);
    writeFileSync(join(own, 'noise.bin'), noise);
    execFileSync('gcab', [...options, '--create', 'all.cab', 'words.txt', 'noise.bin'], { cwd: own });
    const found = contentsOf(readFileSync(join(own, 'all.cab')));
    expect(Buffer.from(found.get('words.txt') ?? []).equals(Buffer.from(words))).toBe(true);
    expect(Buffer.from(found.get('noise.bin') ?? []).equals(Buffer.from(noise))).toBe(true);
  });
});
