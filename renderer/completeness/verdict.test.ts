import { describe, expect, it } from 'vitest';
import type { Completeness, Finding } from '../../core/engine/contract.ts';
import { gravestLevel, verdictOf } from './verdict.ts';

const findingsOf = (...levels: Finding['level'][]): Finding[] => levels.map((level) => ({ level, text: level }));
const verdict = (complete: boolean, ...levels: Finding['level'][]): string =>
  verdictOf({ complete, completeness: { findings: findingsOf(...levels) } as Completeness });

describe('the verdict', () => {
  it('is as grave as the gravest finding', () => {
    expect(verdict(true, 'good')).toBe('good');
    expect(verdict(true, 'note', 'good')).toBe('note');
    expect(verdict(true, 'good', 'loss', 'note')).toBe('loss');
    expect(verdict(true, 'defect', 'note')).toBe('defect');
  });

  it('tells a loss of the capture from a damaged file, also when there are both', () => {
    expect(verdict(true, 'defect', 'loss')).toBe('both');
    expect(gravestLevel(findingsOf('loss', 'defect'))).toBe('defect');
  });

  it('waits until the trace has been read', () => {
    expect(verdict(false, 'defect')).toBe('reading');
  });
});
