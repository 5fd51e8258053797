/**
 * `npm run test:e2e`: the specs of e2e/ against the real desktop app, the app as it is released, and the page in Chromium.
 * Finds or makes them, gives the windows a screen, and says aloud what could not be tested. Arguments go to Playwright.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import console from 'node:console';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { packagedProgram } from './package.mjs';
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
    ...(screen && { DISPLAY: screen.display }),
  };
  const playwright = (/** @type {string[]} */ ...parameters) =>
    run(
      process.execPath,
      [join(playwrightFolder, 'cli.js'), 'test', '--config', join(root, 'e2e'), ...parameters],
      settings,
    );
  try {
    const isBounded = process.env.HOPSCOPE_END_BY !== undefined && desktop && chromium && chosen.length === 0;
    if (!isBounded) return await playwright(...chosen);
    return await runAll(playwright, Number(process.env.HOPSCOPE_END_BY) * 1000, packaged !== undefined);
  } finally {
    screen?.stop();
  }
}

/** What the page is tested by when there is no time for all. */
const shortestSpec = 'first-slice.spec.ts';

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
 * The desktop app, the app as it is released, then the page, which takes about as long as the first: where that would not
 * end in time (Unix milliseconds), only the first slice is tested in it, and that is said.
 * @param {(...parameters: string[]) => Promise<number>} playwright
 * @param {number} endBy
 * @param {boolean} hasPackaged
 * @returns {Promise<number>} the exit code
 */
async function runAll(playwright, endBy, hasPackaged) {
  console.warn(
    'Time is bounded: axe looks at light and dark alone. `npm test` by itself takes both high-contrast themes too.',
  );
  const begin = Date.now();
  const desktopCode = await playwright('--project=desktop', ...(hasPackaged ? ['--project=packaged'] : []));
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
