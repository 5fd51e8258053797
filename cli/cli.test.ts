import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

/** The built program, as a person runs it. `npm test` builds it first. */
const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const sample = fileURLToPath(new URL('../assets/sample/container-syn.etl', import.meta.url));
const isBuilt = existsSync(program);
if (!isBuilt) console.warn('dist/ is not built: the command line is not tested. Run "npm run build" first.');

const folder = mkdtempSync(join(tmpdir(), 'hopscope-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function hopscope(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe.skipIf(!isBuilt)('the command line', () => {
  it('tells everything about a trace as JSON', () => {
    const { code, out, err } = hopscope('info', sample, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      file: 'container-syn.etl',
      size: readFileSync(sample).length,
      format: 'etl',
      compressedBuffers: 4,
      pointerSize: 8,
      startTime: '2024-05-01T14:03:07.0000000Z',
      processors: 4,
      eventsLost: 0,
      buffersLost: 0,
      providers: expect.arrayContaining([
        expect.objectContaining({
          guid: '{67dc0d66-3695-47c0-9642-33f76f7bd7ad}',
          name: 'Microsoft-Windows-Hyper-V-VmSwitch',
        }),
      ]) as unknown,
      problems: [],
    });
  });

  it('prints the rows a filter lets through, as text and as JSON lines', () => {
    const filter = 'TCP.Flags.SYN == true and TCP.Port == 80';
    const text = hopscope('events', sample, '--filter', filter, '--limit', '1');
    expect(text.out).toMatch(
      /^\d+ {2}2024-05-01T14:03:07\.\d{7}Z {2}10\.0\.0\.50 > 10\.0\.0\.60 {2}TCP {2}Flags: \.{6}S\., SrcPort: 52891, DstPort: HTTP\(80\)/,
    );
    const lines = hopscope('events', sample, '--filter', filter, '--limit', '2', '--format', 'jsonl')
      .out.trim()
      .split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0])).toMatchObject({ module: 'TCP', source: '10.0.0.50', destination: '10.0.0.60' });
  });

  it('exports what the filter shows', () => {
    const target = join(folder, 'syn.pcapng');
    const { code, out } = hopscope('export', sample, '-o', target, '--filter', 'TCP');
    expect(code).toBe(0);
    expect(out).toMatch(/syn\.pcapng: \d+ packets on \d+ interfaces/);
    expect(existsSync(target)).toBe(true);
  });

  it.each([
    ['a file that is not there', ['info', 'missing.etl'], 1, 'There is no file'],
    ['a folder', ['info', '.'], 1, 'is a folder'],
    ['a bad filter', ['events', sample, '--filter', 'Port == 80'], 1, 'Did you mean: *Port == 80'],
    [
      'nothing to export',
      ['export', sample, '-o', join(folder, 'none.pcapng'), '--filter', 'IGMP'],
      1,
      'lets no row through',
    ],
    ['an unknown format', ['export', sample, '-o', 'out.docx'], 2, 'does not end in .pcapng'],
    ['an unknown command', ['look', sample], 2, 'There is no command "look"'],
    ['an unknown option', ['info', sample, '--colour'], 2, 'colour'],
  ])('says what is wrong with %s', (_, args, wantedCode, words) => {
    const { code, err } = hopscope(...args);
    expect(code).toBe(wantedCode);
    expect(err).toContain(words);
  });

  it('reads what can be read of a cut trace, and fails only when nothing can', () => {
    const bytes = readFileSync(sample);
    const cut = join(folder, 'cut.etl');
    writeFileSync(cut, bytes.subarray(0, bytes.length - 1000));
    const { code, out, err } = hopscope('events', cut, '--limit', '3');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(3);
    expect(err).toMatch(/The file ends \d+ bytes into a buffer of \d+ \(offset \d+\)/);
  });
});
