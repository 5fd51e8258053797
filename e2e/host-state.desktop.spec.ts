import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from './app.ts';
import { startDesktop, type Desktop } from './desktop-app.ts';
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

/** What the host tells of the last workspace, without its tokens. */
const lastFiles = (page: App['page']): Promise<{ names: string[]; missing: boolean[]; initial: number }> =>
  page.evaluate(async () => {
    const last = (await window.hopscopeBridge?.lastWorkspace()) ?? { traces: [] };
    return {
      names: last.traces.flatMap(({ files }) => files.map(({ name }) => name)),
      missing: last.traces.map(({ missing }) => missing),
      initial: (await window.hopscopeBridge?.initialFiles())?.length ?? 0,
    };
  });

test('keeps what is open for the next start, and for a page that is loaded again', async ({ app, folder }) => {
  await app.close();
  const traces = ['first.etl', 'second.etl'].map((name) => join(folder, name));
  await Promise.all(traces.map((path) => copyFile(sampleTrace, path)));

  const started = await startDesktop(folder, traces);
  await expect(started.page.getByTestId('row-count').first()).toBeVisible();
  const workspaceFile = join(folder, 'user-data', 'workspace.json');
  await expect.poll(() => readFile(workspaceFile, 'utf8').catch(() => '')).toContain('second.etl');
  await started.page.reload();
  await started.page.getByTestId('status-bar').waitFor();
  expect(await lastFiles(started.page)).toEqual({
    names: ['first.etl', 'second.etl'],
    missing: [false, false],
    initial: 0,
  });
  const answer = await started.page.evaluate(() =>
    window.hopscopeBridge
      ?.keepWorkspace({ traces: [{ files: [{ token: 'x', name: 'x.etl', size: 1 }], missing: false }], state: '' })
      .catch((error: unknown) => String(error)),
  );
  expect(answer).toContain('The host does not know the file “x.etl”.');
  await started.close();
  const kept = await readFile(workspaceFile, 'utf8');
  expect(kept).toContain(JSON.stringify(traces[1]));

  await rm(traces[1]);
  // Asked at once: the page goes on to tell what it shows itself.
  const again = await startDesktop(folder, []);
  const last = await lastFiles(again.page);
  expect(last).toEqual({ names: ['first.etl', 'second.etl'], missing: [false, true], initial: 0 });
  await again.close();

  // Files of a command line are what the person wants to see now.
  const named = await startDesktop(folder, [sampleTrace]);
  expect(await lastFiles(named.page)).toMatchObject({ names: [], initial: 1 });
  await named.close();
});

test('remembers zoom, full size and theme', async ({ app, folder }) => {
  await desktopOf(app).electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window.webContents.setZoomLevel(2);
    window.setBounds({ x: 30, y: 40, width: 1100, height: 700 });
  });
  await app.page.evaluate(() => {
    localStorage.setItem('hopscope.theme', '"dark"');
  });
  await app.page.reload();
  // The page has told it when it has been written.
  await expect.poll(() => readFile(join(folder, 'user-data', 'theme.json'), 'utf8').catch(() => '')).toContain('dark');
  await app.close();

  const again = await startDesktop(folder, []);
  await again.page.getByTestId('status-bar').waitFor();
  const state = await again.desktop?.electron.evaluate(({ BrowserWindow, nativeTheme }) => {
    const [window] = BrowserWindow.getAllWindows();
    const { width, height } = window.getNormalBounds();
    return {
      size: [width, height],
      zoom: window.webContents.getZoomLevel(),
      background: window.getBackgroundColor().toLowerCase(),
      theme: nativeTheme.themeSource,
    };
  });
  expect(state).toEqual({ size: [1100, 700], zoom: 2, background: '#1a1c20', theme: 'dark' });
  await again.close();
});

test('shows the page’s menus beside its own, pins and forgets recent traces, and has a menu for text', async ({
  app,
}) => {
  const { electron } = desktopOf(app);
  await openSample(app);
  const pinned = await app.page.evaluate(async () => {
    const bridge = window.hopscopeBridge;
    const [recent] = (await bridge?.recentFiles()) ?? [];
    const list = await bridge?.pinRecent(recent.token, true);
    const item = { enabled: true, checked: null, keys: '' };
    await bridge?.showMenu([
      {
        label: 'File',
        groups: [
          [
            { ...item, command: 'open', label: 'Open traces', keys: 'Ctrl+O' },
            { ...item, command: 'close', label: 'Close', checked: true },
          ],
        ],
      },
      { label: 'Edit', groups: [[{ ...item, command: 'find', label: 'Find', keys: 'Ctrl+F' }]] },
    ]);
    return list?.map(({ name, pinned }) => [name, pinned]);
  });
  expect(pinned).toEqual([['container-syn.etl', true]]);

  const menuLines = (): Promise<string[]> =>
    electron.evaluate(({ Menu }) => {
      const linesOf = (items: Electron.MenuItem[]): string[] =>
        items.flatMap((item) => [item.label || item.type, ...linesOf(item.submenu?.items ?? [])]);
      return linesOf(Menu.getApplicationMenu()?.items ?? []);
    });
  const lines = await menuLines();
  expect(lines.slice(0, 3)).toEqual(['&File', 'Open traces', 'Close']);
  expect(lines.join('\n')).toMatch(/Open Recent\ncontainer-syn\.etl \(.*\) \(pinned\)/);
  expect(lines).toContain('Paste');

  // Electron flips the mark of what is clicked; the page has not said that anything is different.
  const mark = await electron.evaluate(async ({ Menu }) => {
    const closeItem = (): Electron.MenuItem | undefined => Menu.getApplicationMenu()?.items[0].submenu?.items[1];
    closeItem()?.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return closeItem()?.checked;
  });
  expect(mark).toBe(true);
  await expect(app.at('welcome')).toBeVisible();

  expect(await app.page.evaluate(() => window.hopscopeBridge?.forgetRecent(null))).toEqual([]);
  expect((await menuLines()).join('\n')).toContain('Open Recent\nNo recent traces');

  // A text field of any kind: what Chromium tells of a right click becomes a native menu.
  await app.page.evaluate(() => {
    const box = document.createElement('input');
    box.id = 'a-text-field';
    box.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 1000; width: 200px; height: 40px';
    document.body.append(box);
  });
  const shown = electron.evaluate(
    ({ Menu }) =>
      new Promise<string[]>((resolve) => {
        const build = Menu.buildFromTemplate.bind(Menu);
        Menu.buildFromTemplate = (template) => {
          // The window's own menus may be renewed meanwhile.
          if (template.at(0)?.role !== 'cut') return build(template);
          Menu.buildFromTemplate = build;
          resolve(template.map(({ role, type }) => role ?? type ?? ''));
          return Object.assign(new Menu(), { popup: () => undefined });
        };
      }),
  );
  await app.page.locator('#a-text-field').click({ button: 'right' });
  expect(await shown).toEqual(['cut', 'copy', 'paste', 'separator', 'selectAll']);
});
