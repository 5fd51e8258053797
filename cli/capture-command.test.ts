import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './run.ts';

let printed = '';
let told = '';
beforeEach(() => {
  printed = '';
  told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((text: string) => {
    told += `${text}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('capture', () => {
  it('prints a script', async () => {
    expect(await run(['capture', '--tool', 'netsh', '--set', 'vswitch', '--size', '2048', '--truncate', '128'])).toBe(
      0,
    );
    expect(printed).toContain("'maxsize=2048'");
    expect(printed).toContain("'packettruncatebytes=128'");
    expect(printed).toContain('function Save-Bundle');
  });

  it('prints the bare commands', async () => {
    const providers = [
      '--provider',
      'Microsoft-Windows-TCPIP:0x10:4',
      '--provider',
      '{67dc0d66-3695-47c0-9642-33f76f7bd7ad}',
    ];
    const file = ['--file', 'D:\\my traces\\a.etl'];
    expect(await run(['capture', '--tool', 'pktmon', ...providers, ...file, '--commands', 'cmd'])).toBe(0);
    expect(printed.split('\n')).toEqual([
      'pktmon start --capture --comp all --pkt-size 0 --trace -p Microsoft-Windows-TCPIP -k 0x10 -l 4 ' +
        '-p {67dc0d66-3695-47c0-9642-33f76f7bd7ad} -k 0xffffffffffffffff -l 255 ' +
        '--file-name "D:\\my traces\\a.etl" --file-size 1024 --log-mode circular',
      'rem Make the problem happen, then:',
      'pktmon stop',
      '',
    ]);
  });

  it('writes a file as Windows reads it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hopscope-capture-'));
    try {
      const file = join(folder, 'capture.ps1');
      expect(await run(['capture', '--tool', 'powershell', '-o', file])).toBe(0);
      const bytes = readFileSync(file);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      expect(bytes.toString('utf8')).toContain('New-NetEventSession -Name ');
      expect(bytes.toString('utf8').replaceAll('\r\n', '')).not.toContain('\n');
      expect(printed).toBe('');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    [['--tool', 'wireshark'], '--tool wireshark is not known: choose netsh, powershell, pktmon.'],
    [[], '--tool is needed'],
    [['--tool', 'netsh', '--edition', 'nano'], 'Nano Server has no netsh trace'],
    [['--tool', 'netsh', '--file', '\\\\server\\share\\a.etl'], 'Never capture to another machine'],
    [['--tool', 'netsh', '--truncate', 'some'], '--truncate is a whole number'],
    [['--tool', 'powershell', '--commands', 'cmd'], 'cmd has none of the cmdlets'],
  ])('refuses %j', async (options, words) => {
    expect(await run(['capture', ...options])).toBe(2);
    expect(told).toContain(words);
    expect(printed).toBe('');
  });
});
