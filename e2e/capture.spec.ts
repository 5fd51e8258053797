import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleManifestFile, bundleOutputs, type BundleManifest } from '../core/capture/bundle-layout.ts';
import { expect, test, type App } from './app.ts';
import { writeZip } from './bundle-zip.ts';
import { sampleTrace } from './traces.ts';

async function openPage(app: App): Promise<void> {
  await app.at('welcome').waitFor();
  await app.page.keyboard.press('Control+k');
  await expect(app.at('capture-page')).toBeVisible();
}

/** What was copied, pasted into the text that is to be explained. */
async function pastedToExplain(app: App): Promise<string> {
  await app.page.keyboard.press('Control+Shift+K');
  await app.at('explain-text').fill('');
  await app.at('explain-text').focus();
  await app.page.keyboard.press('Control+v');
  return app.at('explain-text').inputValue();
}

test('builds a script step by step, copies it and saves it', async ({ app }) => {
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await app.at('welcome').waitFor();
  await app.screenshots('capture-welcome');
  await app.at('build-capture-script').click();
  await expect(app.at('capture-verdict')).toBeVisible();
  await app.screenshots('capture-build');

  // What the machine cannot do cannot be chosen, and says why.
  await app.at('capture-tool-powershell').check();
  await app.at('capture-edition').selectOption('nano');
  await expect(app.at('capture-tool-netsh')).toBeDisabled();
  await expect(app.page.locator('#capture-field-tool')).toContainText(/Nano/);
  await app.at('capture-edition').selectOption('desktop');
  await app.at('capture-tool-netsh').check();

  // Checks lead to the fields that mend them, and go when they are mended.
  await app.at('capture-file').fill('\\\\server\\share\\a.etl');
  await expect(app.at('capture-verdict')).toHaveAttribute('data-severity', 'stop');
  await expect(app.at('check-network-path')).toBeVisible();
  await app.screenshots('capture-stopped');
  await app.at('check-network-path').getByTestId('check-field').click();
  await expect(app.at('capture-file')).toBeFocused();
  await app.at('capture-file').fill('C:\\Traces\\mit Leerzeichen.etl');
  await expect(app.at('check-network-path')).toBeHidden();

  // The size lasts longer when packets are cut.
  const lasts = app.at('capture-lasts');
  const before = await lasts.textContent();
  await app.at('capture-truncation').selectOption('128');
  await expect(lasts).not.toHaveText(before ?? '');
  await app.at('capture-truncation').selectOption('other');
  await app.at('capture-truncation-bytes').fill('200');
  await app.at('capture-megabytes').fill('lots');
  await expect(app.at('capture-megabytes')).toHaveAttribute('aria-invalid', 'true');
  await app.at('capture-megabytes').fill('2,048');
  await app.at('capture-link').selectOption('25');
  await expect(app.at('rate-25')).toHaveAttribute('aria-current', 'true');

  await app.at('capture-set-tcpip').check();
  await app.at('capture-add-provider').fill('Microsoft-Windows-DNS-Client');
  await app.page.keyboard.press('Enter');
  await expect(app.at('capture-provider')).toHaveCount(1);
  await app.at('capture-adapters-some').check();
  await app.at('capture-add-adapter').fill('Ethernet 2');
  await app.page.keyboard.press('Enter');
  await expect(app.at('capture-adapter')).toHaveText('Ethernet 2');
  await app.at('capture-adapters-all').check();

  const script = app.at('script-text');
  await expect(script).toContainText('mit Leerzeichen.etl');
  await expect(script).toContainText('Microsoft-Windows-DNS-Client');
  await script.scrollIntoViewIfNeeded();
  await app.screenshots('capture-script');
  await app.page.setViewportSize({ width: 900, height: 800 });
  await app.screenshots('capture-narrow');
  await app.page.setViewportSize({ width: 1280, height: 800 });

  const text = (await script.textContent()) ?? '';
  await app.at('copy-script').click();
  expect(await pastedToExplain(app)).toBe(text);
  await app.at('capture-section-build').click();
  const saved = await app.exporting('ps1', async () => {
    await app.at('save-script').click();
    await expect(app.at('capture-news')).not.toBeEmpty();
  });
  // As Windows PowerShell reads it: with a byte order mark, and lines that end as Windows ends them.
  expect(await readFile(saved, 'utf8')).toBe(`\uFEFF${text.replaceAll('\n', '\r\n')}`);

  await app.at('capture-form-tab-cmd').click();
  await expect(app.at('commands-start')).toContainText('netsh trace start');
  await expect(app.at('commands-stop')).toContainText('netsh trace stop');
  await app.at('commands-start').scrollIntoViewIfNeeded();
  await app.screenshots('capture-commands');

  // It never says that it could do what it cannot.
  await expect(app.at('capture-run')).toContainText(/Windows/);
  await expect(app.at('run-capture')).toHaveCount(0);

  // What was chosen is there at the next opening, until it is put back.
  await app.page.reload();
  await openPage(app);
  await expect(app.at('capture-file')).toHaveValue('C:\\Traces\\mit Leerzeichen.etl');
  await expect(app.at('commands-start')).toBeVisible();
  await app.at('reset-capture').click();
  await expect(app.at('capture-provider')).toHaveCount(0);
  await expect(app.at('script-text')).toBeVisible();
});

test('explains a command that is pasted, typed or dropped, and makes a plan of it', async ({ app, folder }) => {
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await app.at('welcome').waitFor();
  await app.page.keyboard.press('Control+Shift+K');
  await expect(app.at('explain-text')).toBeFocused();
  await expect(app.at('no-reading')).toBeVisible();
  await app.screenshots('capture-explain-empty');
  await app.page.keyboard.type('dir');
  await expect(app.at('not-understood')).toBeVisible();
  await app.at('explain-clear').click();
  await app.at('explain-example').click();
  await expect(app.at('explained-command')).toHaveCount(1);
  await expect(app.at('explained-argument').filter({ hasText: 'maxsize=1024' })).toContainText(/1,?024 MB/);
  await app.screenshots('capture-explain');

  const file = join(folder, 'start.cmd');
  await writeFile(
    file,
    'netsh trace start capture=yes maxsiez=500 tracefile=D:\\old.etl packettruncatebytes=256 maxsize=333\r\n',
  );
  await app.page.keyboard.press('Control+k');
  await app.dropFile(file);
  await expect(app.at('explain-from')).toHaveText('From start.cmd');
  await expect(app.at('explained-argument').filter({ hasText: 'maxsiez' })).toContainText('Not known');
  await expect(app.at('missing').first()).toBeVisible();
  await app.screenshots('capture-explain-dropped');
  await app.at('use-plan').click();
  await expect(app.at('capture-file')).toHaveValue('D:\\old.etl');
  await expect(app.at('capture-megabytes')).toHaveValue('333');
  await expect(app.at('capture-truncation')).toHaveValue('256');
});

test('lies over the trace, and leaves it as it was', async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('grid').locator('.ag-row[row-index="3"]').first().click();
  await expect(app.at('status-selected')).toContainText('message 4');
  await app.page.keyboard.press('Control+k');
  await expect(app.at('capture-page')).toBeFocused();
  await expect(app.at('filter-input')).toBeHidden();
  await app.page.keyboard.press('F6');
  await expect(app.at('capture-form')).toBeFocused();
  await app.at('close-capture').click();
  await expect(app.at('capture-page')).toBeHidden();
  await expect(app.at('filter-input')).toBeVisible();
  await expect(app.at('status-selected')).toContainText('message 4');
  await app.page.keyboard.press('ArrowDown');
  await expect(app.at('status-selected')).toContainText('message 5');
  await app.page.keyboard.press('Control+k');
  await app.at('status-events').click();
  await expect(app.at('completeness')).toBeVisible();
  await expect(app.at('capture-page')).toBeHidden();
});

/** What Get-NetAdapter tells on the sample's host, as the script's stop step writes it. */
const adapters = [
  {
    Name: 'Uplink to rack 7',
    InterfaceDescription: 'Microsoft Hyper-V Network Adapter',
    ifIndex: 9,
    InterfaceGuid: '{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}',
    MacAddress: '00-15-5D-00-0A-09',
  },
];

test('opens the bundle that a script left, with its names, when it is dropped on the page', async ({ app, folder }) => {
  test.skip(!existsSync(sampleTrace), 'dist/sample is not built');
  const manifest: BundleManifest = {
    format: 'hopscope-bundle',
    version: 1,
    tool: 'netsh',
    started: '2026-11-29T10:00:00+00:00',
    stopped: '2026-11-29T10:05:00+00:00',
    traces: ['host.etl'],
    parts: [
      { file: 'get-netadapter.json', command: bundleOutputs['get-netadapter.json'], state: 'gathered' },
      { file: 'get-vmswitch.json', command: bundleOutputs['get-vmswitch.json'], state: 'absent' },
    ],
  };
  const bundle = await writeZip(join(folder, 'host-bundle.zip'), {
    [bundleManifestFile]: JSON.stringify(manifest),
    'host.etl': await readFile(sampleTrace),
    'get-netadapter.json': JSON.stringify(adapters),
  });
  await app.at('welcome').waitFor();
  await app.page.keyboard.press('Control+k');
  await app.dropFile(bundle);
  await expect(app.at('row-count')).toBeVisible();
  await expect(app.at('capture-page')).toBeHidden();
  await app.idle();
  await app.at('status-names').click();
  await expect(
    app
      .at('subject')
      .filter({ hasText: /5AA3FFAC/i })
      .first(),
  ).toContainText('Uplink to rack 7');
  await app.screenshots('capture-bundle-names');
  await app.at('view-connections').click();
  await expect(app.at('path-strip').first()).toHaveAttribute('aria-label', /Uplink to rack 7/);
});
