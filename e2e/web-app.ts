import { chromium, expect, type Browser } from '@playwright/test';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { RunningApp } from './app.ts';
import { dropFile } from './drop-file.ts';

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
type Server = ChildProcessByStdio<null, Readable, null>;

/** A browser that is started when it is first asked for. */
export class LazyBrowser {
  private started: Promise<Browser> | undefined;

  get(): Promise<Browser> {
    this.started ??= chromium.launch({ executablePath: process.env.HOPSCOPE_CHROMIUM ?? '' });
    return this.started;
  }

  async close(): Promise<void> {
    await (await this.started)?.close();
  }
}

/** A server of its own, and a context of the browser, which remembers nothing of another test. */
export async function startWeb(browser: LazyBrowser, folder: string, files: readonly string[]): Promise<RunningApp> {
  const server = spawn(process.execPath, [program, 'serve', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder, HOPSCOPE_USER_DATA: join(folder, 'user-data') },
  });
  const [address, started] = await Promise.all([startAddress(server), browser.get()]);
  const context = await started.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(address);
  const session = await context.newCDPSession(page);
  let exports = 0;
  return {
    kind: 'web',
    page,
    desktop: undefined,
    dropFile: (path) => dropFile(session, path),
    async exporting(ending, action) {
      const target = join(folder, `export-${++exports}.${ending}`);
      const [download] = await Promise.all([page.waitForEvent('download'), action()]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
      await download.saveAs(target);
      return target;
    },
    async choosing(path, action) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), action()]);
      await chooser.setFiles(path);
    },
    async close() {
      await context.close();
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

/** The address that the server prints when it is ready. */
function startAddress(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
    server.once('exit', (code) => {
      reject(new Error(`hopscope serve ended with ${code}.`));
    });
  });
}
