/**
 * The host of a browser page: the local web server it was loaded from. The engine is reached through a WebSocket, files
 * are sent by upload and fetched by download. The session cookie was set when the page was loaded.
 */
import { scriptFileBytes } from '../core/capture/script-file.ts';
import type { FromEngine, Transport } from '../core/engine/contract.ts';
import * as v from 'valibot';
import type {
  ExportTarget,
  Host,
  HostFile,
  HostVersions,
  KeptWorkspace,
  RecentFile,
  TransferProgress,
} from '../core/engine/host.ts';
import { decodeMessage, encodeMessage } from '../core/engine/json-codec.ts';
import { readStored, writeStored } from './state/settings.ts';
import { manifestEndings, namesEndings, pickBrowserFiles, traceEndings } from './pick-files.ts';

/** Sent with every request: a foreign page cannot set it without the server's leave. */
const requestHeader = { 'X-Hopscope': '1' } as const;

export function createWebHost(): Host {
  const downloadNames = new Map<string, string>();
  return {
    kind: 'web',
    transport: createSocketTransport(new URL('engine', pageAddress())),
    initialFiles: () => requestJson<HostFile[]>('GET', 'initial-files'),
    sampleFile: () => requestJson<HostFile>('GET', 'sample-file'),
    recentFiles: () => requestJson<RecentFile[]>('GET', 'recent-files'),
    // The server knows nothing of crashed pages: that is the browser's business.
    startNotices: () => Promise.resolve([]),
    isThere: async () => {
      await requestJson<HostFile>('GET', 'sample-file');
      return true;
    },
    chooseFiles: (onProgress) => pickAndUpload(traceEndings, onProgress),
    chooseManifests: (onProgress) => pickAndUpload(manifestEndings, onProgress),
    chooseNames: (onProgress) => pickAndUpload(namesEndings, onProgress),
    takeDropped: uploadAll,
    async chooseExportTarget(suggestedName) {
      const address = `export-target?name=${encodeURIComponent(suggestedName)}`;
      const target = await requestJson<ExportTarget>('POST', address);
      downloadNames.set(target.target, target.name);
      return target;
    },
    finishExport(target) {
      const name = downloadNames.get(target) ?? 'trace.pcapng';
      downloadNames.delete(target);
      download(new URL(`download?token=${encodeURIComponent(target)}`, pageAddress()).href, name);
      return Promise.resolve(`Downloaded as ${name}.`);
    },
    saveText(suggestedName, text) {
      const address = URL.createObjectURL(new Blob([scriptFileBytes(suggestedName, text)]));
      download(address, suggestedName);
      // A browser tells nobody when it has taken hold of the bytes.
      setTimeout(() => {
        URL.revokeObjectURL(address);
      }, 60_000);
      return Promise.resolve(`Downloaded as ${suggestedName}.`);
    },
    onOpenFiles: () => undefined,
    lastWorkspace,
    keepWorkspace: (workspace) => {
      writeStored(keptName, workspace);
      return Promise.resolve();
    },
    versions: () => requestJson<HostVersions>('GET', 'versions'),
  };
}

function download(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

const keptName = 'workspace';

const keptWorkspace = v.object({
  traces: v.array(
    v.object({
      files: v.array(v.object({ token: v.string(), name: v.string(), size: v.number() })),
      missing: v.boolean(),
    }),
  ),
  state: v.string(),
});

/** What this browser has kept; the server tells which of the files it still has. */
async function lastWorkspace(): Promise<KeptWorkspace | null> {
  const kept = readStored(keptName, (value): value is KeptWorkspace => v.is(keptWorkspace, value));
  if (!kept || kept.traces.length === 0) return null;
  const query = new URLSearchParams(kept.traces.flatMap(({ files }) => files.map(({ token }) => ['token', token])));
  const known = new Set(await requestJson<string[]>('GET', `known-files?${query.toString()}`));
  const traces = kept.traces.map(({ files }) => ({ files, missing: !files.every(({ token }) => known.has(token)) }));
  return { ...kept, traces };
}

function pageAddress(): URL {
  return new URL('.', document.baseURI);
}

/** Messages sent before the socket is open wait for it. */
function createSocketTransport(address: URL): Transport {
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  const waiting: string[] = [];
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  return {
    send(message) {
      const text = encodeMessage(message);
      if (socket.readyState === WebSocket.CONNECTING) waiting.push(text);
      else if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage(listener) {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(decodeMessage<FromEngine>(event.data));
      });
    },
    onClose(listener) {
      socket.addEventListener('close', (event) => {
        listener(event.reason || 'The connection to the local Hopscope server was lost. It may have been stopped.');
      });
    },
  };
}

async function requestJson<T>(method: 'GET' | 'POST', path: string): Promise<T> {
  const response = await fetch(new URL(path, pageAddress()), { method, headers: requestHeader });
  if (!response.ok) throw new Error(await refusalText(response.status, () => response.text()));
  return (await response.json()) as T;
}

async function pickAndUpload(endings: string, onProgress: TransferProgress): Promise<HostFile[]> {
  return uploadAll(await pickBrowserFiles(endings), onProgress, new AbortController().signal);
}

async function uploadAll(
  files: readonly File[],
  onProgress: TransferProgress,
  signal: AbortSignal,
): Promise<HostFile[]> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const uploaded: HostFile[] = [];
  let sentBefore = 0;
  for (const file of files) {
    const before = sentBefore;
    onProgress(before, total, file.name);
    const hostFile = await upload(
      file,
      (sent) => {
        onProgress(before + Math.min(sent, file.size), total, file.name);
      },
      signal,
    );
    uploaded.push(hostFile);
    sentBefore += file.size;
  }
  return uploaded;
}

/** XMLHttpRequest, because fetch does not tell how much has been sent. */
function upload(file: File, onSent: (bytes: number) => void, signal: AbortSignal): Promise<HostFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => {
      request.abort();
    };
    const fail = (words: string): void => {
      reject(new Error(`${file.name} could not be sent: ${words}`));
    };
    request.open('POST', new URL(`upload?name=${encodeURIComponent(file.name)}`, pageAddress()));
    for (const [name, value] of Object.entries(requestHeader)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => {
      onSent(event.loaded);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as HostFile);
      else void refusalText(request.status, () => Promise.resolve(request.responseText)).then(fail);
    });
    request.addEventListener('error', () => {
      fail('the connection to the local Hopscope server was lost.');
    });
    request.addEventListener('abort', () => {
      reject(new DOMException('Sending was cancelled.', 'AbortError'));
    });
    request.addEventListener('loadend', () => {
      signal.removeEventListener('abort', abort);
    });
    if (signal.aborted) {
      reject(new DOMException('Sending was cancelled.', 'AbortError'));
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    request.send(file);
  });
}

/** The server's own words when it has some. */
async function refusalText(status: number, body: () => Promise<string>): Promise<string> {
  const text = (await body()).trim();
  return text !== '' && text.length < 500 && !text.startsWith('<') ? text : `the local server answered with ${status}.`;
}
