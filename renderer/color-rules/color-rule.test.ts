import { describe, expect, it } from 'vitest';
import { syntaxProblem } from '../filter/filter-status.ts';
import { activeRules, importedRules, moved, restored, rulesJson, withOwnRule, type ColorRule } from './color-rule.ts';
import { shippedRules } from './shipped-rules.ts';

const content = { name: 'Mine', filter: 'UDP.Port == 53', color: 'blue', enabled: true } as const;
const rule = (id: string, enabled = true): ColorRule => ({ ...content, id, enabled });
const ids = (rules: readonly ColorRule[]): string[] => rules.map(({ id }) => id);

describe('the list of rules', () => {
  const list = [rule('a'), rule('b'), rule('c')];

  it('is put into another order, but never beyond its ends', () => {
    expect(ids(moved(list, 'c', -1))).toEqual(['a', 'c', 'b']);
    expect(ids(moved(list, 'a', 1))).toEqual(['b', 'a', 'c']);
    expect(moved(list, 'a', -1)).toBe(list);
    expect(moved(list, 'c', 1)).toBe(list);
  });

  it('has a new rule in front, with a name of its own', () => {
    const twice = withOwnRule(withOwnRule(list, content), content);
    expect(ids(twice)).toEqual(['own-2', 'own-1', 'a', 'b', 'c']);
  });

  it('asks those that are switched on and have a filter', () => {
    expect(ids(activeRules([rule('a', false), rule('b'), { ...rule('c'), filter: ' ' }]))).toEqual(['b']);
  });

  it('gets the shipped rules back as they were, and keeps the own ones', () => {
    const own = withOwnRule([], content);
    expect(restored([...shippedRules.slice(3), ...own], shippedRules)).toEqual([...own, ...shippedRules]);
  });
});

describe('a file of rules', () => {
  it('adds what is not there already, in its order', () => {
    const file = rulesJson([rule('x'), { ...rule('y'), name: 'Other' }]);
    const first = importedRules([rule('a')], file);
    expect(first.rules.map(({ name }) => name)).toEqual(['Other', 'Mine']);
    expect(first).toMatchObject({ added: 1, problems: [] });
    expect(importedRules([], file).rules.map(({ name, id }) => [name, id])).toEqual([
      ['Mine', 'own-2'],
      ['Other', 'own-1'],
    ]);
  });

  it('costs only the entries that are no rules', () => {
    const file = JSON.stringify({ rules: [{ ...content, color: 'mauve' }, content] });
    expect(importedRules([], file)).toMatchObject({ added: 1, problems: [expect.stringContaining('1')] });
  });

  it('that is none says so', () => {
    expect(importedRules([], 'no JSON').problems).toHaveLength(1);
    expect(importedRules([], '[]').problems).toHaveLength(1);
    expect(importedRules([], 'null').problems).toHaveLength(1);
  });
});

describe('the shipped rules', () => {
  it('are filters, each with an id of its own', () => {
    const problems = shippedRules.map(({ name, filter }) => ({ name, problem: syntaxProblem(filter) }));
    expect(problems.filter(({ problem }) => problem)).toEqual([]);
    expect(new Set(ids(shippedRules)).size).toBe(shippedRules.length);
  });
});
