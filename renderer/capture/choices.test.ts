import { describe, expect, it } from 'vitest';
import { type CapturePlan, defaultPlan } from '../../core/capture/capture-plan.ts';
import { isKeywords, truncations, truncationWords, troublesOf, wholeNumber, whyImpossible } from './choices.ts';

const plan = (change: Partial<CapturePlan>): CapturePlan => ({ ...defaultPlan(), ...change });

describe('a change of the plan', () => {
  it('is impossible where the plan would not work any more, and says why', () => {
    expect(whyImpossible(plan({ tool: 'netsh', edition: 'desktop' }), { edition: 'nano' })).toMatch(/netsh/);
    expect(whyImpossible(plan({ tool: 'netsh', windows: '1607' }), { tool: 'pktmon' })).toMatch(/1809/);
    expect(whyImpossible(plan({ tool: 'netsh' }), { edition: 'core' })).toBeUndefined();
  });

  it('is possible where it mends the plan, or leaves what was wrong before', () => {
    const broken = plan({ tool: 'netsh', edition: 'nano' });
    expect(whyImpossible(broken, { tool: 'powershell' })).toBeUndefined();
    expect(whyImpossible(broken, { truncation: 128 })).toBeUndefined();
  });
});

describe('the troubles of a field', () => {
  it('are its own, errors first', () => {
    const troubles = [
      { field: 'file', severity: 'warning', words: 'a' },
      { field: 'tool', severity: 'error', words: 'b' },
      { field: 'file', severity: 'error', words: 'c' },
    ] as const;
    expect(troublesOf(troubles, 'file').map(({ words }) => words)).toEqual(['c', 'a']);
    expect(troublesOf(troubles, 'sets')).toEqual([]);
  });
});

describe('a number that somebody writes', () => {
  it('may be grouped as numbers are', () => {
    for (const text of ['1024', '1,024', '1.024', '1 024', '1’024', ' 1024 '])
      expect(wholeNumber(text, 0, 9999)).toBe(1024);
    expect(wholeNumber('1,048,576', 0, 1 << 20)).toBe(1_048_576);
  });

  it('is refused where it is none, no whole one, or out of bounds', () => {
    for (const text of ['', 'x', '1.5', '1,5', '-1', '1e3', '10,24', '99999'])
      expect(wholeNumber(text, 0, 9999)).toBeUndefined();
    expect(wholeNumber('0', 1, 5)).toBeUndefined();
  });
});

describe('keywords', () => {
  it('are hexadecimal with 0x, 64 bits at most', () => {
    for (const text of ['0x0', '0xFFFFFFFFFFFFFFFF', '0X1f']) expect(isKeywords(text)).toBe(true);
    for (const text of ['', '0x', 'ff', '0x1ffffffffffffffff', '0xg', '12']) expect(isKeywords(text)).toBe(false);
  });
});

describe('lengths that are often kept', () => {
  it('have words of their own each', () => {
    expect(new Set(truncations.map(truncationWords)).size).toBe(truncations.length);
    expect(truncationWords(0)).toBe('All of it');
  });
});
