import { describe, expect, it } from 'vitest';
import { scriptFileBytes } from './script-file.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

describe('the file of a script', () => {
  it('ends its lines as Windows does, whatever ended them before', () => {
    expect(textOf(scriptFileBytes('stop.cmd', 'a\nb\r\nc\rd'))).toBe('a\r\nb\r\nc\r\nd');
  });

  it('has one byte order mark for PowerShell, and none for cmd', () => {
    expect(textOf(scriptFileBytes('Capture.PS1', "'Zürich'\n"))).toBe("\uFEFF'Zürich'\r\n");
    expect(textOf(scriptFileBytes('a.ps1', '\uFEFFx'))).toBe('\uFEFFx');
    expect(textOf(scriptFileBytes('a.cmd', '\uFEFFx'))).toBe('x');
  });
});
