/**
 * `npm run test:e2e`: the specs of e2e/ against the real desktop app and against the page in Chromium. Finds both, gives
 * the windows a screen, and says aloud what could not be tested. Arguments go to Playwright.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import console from 'node:console';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findChromium, findElectron, findTshark, findXvfb, hasScreen, tellProgram } from './provision.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const playwrightFolder = dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json'));

async function main() {
  if (!existsSync(join(root, 'dist', 'cli', 'main.js')))
    await run(process.execPath, [join(root, 'build', 'bundle.mjs')]);
  const electron = findElectron();
  const chromium = await findChromium();
  const tshark = findTshark();
  const screen = hasScreen() ? undefined : await startScreen();
  const desktop = electron && (hasScreen() || screen) ? electron : undefined;
  const noScreen = electron ? 'There is no screen: ' : '';
  tellProgram('Electron', desktop, `${noScreen}The desktop app is NOT TESTED.`);
  tellProgram('Chromium', chromium, 'The page in a browser is NOT TESTED.');
  tellProgram('tshark', tshark, 'Exports are not read back by Wireshark.');
  if (!desktop && !chromium) return 1;
  await rm(join(root, 'test-results'), { recursive: true, force: true });
  const settings = {
    ...(desktop && { HOPSCOPE_ELECTRON: desktop.path }),
    ...(chromium && { HOPSCOPE_CHROMIUM: chromium.path }),
    ...(tshark && { HOPSCOPE_TSHARK: tshark.path }),
    ...(screen && { DISPLAY: screen.display }),
  };
  const playwright = (/** @type {string[]} */ ...parameters) =>
    run(
      process.execPath,
      [join(playwrightFolder, 'cli.js'), 'test', '--config', join(root, 'e2e'), ...parameters],
      settings,
    );
  try {
    const chosen = process.argv.slice(2);
    const isBounded = process.env.HOPSCOPE_END_BY !== undefined && desktop && chromium && chosen.length === 0;
    return await (isBounded ? runBoth(playwright, Number(process.env.HOPSCOPE_END_BY) * 1000) : playwright(...chosen));
  } finally {
    screen?.stop();
  }
}

/** What the page is tested by when there is no time for all. */
const shortestSpec = 'first-slice.spec.ts';

/**
 * The desktop app, then the page, which takes about as long: where that would not end in time (Unix milliseconds), only the
 * first slice is tested in it, and that is said.
 * @param {(...parameters: string[]) => Promise<number>} playwright
 * @param {number} endBy
 * @returns {Promise<number>} the exit code
 */
async function runBoth(playwright, endBy) {
  const begin = Date.now();
  const desktopCode = await playwright('--project=desktop');
  const isEnough = Date.now() + (Date.now() - begin) < endBy;
  if (!isEnough)
    console.warn(`This machine is slow: of the page in a browser, ONLY ${shortestSpec} IS TESTED in time.`);
  // Written as one word each: `--project` by itself takes every word behind it for a project.
  const webCode = await playwright('--project=web', ...(isEnough ? [] : [shortestSpec]));
  return desktopCode === 0 ? webCode : desktopCode;
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
