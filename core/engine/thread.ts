import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FromEngine, Transport } from './contract.ts';
import { reasonInWords } from './task-recovery.ts';

export interface EngineThread {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** What the engine's thread is told when it starts. */
export interface EngineThreadData {
  readonly workerFile: string;
  readonly schemaFolder: string;
  readonly nameFolder: string;
  readonly noteFolder: string;
  /** It takes the place of an engine that was lost. */
  readonly isReplacement: boolean;
}

/**
 * Starts an engine in a thread of its own, with a pool of workers below it. Files are those of dist/engine; layouts that
 * are imported or harvested lie in `schemaFolder`, names that were given to traces in `nameFolder`, marks and comments in
 * `noteFolder`.
 */
export function startEngineThread(options: {
  threadFile: URL | string;
  workerFile: URL | string;
  schemaFolder: string;
  nameFolder: string;
  noteFolder: string;
  isReplacement?: boolean;
}): EngineThread {
  const { schemaFolder, nameFolder, noteFolder, isReplacement = false } = options;
  const workerFile = fileUrl(options.workerFile);
  const data: EngineThreadData = { workerFile, schemaFolder, nameFolder, noteFolder, isReplacement };
  const thread = new Worker(options.threadFile, { workerData: data });
  let closing = false;
  let gone: string | undefined;
  let onClose: ((reason: string) => void) | undefined;
  const end = (reason: string): void => {
    if (gone !== undefined) return;
    gone = reason;
    if (!closing) onClose?.(reason);
  };
  thread.on('error', (error: Error) => {
    end(`The engine stopped: ${reasonInWords(error)}.`);
  });
  thread.on('exit', (code) => {
    end(`The engine stopped: ${reasonInWords(code)}.`);
  });
  return {
    transport: {
      send(message) {
        if (gone === undefined) thread.postMessage(message);
      },
      onMessage(listener) {
        thread.on('message', (message: FromEngine) => {
          listener(message);
        });
      },
      onClose(listener) {
        onClose = listener;
        if (gone !== undefined) listener(gone);
      },
    },
    async close() {
      closing = true;
      await thread.terminate();
    },
  };
}

function fileUrl(file: URL | string): string {
  if (file instanceof URL) return file.href;
  return file.startsWith('file:') ? file : pathToFileURL(file).href;
}
