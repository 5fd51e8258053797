/**
 * Draws assets/icon.svg as the pictures that programs and packages need: icon.png for windows, icon.ico for Windows,
 * icon.icns for macOS, icons/ for Linux desktops, and the page's own copy of the drawing. Run it after the drawing has
 * changed: `node build/render-icon.mjs`. Needs a Chromium.
 */
import { Buffer } from 'node:buffer';
import console from 'node:console';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium, sandboxArguments } from './provision.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const assets = join(root, 'assets');
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** Type codes of an .icns file -> pixels; the last four are for screens of double density. */
const macSizes = {
  icp4: 16,
  icp5: 32,
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic11: 32,
  ic12: 64,
  ic13: 256,
  ic14: 512,
  ic10: 1024,
};

async function main() {
  const found = await findChromium();
  if (!found) {
    console.error('render-icon: there is no Chromium to draw with.');
    return 1;
  }
  const sizes = [...new Set([...linuxSizes, ...windowsSizes, ...Object.values(macSizes)])];
  const pictures = await draw(found.path, await readFile(join(assets, 'icon.svg'), 'utf8'), sizes);
  const picture = (/** @type {number} */ size) => pictures.get(size) ?? Buffer.alloc(0);

  await writeFile(join(assets, 'icon.png'), picture(512));
  await writeFile(join(assets, 'icon.ico'), windowsIcon(windowsSizes.map((size) => [size, picture(size)])));
  await writeFile(
    join(assets, 'icon.icns'),
    macIcon(Object.entries(macSizes).map(([type, size]) => [type, picture(size)])),
  );
  const linuxFolder = join(assets, 'icons');
  await rm(linuxFolder, { recursive: true, force: true });
  await mkdir(linuxFolder);
  for (const size of linuxSizes) await writeFile(join(linuxFolder, `${size}x${size}.png`), picture(size));
  await copyFile(join(assets, 'icon.svg'), join(root, 'renderer', 'public', 'icon.svg'));
  return 0;
}

/**
 * @param {string} program a Chromium
 * @param {string} drawing SVG
 * @param {number[]} sizes pixels
 * @returns {Promise<Map<number, Buffer>>} PNGs by their size
 */
async function draw(program, drawing, sizes) {
  const browser = await chromium.launch({ executablePath: program, args: sandboxArguments() });
  try {
    const page = await browser.newPage();
    const pictures = new Map();
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(
        `<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${drawing}`,
      );
      pictures.set(size, await page.screenshot({ omitBackground: true }));
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

/**
 * An .ico file: a directory, then the PNGs as they are (Windows Vista and later read them).
 * @param {[size: number, png: Buffer][]} pictures
 */
function windowsIcon(pictures) {
  const directory = Buffer.alloc(6 + 16 * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let position = directory.length;
  for (const [index, [size, png]] of pictures.entries()) {
    const entry = 6 + 16 * index;
    // 256 is written as 0.
    directory.writeUInt8(size % 256, entry);
    directory.writeUInt8(size % 256, entry + 1);
    directory.writeUInt16LE(1, entry + 4);
    directory.writeUInt16LE(32, entry + 6);
    directory.writeUInt32LE(png.length, entry + 8);
    directory.writeUInt32LE(position, entry + 12);
    position += png.length;
  }
  return Buffer.concat([directory, ...pictures.map(([, png]) => png)]);
}

/**
 * An .icns file: typed chunks of PNG, each behind its type and its whole length (big endian).
 * @param {[type: string, png: Buffer][]} pictures
 */
function macIcon(pictures) {
  const chunk = (/** @type {string} */ type, /** @type {Buffer} */ body) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('icns', Buffer.concat(pictures.map(([type, png]) => chunk(type, png))));
}

process.exitCode = await main();
