import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string): Promise<Buffer> => readFile(fileURLToPath(new URL(`../${path}`, import.meta.url)));

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Width of a PNG in pixels; 0 for anything else. */
const widthOf = (png: Buffer): number => (png.subarray(0, 8).equals(signature) ? png.readUInt32BE(16) : 0);

describe('the icon', () => {
  it('is the same drawing in the page', async () => {
    expect((await read('renderer/public/icon.svg')).toString()).toBe((await read('assets/icon.svg')).toString());
  });

  it('is there in the sizes of each system', async () => {
    expect(widthOf(await read('assets/icon.png'))).toBe(512);
    for (const size of [16, 32, 48, 256, 512])
      expect(widthOf(await read(`assets/icons/${size}x${size}.png`))).toBe(size);

    const ico = await read('assets/icon.ico');
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
    const widths = entries.map((entry) => widthOf(ico.subarray(ico.readUInt32LE(entry + 12))));
    expect(widths).toEqual([16, 24, 32, 48, 64, 128, 256]);

    const icns = await read('assets/icon.icns');
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const macWidths: number[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) macWidths.push(widthOf(icns.subarray(at + 8)));
    expect(macWidths).toEqual([16, 32, 128, 256, 512, 32, 64, 256, 512, 1024]);
  });
});
