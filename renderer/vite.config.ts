import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page, for every host: relative addresses, no inline scripts or styles (the hosts send a strict CSP). */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    sourcemap: true,
    target: 'chrome120',
    // The polyfill would be an inline script, and every browser we run in knows modulepreload.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2200,
  },
});
