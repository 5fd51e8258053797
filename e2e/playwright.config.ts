import { defineConfig } from '@playwright/test';
import type { AppOptions } from './app.ts';

/** The same specs for both hosts; a host that is not there is left out (build/end-to-end.mjs says so). */
const projects = [
  { name: 'desktop', use: { hostKind: 'desktop' as const }, there: process.env.HOPSCOPE_ELECTRON !== undefined },
  { name: 'web', use: { hostKind: 'web' as const }, there: process.env.HOPSCOPE_CHROMIUM !== undefined },
].filter(({ there }) => there);

export default defineConfig<AppOptions>({
  testDir: '.',
  outputDir: '../test-results/artifacts',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A start that a busy machine spoils is no finding: CI tries once more, and the report counts it as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  // Each test starts an app of its own, with engine threads for every processor.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  projects: projects.map(({ name, use }) => ({ name, use, ...(name === 'web' && { testIgnore: /desktop/ }) })),
});
