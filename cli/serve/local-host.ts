import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { Readable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { FileTokens } from '../../core/engine/file-tokens.ts';
import { createGate } from '../../core/engine/gate.ts';
import type { HostVersions } from '../../core/engine/host.ts';
import { decodeMessage, encodeMessage } from '../../core/engine/json-codec.ts';
import { pageHeaders, readPageFile } from '../../core/engine/page-files.ts';
import type { SharedEngine } from '../../core/engine/shared-engine.ts';
import { Access, type Refusal } from './access.ts';
import { DropBox } from './drop-box.ts';
import { attachment } from './file-names.ts';
import { archive, archiveLength, filesIn } from './tar.ts';

export interface LocalHostOptions {
  engine: SharedEngine;
  /** The built page. */
  rendererFolder: string;
  sampleFile: string;
  /** Paths of the files to start with. */
  files: readonly string[];
  /** 0 lets the system choose. */
  port: number;
  /** What the page's about box tells. */
  versions: HostVersions;
  /** Milliseconds for which uploads outlive the last page: one that loads itself again wants them back. */
  uploadsOutlive?: number;
}

export interface LocalHost {
  /** The address to open, token included. */
  url: string;
  close(): Promise<void>;
}

/** Control messages are small; the longest filter fits many times over. */
const longestMessage = 1 << 20;
const uploadsOutlive = 60_000;

/** Serves the page, the engine and files to a browser on this computer, and to nobody else. */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const tokens = new FileTokens();
  const dropBox = await DropBox.create(tokens);
  const removeAtExit = (): void => {
    dropBox.closeNow();
  };
  process.once('exit', removeAtExit);
  // A large trace may take long to send.
  const server = createServer({ requestTimeout: 0 });
  const port = await listen(server, options.port);
  const host = new RunningHost(options, { tokens, dropBox, access: new Access(port), server });
  return {
    url: host.url,
    async close() {
      process.off('exit', removeAtExit);
      await host.close();
    },
  };
}

interface Parts {
  tokens: FileTokens;
  dropBox: DropBox;
  access: Access;
  server: Server;
}

class RunningHost {
  readonly #options: LocalHostOptions;
  readonly #parts: Parts;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage, perMessageDeflate: false });
  readonly #headers: Record<string, string>;
  #emptying: NodeJS.Timeout | undefined;

  constructor(options: LocalHostOptions, parts: Parts) {
    const { access, server } = parts;
    this.#options = options;
    this.#parts = parts;
    this.#headers = pageHeaders([access.origin.replace('http:', 'ws:')]);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#connect(request, socket, head);
    });
  }

  get url(): string {
    return this.#parts.access.startAddress;
  }

  async close(): Promise<void> {
    const { server, dropBox } = this.#parts;
    clearTimeout(this.#emptying);
    for (const socket of this.#sockets.clients) socket.terminate();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await dropBox.close();
  }

  #emptyLater(): void {
    clearTimeout(this.#emptying);
    this.#emptying = setTimeout(() => {
      if (this.#sockets.clients.size === 0) void this.#parts.dropBox.empty();
    }, this.#options.uploadsOutlive ?? uploadsOutlive).unref();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(this.#headers)) response.setHeader(name, value);
    try {
      await this.#route(request, response);
    } catch (error) {
      if (request.destroyed || response.headersSent) response.destroy();
      else this.#refuse(request, response, 500, error instanceof Error ? error.message : String(error));
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { access } = this.#parts;
    const address = addressOf(request);
    const wrongHost = access.refuseHost(request);
    if (wrongHost || !address) {
      this.#refuse(request, response, wrongHost?.status ?? 400, wrongHost?.sentence ?? 'This is no address.');
      return;
    }
    if (this.#letIn(request, address, response)) return;
    const refusal = this.#refusalOf(request);
    if (refusal) this.#refuse(request, response, refusal.status, refusal.sentence);
    else if (request.method === 'POST') await this.#change(address, request, response);
    else if (request.method === 'GET' || request.method === 'HEAD') await this.#show(address, request, response);
    else this.#refuse(request, response, 405, 'This kind of request is not known here.');
  }

  /** The start address: gives the cookie for the token, and takes the token out of the address bar. */
  #letIn(request: IncomingMessage, address: URL, response: ServerResponse): boolean {
    const token = address.searchParams.get('token');
    if (request.method !== 'GET' || address.pathname !== '/' || token === null) return false;
    if (!this.#parts.access.isToken(token)) return false;
    response.writeHead(303, { Location: '/', 'Set-Cookie': this.#parts.access.cookie() }).end();
    return true;
  }

  #refusalOf(request: IncomingMessage): Refusal | undefined {
    const { access } = this.#parts;
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    return access.refuseStranger(request) ?? (changes ? access.refuseForeignChange(request) : undefined);
  }

  async #change(address: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { dropBox } = this.#parts;
    const name = address.searchParams.get('name') ?? '';
    if (address.pathname === '/upload') this.#json(response, await dropBox.receive(name, request));
    else if (address.pathname === '/export-target') this.#json(response, await dropBox.newTarget(name));
    else this.#refuse(request, response, 404, 'There is no such address.');
  }

  async #show(address: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { tokens } = this.#parts;
    switch (address.pathname) {
      case '/initial-files':
        this.#json(response, await Promise.all(this.#options.files.map((path) => tokens.fileOf(path))));
        return;
      case '/sample-file':
        this.#json(response, await tokens.fileOf(this.#options.sampleFile));
        return;
      case '/known-files':
        this.#json(response, await this.#knownFiles(address.searchParams.getAll('token')));
        return;
      case '/versions':
        this.#json(response, this.#options.versions);
        return;
      case '/recent-files':
        this.#json(response, []);
        return;
      case '/download':
        await this.#download(address.searchParams.get('token') ?? '', request, response);
        return;
      default:
        await this.#page(address.pathname, request, response);
    }
  }

  /** Those of the tokens whose files are still there: a page that was loaded again opens them again. */
  async #knownFiles(asked: readonly string[]): Promise<string[]> {
    const { tokens } = this.#parts;
    const found = await Promise.all(
      asked.map(async (token) => {
        const path = tokens.pathOf(token);
        const isThere = path !== undefined && (await stat(path).catch(() => undefined))?.isFile() === true;
        return isThere ? [token] : [];
      }),
    );
    return found.flat();
  }

  async #page(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = await readPageFile(this.#options.rendererFolder, path);
    response.writeHead(file.status, { 'Content-Type': file.contentType, 'Content-Length': file.body.length });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  /** The file of an export, or all its files in one archive: a browser fetches one file. */
  async #download(token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = this.#parts.tokens.targetPathOf(token);
    const files = path === undefined ? [] : await filesIn(dirname(path)).catch(() => []);
    if (path === undefined || files.length === 0) {
      this.#refuse(request, response, 404, 'This export is not there (any more). Export it again.');
      return;
    }
    const [only] = files;
    const isWhole = files.length === 1 && only.path === path;
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': isWhole ? only.size : archiveLength(files),
      'Content-Disposition': attachment(isWhole ? basename(path) : `${basename(path)}.tar`),
    });
    if (request.method === 'HEAD') response.end();
    else await pipeline(isWhole ? createReadStream(path) : Readable.from(archive(files)), response);
  }

  #json(response: ServerResponse, value: unknown): void {
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
  }

  /** An unread body would keep the connection busy, so it ends here. */
  #refuse(request: IncomingMessage, response: ServerResponse, status: number, sentence: string): void {
    if (!request.complete && request.method !== 'GET' && request.method !== 'HEAD')
      response.setHeader('Connection', 'close');
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
  }

  #connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { access } = this.#parts;
    const refusal = access.refuseHost(request) ?? access.refuseStranger(request) ?? access.refuseForeignSocket(request);
    // A stranger may leave at any moment; without a listener the error would end the process.
    socket.on('error', () => undefined);
    if (refusal || addressOf(request)?.pathname !== '/engine') {
      const status = refusal ? (refusal.status === 401 ? '401 Unauthorized' : '403 Forbidden') : '404 Not Found';
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (page) => {
      this.#join(page);
    });
  }

  #join(page: WebSocket): void {
    const { tokens } = this.#parts;
    const gate = createGate({
      engine: this.#options.engine.connect(),
      resolveFile: (token) => tokens.pathOf(token),
      resolveTarget: (token) => tokens.targetPathOf(token),
      send: (message) => {
        page.send(encodeMessage(message));
      },
      onEngineGone: (reason) => {
        page.close(1011, shortEnough(reason));
      },
    });
    page.on('message', (data, isBinary) => {
      if (isBinary) return;
      const message = parsed((data as Buffer).toString('utf8'));
      if (message === undefined) page.close(1007, 'This is no JSON.');
      else gate.receive(message);
    });
    // A broken connection closes too.
    page.on('error', () => undefined);
    page.on('close', () => {
      gate.close();
      if (this.#sockets.clients.size === 0) this.#emptyLater();
    });
  }
}

/** At most 123 bytes of UTF-8. */
function shortEnough(reason: string): string {
  return Buffer.byteLength(reason) <= longestReason ? reason : `${reason.slice(0, 40)}…`;
}
const longestReason = 123;

/** The path and query of a request; the host part means nothing here. */
function addressOf(request: IncomingMessage): URL | undefined {
  const address = request.url ?? '/';
  return address.startsWith('/') ? (URL.parse(`http://page${address}`) ?? undefined) : undefined;
}

function parsed(text: string): unknown {
  try {
    return decodeMessage<unknown>(text);
  } catch {
    return undefined;
  }
}

/** The port. On this computer's own address only. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Choose another, or 0 for any.`) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('The local server has no port.'));
    });
  });
}
