import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from './app.ts';
import { expectAccessible } from './axe.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');
// Each place is looked at in four themes.
test.describe.configure({ timeout: 240_000 });

async function openSample(app: App): Promise<void> {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('grid').locator('.ag-row[row-index="3"]').first().click();
  await expect(app.at('status-selected')).toContainText('message 4');
  await app.idle();
}

async function choose(app: App, title: string): Promise<void> {
  await app.page.keyboard.press('Control+Shift+P');
  await app.at('palette-input').fill(title);
  await app.page.keyboard.press('Enter');
  await expect(app.at('palette')).toBeHidden();
}

test('pages and panes', async ({ app, folder }) => {
  await expectAccessible(app, 'welcome');
  const names = join(folder, 'adapters.txt');
  await writeFile(names, 'Name : Ethernet\nifIndex : 9\n');
  await app.dropFile(names);
  await expect(app.at('notice')).toBeVisible();
  await expectAccessible(app, 'notice');
  await app.at('notice').getByRole('button', { name: 'Dismiss' }).click();
  await app.page.keyboard.press('Control+k');
  await expect(app.at('capture-verdict')).toBeVisible();
  await expectAccessible(app, 'capture page');
  await app.at('capture-adapters-some').check();
  await app.at('capture-add-provider').fill('Microsoft-Windows-DNS-Client');
  await app.page.keyboard.press('Enter');
  await app.at('capture-form-tab-cmd').click();
  await expectAccessible(app, 'capture page with commands');
  await app.at('capture-file').fill('\\\\server\\share\\a.etl');
  await expect(app.at('no-script')).toBeVisible();
  await expectAccessible(app, 'capture page with something in the way');
  await app.at('capture-section-explain').click();
  await expectAccessible(app, 'nothing to explain yet');
  await app.at('explain-example').click();
  await expect(app.at('explained-command')).toBeVisible();
  await expectAccessible(app, 'explained command');
  await app.at('close-capture').click();
  await openSample(app);
  await expectAccessible(app, 'messages, details, bytes and path');
  await app.page.keyboard.press('Control+f');
  await app.at('filter-input').fill('TCP and (');
  await expect(app.at('filter-status')).toHaveAttribute('data-state', 'invalid');
  await expectAccessible(app, 'find bar and a wrong filter');
  await app.at('filter-input').fill('TCP');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+Enter');
  await expect(app.at('filter-stack')).toBeVisible();
  await app.idle();
  await expectAccessible(app, 'a filter beside the box');
  for (const view of ['connections', 'diagnosis', 'names', 'completeness']) {
    await app.at(`view-${view}`).click();
    await app.idle();
    await expectAccessible(app, view);
  }
  await app.at('view-connections').click();
  const attempts = app.at('attempts').locator('.ag-row');
  await attempts.nth(0).click();
  await attempts.nth(1).click({ modifiers: ['Control'] });
  await app.at('compare-attempts').click();
  await expect(app.at('compare-differences')).toBeVisible();
  await app.idle();
  await expectAccessible(app, 'two paths compared');
  await app.at('close-comparison').click();
  await app.at('view-messages').click();
  await app.at('grid').locator('.ag-row').first().locator('[col-id="Summary"]').click();
  await expect(app.at('status-selected')).toContainText('selected 1 (message');
  await app.page.keyboard.press('Control+m');
  await expect(app.at('row-marked')).toBeVisible();
  for (const pane of ['Summary', 'Notes']) {
    await choose(app, pane);
    await app.idle();
    await expectAccessible(app, pane);
  }
});

test('dialogs and menus', async ({ app }) => {
  await openSample(app);
  await app.page.keyboard.press('Control+Shift+P');
  await app.at('palette-input').fill('find');
  await expectAccessible(app, 'palette');
  await app.screenshots('palette');
  await app.page.keyboard.press('Escape');

  await app.page.keyboard.press('Control+,');
  for (const section of ['appearance', 'time', 'opening', 'filter', 'export', 'keyboard', 'privacy']) {
    await app.at(`settings-${section}`).click();
    await expectAccessible(app, `settings: ${section}`);
    await app.screenshot(`settings-${section}`);
  }
  await app.page.keyboard.press('Escape');

  const dialogs = {
    'Layouts…': 'layouts-dialog',
    'Color rules…': 'color-rules-dialog',
    'Filter library…': 'library-dialog',
    'Export…': 'export-dialog',
    'Go to message…': 'go-to-dialog',
    'Keyboard shortcuts': 'shortcuts-dialog',
    'About Hopscope': 'about-dialog',
  };
  for (const [title, testId] of Object.entries(dialogs)) {
    await choose(app, title);
    await expect(app.at(testId)).toBeVisible();
    await app.idle();
    await expectAccessible(app, title);
    await app.page.keyboard.press('Escape');
    await expect(app.at(testId)).toBeHidden();
  }

  await app.at('grid').locator('.ag-row[row-index="3"]').first().click({ button: 'right' });
  await expect(app.page.getByRole('menu')).toBeVisible();
  await expectAccessible(app, 'menu of a cell');
  await app.page.keyboard.press('Escape');
  await app.at('filter-input').fill('TCP');
  await app.page.keyboard.press('Control+Enter');
  await app.at('stacked-filter').click({ button: 'right' });
  await expectAccessible(app, 'menu of a stacked filter');
  await app.page.keyboard.press('Escape');
  await app.at('view-names').click();
  await app.at('subject').first().click({ button: 'right' });
  await expectAccessible(app, 'menu of a name');
  await app.at('name-edit').click();
  await app.at('name-field').fill('the first');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await app.page.keyboard.press('Control+,');
  await app.at('settings-privacy').click();
  await app.at('forget-names').click();
  await expectAccessible(app, 'a question of the settings');
  await app.page.keyboard.press('Escape');
  if ((await app.at('menu-bar').count()) > 0) {
    await app.page.keyboard.press('F10');
    await app.page.keyboard.press('ArrowDown');
    await expect(app.page.getByRole('menuitem', { name: /^Open…/ })).toBeFocused();
    await expectAccessible(app, 'menu bar');
  }
});

test('what went wrong', async ({ app, folder }) => {
  const broken = join(folder, 'broken.etl');
  await writeFile(broken, Buffer.alloc(4096, 7));
  await app.dropFile(broken);
  await expect(app.at('open-failure')).toBeVisible();
  await app.idle();
  await expectAccessible(app, 'a trace that could not be opened');
  await app.page.keyboard.press('Control+Shift+P');
  await app.at('palette-input').fill('Open the sample');
  await app.page.keyboard.press('Enter');
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.page.keyboard.press('Control+Shift+S');
  await app.at('format-pcapng').check();
  await expectAccessible(app, 'export');
  await app.page.keyboard.press('Escape');
  await app.at('view-connections').click();
  await app.idle();
  await app.at('attempts').locator('.ag-row').first().locator('[col-id="client"]').click({ button: 'right' });
  await expect(app.at('attempt-menu')).toBeVisible();
  await expectAccessible(app, 'menu of an attempt');
});
