import { defineConfig } from '@playwright/test';
import type { AppOptions } from './app.ts';
import { screens } from './screen.ts';

const packagedSpec = /packaged\.spec\.ts$/;
const measuringSpec = /large\.desktop\.spec\.ts$/;

/**
 * The same specs for both hosts, and one for the app as it is released. What is not there is left out
 * (build/end-to-end.mjs says so).
 */
const projects = [
  {
    there: process.env.HOPSCOPE_ELECTRON !== undefined,
    project: { name: 'desktop', use: { hostKind: 'desktop' as const }, testIgnore: [packagedSpec, measuringSpec] },
  },
  {
    // What tells how fast the app is runs by itself: build/end-to-end.mjs sees to that.
    there: process.env.HOPSCOPE_ELECTRON !== undefined,
    project: { name: 'measured', use: { hostKind: 'desktop' as const }, testMatch: measuringSpec },
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
  // Each test starts an app of its own; those that run side by side have a screen each (screen.ts).
  workers: Math.max(1, screens.length),
  forbidOnly: process.env.CI !== undefined,
  // How long each spec took is read by build/end-to-end.mjs.
  reporter: [['list'], ['json', { outputFile: '../test-results/report.json' }]],
  projects,
});
