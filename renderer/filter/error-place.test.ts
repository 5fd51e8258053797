import { describe, expect, it } from 'vitest';
import { errorPlace } from './error-place.ts';

describe('the place of a filter error', () => {
  it('cuts the text around it', () => {
    expect(errorPlace('TCP.Prt == 80', { message: '', start: 4, end: 7 })).toEqual({
      before: 'TCP.',
      at: 'Prt',
      after: ' == 80',
      column: 5,
    });
  });

  it('is one blank at the end of the text', () => {
    expect(errorPlace('TCP and', { message: '', start: 7, end: 7 })).toEqual({
      before: 'TCP and',
      at: ' ',
      after: '',
      column: 8,
    });
  });

  it('is moved into the text when it lies outside', () => {
    expect(errorPlace('TCP', { message: '', start: 90, end: 95 })).toMatchObject({ before: 'TCP', at: ' ' });
    expect(errorPlace('TCP', { message: '', start: -3, end: 1 })).toMatchObject({ before: '', at: 'T' });
  });

  it('is shown with a limited surrounding', () => {
    const place = errorPlace(`${'a'.repeat(100)}!${'b'.repeat(100)}`, { message: '', start: 100, end: 101 });
    expect(place?.before).toBe(`…${'a'.repeat(60)}`);
    expect(place?.after).toBe(`${'b'.repeat(60)}…`);
  });

  it('is undefined when the error is about the whole text', () => {
    expect(errorPlace('TCP', { message: '' })).toBeUndefined();
  });
});
