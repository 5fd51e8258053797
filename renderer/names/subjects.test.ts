import { describe, expect, it } from 'vitest';
import { createFakeNames } from '../testing/fake-names.ts';
import {
  chosenSubjects,
  nameByHand,
  namelessByCommand,
  nameFrom,
  namesOfSource,
  namesVerdict,
  subjectsWith,
} from './subjects.ts';

const names = createFakeNames();
const book = names.names({ trace: 1 });

describe('the subjects of a name book', () => {
  it('are all, those without a name, or those in conflict', () => {
    expect(chosenSubjects(book.subjects, 'all')).toHaveLength(book.subjects.length);
    expect(chosenSubjects(book.subjects, 'nameless')).toHaveLength(book.subjects.length - book.named);
    expect(chosenSubjects(book.subjects, 'conflicts')).toHaveLength(book.conflicts);
  });

  it('are found by the words of keys, names and facts', () => {
    expect(subjectsWith(book.subjects, 'hyper-v 01-02-03').map(({ text }) => text)).toEqual([
      '/DEVICE/{5AA3FFAC-83AE-4A3D-A33E-2E2B2E2B7C11}',
    ]);
    expect(subjectsWith(book.subjects, '  ')).toHaveLength(book.subjects.length);
    expect(subjectsWith(book.subjects, 'layered nowhere')).toEqual([]);
  });

  it('tell how well a trace is named', () => {
    expect(namesVerdict(book)).toBe('nameless');
    expect(namesVerdict({ ...book, named: book.subjects.length })).toBe('conflicts');
    expect(namesVerdict({ ...book, named: book.subjects.length, conflicts: 0 })).toBe('good');
    expect(namesVerdict({ ...book, subjects: [], named: 0 })).toBe('none');
  });
});

describe('names that are missing', () => {
  it('are grouped by the command that fetches them, the most helpful first', () => {
    const { commands, withoutCommand } = namelessByCommand(book.subjects);
    const counts = commands.map(({ subjects }) => subjects.length);
    expect(counts).toEqual([...counts].sort((first, second) => second - first));
    expect(commands[0].command).toMatch(/^Get-VMNetworkAdapter /);
    expect(counts.reduce((sum, count) => sum + count, withoutCommand.length)).toBe(book.subjects.length - book.named);
  });
});

describe('what a source says', () => {
  it('is of this trace or of something else', () => {
    const report = names.importNames({ trace: 2, files: ['Get-NetAdapter.txt'], texts: [] });
    const [source] = report.added;
    const { matched, unmatched } = namesOfSource(report.book, source.id);
    expect(matched).toHaveLength(source.matched);
    expect(matched.map((subject) => nameFrom(subject, source.id))).toContain('Ethernet 2');
    expect(unmatched).toHaveLength(1);
  });

  it('is a name by hand only where a person gave one', () => {
    const { key } = book.subjects[0];
    expect(nameByHand(book, book.subjects[0])).toBeUndefined();
    const changed = names.setName({ trace: 3, key, name: 'web01' });
    const subject = changed.subjects.find((each) => each.key === key);
    expect(subject && nameByHand(changed, subject)).toBe('web01');
  });
});
