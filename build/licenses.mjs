/**
 * The licences of what the bundle contains. Its source maps tell which packages' files went in, so nothing is listed that
 * is not shipped, and nothing shipped is left out.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {{ name: string, version: string, license: string, texts: string[] }} Package */

/**
 * Everything that is bundled below `dist`, as one text for people.
 * @param {string} dist the built programs with their source maps
 * @param {string} modules node_modules
 * @returns {Promise<{ text: string, packages: Package[] }>} rejects when a package tells no licence at all
 */
export async function thirdPartyLicenses(dist, modules) {
  const packages = await Promise.all((await bundledPackages(dist)).map((name) => readPackage(modules, name)));
  const silent = packages.filter(({ license, texts }) => license === '' && texts.length === 0);
  if (silent.length > 0) {
    throw new Error(`There is no word of a licence in: ${silent.map(({ name }) => name).join(', ')}.`);
  }
  const head =
    'Hopscope contains the following software of others, under the licences below.\n' +
    'Electron and Chromium bring their own: LICENSE.electron.txt and LICENSES.chromium.html.\n';
  return { text: [head, ...packages.map(chapter)].join(`\n${'='.repeat(78)}\n\n`), packages };
}

/**
 * Names of the packages whose files are in the bundle, sorted.
 * @param {string} dist
 */
async function bundledPackages(dist) {
  const files = await readdir(dist, { recursive: true });
  const maps = files.filter((file) => file.endsWith('.map'));
  if (maps.length === 0) throw new Error('The bundle has no source maps, which tell what is in it.');
  const names = await Promise.all(maps.map((file) => packagesIn(join(dist, file))));
  return [...new Set(names.flat())].sort();
}

/** @param {string} mapFile */
async function packagesIn(mapFile) {
  /** @type {unknown} */
  const map = JSON.parse(await readFile(mapFile, 'utf8'));
  const sources = typeof map === 'object' && map !== null && 'sources' in map ? map.sources : [];
  if (!Array.isArray(sources)) return [];
  return sources.flatMap((source) => (typeof source === 'string' ? (packageOf(source) ?? []) : []));
}

/**
 * `../../node_modules/@scope/name/dist/index.js` -> `@scope/name`; of packages inside packages the innermost.
 * @param {string} source
 */
export function packageOf(source) {
  const [, ...folders] = source.replaceAll('\\', '/').split('node_modules/');
  const path = folders.at(-1);
  if (path === undefined) return undefined;
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * @param {string} modules
 * @param {string} name
 * @returns {Promise<Package>}
 */
async function readPackage(modules, name) {
  const folder = join(modules, name);
  /** @type {unknown} */
  const parsed = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const described = /** @type {{ version?: string, license?: string | { type?: string } }} */ (parsed);
  const { version = '', license = '' } = described;
  const names = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)\b/i.test(file)).sort();
  const texts = await Promise.all(names.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
  return {
    name,
    version,
    license: typeof license === 'string' ? license : (license.type ?? ''),
    texts: texts.map((text) => text.replaceAll('\r\n', '\n').trim()).filter(Boolean),
  };
}

/** @param {Package} described */
function chapter({ name, version, license, texts }) {
  const body = texts.length > 0 ? texts.join('\n\n') : `The package names this licence and brings no text of it.`;
  return `${name} ${version}\nLicence: ${license || 'see below'}\n\n${body}\n`;
}
