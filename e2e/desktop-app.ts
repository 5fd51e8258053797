import { _electron, type ElectronApplication } from '@playwright/test';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { fileURLToPath } from 'node:url';
import type { RunningApp } from './app.ts';
import { dropFile } from './drop-file.ts';
import { ownScreen } from './screen.ts';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** What only the desktop offers to a test. */
export interface Desktop {
  readonly electron: ElectronApplication;
  /** Lines of Electron's own output. */
  readonly output: readonly string[];
}

export async function startDesktop(folder: string, files: readonly string[], fault = ''): Promise<RunningApp> {
  const electron = await launch({
    executablePath: process.env.HOPSCOPE_ELECTRON ?? '',
    timeout: 20_000,
    args: [...(getuid?.() === 0 ? ['--no-sandbox'] : []), projectFolder, ...files],
    env: { ...environment(), HOPSCOPE_USER_DATA: join(folder, 'user-data'), HOPSCOPE_TEST_FAULT: fault },
  });
  const output: string[] = [];
  electron.process().stderr?.on('data', (data: Buffer) => output.push(data.toString()));
  const page = await electron.firstWindow();
  const session = await electron.context().newCDPSession(page);
  let exports = 0;
  return {
    kind: 'desktop',
    page,
    desktop: { electron, output },
    dropFile: (path) => dropFile(session, path),
    async exporting(ending, action) {
      const target = join(folder, `export-${++exports}.${ending}`);
      await electron.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      }, target);
      await action();
      await stat(target);
      return target;
    },
    async choosing(path, action) {
      await electron.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
      }, path);
      await action();
    },
    close: () => electron.close(),
  };
}

/**
 * On a busy machine the debugger sometimes attaches too late and Electron waits for ever, before it runs a line of ours;
 * then it is started once more, and that is said.
 */
async function launch(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    console.warn('Electron did not answer its debugger; it is started once more.');
    return _electron.launch(options);
  }
}

/** The environment without what is not set, and without what would make Electron run as plain Node. */
export function environment(): Record<string, string> {
  const set = Object.entries({ ...process.env, DISPLAY: ownScreen() }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(set.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'));
}
