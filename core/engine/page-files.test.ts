import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageHeaders, readPageFile } from './page-files.ts';

let base: string;
let folder: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'hopscope-page-'));
  folder = join(base, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(base, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'trace.etl'), 'a trace');
  await writeFile(join(folder, 'assets', 'index.js'), 'export {};');
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('the files of the page', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/assets/index.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['/assets/%69ndex.js', 'text/javascript; charset=utf-8', 'export {};'],
  ])('are given out with their type: %s', async (address, contentType, text) => {
    const file = await readPageFile(folder, address);
    expect({ ...file, body: new TextDecoder().decode(file.body) }).toEqual({ status: 200, contentType, body: text });
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '/%00index.html',
    '/C:/secret.txt',
    '/%E0%A4%A',
  ])('end at their folder: %s', async (address) => {
    expect((await readPageFile(folder, address)).status).toBe(403);
  });

  it.each(['/missing.js', '/assets', '/assets/', '/trace.etl', '/index'])('do not include %s', async (address) => {
    expect((await readPageFile(folder, address)).status).toBe(404);
  });
});

describe('the headers of the page', () => {
  it('allow scripts and connections of its own origin only', () => {
    expect(pageHeaders()['Content-Security-Policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(pageHeaders(['ws://127.0.0.1:5000'])['Content-Security-Policy']).toContain(
      "connect-src 'self' ws://127.0.0.1:5000;",
    );
  });
});
