import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from './app.ts';
import { kernelNetworkManifest, kernelNetworkTrace, sampleTrace } from './traces.ts';

const providerName = 'Microsoft-Windows-Kernel-Network';

/** Events of a provider that nobody has described, as the completeness page counts them. */
const undescribed = (app: App) => app.at('provider').filter({ hasText: providerName }).locator('td:nth-child(5)');

test.describe('a trace without layouts', () => {
  test.skip(!existsSync(kernelNetworkTrace) || !existsSync(kernelNetworkManifest), '../shared is not here');

  test.beforeEach(async ({ app }) => {
    await app.idle();
    await app.dropFile(kernelNetworkTrace);
    await expect(app.at('row-count')).toContainText('8,9');
    await app.idle();
  });

  test('becomes readable when a manifest is dropped, and unreadable when its layouts are removed', async ({ app }) => {
    const row = app.at('grid').locator('.ag-row[row-index="100"]').first();
    await app.page.keyboard.press('Control+g');
    await app.at('go-to-input').fill('101');
    await app.at('go-to-submit').click();
    await app.idle();
    await expect(row).toContainText(/Kernel_Network|Kernel-Network|\{7dd42a49/i);
    await expect(app.at('details')).not.toContainText('daddr');
    await app.screenshot('layouts-before');

    await app.dropFile(kernelNetworkManifest);
    await expect(app.at('layouts-done')).toContainText('1 provider');
    await app.idle();
    await app.screenshots('layouts-imported');
    await app.page.keyboard.press('Escape');
    await expect(app.at('layouts-dialog')).toBeHidden();
    await expect(app.at('details')).toContainText('daddr');
    await expect(row).toBeVisible();
    await app.screenshots('layouts-after');
    await app.at('view-completeness').click();
    await expect(undescribed(app)).toHaveText('0');

    await app.at('layouts-button').click();
    await app.at('remove-layout').click();
    await app.at('confirm-remove').click();
    await expect(app.at('no-layouts')).toBeVisible();
    await app.idle();
    await app.page.keyboard.press('Escape');
    await expect(undescribed(app)).not.toHaveText('0');
    await app.screenshots('completeness-undescribed');
    await app.at('view-messages').click();
    await expect(app.at('details')).not.toContainText('daddr');
  });

  test('is told how to become readable, and takes the manifest from the dialog', async ({ app }) => {
    await app.at('view-completeness').click();
    await expect(undescribed(app)).not.toHaveText('0');
    await expect(app.at('advice').getByRole('button', { name: 'Copy: Get-WinEvent' })).toBeVisible();
    await app.choosing(kernelNetworkManifest, () => app.at('import-manifest').first().click());
    await expect(app.at('layouts-done')).toContainText('1 provider');
    await app.idle();
    await app.page.keyboard.press('Escape');
    await expect(undescribed(app)).toHaveText('0');
  });
});

test('a manifest that is none costs nothing but a sentence', async ({ app, folder }) => {
  const path = join(folder, 'letter.man');
  await writeFile(path, 'Dear reader, this is a letter and not a manifest.');
  await app.idle();
  await app.dropFile(path);
  await expect(app.at('import-failure')).toContainText('letter.man');
  await app.idle();
  await expect(app.at('no-layouts')).toBeVisible();
  await app.screenshot('layouts-failed');
  await app.page.keyboard.press('Escape');
  await expect(app.at('welcome')).toBeVisible();
});

test('the layouts of a trace are kept when asked for', async ({ app }) => {
  test.skip(!existsSync(sampleTrace), 'dist/sample is not built');
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('layouts-button').click();
  await expect(app.at('layouts-dialog')).toContainText('Nothing leaves this computer');
  await app.at('harvest-layouts').click();
  await expect(app.at('layouts-outcome')).toBeVisible();
  await app.idle();
  await app.screenshots('layouts-harvested');
});
