import { describe, expect, it } from 'vitest';
import { foundFilters, importedLibrary, libraryJson, whyNotKept, withFilter } from './library-filters.ts';

const web = { name: 'Web', category: 'HTTP', text: 'TCP.Port in [80, 443]' };
const names = { name: 'Names', category: 'DNS', text: 'DNS' };

describe('keeping a filter', () => {
  it('wants a name of its own and a text that is a filter', () => {
    expect(whyNotKept([web], names)).toBeUndefined();
    expect(whyNotKept([web], { ...names, name: ' ' })).toContain('name');
    expect(whyNotKept([web], { ...names, text: 'DNS and' })).toBeTruthy();
    expect(whyNotKept([web], { ...web, name: 'wEB ' })).toContain('wEB');
  });

  it('may keep the name when it replaces itself', () => {
    const changed = { ...web, text: 'HTTP' };
    expect(whyNotKept([web, names], changed, web)).toBeUndefined();
    expect(withFilter([web, names], changed, web)).toEqual([changed, names]);
  });
});

it('finds filters by words in name, category and text', () => {
  expect(foundFilters([web, names], 'http 443')).toEqual([web]);
  expect(foundFilters([web, names], '')).toEqual([web, names]);
  expect(foundFilters([web, names], 'smb')).toEqual([]);
});

describe('a library that is carried to another computer', () => {
  it('is the same there', () => {
    expect(importedLibrary([], libraryJson([web, names]))).toEqual({
      filters: [web, names],
      added: 2,
      known: 0,
      problems: [],
    });
  });

  it('adds nothing twice, and keeps what has the same name but another text', () => {
    const other = { ...names, text: 'DNS or LLMNR' };
    const { filters, added, known } = importedLibrary([web, names], libraryJson([web, other]));
    expect({ added, known }).toEqual({ added: 1, known: 1 });
    expect(filters.at(-1)).toEqual({ ...other, name: 'Names (2)' });
  });

  it('is told what of it cannot be used, entry by entry', () => {
    const json = JSON.stringify([web, { name: 'Half' }, { ...names, text: 'DNS and' }, 7]);
    const { added, problems } = importedLibrary([], json);
    expect(added).toBe(1);
    expect(problems.map((problem) => /^Entry \d/.exec(problem)?.[0])).toEqual(['Entry 2', 'Entry 3', 'Entry 4']);
    expect(problems[1]).toContain('DNS and');
  });

  it('says so when the file is something else', () => {
    expect(importedLibrary([web], '{').problems[0]).toContain('JSON');
    expect(importedLibrary([web], '{"rules": []}')).toMatchObject({ filters: [web], added: 0 });
    expect(importedLibrary([web], 'null').problems).toHaveLength(1);
  });
});
