import { defaultPlan } from '../../core/capture/capture-plan.ts';
import { planTroubles } from '../../core/capture/plan-troubles.ts';
import { describe, expect, it } from 'vitest';
import { checksOf, countChecks } from './checks.ts';

const link = { gigabits: 10 };

describe('the checks before a capture', () => {
  it('tell once what a trouble and a caveat say of one field', () => {
    const plan = { ...defaultPlan(), file: '\\\\server\\share\\a.etl' };
    const trouble = { field: 'file', severity: 'error', words: 'The file lies on a network.' } as const;
    expect(checksOf(plan, [trouble], link).filter(({ where }) => where === 'file')).toHaveLength(1);
    expect(checksOf(defaultPlan(), [trouble], link)[0]).toMatchObject({ severity: 'stop', words: trouble.words });
  });

  it('tell what keeps the plan from working first, with the field that mends it', () => {
    const plan = { ...defaultPlan('netsh'), edition: 'nano' as const };
    const checks = checksOf(plan, planTroubles(plan), link);
    expect(checks[0]).toMatchObject({ severity: 'stop' });
    expect(checks[0].where).toBeDefined();
    expect(checks[0].words).toMatch(/Nano/);
  });

  it('are grave before light, each with an id of its own', () => {
    const plan = { ...defaultPlan(), file: '\\\\server\\share\\a.etl' };
    const checks = checksOf(plan, planTroubles(plan), link);
    const order = checks.map(({ severity }) => ['stop', 'warning', 'note'].indexOf(severity));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(countChecks(checks, 'stop')).toBeGreaterThan(0);
    expect(countChecks(checks, 'note')).toBe(order.filter((grade) => grade === 2).length);
  });
});
