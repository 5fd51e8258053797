import { describe, expect, it } from 'vitest';
import {
  combinedFilter,
  refusedPart,
  withEdited,
  withInverted,
  withStacked,
  type FilterParts,
} from './combined-filter.ts';

const stacked = (text: string, enabled = true) => ({ text, enabled });
const parts = (box: string, ...texts: string[]): FilterParts => ({ box, stack: texts.map((text) => stacked(text)) });

describe('the filter of stack and box', () => {
  it('is the one that stands alone, as it was written', () => {
    expect(combinedFilter(parts('TCP'))).toBe('TCP');
    expect(combinedFilter(parts('', 'TCP or UDP'))).toBe('TCP or UDP');
    expect(combinedFilter(parts(''))).toBe('');
  });

  it('is all of them, each kept together by parentheses', () => {
    expect(combinedFilter(parts('*Port == 80', 'TCP or UDP'))).toBe('(TCP or UDP) && (*Port == 80)');
  });

  it('leaves out what is switched off', () => {
    expect(combinedFilter({ box: '', stack: [stacked('TCP', false), stacked('UDP')] })).toBe('UDP');
  });
});

describe('putting a filter on the stack', () => {
  it('takes it out of the box', () => {
    expect(withStacked(parts('TCP', 'UDP'), 'TCP')).toEqual(parts('', 'UDP', 'TCP'));
  });

  it('switches it on where it stands already', () => {
    expect(withStacked({ box: 'ARP', stack: [stacked('TCP', false)] }, 'TCP')).toEqual(parts('ARP', 'TCP'));
  });
});

describe('a filter of the stack', () => {
  it('goes into the box to be changed, and what stood there takes a place beside it', () => {
    expect(withEdited(parts('ARP', 'TCP', 'UDP'), 0)).toEqual(parts('TCP', 'UDP', 'ARP'));
    expect(withEdited(parts('', 'TCP', 'UDP'), 1)).toEqual(parts('UDP', 'TCP'));
    expect(withEdited({ box: 'TCP', stack: [stacked('TCP', false)] }, 0)).toEqual(parts('TCP'));
  });

  it('is turned into its opposite where it stands, and back', () => {
    const turned = withInverted({ box: 'ARP', stack: [stacked('TCP'), stacked('UDP', false)] }, 1);
    expect(turned).toEqual(parts('ARP', 'TCP', '!(UDP)'));
    expect(withInverted(turned, 1)).toEqual(parts('ARP', 'TCP', 'UDP'));
    expect(withInverted(parts('', '!(TCP) and !(UDP)'), 0)).toEqual(parts('', '!(!(TCP) and !(UDP))'));
    expect(withInverted(parts('', 'TCP', '!(TCP)'), 0)).toEqual(parts('', '!(TCP)'));
  });
});

describe('a refused filter', () => {
  it('is placed in the box’s text', () => {
    const problem = { message: 'Unknown.', start: 10, end: 13, suggestion: '(TCP) && (*Port == 80)' };
    expect(refusedPart(parts('Prt', 'TCP'), 'Prt', problem)).toEqual({
      text: 'Prt',
      problem: { message: 'Unknown.', start: 0, end: 3, suggestion: '*Port == 80' },
    });
  });

  it('keeps its place when it stands alone', () => {
    const problem = { message: 'Unknown.', start: 1, end: 3 };
    expect(refusedPart(parts('Prt'), 'Prt', problem)).toEqual({ text: 'Prt', problem });
  });

  it('names the part of the stack in which the problem lies, until the box changes', () => {
    const problem = { message: 'Unknown.', start: 1, end: 4, suggestion: 'TCP' };
    expect(refusedPart(parts('UDP', 'Prt', 'TCP'), ' UDP', problem)).toEqual({
      text: 'UDP',
      problem: { message: 'In the stacked filter “Prt”: Unknown.' },
    });
  });

  it('is told in the box when the same text stands there, on its way to the stack', () => {
    const problem = { message: 'Unknown.', start: 10, end: 13 };
    expect(refusedPart(parts('', 'TCP', 'Prt'), 'Prt', problem)).toMatchObject({ text: 'Prt', problem: { start: 0 } });
  });
});
