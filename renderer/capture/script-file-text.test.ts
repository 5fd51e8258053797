import { describe, expect, it } from 'vitest';
import { isScript, scriptText } from './script-file-text.ts';

describe('a dropped file', () => {
  it('is a script by its ending; a text only while the capture page is on show', () => {
    for (const name of ['Capture.PS1', 'a.cmd', 'start.bat']) expect(isScript(name, false)).toBe(true);
    expect(isScript('notes.txt', false)).toBe(false);
    expect(isScript('notes.TXT', true)).toBe(true);
    for (const name of ['host.etl', 'bundle.zip', 'a.json', 'ps1']) expect(isScript(name, true)).toBe(false);
  });
});

describe('the text of a script', () => {
  it('is read in the encodings of Windows', async () => {
    expect(await scriptText(new File(['\uFEFFnetsh trace stop'], 'a.cmd'))).toBe('netsh trace stop');
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...Array.from('pktmon stop').flatMap((letter) => [letter.charCodeAt(0), 0]),
    ]);
    expect(await scriptText(new File([utf16], 'a.ps1'))).toBe('pktmon stop');
  });

  it('is refused where it is none, or longer than any script', async () => {
    await expect(scriptText(new File([new Uint8Array([1, 0, 2])], 'a.ps1'))).rejects.toThrow(/bytes/);
    await expect(scriptText(new File([new Uint8Array((1 << 20) + 1)], 'a.ps1'))).rejects.toThrow(/1 MiB/);
  });
});
