import { describe, expect, it } from 'vitest';
import { domainNameAt } from './domain-name.ts';
import { ascii, byte, bytesOf, guarded, word } from './test-frames.ts';

const label = (text: string): string => `${byte(text.length)} ${ascii(text)}`;
const nameIn = (text: string, start = 0, message = 0) => {
  const frame = guarded(bytesOf(text));
  return domainNameAt(frame, start, frame.length, message);
};

describe('a domain name', () => {
  it('is its labels, joined by dots', () => {
    expect(nameIn(`${label('www')} ${label('example')} 00 ff`)).toEqual({ value: 'www.example', next: 13 });
    expect(nameIn('00')).toEqual({ value: '.', next: 1 });
  });

  it('goes on where a pointer points, and ends behind the first pointer', () => {
    const text = `${label('com')} 00 ${label('example')} c000 ${label('www')} c005 ff`;
    expect(nameIn(text, 15)).toEqual({ value: 'www.example.com', next: 21 });
  });

  it('has pointers that count from the start of its message', () => {
    expect(nameIn(`ffff ${label('com')} 00 c000`, 7, 2)).toEqual({ value: 'com', next: 9 });
  });

  it('says that a pointer goes forward, to itself or in circles', () => {
    const problem = 'A name points forward.';
    expect(nameIn(`${label('a')} c004 00`)).toEqual({ value: 'a', next: 4, problem });
    expect(nameIn('c000')).toEqual({ value: '.', next: 2, problem });
    expect(nameIn(`${label('a')} c004 ${label('b')} c000`, 4)).toEqual({ value: 'b.a', next: 8, problem });
  });

  it('says that it is too long, or scattered', () => {
    const long = nameIn(`${label('x'.repeat(63)).repeat(4)} 00`);
    expect(long?.problem).toBe('A name is longer than 255 bytes.');
    const pointers = Array.from({ length: 200 }, (_, index) => word(0xc000 + Math.max(0, index * 2 - 1)));
    expect(nameIn(`00 ${pointers.join('')}`, 1 + 199 * 2)?.problem).toBe('A name is scattered over too many pointers.');
  });

  it('is undefined when it is cut', () => {
    const whole = bytesOf(`${label('com')} 00 ${label('www')} c000`);
    for (let end = 5; end < whole.length; end++) expect(domainNameAt(guarded(whole), 5, end, 0)).toBeUndefined();
    expect(domainNameAt(guarded(whole), 5, whole.length, 0)?.value).toBe('www.com');
  });

  it('names a label of another kind, and keeps control characters and dots apart from text', () => {
    expect(nameIn('41 00')?.problem).toBe('A name has a label of unknown kind 1.');
    expect(nameIn(`${label('a.b\u0007')} 00`)?.value).toBe('a\\.b?');
  });
});
