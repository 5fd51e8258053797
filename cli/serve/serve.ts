import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageFile from '../../package.json' with { type: 'json' };
import { keepEngine } from '../../core/engine/lasting-engine.ts';
import { systemWords } from '../../core/engine/system-words.ts';
import { startEngineThread } from '../../core/engine/thread.ts';
import { nameFolder, noteFolder, schemaFolder } from '../../core/engine/user-data-folder.ts';
import { startLocalHost, type LocalHost } from './local-host.ts';
import { openInBrowser } from './open-browser.ts';

export interface ServeOptions {
  /** Paths of the traces to start with. */
  files: readonly string[];
  /** 0 lets the system choose. */
  port: number;
  openBrowser: boolean;
}

/** dist/, whichever chunk of the bundle this code has landed in. */
const bundleFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts the engine and a local web host for it. Rejects with a sentence when the port is taken. `close` stops both and
 * removes what was uploaded: call it before the process ends.
 */
export async function serve(options: ServeOptions): Promise<LocalHost> {
  const engine = keepEngine((isReplacement) =>
    startEngineThread({
      threadFile: join(bundleFolder, 'engine', 'thread.js'),
      workerFile: join(bundleFolder, 'engine', 'worker.js'),
      schemaFolder: schemaFolder(),
      nameFolder: nameFolder(),
      noteFolder: noteFolder(),
      isReplacement,
    }),
  );
  try {
    const host = await startLocalHost({
      engine,
      rendererFolder: join(bundleFolder, 'renderer'),
      sampleFile: join(bundleFolder, 'sample', 'container-syn.etl'),
      files: options.files.map((file) => resolve(file)),
      port: options.port,
      versions: { app: packageFile.version, parts: systemWords(), dataFolder: '' },
    });
    if (options.openBrowser) openInBrowser(host.url);
    return {
      url: host.url,
      close: () => undisturbed(() => Promise.all([host.close(), engine.close()])),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/**
 * Runs what cleans up. Stop signals that come meanwhile change nothing: a terminal's Ctrl+C often arrives twice, once
 * from the terminal and once from the program that started this one.
 */
async function undisturbed(cleanUp: () => Promise<unknown>): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const ignore = (): void => undefined;
  for (const signal of signals) process.on(signal, ignore);
  try {
    await cleanUp();
  } finally {
    for (const signal of signals) process.off(signal, ignore);
  }
}
