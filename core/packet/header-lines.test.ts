import { describe, expect, it } from 'vitest';
import { readHeaderLines, readStartLine } from './header-lines.ts';
import { HeaderReader } from './header-reader.ts';
import { guarded } from './test-frames.ts';

const readerOf = (text: string): HeaderReader => {
  const frame = guarded(new TextEncoder().encode(text));
  return new HeaderReader({ frame, start: 0, end: frame.length, context: {} });
};
const fieldsOf = (header: HeaderReader): string[] =>
  header.fields.map(({ name, value, start, length }) => `${name}=${value} @${start}+${length}`);

describe('a start line', () => {
  it('of a request has method, target and version', () => {
    const header = readerOf('GET /a%20b HTTP/1.1\r\n');
    expect(readStartLine(header)).toEqual({ kind: 'request', method: 'GET', target: '/a%20b', version: 'HTTP/1.1' });
    expect(fieldsOf(header)).toEqual(['Method=GET @0+3', 'Uri=/a%20b @4+6', 'Version=HTTP/1.1 @11+8']);
    expect(header.position).toBe(21);
  });

  it('of a response has version, status and a reason of several words', () => {
    const line = readStartLine(readerOf('HTTP/1.1 404 Not Found\n'));
    expect(line).toEqual({ kind: 'response', version: 'HTTP/1.1', statusCode: '404', reasonPhrase: 'Not Found' });
  });

  it('that is cut holds what is there', () => {
    const header = readerOf('POST /upl');
    expect(readStartLine(header)).toEqual({ kind: 'request', method: 'POST', target: '/upl', version: '' });
    expect(header.cut).toBe(false);
  });
});

describe('header lines', () => {
  it('are members by name, and the reader goes on at the body', () => {
    const header = readerOf('Host: a:80\r\nCACHE-control:max-age = 1 \r\n\r\nbody');
    const { values, isComplete } = readHeaderLines(header);
    expect([...values]).toEqual([
      ['cache-control', 'max-age = 1'],
      ['host', 'a:80'],
    ]);
    expect(isComplete).toBe(true);
    expect(fieldsOf(header)).toEqual(['Headers=2 lines @0+40']);
    expect(header.fields[0].members).toMatchObject([
      { name: 'Host', value: 'a:80', start: 0, length: 10 },
      { name: 'CACHE-control', value: 'max-age = 1', start: 12, length: 26 },
    ]);
    expect(header.remaining).toBe(4);
  });

  it('may be folded, and of two with one name the first one counts', () => {
    const { values } = readHeaderLines(readerOf('A: 1\r\n 2\r\na: 3\r\n\r\n'));
    expect(values.get('a')).toBe('1 2');
  });

  it('without the empty line behind them are not complete', () => {
    expect(readHeaderLines(readerOf('A: 1\r\nB')).isComplete).toBe(false);
    expect(readHeaderLines(readerOf('')).isComplete).toBe(false);
  });

  it('carry no control characters', () => {
    expect(readHeaderLines(readerOf('A: \u001b[31mred\r\n\r\n')).values.get('a')).toBe('?[31mred');
  });
});
