import { defineConfig } from '@playwright/test';
import type { AppOptions } from './app.ts';

const packagedSpec = /packaged\.spec\.ts$/;

/**
 * The same specs for both hosts, and one for the app as it is released. What is not there is left out
 * (build/end-to-end.mjs says so).
 */
const projects = [
  {
    there: process.env.HOPSCOPE_ELECTRON !== undefined,
    project: { name: 'desktop', use: { hostKind: 'desktop' as const }, testIgnore: packagedSpec },
  },
  {
    there: process.env.HOPSCOPE_PACKAGED !== undefined,
    project: { name: 'packaged', testMatch: packagedSpec },
  },
  {
    there: process.env.HOPSCOPE_CHROMIUM !== undefined,
    project: { name: 'web', use: { hostKind: 'web' as const }, testIgnore: [/desktop/, packagedSpec] },
  },
].flatMap(({ there, project }) => (there ? [project] : []));

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
  projects,
});
