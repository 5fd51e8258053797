import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bridgeSurface } from './bridge-surface.ts';
import { expect, takeExpected, test, type App } from './app.ts';
import type { Desktop } from './desktop-app.ts';

function desktopOf(app: App): Desktop {
  if (!app.desktop) throw new Error('These tests are for the desktop.');
  return app.desktop;
}

/** What the page's script can reach, asked inside the page. */
test('gives the page no Node and no Electron', async ({ app }) => {
  const reached = await app.page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'];
    return { found: names.filter((name) => name in globalThis), bridge: Object.keys(window.hopscopeBridge ?? {}) };
  });
  expect(reached.found).toEqual([]);
  expect(reached.bridge.sort()).toEqual(bridgeSurface);
});

test('serves the page from its own origin with a content security policy', async ({ app }) => {
  const answer = await app.page.evaluate(async () => {
    const response = await fetch('hopscope://app/index.html');
    return { origin: location.origin, headers: Object.fromEntries(response.headers) };
  });
  expect(answer.origin).toBe('hopscope://app');
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

test('answers for nothing outside the built page', async ({ app }) => {
  const statuses = await app.page.evaluate(async () => {
    const addresses = ['/..%2f..%2fpackage.json', '/%2e%2e/electron/main.js', '/missing.js'];
    return Promise.all(addresses.map(async (address) => (await fetch(`hopscope://app${address}`)).status));
  });
  // The second one is /electron/main.js by the time it is asked for.
  expect(statuses).toEqual([403, 404, 404]);
  takeExpected(app.complaints, /40[34]/);
});

test('runs no inline script and connects nowhere else', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.append(script);
    const reached = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    );
    return { intruder: 'intruder' in window, reached };
  });
  expect(outcome).toEqual({ intruder: false, reached: 'refused' });
  takeExpected(app.complaints, /content security policy/i);
});

test('opens no window and navigates nowhere', async ({ app }) => {
  const { electron } = desktopOf(app);
  expect(await app.page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  expect(await app.page.evaluate(() => window.open('hopscope://app/index.html'))).toBeNull();
  // Asked from outside: Playwright's own page would wait for the navigation that never comes.
  const after = await electron.evaluate(async ({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows();
    const { webContents } = windows[0];
    await webContents.executeJavaScript('void (location.href = "https://example.com/")');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const welcome = (await webContents.executeJavaScript(
      'document.querySelector("[data-testid=welcome]") !== null',
    )) as boolean;
    return { windows: windows.length, address: webContents.getURL(), welcome };
  });
  expect(after).toEqual({ windows: 1, address: 'hopscope://app/', welcome: true });
  const blank = await electron.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0];
    const visited: string[] = [];
    webContents.on('did-navigate', (_event, address) => visited.push(address));
    await webContents.executeJavaScript('void (location.href = "about:blank")');
    const isBack = (): boolean => visited.at(-1) === 'hopscope://app/' && !webContents.isLoading();
    for (let tries = 0; tries < 100 && !isBack(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    const welcome = (await webContents.executeJavaScript(
      'document.querySelector("[data-testid=welcome]") !== null',
    )) as boolean;
    return { visited, address: webContents.getURL(), welcome };
  });
  expect(blank).toEqual({
    visited: ['about:blank', 'hopscope://app/'],
    address: 'hopscope://app/',
    welcome: true,
  });
});

test('keeps its sandbox, isolation and permissions', async ({ app }) => {
  const { electron } = desktopOf(app);
  const preferences = await electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0].webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const preferences = contents.getLastWebPreferences();
    const names = [
      ...['contextIsolation', 'sandbox', 'nodeIntegration', 'nodeIntegrationInSubFrames'],
      ...['webSecurity', 'webviewTag', 'allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures'],
    ];
    return Object.fromEntries(names.map((name) => [name, preferences[name]]));
  });
  expect(preferences).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
  });
  const states = await app.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera'] as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied']);
});

test('takes no message from a frame that is not its page', async ({ app, folder }) => {
  const { electron } = desktopOf(app);
  const page = join(folder, 'foreign.html');
  await writeFile(page, '<!doctype html><title>foreign</title>');
  const answers = await electron.evaluate(async ({ app: electronApp, BrowserWindow }, foreignPage) => {
    const preload = `${electronApp.getAppPath()}/dist/electron/preload.cjs`;
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    // What a page that got hold of the preload script could do.
    await foreign.loadFile(foreignPage);
    const ask = 'hopscopeBridge.sampleFile().then(() => "answered", (error) => error.message)';
    const open = `new Promise((resolve) => {
      hopscopeBridge.onMessage(() => resolve('answered'));
      hopscopeBridge.send({ kind: 'request', id: 1, method: 'open', params: { files: ['x'] } });
      setTimeout(() => resolve('silence'), 500);
    })`;
    const heard = (await Promise.all([
      foreign.webContents.executeJavaScript(ask),
      foreign.webContents.executeJavaScript(open),
    ])) as string[];
    foreign.destroy();
    return heard;
  }, page);
  expect(answers).toEqual(['This page may not ask the host for anything.', 'silence']);
});

test('refuses paths and made-up files where it gave no token', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const bridge = window.hopscopeBridge;
    if (!bridge) return [];
    const dropped = await bridge.takeDropped([new File(['x'], 'made-up.etl')]).catch((error: unknown) => String(error));
    const finished = await bridge.finishExport('/etc/passwd').catch((error: unknown) => String(error));
    return [dropped, finished];
  });
  expect(answers[0]).toContain('“made-up.etl” does not lie in a folder of this computer.');
  expect(answers[1]).toContain('The host does not know this export.');
});

test('makes scripts of plans alone, and runs them on Windows alone', async ({ app }) => {
  const [forged, state] = await app.page.evaluate(async () => {
    const bridge = window.hopscopeBridge;
    if (!bridge) throw new Error('There is no bridge.');
    const script = { tool: 'netsh', script: 'calc.exe' } as unknown as Parameters<typeof bridge.startCapture>[0];
    return Promise.all([bridge.startCapture(script).catch((error: unknown) => String(error)), bridge.captureState()]);
  });
  expect(forged).toContain('The request does not fit.');
  expect(state.phase).toBe(process.platform === 'win32' ? 'idle' : 'unavailable');
});
