/**
 * `npm run test:e2e`: the specs of e2e/ against the real desktop app, the app as it is released, and the page in Chromium.
 * Finds or makes them, gives the windows a screen, and says aloud what could not be tested. Arguments go to Playwright.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import console from 'node:console';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { packagedProgram } from './package.mjs';
import { findChromium, findElectron, findTshark, findXvfb, hasScreen, tellProgram } from './provision.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where e2e/playwright.config.ts has it written. */
const reportFile = join(root, 'test-results', 'report.json');
const playwrightFolder = dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json'));

async function main() {
  if (!existsSync(join(root, 'dist', 'cli', 'main.js')))
    await run(process.execPath, [join(root, 'build', 'bundle.mjs')]);
  const electron = findElectron();
  const chromium = await findChromium();
  const tshark = findTshark();
  const screens = hasScreen() ? [] : await startScreens();
  const desktop = electron && (hasScreen() || screens.length > 0) ? electron : undefined;
  const noScreen = electron ? 'There is no screen: ' : '';
  tellProgram('Electron', desktop, `${noScreen}The desktop app is NOT TESTED.`);
  tellProgram('Chromium', chromium, 'The page in a browser is NOT TESTED.');
  tellProgram('tshark', tshark, 'Exports are not read back by Wireshark.');
  if (!desktop && !chromium) return 1;
  const chosen = process.argv.slice(2);
  const wantsPackaged = chosen.length === 0 || chosen.some((word) => word.includes('packaged'));
  const packaged = wantsPackaged && desktop ? await makePackage() : undefined;
  if (wantsPackaged) tellProgram('Packaged app', packaged, 'The app as it is released is NOT TESTED.');
  await rm(join(root, 'test-results'), { recursive: true, force: true });
  const settings = {
    ...(desktop && { HOPSCOPE_ELECTRON: desktop.path }),
    ...(packaged && { HOPSCOPE_PACKAGED: packaged.path }),
    ...(chromium && { HOPSCOPE_CHROMIUM: chromium.path }),
    ...(tshark && { HOPSCOPE_TSHARK: tshark.path }),
    ...(screens.length > 0 && { HOPSCOPE_SCREENS: screens.map(({ display }) => display).join() }),
  };
  const playwright = (/** @type {string[]} */ ...parameters) =>
    run(
      process.execPath,
      [join(playwrightFolder, 'cli.js'), 'test', '--config', join(root, 'e2e'), ...parameters],
      settings,
    );
  try {
    if (chosen.length > 0) return await playwright(...chosen);
    return await runAll(playwright, {
      projects: [...(desktop ? ['desktop'] : []), ...(packaged ? ['packaged'] : [])],
      hasChromium: chromium !== undefined,
    });
  } finally {
    for (const { stop } of screens) stop();
  }
}

/**
 * The app as it is released, in its folder. It is made anew where it is older than the bundle.
 * @returns {Promise<{ path: string, version: string } | undefined>}
 */
async function makePackage() {
  // Its tests look at processes as Linux shows them.
  if (process.platform !== 'linux') return undefined;
  if (!(await isNewer(join('resources', 'app.asar'))))
    await run(process.execPath, [join(root, 'build', 'package.mjs')]);
  const path = packagedProgram();
  const isMade = path !== undefined && (await isNewer(join('resources', 'app.asar')));
  return isMade ? { path, version: 'made of the Electron above' } : undefined;
}

/**
 * True when a file of the packaged app is newer than everything in dist/ that goes into it.
 * @param {string} name
 */
async function isNewer(name) {
  const path = packagedProgram();
  const packed = path && (await stat(join(dirname(path), name)).catch(() => undefined));
  if (!packed) return false;
  const folders = ['electron', 'engine', 'renderer', 'shared', 'sample'].map((folder) => join(root, 'dist', folder));
  const files = (await Promise.all(folders.map((folder) => filesBelow(folder)))).flat();
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  return packed.mtimeMs >= Math.max(...times);
}

/** @param {string} folder */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/**
 * The desktop app, the app as it is released, what is measured and so is alone, then the page. That takes about as long as the
 * first: where it would not end in time (HOPSCOPE_END_BY, Unix seconds), it is tested by as many specs as would, and those that
 * are left out are named.
 * @param {(...parameters: string[]) => Promise<number>} playwright
 * @param {{ projects: string[], hasChromium: boolean }} there
 * @returns {Promise<number>} the exit code
 */
async function runAll(playwright, { projects, hasChromium }) {
  const endBy = Number(process.env.HOPSCOPE_END_BY ?? Number.POSITIVE_INFINITY) * 1000;
  if (Number.isFinite(endBy))
    console.warn(
      'Time is bounded: axe looks at light and dark alone. `npm test` by itself takes both high-contrast themes too.',
    );
  const codes = [];
  /** @type {Map<string, number>} */
  let durations = new Map();
  if (projects.length > 0) {
    // Written as one word each: `--project` by itself takes every word behind it for a project.
    codes.push(await playwright(...projects.map((name) => `--project=${name}`)));
    durations = await readDurations();
    codes.push(await playwright('--project=measured'));
  }
  if (hasChromium) codes.push(await playwright('--project=web', ...specsUntil(endBy, durations)));
  return codes.find((code) => code !== 0) ?? 0;
}

/**
 * The specs of both hosts that end in time, those first that are over soonest, and at least one; nothing where all do.
 * @param {number} endBy Unix milliseconds
 * @param {Map<string, number>} durations milliseconds
 */
function specsUntil(endBy, durations) {
  const ofBothHosts = [...durations].filter(([spec]) => !/desktop|packaged/.test(spec)).sort(([, a], [, b]) => a - b);
  let end = Date.now();
  const inTime = ofBothHosts.filter(([, duration]) => (end += duration) < endBy).length;
  if (inTime === ofBothHosts.length) return [];
  const specs = ofBothHosts.map(([spec]) => spec);
  const tested = specs.slice(0, Math.max(1, inTime));
  const late = specs.slice(tested.length).join(', ');
  console.warn(`There is no time for all: in a browser, THE PAGE IS NOT TESTED by ${late}.`);
  return tested;
}

/**
 * A part of Playwright's report.
 * @typedef {{ file: string, suites?: Suite[], specs: { tests: { results: { duration: number }[] }[] }[] }} Suite
 */

/**
 * How much of the last run's time each spec took, together with what ran beside it.
 * @returns {Promise<Map<string, number>>} milliseconds
 */
async function readDurations() {
  /** @type {unknown} */
  const report = JSON.parse(await readFile(reportFile, 'utf8'));
  const { config, suites } = /** @type {{ config: { workers: number }, suites: Suite[] }} */ (report);
  return new Map(suites.map((suite) => [suite.file, durationOf(suite) / config.workers]));
}

/**
 * @param {Suite} suite
 * @returns {number} milliseconds
 */
function durationOf({ suites = [], specs }) {
  const results = specs.flatMap(({ tests }) => tests.flatMap((test) => test.results));
  return [...results.map(({ duration }) => duration), ...suites.map(durationOf)].reduce((sum, part) => sum + part, 0);
}

/** A screen for each app that is tested at a time: a window has the focus, and the clipboard, of its screen. */
async function startScreens() {
  const screens = await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, startScreen));
  return screens.filter((screen) => screen !== undefined);
}

/**
 * A virtual screen on a free display number.
 * @returns {Promise<{ display: string, stop: () => void } | undefined>}
 */
async function startScreen() {
  const xvfb = findXvfb();
  if (!xvfb) return undefined;
  const child = spawn(xvfb.path, ['-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const number = await new Promise((/** @type {(number: string) => void} */ resolve) => {
    child.stdout.once('data', (data) => {
      resolve(String(data).trim());
    });
    child.once('exit', () => {
      resolve('');
    });
  });
  return number === '' ? undefined : { display: `:${number}`, stop: () => child.kill() };
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @param {Record<string, string>} [settings]
 * @returns {Promise<number>} the exit code
 */
function run(program, parameters, settings = {}) {
  const child = spawn(program, parameters, { cwd: root, stdio: 'inherit', env: { ...process.env, ...settings } });
  return new Promise((resolve) => {
    child.on('error', () => {
      resolve(1);
    });
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

process.exitCode = await main();
