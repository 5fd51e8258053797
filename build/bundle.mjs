/**
 * Builds dist/: the page, the hosts, the engine's threads and the sample. Everything a program needs is bundled into
 * it, so that dist/ runs without node_modules. Entries that do not exist are left out, and said to be.
 */
import console from 'node:console';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** @type {readonly string[]} */
const provided = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/**
 * Programs for Node: ES modules that may share chunks among them.
 * @param {Record<string, string>} entries name below dist/, without its ending -> source file
 * @param {string} chunkFolder
 */
async function bundlePrograms(entries, chunkFolder) {
  const input = present(entries);
  if (Object.keys(input).length === 0) return;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ssr: true,
      outDir: dist,
      emptyOutDir: false,
      target: 'node20.19',
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: `${chunkFolder}/[name]-[hash].js`,
          banner: (chunk) => (chunk.name === 'cli/main' ? '#!/usr/bin/env node' : ''),
        },
      },
    },
  });
}

/** The preload script: one CommonJS file, because a sandboxed page's preload script can load no other. */
async function bundlePreload() {
  const input = present({ 'electron/preload': 'electron/preload.ts' });
  if (Object.keys(input).length === 0) return;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: 'chrome138',
      sourcemap: true,
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input,
        external: [...provided],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  });
}

async function bundlePage() {
  if (Object.keys(present({ renderer: 'renderer/main.tsx' })).length === 0) return;
  const configFile = join(root, 'renderer', 'vite.config.ts');
  await build({ configFile, logLevel: 'warn' });
}

async function copySample() {
  const from = join(root, 'assets', 'sample');
  const names = existsSync(from) ? (await readdir(from)).filter((name) => name.endsWith('.etl')) : [];
  if (names.length === 0) console.warn('bundle: assets/sample holds no .etl yet: left out.');
  await mkdir(join(dist, 'sample'), { recursive: true });
  await Promise.all(names.map((name) => copyFile(join(from, name), join(dist, 'sample', name))));
}

async function copyIcon() {
  await mkdir(join(dist, 'icons'), { recursive: true });
  await copyFile(join(root, 'assets', 'icon.png'), join(dist, 'icons', 'icon.png'));
}

/**
 * The entries whose source is there.
 * @param {Record<string, string>} entries
 * @returns {Record<string, string>}
 */
function present(entries) {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, source]) => {
      const file = join(root, source);
      if (existsSync(file)) return [[name, file]];
      console.warn(`bundle: ${source} is not there yet: left out.`);
      return [];
    }),
  );
}

const started = performance.now();
await rm(dist, { recursive: true, force: true });
await Promise.all([
  bundlePage(),
  bundlePrograms({ 'cli/main': 'cli/main.ts', 'electron/main': 'electron/main.ts' }, 'shared'),
  // On their own, so that a packaged app can keep the engine's files beside its archive.
  bundlePrograms(
    { 'engine/thread': 'core/engine/engine-thread.ts', 'engine/worker': 'core/engine/pool-worker.ts' },
    'engine/shared',
  ),
  bundlePreload(),
  copySample(),
  copyIcon(),
]);
if (existsSync(join(dist, 'cli', 'main.js'))) await chmod(join(dist, 'cli', 'main.js'), 0o755);
console.log(`bundle: dist/ is ready after ${((performance.now() - started) / 1000).toFixed(1)} s.`);
