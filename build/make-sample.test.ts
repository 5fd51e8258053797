import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileScenario } from '../core/scenario/compile.ts';

const sampleOf = (ending: string): URL => new URL(`../assets/sample/container-syn.${ending}`, import.meta.url);

describe('the sample trace', () => {
  it('is what its scenario gives; `npx tsx build/make-sample.ts` writes it anew', () => {
    const expected = compileScenario(readFileSync(sampleOf('scenario'), 'utf8'));
    expect(Buffer.compare(readFileSync(sampleOf('etl')), expected)).toBe(0);
    expect(expected.length).toBeLessThan(1_000_000);
  });
});
