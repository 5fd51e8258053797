import { describe, expect, it } from 'vitest';
import { matchedPart, opensCompletion } from './completion.ts';

describe('the list of completions', () => {
  it.each(['T', 'TCP.', 'TCP:', 'TCP#', '*', '\\', 'TCP.Port == ', 'TCP.Port in '])('opens behind %j', (before) => {
    expect(opensCompletion(before)).toBe(true);
  });

  it.each(['', 'TCP ', 'TCP.Port == 80 ', '"text"', '(', 'begin '])('stays closed behind %j', (before) => {
    expect(opensCompletion(before)).toBe(false);
  });

  it('shows where the typed letters stand, in whatever case', () => {
    expect(matchedPart('TCP.Port', 'tcp.p')).toEqual([0, 5]);
    expect(matchedPart('Port', 'or')).toEqual([1, 3]);
    expect(matchedPart('Port', 'x')).toEqual([]);
    expect(matchedPart('Port', '')).toEqual([]);
  });
});
