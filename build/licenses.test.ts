import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageOf, thirdPartyLicenses } from './licenses.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-licenses-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, content: unknown): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
}
const collect = () => thirdPartyLicenses(join(folder, 'dist'), join(folder, 'node_modules'));

describe('the licences of a bundle', () => {
  beforeEach(async () => {
    await put('dist/renderer/a.js.map', { sources: ['../../renderer/main.tsx', '../../node_modules/react/index.js'] });
    await put('dist/engine/b.js.map', { sources: ['../../node_modules/@scope/part/x.js', null] });
    await put('node_modules/react/package.json', { version: '19.3.1', license: 'MIT' });
    await put('node_modules/react/LICENSE', 'The words of MIT\r\n');
    await put('node_modules/@scope/part/package.json', { version: '1.0.0', license: { type: 'ISC' } });
    await put('node_modules/unused/package.json', { version: '1.0.0', license: 'GPL-3.0' });
  });

  it('are those of the packages whose files went in, with their words', async () => {
    const { text, packages } = await collect();
    expect(packages.map(({ name, version, license }) => `${name} ${version} ${license}`)).toEqual([
      '@scope/part 1.0.0 ISC',
      'react 19.3.1 MIT',
    ]);
    expect(text).toContain('react 19.3.1\nLicence: MIT\n\nThe words of MIT\n');
    expect(text).toContain(
      '@scope/part 1.0.0\nLicence: ISC\n\nThe package names this licence and brings no text of it.',
    );
    expect(text).not.toContain('unused');
  });

  it('cannot be told of a package without any word of them, or of a bundle without maps', async () => {
    await put('node_modules/react/package.json', { version: '19.3.1' });
    await rm(join(folder, 'node_modules/react/LICENSE'));
    await expect(collect()).rejects.toThrow('There is no word of a licence in: react.');
    await rm(join(folder, 'dist'), { recursive: true });
    await mkdir(join(folder, 'dist'));
    await expect(collect()).rejects.toThrow('The bundle has no source maps');
  });
});

describe('the package of a source file', () => {
  it.each([
    ['../../node_modules/react/cjs/react.js', 'react'],
    ['../node_modules/@a/b/node_modules/@c/d/index.js', '@c/d'],
    ['..\\node_modules\\ws\\lib\\x.js', 'ws'],
    ['../../core/base/bytes.ts', undefined],
  ])('%s is %s', (source, name) => {
    expect(packageOf(source)).toBe(name);
  });
});
