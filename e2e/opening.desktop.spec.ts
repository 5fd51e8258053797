import { spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env, getuid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { buildCabinet } from '../core/archive/test-support/build-cabinet.ts';
import { expect, test, type App } from './app.ts';
import { environment, startDesktop, type Desktop } from './desktop-app.ts';
import { hasPktmonTrace, sampleTrace, writeLongTrace } from './traces.ts';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

function desktopOf(app: App): Desktop {
  if (!app.desktop) throw new Error('These tests are for the desktop.');
  return app.desktop;
}

test('the taskbar shows how far the reading is, and nothing afterwards', async ({ app, folder }) => {
  test.skip(!hasPktmonTrace, '../shared/etl is not here');
  const { electron } = desktopOf(app);
  const fractions = await electron.evaluateHandle(({ BrowserWindow }) => {
    const seen: number[] = [];
    const [window] = BrowserWindow.getAllWindows();
    window.setProgressBar = (fraction) => void seen.push(fraction);
    return seen;
  });
  await app.dropFile(await writeLongTrace(join(folder, 'long.etl'), 0.5));
  await expect(app.at('open-progress')).toBeVisible();
  await expect(app.at('open-progress')).toBeHidden({ timeout: 60_000 });
  const seen = await fractions.evaluate((list) => list);
  const shown = seen.filter((fraction) => fraction >= 0);
  expect(shown.some((fraction) => fraction > 0 && fraction < 1)).toBe(true);
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(-1);
});

test('a damaged trace is told of in a bar that leads to its completeness, once', async ({ app, folder }) => {
  const bytes = await readFile(sampleTrace);
  const damaged = join(folder, 'damaged.etl');
  await writeFile(damaged, bytes.subarray(0, bytes.length - 1000));
  await app.dropFile(damaged);
  await expect(app.at('open-report')).toBeVisible();
  await app.idle();
  await app.screenshots('open-report');
  await app.at('open-report-details').click();
  await expect(app.at('completeness')).toBeVisible();
  await app.at('view-messages').click();
  await expect(app.at('row-count')).toBeVisible();
  await expect(app.at('open-report')).toBeHidden();
});

test('files of a command line, of a second start, of a report beside a trace, and a folder', async ({
  app,
  folder,
}) => {
  await app.close();
  const traces = join(folder, 'traces of mine');
  await mkdir(traces);
  const [first, second] = ['first trace.etl', 'second.etl'].map((name) => join(traces, name));
  await Promise.all([first, second].map((path) => copyFile(sampleTrace, path)));
  const cabinet = buildCabinet({
    files: { 'config\\ipconfig.txt': new TextEncoder().encode(ipconfig) },
    deflate: (block, history) => deflateRawSync(block, history.length > 0 ? { dictionary: history } : {}),
  });
  await writeFile(join(traces, 'first trace.cab'), cabinet);

  const running = await startDesktop(folder, [first]);
  const { page } = running;
  await expect(page.getByTestId('status-bar')).toContainText('first trace.etl');
  await expect(page.getByTestId('row-count').first()).toBeVisible();
  await page.getByTestId('view-names').click();
  await expect(page.getByTestId('source').filter({ hasText: 'first trace.cab' })).toBeVisible();

  // A second start, as a file manager makes it: a program of its own, which hands over its file and ends.
  const switches = getuid?.() === 0 ? ['--no-sandbox'] : [];
  const again = spawn(env.HOPSCOPE_ELECTRON ?? '', [...switches, projectFolder, 'second.etl'], {
    cwd: traces,
    env: { ...environment(), HOPSCOPE_USER_DATA: join(folder, 'user-data') },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => again.once('exit', resolve));
  expect(await ended).toBe(0);
  await expect(page.getByTestId('status-bar')).toContainText('second.etl');
  const windows = await running.desktop?.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);

  // As macOS hands a file over.
  await running.desktop?.electron.evaluate(({ app: electron }, path) => {
    electron.emit('open-file', { preventDefault: () => undefined }, path);
  }, first);
  await expect(page.getByTestId('status-bar')).toContainText('first trace.etl');

  // A folder is a bundle: its trace is opened, and its outputs give names.
  const bundle = join(folder, 'host 7 bundle');
  await mkdir(bundle);
  await copyFile(sampleTrace, join(bundle, 'host.etl'));
  await writeFile(join(bundle, 'ipconfig.txt'), ipconfig);
  await running.dropFile(bundle);
  await expect(page.getByTestId('status-bar')).toContainText('host 7 bundle');
  await page.getByTestId('view-names').click();
  await expect(page.getByTestId('source').filter({ hasText: 'host 7 bundle/ipconfig.txt' })).toBeVisible();
  await running.close();
});

test('recent traces are pinned and taken from the list on the welcome page', async ({ app, folder }) => {
  await app.close();
  const paths = ['older.etl', 'newer.etl'].map((name) => join(folder, name));
  await Promise.all(paths.map((path) => copyFile(sampleTrace, path)));
  const kept = (): Promise<string> => readFile(join(folder, 'user-data', 'recent-files.json'), 'utf8').catch(() => '');
  for (const path of paths) {
    const running = await startDesktop(folder, [path]);
    await expect.poll(kept).toContain(JSON.stringify(path));
    await running.page.keyboard.press('Control+w');
    await expect(running.page.getByTestId('welcome')).toBeVisible();
    await running.close();
  }
  const running = await startDesktop(folder, []);
  const { page } = running;
  const recent = page.getByTestId('recent-file');
  await expect(recent).toHaveCount(2);
  await expect(recent.first()).toContainText('newer.etl');
  await page.getByTestId('pin-recent').nth(1).click();
  await expect(recent.first()).toContainText('older.etl');
  await expect(page.getByTestId('pin-recent').first()).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('forget-recent').nth(1).click();
  await expect(recent).toHaveCount(1);
  await expect.poll(kept).not.toContain('newer.etl');
  await page.getByTestId('pin-recent').click();
  await expect(page.getByTestId('pin-recent')).toHaveAttribute('aria-pressed', 'false');
  await running.close();
});

const ipconfig = `
Windows IP Configuration

   Host Name . . . . . . . . . . . . : host4711

Ethernet adapter Storage:

   Description . . . . . . . . . . . : Intel(R) Ethernet
   Physical Address. . . . . . . . . : 00-15-5D-00-00-01
   IPv4 Address. . . . . . . . . . . : 10.0.0.50(Preferred)
`;
