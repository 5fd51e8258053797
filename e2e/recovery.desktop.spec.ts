import { execFileSync } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test, type App } from './app.ts';
import { hasPktmonTrace, kernelNetworkTrace, sampleTrace, writeLongTrace } from './traces.ts';

/** Events as another engine counts them, whose workers live. */
function eventsOf(path: string): number {
  const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const told = execFileSync(execPath, [cli, 'info', '--json', path], { encoding: 'utf8' });
  return (JSON.parse(told) as { events: number }).events;
}

const grouped = (count: number): string => count.toLocaleString('en');
const notices = (app: App) => app.at('notice');

test.describe('a worker that dies while a trace is read', () => {
  test.use({ fault: 'worker:index:3' });
  test.skip(!hasPktmonTrace, 'needs a real trace');

  test('costs nothing, and that is said; the trace is read anew when its file grows', async ({ app, folder }) => {
    const path = await writeLongTrace(join(folder, 'long.etl'), 0.02);
    await expect(app.at('welcome')).toBeVisible();
    await app.idle();
    await app.dropFile(path);
    await expect(notices(app)).toContainText('A worker of the engine was lost and replaced.', { timeout: 30_000 });
    await expect(notices(app)).toContainText(/It was reading bytes [\d,]+ to [\d,]+ of long\.etl when it ended/);
    await app.idle();
    await expect(app.at('row-count')).toContainText(grouped(eventsOf(path)));
    await app.screenshots('recovery-worker');
    await notices(app).getByRole('button', { name: 'Dismiss' }).click();

    const buffers = (await readFile(kernelNetworkTrace)).subarray(8192);
    await appendFile(path, buffers);
    await app.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(notices(app)).toContainText(/long\.etl has grown by [\d.]+ [KM]iB since it was opened\./);
    await app.screenshots('recovery-grown');
    await app.at('notice-action').click();
    await expect(app.at('row-count')).toContainText(grouped(eventsOf(path)), { timeout: 30_000 });
    await expect(notices(app)).toHaveCount(0);
  });
});

test.describe('an engine that dies', () => {
  test.use({ fault: 'engine:find:1', startFiles: [sampleTrace] });

  test('has a successor, and the traces come back', async ({ app }) => {
    await expect(app.at('row-count')).toBeVisible();
    await app.idle();
    const before = await app.at('row-count').textContent();
    await app.page.keyboard.press('Control+f');
    await app.page.keyboard.type('TCP');
    await app.page.keyboard.press('Enter');
    await expect(notices(app)).toContainText('The engine was lost, and another one was started.');
    await expect(app.at('row-count')).toHaveText(before ?? '', { timeout: 20_000 });
    await app.idle();
    await app.screenshots('recovery-engine');
    // The new one lives, though somebody looks for something again.
    await app.page.keyboard.press('Control+f');
    await app.page.keyboard.type('TCP');
    await app.page.keyboard.press('Enter');
    await app.idle();
    await expect(notices(app)).toHaveCount(1);
  });
});

test('a page that crashes comes back by itself and says so; a report opens the trace beside it', async ({
  app,
  folder,
}) => {
  const { electron } = app.desktop ?? {};
  if (!electron) throw new Error('This test is for the desktop.');
  await electron.evaluate(async ({ BrowserWindow, dialog }) => {
    dialog.showMessageBox = () => Promise.reject(new Error('nobody is to be asked'));
    const { webContents } = BrowserWindow.getAllWindows()[0];
    const loaded = new Promise<void>((resolve) => {
      webContents.once('did-finish-load', () => {
        resolve();
      });
    });
    webContents.forcefullyCrashRenderer();
    await loaded;
  });
  const told = (): Promise<string> =>
    electron.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0].webContents.executeJavaScript('document.body.innerText') as Promise<string>,
    );
  await expect.poll(told).toContain('had stopped and was loaded again');
  // Its trace alone: what a report gives is tested without a window.
  const report = join(folder, 'host.cab');
  await writeFile(report, new TextEncoder().encode('MSCF and nothing else'));
  await writeFile(join(folder, 'host.etl'), await readFile(sampleTrace));
  await electron.evaluate(({ app: electronApp }, path) => {
    electronApp.emit('second-instance', {}, [], '', { files: [path] });
  }, report);
  await expect.poll(told).toContain('host.cab');
  await expect.poll(told).not.toContain('could not be opened');
});
