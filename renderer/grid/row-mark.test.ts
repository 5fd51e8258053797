import { describe, expect, it } from 'vitest';
import { isMarked, markLevel, markWords } from './row-mark.ts';

const nothing = { mark: 'none', diagnosis: '', diagnosisLevel: 'none' } as const;

describe('the mark of a row', () => {
  it('is none where nothing is to be said', () => {
    expect(isMarked(nothing)).toBe(false);
    expect(markWords(nothing)).toBe('');
    expect(markLevel(nothing)).toBe('none');
  });

  it('tells what was found in the packet', () => {
    const found = { mark: 'none', diagnosis: 'Retransmitted #12', diagnosisLevel: 'warning' } as const;
    expect(isMarked(found)).toBe(true);
    expect(markWords(found)).toBe('Retransmitted #12');
    expect(markLevel(found)).toBe('warning');
  });

  it('says what the event says of itself while the diagnosis is not known', () => {
    expect(markWords({ ...nothing, mark: 'drop' })).toBe('Dropped');
    expect(isMarked({ ...nothing, mark: 'error' })).toBe(true);
  });

  it('is as grave as the graver of the two', () => {
    expect(markLevel({ ...nothing, mark: 'drop', diagnosisLevel: 'information' })).toBe('error');
    expect(markLevel({ ...nothing, mark: 'warning', diagnosisLevel: 'information' })).toBe('warning');
    expect(markLevel({ ...nothing, mark: 'warning', diagnosisLevel: 'error' })).toBe('error');
  });
});
