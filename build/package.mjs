/**
 * `npm run package`: the app as people install it, in release/. Without arguments the unpacked app for this system, which
 * needs no network: it is made of the Electron that is here. `npm run package -- --installers` makes this system's
 * installers (electron-builder.yml lists them; it downloads their tools).
 */
import console from 'node:console';
import { existsSync } from 'node:fs';
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { thirdPartyLicenses } from './licenses.mjs';
import { findElectron } from './provision.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Electron checks an archive against the hash in its program on these only. */
const checksIntegrity = process.platform === 'win32' || process.platform === 'darwin';

/** @returns {Promise<number>} the exit code */
async function main() {
  const electron = findElectron();
  if (!electron) {
    console.error('package: there is no Electron here, and it could not be downloaded.');
    return 1;
  }
  const electronFolder = folderOf(electron.path);
  const { text, packages } = await thirdPartyLicenses(dist, join(root, 'node_modules'));
  await writeFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), text);
  // Only now: other scripts ask this module where the app lies, and need not wait for all of the builder.
  const { build, Platform } = await import('electron-builder');
  const wantsInstallers = process.argv.includes('--installers');
  const made = await build({
    projectDir: root,
    publish: 'never',
    targets: Platform.current().createTarget(wantsInstallers ? undefined : 'dir'),
    config: {
      electronDist: electronFolder,
      electronVersion: electron.version.replace(/^v/, ''),
      electronFuses: { enableEmbeddedAsarIntegrityValidation: checksIntegrity },
      afterPack: (/** @type {{ appOutDir: string }} */ { appOutDir }) => completeFolder(electronFolder, appOutDir),
    },
  });
  console.log(`package: Electron ${electron.version}, ${packages.length} bundled packages with their licences.`);
  for (const file of made) console.log(`package: ${file}`);
  if (!wantsInstallers) console.log(`package: ${packagedProgram() ?? 'NO PROGRAM came of it.'}`);
  return 0;
}

/**
 * Where electron-builder leaves the unpacked app of this system; undefined when it has not been packaged.
 * @returns {string | undefined} path of the program
 */
export function packagedProgram() {
  const arm = process.arch === 'arm64' ? '-arm64' : '';
  const places = {
    linux: join(`linux${arm}-unpacked`, 'hopscope'),
    win32: join(`win${arm}-unpacked`, 'Hopscope.exe'),
    darwin: join(`mac${arm}`, 'Hopscope.app', 'Contents', 'MacOS', 'Hopscope'),
  };
  const { platform } = process;
  if (platform !== 'linux' && platform !== 'win32' && platform !== 'darwin') return undefined;
  const path = join(root, 'release', places[platform]);
  return existsSync(path) ? path : undefined;
}

/**
 * The folder that holds Electron: on macOS the one around Electron.app.
 * @param {string} program
 */
function folderOf(program) {
  return process.platform === 'darwin' ? join(dirname(program), '..', '..', '..') : dirname(program);
}

/**
 * An Electron that is taken as it lies here comes with its demonstration app, with every language, and with licences under
 * names that say nothing beside ours; electron-builder sees to that only where it has downloaded Electron itself.
 * @param {string} electronFolder
 * @param {string} appFolder
 */
async function completeFolder(electronFolder, appFolder) {
  if (process.platform === 'darwin') return;
  await rm(join(appFolder, 'resources', 'default_app.asar'), { force: true });
  await rm(join(appFolder, 'version'), { force: true });
  await rm(join(appFolder, 'LICENSE'), { force: true });
  await cp(join(electronFolder, 'LICENSE'), join(appFolder, 'LICENSE.electron.txt'));
  const locales = join(appFolder, 'locales');
  const others = (await readdir(locales)).filter((file) => !/^en(?:-US)?\.pak/.test(file));
  await Promise.all(others.map((file) => rm(join(locales, file))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
