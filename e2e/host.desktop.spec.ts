import { readFile, readdir } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { expect, test, type App } from './app.ts';
import type { Desktop } from './desktop-app.ts';
import { sampleTrace } from './traces.ts';

function desktopOf(app: App): Desktop {
  if (!app.desktop) throw new Error('These tests are for the desktop.');
  return app.desktop;
}

async function openSample(app: App): Promise<void> {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
}

test('has a menu with its commands and without the keys of a browser', async ({ app }) => {
  const labels = await desktopOf(app).electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items ?? [];
    return items.map((item) => [item.label, ...(item.submenu?.items ?? []).map((inner) => inner.label || inner.role)]);
  });
  const words = labels.flat().join(' | ');
  for (const word of ['Open…', 'Open Recent', 'Export…', 'Copy', 'Zoom In', 'Full Screen', 'About']) {
    expect(words).toContain(word);
  }
  expect(words).not.toMatch(/reload/i);
});

test('opens what the dialog and the menu bring', async ({ app }) => {
  await desktopOf(app).electron.evaluate(({ dialog, Menu }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    const file = Menu.getApplicationMenu()?.items.find((item) => item.submenu?.items[0].label === 'Open…');
    file?.submenu?.items[0].click();
  }, sampleTrace);
  await expect(app.at('status-bar')).toContainText('container-syn.etl');
  await app.idle();
});

test('remembers what was opened, in its settings and in its menu', async ({ app, folder }) => {
  await openSample(app);
  await expect
    .poll(() => readFile(join(folder, 'user-data', 'recent-files.json'), 'utf8').catch(() => ''))
    .toContain('container-syn.etl');
  const menuText = (): Promise<string> =>
    desktopOf(app).electron.evaluate(({ Menu }) => {
      const recent = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
      return recent
        .flatMap((item) => item.submenu?.items ?? [])
        .map((item) => item.label)
        .join();
    });
  await expect.poll(menuText).toContain('container-syn.etl');
});

test('lets its windows go before the threads that read', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'Only Linux has a priority for each thread.');
  await openSample(app);
  const pid = await desktopOf(app).electron.evaluate(() => process.pid);
  const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;
  const threads = await Promise.all(
    (await readdir(`/proc/${pid}/task`)).map(async (thread) => ({
      name: (await readFile(`/proc/${pid}/task/${thread}/comm`, 'utf8')).trim(),
      niceness: getPriority(Number(thread)),
    })),
  );
  expect(getPriority(pid)).toBeLessThan(PRIORITY_BELOW_NORMAL);
  expect(threads.filter(({ niceness }) => niceness === PRIORITY_LOW)).not.toEqual([]);
  const helpers = threads.filter(({ name }) => name === 'V8Worker');
  expect(helpers.map(({ niceness }) => niceness)).toContain(PRIORITY_BELOW_NORMAL);
});

test('takes files from a second start', async ({ app }) => {
  await desktopOf(app).electron.evaluate(({ app: electronApp }, path) => {
    electronApp.emit('second-instance', {}, [], '', { files: [path] });
  }, sampleTrace);
  await expect(app.at('status-bar')).toContainText('container-syn.etl');
});

test('brings back what was open, in the same window, after the page has crashed', async ({ app, folder }) => {
  await openSample(app);
  await expect
    .poll(() => readFile(join(folder, 'user-data', 'workspace.json'), 'utf8').catch(() => ''))
    .toContain('container-syn.etl');
  const state = await desktopOf(app).electron.evaluate(async ({ BrowserWindow, dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    const { webContents } = BrowserWindow.getAllWindows()[0];
    const loaded = new Promise<void>((resolve) => {
      webContents.once('did-finish-load', () => {
        resolve();
      });
    });
    webContents.forcefullyCrashRenderer();
    await loaded;
    const statusBar = (): Promise<string> =>
      webContents.executeJavaScript(
        'document.querySelector("[data-testid=status-bar]")?.textContent ?? ""',
      ) as Promise<string>;
    for (let tries = 0; tries < 100 && !(await statusBar()).includes('container-syn.etl'); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return statusBar();
  });
  expect(state).toContain('container-syn.etl');
});
