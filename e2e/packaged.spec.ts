import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { test as base, expect, type Page } from '@playwright/test';
import { copyFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { untilIdle } from './app.ts';
import { bridgeSurface } from './bridge-surface.ts';
import { declaredAssociations, missingDesktopPrograms } from './file-associations.ts';
import {
  openFolder,
  reachableProgram,
  removeFolder,
  socketsOf,
  startPackaged,
  textOf,
  userSpaceOf,
  type PackagedApp,
} from './packaged-app.ts';
import { sampleTrace } from './traces.ts';

/** The release build, fuses blown and sandbox on: its main job, then Electron's security checklist, item by item. */
const test = base.extend<object, { packaged: PackagedApp }>({
  packaged: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the wanted fixtures from the pattern
    async ({}, use) => {
      const folder = await openFolder();
      try {
        const trace = join(folder, 'from-the-command-line.etl');
        await copyFile(sampleTrace, trace);
        const app = await startPackaged(await reachableProgram(folder), folder, [trace]);
        await use(app);
        expect(await app.quit(), 'the exit code').toBe(0);
      } finally {
        await removeFolder(folder);
      }
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

/** How the promise of something forbidden ends. Runs in the page. */
const outcomeOf = (page: Page, expression: string): Promise<string> =>
  page.evaluate(`Promise.resolve().then(() => ${expression}).then(() => 'allowed', (error) => String(error.name))`);

const renderersOf = async (app: PackagedApp): Promise<{ id: number; commandLine: string[] }[]> =>
  (await app.processes()).filter(({ commandLine }) => commandLine.includes('--type=renderer'));

test('the main job: a trace of the command line, a filter, a packet, and a second start', async ({ packaged }) => {
  const { page, folder } = packaged;
  const count = page.getByTestId('row-count');
  await expect(page.getByTestId('status-bar')).toContainText('from-the-command-line.etl');
  await expect(count).toBeVisible();
  await untilIdle(page);
  const all = await count.textContent();
  await page.getByTestId('filter-input').fill('TCP');
  await page.getByTestId('apply-filter').click();
  await untilIdle(page);
  expect(await count.textContent()).not.toBe(all);
  const row = page.getByTestId('grid').locator('.ag-row[row-index="0"]').first();
  await expect(row).toContainText('TCP');
  await row.click();
  await untilIdle(page);
  await expect(page.getByTestId('details-tree').locator('[data-key="TCP/DestinationPort"]')).toBeVisible();
  await page.screenshot({
    path: new URL('../test-results/screenshots/packaged/main-job.png', import.meta.url).pathname,
  });

  // The first instance takes the file over; the second ends well and at once.
  const second = join(folder, 'second-start.etl');
  await copyFile(sampleTrace, second);
  expect(await packaged.startAgain([second])).toBe(0);
  await expect(page.getByTestId('status-bar')).toContainText('second-start.etl');
  await untilIdle(page);

  await expect.poll(() => readFile(join(folder, 'user-data', 'recent-files.json'), 'utf8')).toContain('second-start');

  const versions = await page.evaluate(() => window.hopscopeBridge?.versions());
  expect(versions?.parts.join()).toMatch(/Electron \d+.*Chromium \d+.*Node\.js \d+.*Linux/);
});

test('a trace is opened by its association, as a file manager does it', async ({ packaged }) => {
  expect((await declaredAssociations()).map(({ ending }) => ending)).toEqual(['etl', 'pcapng', 'pcap', 'cap', 'cab']);
  const missing = missingDesktopPrograms();
  if (missing.length > 0)
    console.warn(`packaged: ${missing.join(', ')} IS NOT HERE: FILE ASSOCIATIONS ARE NOT TESTED.`);
  test.skip(missing.length > 0, `${missing.join(', ')} is not here`);
  const { page, folder } = packaged;
  const trace = join(folder, 'double clicked (1) ü.etl');
  await copyFile(sampleTrace, trace);
  await packaged.openByAssociation(trace);
  await expect(page.getByTestId('status-bar')).toContainText('double clicked (1) ü.etl');
  await untilIdle(page);
  await expect(page.getByTestId('row-count')).toBeVisible();
});

test('the package: licences beside the program, nothing of the build in it, and no connection anywhere', async ({
  packaged,
}) => {
  const folder = dirname(process.env.HOPSCOPE_PACKAGED ?? '');
  const licenses = await readFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of ['react ', 'ag-grid-community ', 'valibot ', 'zustand ']) expect(licenses).toContain(`\n${name}`);
  expect(await readFile(join(folder, 'LICENSE.hopscope.txt'), 'utf8')).toContain('Hopscope');
  const archive = await readFile(join(folder, 'resources', 'app.asar'), 'latin1');
  const header = archive.slice(0, archive.indexOf('}}}}') + 4);
  expect(header).toContain('"preload.cjs"');
  expect(header).not.toMatch(/node_modules|\.map"|"cli"|app-update/);

  const ids = (await packaged.processes()).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(3);
  const port = new URL((await debuggingPage(packaged)) ?? '').port;
  const local = `0100007F:${Number(port).toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = await socketsOf(ids);
  // The one that this test came in by; also the proof that sockets are seen at all.
  expect(sockets.length).toBeGreaterThan(0);
  expect(sockets.filter((socket) => !socket.startsWith(local))).toEqual([]);
});

/** The address by which this test reaches the app. */
async function debuggingPage(app: PackagedApp): Promise<string | undefined> {
  const [port, path] = (await readFile(join(app.folder, 'user-data', 'DevToolsActivePort'), 'utf8')).split('\n');
  return `ws://127.0.0.1:${port}${path}`;
}

test('quits well, and keeps its settings', async () => {
  const folder = await openFolder();
  try {
    const app = await startPackaged(await reachableProgram(folder), folder, []);
    await app.page.evaluate(() => window.hopscopeBridge?.keepWorkspace({ traces: [], state: '"kept"' }));
    expect(await app.quit()).toBe(0);
    const settings = (name: string): Promise<string> => readFile(join(folder, 'user-data', name), 'utf8');
    expect(await settings('workspace.json')).toContain('"state"');
    expect(JSON.parse(await settings('window-state.json'))).toHaveProperty('zoomLevel', 0);
  } finally {
    await removeFolder(folder);
  }
});

test('1. only secure content is loaded', async ({ packaged: { page } }) => {
  const loaded = await page.evaluate(() => ({
    isSecure: isSecureContext,
    origins: [
      ...new Set(
        [...document.querySelectorAll('script, link, img')].map(
          (element) => new URL(element.getAttribute('src') ?? element.getAttribute('href') ?? '', location.href).origin,
        ),
      ),
    ],
  }));
  expect(loaded).toEqual({ isSecure: true, origins: ['hopscope://app'] });
  // A server stands ready for whatever the page would load from elsewhere.
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end();
  });
  const address = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
  try {
    await page.evaluate(async (elsewhere) => {
      const insert = (name: string, attributes: Record<string, string>): void => {
        const element = document.createElement(name);
        for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
        document.body.append(element);
        setTimeout(() => {
          element.remove();
        }, 400);
      };
      const at = (name: string): string => `http://${elsewhere}/${name}`;
      insert('img', { src: at('img') });
      insert('script', { src: at('script') });
      insert('link', { rel: 'stylesheet', href: at('style') });
      insert('iframe', { src: at('frame') });
      insert('video', { src: at('video'), preload: 'auto' });
      insert('object', { data: at('object') });
      navigator.sendBeacon(at('beacon'));
      void fetch(at('fetch')).catch(() => undefined);
      void fetch(at('opaque'), { mode: 'no-cors' }).catch(() => undefined);
      new WebSocket(`ws://${elsewhere}/socket`).onerror = () => undefined;
      new EventSource(at('events')).onerror = () => undefined;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }, address);
    expect(asked).toEqual([]);
    // The server would have told.
    await fetch(`http://${address}/from-the-test`);
    expect(asked).toEqual(['/from-the-test']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('2. the page has no Node', async ({ packaged: { page } }) => {
  const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'];
  expect(await page.evaluate((all) => all.filter((name) => name in globalThis), names)).toEqual([]);
});

test('3. the preload script has a world of its own', async ({ packaged: { page } }) => {
  const session = await page.context().newCDPSession(page);
  const worlds: string[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.name));
  await session.send('Runtime.enable');
  expect(worlds).toContain('Electron Isolated Context');
  await session.detach();
  // What the page does to the language's own objects, which the preload script uses too, does not reach it.
  const seen = await page.evaluate(async () => {
    const own = Object.getOwnPropertyDescriptor(Array.prototype, 'map') ?? {};
    let calls = 0;
    Object.defineProperty(Array.prototype, 'map', { ...own, value: () => ++calls });
    const counted = [1].map(String);
    const answer = await window.hopscopeBridge?.takeDropped([]).catch((error: unknown) => String(error));
    Object.defineProperty(Array.prototype, 'map', own);
    return { counted, calls, answer };
  });
  expect(seen).toMatchObject({ counted: 1, calls: 1, answer: expect.stringContaining('does not fit') });
});

test('4. pages run in Chromium’s sandbox', async ({ packaged }) => {
  const everything = await packaged.processes();
  const renderers = await renderersOf(packaged);
  expect(renderers.length).toBeGreaterThan(0);
  const unsandboxed = everything.filter(({ commandLine }) => commandLine.includes('--no-sandbox'));
  if (!packaged.hasSandbox) {
    // findRunner has said so aloud: nothing more can be seen on this machine.
    expect(unsandboxed.length).toBeGreaterThan(0);
    return;
  }
  expect(unsandboxed).toEqual([]);
  const [main] = everything;
  for (const { id } of renderers) {
    const status = await textOf(id, 'status');
    expect(status).toMatch(/^Seccomp:\s*2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
    expect(status).toMatch(/^CapEff:\s*0+$/m);
    expect(await userSpaceOf(id)).not.toBe(await userSpaceOf(main.id));
  }
});

test('5. permissions are refused', async ({ packaged: { page } }) => {
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
  const states = await page.evaluate(
    (all) =>
      Promise.all(all.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state)),
    names,
  );
  expect(states).toEqual(names.map(() => 'denied'));
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  const place = `new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, () => reject(new TypeError())))`;
  expect(await outcomeOf(page, place)).toBe('TypeError');
  // Devices that the page does not even know of are as good as refused.
  for (const device of ['mediaDevices?.getUserMedia({ audio: true })', 'usb?.requestDevice({ filters: [] })']) {
    expect(await outcomeOf(page, `navigator.${device} ?? Promise.reject(new TypeError())`)).not.toBe('allowed');
  }
});

test('6., 8., 9., 10. web security is on, insecure content, experiments and Blink features are off', async ({
  packaged,
}) => {
  const switches = [
    '--disable-web-security',
    '--allow-running-insecure-content',
    '--enable-experimental-web-platform-features',
    '--enable-blink-features',
    '--disable-site-isolation-trials',
    '--ignore-certificate-errors',
  ];
  const lines = (await packaged.processes()).flatMap(({ commandLine }) => commandLine);
  expect(lines.filter((word) => switches.some((name) => word.startsWith(name)))).toEqual([]);
  expect(await outcomeOf(packaged.page, `fetch('file:///etc/passwd')`)).toBe('TypeError');
});

test('7. a content security policy allows the page’s own scripts alone', async ({ packaged: { page } }) => {
  const policy = await page.evaluate(async () =>
    (await fetch('hopscope://app/')).headers.get('content-security-policy'),
  );
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
  expect(policy).toContain("frame-ancestors 'none'");
  const ran = await page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'window.intruder = true';
    const foreign = document.createElement('script');
    foreign.src = 'data:text/javascript,window.intruder=true';
    document.body.append(inline, foreign);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return 'intruder' in window;
  });
  expect(ran).toBe(false);
  // As the page's own script would: what a debugger evaluates is not held to the policy.
  const evaluated = await page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        addEventListener('securitypolicyviolation', () => {
          resolve(false);
        });
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that it does not run is what is tested
        setTimeout('window.evaluated = true', 0);
        setTimeout(() => {
          resolve('evaluated' in window);
        }, 200);
      }),
  );
  expect(evaluated).toBe(false);
});

test('11., 12. there is no webview', async ({ packaged: { page } }) => {
  const known = await page.evaluate(async () => {
    const element = document.createElement('webview');
    element.setAttribute('src', 'hopscope://app/');
    element.setAttribute('allowpopups', '');
    document.body.append(element);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const names = ['loadURL', 'getWebContentsId', 'executeJavaScript', 'src'].filter((name) => name in element);
    element.remove();
    return names;
  });
  expect(known).toEqual([]);
  expect(page.context().pages()).toHaveLength(1);
});

test('13. the page navigates nowhere else', async ({ packaged: { page } }) => {
  // (about:blank is left at once, which would end Playwright's page: security.desktop.spec.ts sees to it.)
  for (const address of ['https://example.com/', 'file:///etc/passwd', 'hopscope://other/', 'data:text/html,x']) {
    // Not awaited in the page: Playwright would wait for a navigation that never comes.
    await page.evaluate((to) => {
      setTimeout(() => {
        location.href = to;
      }, 0);
    }, address);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => location.href)).toBe('hopscope://app/');
  }
  // Asked in the page itself: Playwright still waits for where it was to go.
  const status = await page.evaluate(() => document.querySelector('[data-testid=status-bar]')?.textContent);
  expect(status).toContain('.etl');
});

test('14. the page opens no windows', async ({ packaged: { page } }) => {
  for (const address of ['https://example.com/', 'hopscope://app/', 'about:blank']) {
    expect(await page.evaluate((to) => window.open(to) === null, address)).toBe(true);
  }
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'hopscope://app/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
  });
  await page.waitForTimeout(300);
  expect(page.context().pages()).toHaveLength(1);
});

test('15. no address is handed to other programs', async () => {
  const folder = dirname(process.env.HOPSCOPE_PACKAGED ?? '');
  const archive = await readFile(join(folder, 'resources', 'app.asar'), 'latin1');
  expect(archive).toContain('setWindowOpenHandler');
  expect(archive).not.toContain('openExternal');
});

test('16. the Electron is one that is kept up', async ({ packaged: { page } }) => {
  const packed = Number(/Electron\/(\d+)/.exec(await page.evaluate(() => navigator.userAgent))?.[1]);
  const wanted = createRequire(import.meta.url)('electron/package.json') as { version: string };
  const major = Number(wanted.version.split('.')[0]);
  const project = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(project.devDependencies.electron).toBe(`^${wanted.version}`);
  if (packed === major) return;
  // A machine that cannot download Electron packages what it has; a release is made of the one in package.json.
  console.warn(`packaged: this package holds Electron ${packed}, NOT THE ${major} that releases are made of.`);
  expect(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? process.env.HOPSCOPE_ELECTRON).toBeDefined();
  expect(major - packed).toBeLessThanOrEqual(3);
});

test('17. only the page itself is answered: frames inside it have no bridge', async ({ packaged: { page } }) => {
  const found = await page.evaluate(async () => {
    const answers: string[] = [];
    for (const source of ['about:blank', 'hopscope://app/', 'data:text/html,x']) {
      const frame = document.createElement('iframe');
      frame.src = source;
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      try {
        answers.push(typeof frame.contentWindow?.hopscopeBridge);
      } catch {
        answers.push('out of reach');
      }
      frame.remove();
    }
    return answers;
  });
  expect(found[0]).toBe('undefined');
  for (const answer of found) expect(['undefined', 'out of reach']).toContain(answer);
});

test('18. the page comes by a protocol of its own, which gives nothing else', async ({ packaged: { page } }) => {
  expect(await page.evaluate(() => location.origin)).toBe('hopscope://app');
  const statuses = await page.evaluate(() => {
    const addresses = [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/electron/main.js',
      '/..%5c..%5cpackage.json',
      '/%00',
      '/assets/',
      '/missing.js',
    ];
    return Promise.all(addresses.map(async (address) => (await fetch(`hopscope://app${address}`)).status));
  });
  expect(statuses).toEqual([403, 404, 403, 403, 404, 404]);
  const posted = await page.evaluate(async () => (await fetch('hopscope://app/', { method: 'POST' })).status);
  expect(posted).toBe(405);
  expect(await outcomeOf(page, `fetch('hopscope://other/index.html')`)).toBe('TypeError');
});

test('19. fuses are blown for a release', async ({ packaged }) => {
  const wire = await getCurrentFuseWire(packaged.program);
  // As the wire has it: the character 1.
  const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === '1'.charCodeAt(0);
  expect(isOn(FuseV1Options.RunAsNode)).toBe(false);
  expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
  expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
  expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
  // Electron checks archives on Windows and macOS only.
  expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(process.platform !== 'linux');
});

test('20. the page is given these functions and nothing of Electron', async ({ packaged: { page } }) => {
  const bridge = await page.evaluate(() =>
    Object.entries(window.hopscopeBridge ?? {}).map(([name, value]) => [name, typeof value]),
  );
  expect(bridge.map(([name]) => name).sort()).toEqual(bridgeSurface);
  expect(bridge.every(([, kind]) => kind === 'function')).toBe(true);
  const isFixed = await page.evaluate(() => {
    try {
      Object.assign(window.hopscopeBridge ?? {}, { sampleFile: () => 'mine' });
    } catch {
      return true;
    }
    return !String(window.hopscopeBridge?.sampleFile).includes('mine');
  });
  expect(isFixed).toBe(true);
});
