import { describe, expect, it } from 'vitest';
import { filterStatus, syntaxProblem, type FilterSituation } from './filter-status.ts';

const nothing: FilterSituation = {
  draft: '',
  applied: '',
  refused: undefined,
  scan: undefined,
  notes: [],
  checked: undefined,
};
const status = (situation: Partial<FilterSituation>) => filterStatus({ ...nothing, ...situation });

describe('the filter box', () => {
  it('says nothing about an empty box that shows everything', () => {
    expect(status({})).toMatchObject({ tone: 'neutral', text: '' });
  });

  it('says how to show everything again', () => {
    expect(status({ applied: 'TCP' })).toMatchObject({ tone: 'neutral', text: 'Press Enter to show everything' });
  });

  it('tells a filter from what is none while it is being typed', () => {
    expect(status({ draft: 'TCP.Port == 80' }).tone).toBe('valid');
    expect(status({ draft: 'TCP.Port ==' })).toMatchObject({ tone: 'invalid' });
    expect(status({ draft: 'TCP.Port ==' }).problems[0]?.start).toBeGreaterThan(0);
  });

  it('says when the text is what the rows show', () => {
    expect(status({ draft: ' TCP ', applied: 'TCP' })).toMatchObject({ tone: 'valid', text: 'Applied' });
  });

  it('warns with the notes of the view', () => {
    expect(status({ draft: 'SMB', applied: 'SMB', notes: ['SMB is not in this trace.'] })).toMatchObject({
      tone: 'warning',
      text: 'SMB is not in this trace.',
    });
  });

  it('keeps what the engine refused until the text changes', () => {
    const refused = { text: 'Nonsense', problem: { message: 'Nonsense is no module.', start: 0, end: 8 } };
    expect(status({ draft: 'Nonsense', refused })).toMatchObject({ tone: 'invalid', text: 'Nonsense is no module.' });
    expect(status({ draft: 'TCP', refused }).tone).toBe('valid');
  });

  it('tells all that the engine finds wrong while a text is being typed, and its notes', () => {
    const problems = [
      { message: 'First.', start: 0, end: 3 },
      { message: 'Second.', start: 4, end: 5 },
    ];
    expect(status({ draft: 'Prt == x', checked: { problems, notes: [] } })).toEqual({
      tone: 'invalid',
      text: 'First.',
      problems,
    });
    const notes = ['SMB is not in this trace.'];
    expect(status({ draft: 'SMB', checked: { problems: [], notes } })).toMatchObject({
      tone: 'warning',
      text: notes[0],
    });
  });

  it('tells what is wrong with the stack when the box is empty', () => {
    const refused = { text: '', problem: { message: 'In the stacked filter “Prt”: Unknown.' } };
    expect(status({ refused })).toMatchObject({ tone: 'invalid', text: refused.problem.message });
  });

  it('tells how far a scan is', () => {
    expect(status({ draft: 'TCP', scan: { scanned: 42, total: 100, view: 0, rows: 0 } })).toMatchObject({
      tone: 'busy',
      text: 'Filtering 42 %',
    });
  });
});

it('has no syntax problem with a filter', () => {
  expect(syntaxProblem('TCP and not UDP')).toBeUndefined();
});
