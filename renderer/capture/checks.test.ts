import { describe, expect, it } from 'vitest';
import { checksOf, countChecks } from './checks.ts';
import { defaultPlan, planTroubles } from './stand-in.ts';

const link = { gigabits: 10 };

describe('the checks before a capture', () => {
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
