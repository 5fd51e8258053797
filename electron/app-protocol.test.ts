import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAppRequest } from './app-protocol.ts';
import { isOwnPage } from './own-page.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-app-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (address: string, method = 'GET'): Promise<Response> =>
  answerAppRequest(folder, new Request(address, { method }));

describe('hopscope://app/', () => {
  it('answers with the page, its type and its content security policy', async () => {
    const answer = await ask('hopscope://app/');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<!doctype html>');
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('refuses other hosts, other methods and what lies outside', async () => {
    expect((await ask('hopscope://elsewhere/index.html')).status).toBe(403);
    expect((await ask('hopscope://app/', 'POST')).status).toBe(405);
    expect((await ask('hopscope://app/..%2f..%2fetc/passwd')).status).toBe(403);
    expect((await ask('hopscope://app/missing.js')).status).toBe(404);
  });
});

describe('an IPC message', () => {
  it('is our page’s only when it comes from the top frame of our origin', () => {
    expect(isOwnPage({ origin: 'hopscope://app', parent: null })).toBe(true);
    expect(isOwnPage({ origin: 'hopscope://app', parent: {} })).toBe(false);
    expect(isOwnPage({ origin: 'hopscope://elsewhere', parent: null })).toBe(false);
    expect(isOwnPage({ origin: 'https://example.com', parent: null })).toBe(false);
    expect(isOwnPage(null)).toBe(false);
  });
});
