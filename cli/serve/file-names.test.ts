import { describe, expect, it } from 'vitest';
import { attachment, safeFileName } from './file-names.ts';

describe('a file name from outside', () => {
  it.each([
    ['host.etl', 'host.etl'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\traces\\host 7.etl', 'host 7.etl'],
    ['a<b>:"c|?*.etl', 'a_b___c___.etl'],
    ['line\r\nbreak.etl', 'line__break.etl'],
    ['evil\u202elte.exe', 'evil_lte.exe'],
    ['trailing. . ', 'trailing'],
    ['CON.etl', '_CON.etl'],
    ['', 'trace.etl'],
    ['..', 'trace.etl'],
    ['Überprüfung 日本.etl', 'Überprüfung 日本.etl'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name, 'trace.etl')).toBe(safe);
  });

  it('is kept short, with its ending', () => {
    expect(safeFileName(`${'x'.repeat(500)}.etl`, 'trace.etl')).toBe(`${'x'.repeat(196)}.etl`);
  });
});

describe('the header of a download', () => {
  it('names the file for old and new browsers, and cannot be broken out of', () => {
    expect(attachment('host 7.pcapng')).toBe(`attachment; filename="host 7.pcapng"; filename*=UTF-8''host%207.pcapng`);
    expect(attachment(`a"; x="日'.pcapng`)).toBe(
      `attachment; filename="a_; x=__'.pcapng"; filename*=UTF-8''a%22%3B%20x%3D%22%E6%97%A5%27.pcapng`,
    );
  });
});
