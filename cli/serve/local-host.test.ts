import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { FromEngine, ToEngine, Transport } from '../../core/engine/contract.ts';
import type { ExportTarget, HostFile } from '../../core/engine/host.ts';
import { decodeMessage, encodeMessage } from '../../core/engine/json-codec.ts';
import { shareEngine } from '../../core/engine/shared-engine.ts';
import { startLocalHost, type LocalHost } from './local-host.ts';

class FakeEngine implements Transport {
  readonly received: ToEngine[] = [];
  answer: (message: FromEngine) => void = () => undefined;
  leave: (reason: string) => void = () => undefined;
  send(message: ToEngine): void {
    this.received.push(message);
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.answer = listener;
  }
  onClose(listener: (reason: string) => void): void {
    this.leave = listener;
  }
}

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

let folder: string;
let engine: FakeEngine;
let host: LocalHost;
let origin: string;
let cookie: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-test-'));
  vi.stubEnv('TMPDIR', join(folder, 'temporary'));
  vi.stubEnv('TEMP', join(folder, 'temporary'));
  await mkdir(join(folder, 'temporary'));
  await mkdir(join(folder, 'renderer'));
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Hopscope</title>');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'sample.etl'), 'sample');
  await writeFile(join(folder, 'first.etl'), 'first!!');
  engine = new FakeEngine();
  host = await startLocalHost({
    engine: shareEngine(engine),
    uploadsOutlive: 100,
    rendererFolder: join(folder, 'renderer'),
    sampleFile: join(folder, 'sample.etl'),
    files: [join(folder, 'first.etl')],
    port: 0,
    versions: { app: '1.2.3', parts: ['Node.js 20'], dataFolder: '' },
  });
  origin = new URL(host.url).origin;
  const entry = await ask('GET', new URL(host.url).search, { cookie: '' });
  cookie = (entry.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
});

afterEach(async () => {
  await host.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Our own small client: fetch would not let a test set Host and Origin. The path goes out as it is written. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  const { hostname, port } = new URL(host.url);
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, method, path: path.startsWith('/') ? path : `/${path}`, headers: { cookie, ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const ours = { 'x-hopscope': '1' };

function socketTo(path: string, headers: Record<string, string>): Promise<WebSocket | number> {
  const socket = new WebSocket(origin.replace('http', 'ws') + path, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      resolve(socket);
    });
    socket.on('unexpected-response', (_request, answer) => {
      resolve(answer.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

async function page(): Promise<WebSocket> {
  const socket = await socketTo('/engine', { cookie, origin });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

const nextMessage = (socket: WebSocket): Promise<FromEngine> =>
  new Promise((resolve) => {
    socket.once('message', (data) => {
      resolve(decodeMessage((data as Buffer).toString()));
    });
  });

const uploads = async (): Promise<string[]> => {
  const [box] = await readdir(join(folder, 'temporary'));
  return readdir(join(folder, 'temporary', box));
};

describe('the way in', () => {
  it('is the token, which becomes a cookie that scripts and foreign pages cannot use', async () => {
    const entry = await ask('GET', new URL(host.url).search, { cookie: '' });
    expect(entry.status).toBe(303);
    expect(entry.headers.location).toBe('/');
    expect(entry.headers['set-cookie']?.[0]).toMatch(/^hopscope-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await ask('GET', '/')).text).toContain('<title>Hopscope</title>');
  });

  it.each([
    '/',
    '/index.html',
    '/initial-files',
    '/sample-file',
    '/recent-files',
    '/download?token=x',
    '/?token=wrong',
  ])('is closed without it: %s', async (path) => {
    for (const wrong of ['', 'hopscope=x', cookie.slice(0, -1), `${cookie}x`]) {
      expect((await ask('GET', path, { cookie: wrong })).status).toBe(401);
    }
  });

  it('is closed to foreign names for this address, even with the token', async () => {
    for (const name of ['evil.example', 'localhost', '127.0.0.1', `evil.example:${new URL(host.url).port}`]) {
      expect((await ask('GET', '/', { host: name })).status).toBe(403);
      expect((await ask('GET', new URL(host.url).search, { host: name })).headers['set-cookie']).toBeUndefined();
    }
  });

  it('is this computer’s own address', () => {
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  });
});

describe('the page', () => {
  it('is confined by its headers', async () => {
    const answer = await ask('GET', '/');
    expect(answer.headers['content-security-policy']).toContain(
      `connect-src 'self' ${origin.replace('http', 'ws')}; base-uri 'none'`,
    );
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '//../secret.txt', '/..\\secret.txt'])(
    'ends at its folder: %s',
    async (path) => {
      const answer = await ask('GET', path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('secret\n');
    },
  );

  it('survives addresses that are none', async () => {
    expect((await ask('GET', '//')).status).toBe(200);
    expect((await ask('GET', '/%')).status).toBe(403);
    expect((await ask('DELETE', '/', ours)).status).toBe(405);
  });
});

describe('files', () => {
  it('to start with, and the sample, are told by name and token', async () => {
    const initial = JSON.parse((await ask('GET', '/initial-files')).text) as HostFile[];
    expect(initial).toEqual([{ token: expect.any(String) as string, name: 'first.etl', size: 7 }]);
    expect(JSON.parse((await ask('GET', '/sample-file')).text)).toMatchObject({ name: 'sample.etl', size: 6 });
    expect((await ask('GET', '/recent-files')).text).toBe('[]');
    expect(JSON.parse((await ask('GET', '/versions')).text)).toMatchObject({ app: '1.2.3', parts: ['Node.js 20'] });
    expect(JSON.stringify(initial)).not.toContain(folder);
  });

  it('that are not there are told of in words', async () => {
    await rm(join(folder, 'sample.etl'));
    const answer = await ask('GET', '/sample-file');
    expect([answer.status, answer.text]).toEqual([
      500,
      '“sample.etl” is not there. It may have been moved or deleted.\n',
    ]);
  });

  it('are known by their tokens as long as they are there', async () => {
    const [first] = JSON.parse((await ask('GET', '/initial-files')).text) as HostFile[];
    const sample = JSON.parse((await ask('GET', '/sample-file')).text) as HostFile;
    const known = async (...tokens: string[]): Promise<unknown> =>
      JSON.parse((await ask('GET', `/known-files?${tokens.map((token) => `token=${token}`).join('&')}`)).text);
    expect(await known(first.token, 'of-another-server', sample.token)).toEqual([first.token, sample.token]);
    await rm(join(folder, 'sample.etl'));
    expect(await known(sample.token)).toEqual([]);
    expect(await known()).toEqual([]);
    expect((await ask('GET', `/known-files?token=${first.token}`, { cookie: '' })).status).toBe(401);
  });

  it('are taken from our own page only', async () => {
    const path = '/upload?name=a.etl';
    expect((await ask('POST', path, {}, 'x')).status).toBe(403);
    expect((await ask('POST', path, { ...ours, origin: 'http://evil.example' }, 'x')).status).toBe(403);
    expect((await ask('POST', path, { ...ours, cookie: '' }, 'x')).status).toBe(401);
    expect((await ask('POST', path, { ...ours, host: 'evil.example' }, 'x')).status).toBe(403);
    expect((await ask('POST', '/export-target?name=a', {}, '')).status).toBe(403);
    expect(await uploads()).toEqual([]);
  });

  it('are uploaded under a safe name, opened by the engine by path, and removed some time after the last page went', async () => {
    const socket = await page();
    const answer = await ask('POST', '/upload?name=..%2F..%2Fhost.etl', { ...ours, origin }, 'ten bytes!');
    const file = JSON.parse(answer.text) as HostFile;
    expect(file).toMatchObject({ name: 'host.etl', size: 10 });
    socket.send(encodeMessage({ kind: 'request', id: 1, method: 'open', params: { files: [file.token] } }));
    await vi.waitFor(() => {
      expect(engine.received).toHaveLength(1);
    });
    const [asked] = engine.received;
    const path = asked.kind === 'request' && asked.method === 'open' ? asked.params.files[0] : '';
    expect(basename(path)).toBe('host.etl');
    expect(await readFile(path, 'utf8')).toBe('ten bytes!');

    // A page that loads itself again finds them.
    socket.close();
    const reloaded = await page();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(existsSync(path)).toBe(true);
    reloaded.close();
    await vi.waitFor(() => {
      expect(existsSync(path)).toBe(false);
    });
    expect(engine.received.at(-1)).toEqual({ kind: 'cancel', id: 1 });
  });

  it('whose upload is broken off leave nothing behind', async () => {
    const { hostname, port } = new URL(host.url);
    const headers = { cookie, ...ours, 'content-length': '1000000' };
    const upload = request({ hostname, port, method: 'POST', path: '/upload?name=broken.etl', headers });
    upload.on('error', () => undefined);
    upload.write('only the beginning');
    await vi.waitFor(async () => {
      expect(await uploads()).toHaveLength(1);
    });
    upload.destroy();
    await vi.waitFor(async () => {
      expect(await uploads()).toEqual([]);
    });
  });

  it('are exported to a target and fetched under a safe name', async () => {
    const socket = await page();
    const answered = await ask('POST', '/export-target?name=a%22b.pcapng', ours);
    const { target: token, name } = JSON.parse(answered.text) as ExportTarget;
    expect(name).toBe('a_b.pcapng');
    expect((await ask('GET', `/download?token=${token}`)).status).toBe(404);
    const params = { view: 1, format: 'pcapng', target: token } as const;
    socket.send(encodeMessage({ kind: 'request', id: 5, method: 'export', params }));
    await vi.waitFor(() => {
      expect(engine.received).toHaveLength(1);
    });
    const [asked] = engine.received;
    const path = asked.kind === 'request' && asked.method === 'export' ? asked.params.target : '';
    await writeFile(path, 'packets');
    const answer = await ask('GET', `/download?token=${token}`);
    expect(answer.text).toBe('packets');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="a_b.pcapng"; filename*=UTF-8''a_b.pcapng`,
    );
    socket.close();
  });

  it('cannot be downloaded by the token of a trace', async () => {
    const [file] = JSON.parse((await ask('GET', '/initial-files')).text) as HostFile[];
    expect((await ask('GET', `/download?token=${file.token}`)).status).toBe(404);
  });
});

describe('the engine’s socket', () => {
  it('is for our own page only', async () => {
    expect(await socketTo('/engine', { origin })).toBe(401);
    expect(await socketTo('/engine', { cookie })).toBe(403);
    expect(await socketTo('/engine', { cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await socketTo('/engine', { cookie, origin: 'null' })).toBe(403);
    expect(await socketTo('/engine', { cookie, origin, host: 'evil.example' })).toBe(403);
    expect(await socketTo('/other', { cookie, origin })).toBe(404);
  });

  it('carries requests, bytes and refusals', async () => {
    const socket = await page();
    socket.send(encodeMessage({ kind: 'request', id: 9, method: 'open', params: { files: ['/etc/passwd'] } }));
    expect(await nextMessage(socket)).toMatchObject({ kind: 'failure', id: 9, error: { name: 'BadRequest' } });

    socket.send(encodeMessage({ kind: 'request', id: 10, method: 'detail', params: { view: 1, row: 3 } }));
    await vi.waitFor(() => {
      expect(engine.received).toHaveLength(1);
    });
    const result = { row: 3, nodes: [], sources: [{ name: 'frame', bytes: Uint8Array.of(1, 2, 255) }] };
    const arrives = nextMessage(socket);
    engine.answer({ kind: 'reply', id: 1, result });
    expect(await arrives).toEqual({ kind: 'reply', id: 10, result });
    socket.close();
  });

  it('is closed on what is no message, and when the engine goes', async () => {
    const closing = (socket: WebSocket): Promise<number> =>
      new Promise((resolve) => {
        socket.once('close', resolve);
      });
    const noise = await page();
    const noiseCloses = closing(noise);
    noise.send('{"kind":');
    expect(await noiseCloses).toBe(1007);

    const waiting = await page();
    const waitingCloses = closing(waiting);
    engine.leave('The engine stopped.');
    expect(await waitingCloses).toBe(1011);
  });
});

describe('the end', () => {
  it('removes everything and frees the port', async () => {
    await ask('POST', '/upload?name=a.etl', ours, 'bytes');
    const socket = await page();
    expect(await uploads()).toHaveLength(1);
    await host.close();
    socket.terminate();
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
    await expect(ask('GET', '/')).rejects.toThrow();
  });
});
