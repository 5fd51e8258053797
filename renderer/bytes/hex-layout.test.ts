import { describe, expect, it } from 'vitest';
import {
  asciiText,
  byteInLine,
  clipRange,
  hexText,
  lineCount,
  lineRuns,
  movedByteCursor,
  offsetText,
  rangeBetween,
  type ByteRange,
  type LineRun,
} from './hex-layout.ts';

const bytes = new TextEncoder().encode('GET / HTTP/1.1\r\nHost: a');

describe('a line of the bytes pane', () => {
  it('shows an offset of at least four digits', () => {
    expect(offsetText(0x40)).toBe('0040');
    expect(offsetText(0x12345)).toBe('12345');
  });

  it('shows pairs and printable characters', () => {
    expect(hexText(bytes, 0, 4)).toBe('47 45 54 20');
    expect(asciiText(bytes, 12, 18)).toBe('.1..Ho');
    expect(hexText(bytes, 3, 3)).toBe('');
  });

  it('is one for every sixteen bytes begun', () => {
    expect([0, 1, 16, 17].map(lineCount)).toEqual([0, 1, 1, 2]);
  });
});

describe('marking', () => {
  const runs = (field?: ByteRange, chosen?: ByteRange): LineRun[] => lineRuns(16, 32, { field, chosen });

  it('cuts a line into before, inside and behind', () => {
    expect(runs({ start: 20, length: 4 })).toEqual([
      { start: 16, end: 20, mark: 'none' },
      { start: 20, end: 24, mark: 'field' },
      { start: 24, end: 32, mark: 'none' },
    ]);
  });

  it('runs through lines between its ends', () => {
    expect(runs({ start: 0, length: 100 })).toEqual([{ start: 16, end: 32, mark: 'field' }]);
  });

  it('leaves lines alone that it does not touch', () => {
    const plain = [{ start: 16, end: 32, mark: 'none' }];
    expect(runs()).toEqual(plain);
    expect(runs({ start: 40, length: 2 })).toEqual(plain);
    expect(runs({ start: 2, length: 3 })).toEqual(plain);
    expect(runs({ start: 20, length: 0 }).every((run) => run.mark === 'none')).toBe(true);
  });

  it('shows what the person selected over the field', () => {
    expect(runs({ start: 18, length: 20 }, { start: 20, length: 4 })).toEqual([
      { start: 16, end: 18, mark: 'none' },
      { start: 18, end: 20, mark: 'field' },
      { start: 20, end: 24, mark: 'chosen' },
      { start: 24, end: 32, mark: 'field' },
    ]);
  });

  it('knows the bytes between two, in whatever order they were named', () => {
    expect(rangeBetween(5, 9)).toEqual({ start: 5, length: 5 });
    expect(rangeBetween(9, 5)).toEqual({ start: 5, length: 5 });
    expect(rangeBetween(7, 7)).toEqual({ start: 7, length: 1 });
  });

  it('is clipped to the lines on show', () => {
    expect(clipRange({ start: 10, length: 20 }, 16, 32)).toEqual({ start: 16, length: 14 });
    expect(clipRange({ start: 10, length: 6 }, 16, 32)).toBeUndefined();
    expect(clipRange(undefined, 0, 16)).toBeUndefined();
  });
});

describe('a click into a line', () => {
  it('hits the byte whose columns it falls into', () => {
    expect(byteInLine(32, 48, 0, 3)).toBe(32);
    expect(byteInLine(32, 48, 3.1 / 47, 3)).toBe(33);
    expect(byteInLine(32, 48, 0.999, 3)).toBe(47);
    expect(byteInLine(32, 48, 5.5 / 16, 1)).toBe(37);
  });

  it('hits the last byte when it falls behind the end of a short line', () => {
    expect(byteInLine(64, 66, 0.9, 3)).toBe(65);
  });
});

describe('the byte cursor', () => {
  it('moves by bytes and lines and stays inside', () => {
    expect(movedByteCursor('ArrowRight', 22, 23, 10)).toBe(22);
    expect(movedByteCursor('ArrowLeft', 0, 23, 10)).toBe(0);
    expect(movedByteCursor('ArrowDown', 3, 23, 10)).toBe(19);
    expect(movedByteCursor('ArrowDown', 10, 23, 10)).toBe(10);
    expect(movedByteCursor('ArrowUp', 3, 23, 10)).toBe(3);
    expect(movedByteCursor('PageDown', 3, 23, 10)).toBe(22);
  });

  it('goes to the ends of its line', () => {
    expect(movedByteCursor('Home', 19, 23, 10)).toBe(16);
    expect(movedByteCursor('End', 19, 23, 10)).toBe(22);
  });

  it('leaves other keys and empty byte strings alone', () => {
    expect(movedByteCursor('Tab', 1, 23, 10)).toBeUndefined();
    expect(movedByteCursor('ArrowDown', 0, 0, 10)).toBeUndefined();
  });
});
