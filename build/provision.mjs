/**
 * Finds, or fetches, the programs that tests and `npm start` need: Electron, a Chromium, tshark and Xvfb. Run on its
 * own it fetches what it may and prints what it found, one line each; what cannot be had is said aloud.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import console from 'node:console';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { argv, env, execPath, getuid, platform } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** @typedef {{ path: string, version: string }} Program */

const electronInFolder = { win32: 'electron.exe', darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron') };
const electronName = platform === 'win32' || platform === 'darwin' ? electronInFolder[platform] : 'electron';

/**
 * Electron: the folder named by ELECTRON_OVERRIDE_DIST_PATH, the installed package, its download, a neighbour's copy.
 * @param {{ patience?: number }} [options] milliseconds a download may take
 * @returns {Program | undefined}
 */
export function findElectron({ patience = 300_000 } = {}) {
  return electronIn(env.ELECTRON_OVERRIDE_DIST_PATH) ?? installedElectron(patience) ?? providedElectron(patience);
}

/** @param {number} patience */
function installedElectron(patience) {
  const folder = packageFolder('electron');
  if (folder === undefined) return undefined;
  const found = electronIn(join(folder, 'dist'));
  if (found) return found;
  spawnSync(execPath, [join(folder, 'install.js')], { timeout: patience, stdio: 'ignore' });
  return electronIn(join(folder, 'dist'));
}

/**
 * A checkout may lie beside a folder that provides an Electron where Electron's own download is out of reach.
 * @param {number} patience
 */
function providedElectron(patience) {
  const provide = join(root, '..', 'shared', 'electron', 'provide');
  if (platform !== 'linux' || !existsSync(provide)) return undefined;
  const answer = spawnSync(provide, { timeout: patience, encoding: 'utf8' });
  return answer.status === 0 ? electronIn(answer.stdout.trim()) : undefined;
}

/**
 * @param {string | undefined} folder
 * @returns {Program | undefined}
 */
function electronIn(folder) {
  if (!folder) return undefined;
  const path = join(folder, electronName);
  if (!isExecutable(path)) return undefined;
  const versionFile = join(folder, 'version');
  return { path, version: existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'unknown version' };
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const chromiumPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  join(env.PROGRAMFILES ?? 'C:\\Program Files', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  join(env['PROGRAMFILES(X86)'] ?? 'C:\\Program Files (x86)', 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
];

/**
 * Chromium: HOPSCOPE_CHROMIUM, the system's, Playwright's own download, Debian's package.
 * @returns {Promise<Program | undefined>}
 */
export async function findChromium() {
  const named = env.HOPSCOPE_CHROMIUM;
  const there = [named, ...chromiumNames.map(onPath), ...chromiumPlaces].find((path) => path && isExecutable(path));
  const path = there ?? (await playwrightChromium()) ?? debianProgram('chromium', 'chromium');
  return path === undefined ? undefined : { path, version: versionOf(path, '--version') };
}

/** @returns {Promise<string | undefined>} */
async function playwrightChromium() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  if (isExecutable(path)) return path;
  const program = join(packageFolder('playwright') ?? '', 'cli.js');
  spawnSync(execPath, [program, 'install', 'chromium'], { timeout: 300_000, stdio: 'ignore' });
  return isExecutable(path) ? path : undefined;
}

/** @returns {Program | undefined} */
export function findTshark() {
  const windows = join(env.PROGRAMFILES ?? 'C:\\Program Files', 'Wireshark', 'tshark.exe');
  const mac = '/Applications/Wireshark.app/Contents/MacOS/tshark';
  const path = onPath('tshark') ?? [windows, mac].find(isExecutable) ?? debianProgram('tshark', 'tshark');
  return path === undefined ? undefined : { path, version: versionOf(path, '--version') };
}

/**
 * A virtual screen for windows where there is none; only Linux has a need for it.
 * @returns {Program | undefined}
 */
export function findXvfb() {
  if (platform !== 'linux') return undefined;
  const path = onPath('Xvfb') ?? debianProgram('Xvfb', 'xvfb');
  return path === undefined ? undefined : { path, version: 'virtual screen' };
}

/** True where windows can be shown. */
export function hasScreen() {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** Chromium refuses to run its sandbox as root. */
export function sandboxArguments() {
  return platform === 'linux' && getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * The last resort, as root on Debian: its package.
 * @param {string} program
 * @param {string} packageName
 */
function debianProgram(program, packageName) {
  if (!existsSync('/etc/debian_version') || getuid?.() !== 0) return undefined;
  const settings = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update'], { stdio: 'ignore', timeout: 300_000, env: settings });
  const install = ['install', '-y', '--no-install-recommends', packageName];
  spawnSync('apt-get', install, { stdio: 'ignore', timeout: 600_000, env: settings });
  return onPath(program);
}

/** @param {string} name */
export function onPath(name) {
  const endings = platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @param {string} question
 */
function versionOf(path, question) {
  try {
    const answer = execFileSync(path, [question], {
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return answer.split('\n')[0].trim() || 'unknown version';
  } catch {
    return 'unknown version';
  }
}

/** @param {string} name */
function packageFolder(name) {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} name
 * @param {Program | undefined} program
 * @param {string} without what is lost
 */
export function tellProgram(name, program, without) {
  if (program) console.log(`provision: ${name}: ${program.path} (${program.version})`);
  else console.log(`provision: ${name}: CANNOT BE HAD. ${without}`);
}

if (argv.length > 1 && import.meta.url === pathToFileURL(argv[1]).href) {
  tellProgram('Electron', findElectron(), 'The desktop app is not tested.');
  tellProgram('Chromium', await findChromium(), 'The page in a browser is not tested.');
  tellProgram('tshark', findTshark(), 'Exports are not read back by Wireshark.');
  if (platform === 'linux') tellProgram('Xvfb', findXvfb(), 'Without a screen the desktop app is not tested.');
}
