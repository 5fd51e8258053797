import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'core/**/*.test.ts',
      'cli/**/*.test.ts',
      'electron/**/*.test.ts',
      'renderer/**/*.test.ts',
      'build/**/*.test.ts',
    ],
    environment: 'node',
    // Vitest leaves a processor free; nobody looks at the screen here.
    maxWorkers: '100%',
    testTimeout: 30_000,
    // Copied pictures carry these rules; other style sheets are empty in tests.
    css: { include: [/path-shapes\.css/] },
  },
});
