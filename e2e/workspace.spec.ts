import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, viewport, type App } from './app.ts';
import { startDesktop } from './desktop-app.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

async function openSample(app: App): Promise<void> {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('grid').locator('.ag-row[row-index="20"]').first().click();
  await app.idle();
}

/** The panes in front, in the order of the eye. */
const visible = (app: App): Promise<string[]> =>
  app.page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('.dock-group'))
      .filter((group) => group.checkVisibility({ visibilityProperty: true }) && group.clientHeight > 0)
      .map((group) => (group.dataset.testid ?? '').replace('group-', '')),
  );

/** Runs a command by its name in the palette. */
async function command(app: App, name: string): Promise<void> {
  await app.page.keyboard.press('Control+Shift+P');
  await app.page.keyboard.type(name);
  await app.page.keyboard.press('Enter');
}

const firstRow = (app: App) => app.page.locator('[data-testid="grid"] .ag-row').first();

test('panes hide, come back, are maximised and moved, and layouts are chosen and undone', async ({ app }) => {
  await app.page.setViewportSize(viewport);
  await openSample(app);
  await expect.poll(() => visible(app)).toEqual(['timeline', 'messages', 'path', 'details', 'bytes']);
  await app.screenshots('layout-network');

  await app.page.keyboard.press('F4');
  await expect.poll(() => visible(app)).toEqual(['timeline', 'messages', 'details', 'bytes']);
  await app.page.keyboard.press('F4');
  await expect(app.at('path-pane')).toBeVisible();

  await app.at('maximise-path').click();
  await expect.poll(() => visible(app)).toEqual(['path']);
  await expect(app.at('grid')).toBeHidden();
  await app.at('maximise-path').click();
  await expect(app.at('grid')).toBeVisible();
  await expect(app.at('grid').locator('.ag-row-selected').first()).toContainText('21');

  // By keyboard alone: the tab's menu moves the pane to the left, and the palette into the next tabs.
  await app.at('tab-bytes').focus();
  await app.page.keyboard.press('Shift+F10');
  await expect(app.at('pane-menu')).toBeVisible();
  await app.at('pane-to-left').press('Enter');
  await expect(app.at('tab-bytes')).toBeFocused();
  expect((await visible(app))[0]).toBe('bytes');
  const bytes = await app.at('group-bytes').boundingBox();
  const messages = await app.at('group-messages').boundingBox();
  expect(bytes && messages && bytes.x < messages.x).toBe(true);
  await command(app, 'Move pane into the next tabs');
  await expect(app.at('tab-bytes')).toBeVisible();
  await command(app, 'Undo layout change');
  await command(app, 'Undo layout change');
  await expect.poll(() => visible(app)).toEqual(['timeline', 'messages', 'path', 'details', 'bytes']);

  for (const [name, panes] of [
    ['Simple', ['messages', 'details']],
    ['ETW', ['messages', 'details', 'summary']],
    ['vSwitch', ['path', 'connections', 'messages']],
  ] as const) {
    await command(app, `Layout: ${name}`);
    await expect.poll(() => visible(app)).toEqual(panes);
    await app.idle();
    await app.screenshots(`layout-${name.toLowerCase()}`);
  }
  await command(app, 'Layout: Network');
  await expect(firstRow(app)).toBeVisible();
});

test('a tab is dragged to a side of another pane, and the grid behind a page stays as it was', async ({ app }) => {
  await openSample(app);
  await app.at('tab-details').dragTo(app.at('group-messages'), { targetPosition: { x: 8, y: 120 } });
  await expect.poll(() => visible(app)).toEqual(['timeline', 'details', 'messages', 'path', 'bytes']);
  await expect(app.at('details')).toContainText('DNS');

  const row = app.at('grid').locator('.ag-row[row-index="20"]').first();
  await expect(row).toBeVisible();
  await app.at('view-connections').click();
  await expect(app.at('grid')).toBeHidden();
  await expect(app.at('tab-connections')).toHaveAttribute('aria-selected', 'true');
  await app.at('tab-connections').press('ArrowLeft');
  await expect(app.at('tab-messages')).toBeFocused();
  await expect(row).toBeVisible();
  await app.at('view-names').click();
  await expect(app.at('details')).toBeHidden();
  await app.at('view-messages').click();
  await expect(app.at('details')).toBeVisible();
  await expect(row).toBeVisible();
  await command(app, 'Reset layout');
  await expect.poll(() => visible(app)).toEqual(['timeline', 'messages', 'path', 'details', 'bytes']);
});

test('a trace has views as tabs, a menu in the explorer, and facts in the status bar that lead on', async ({ app }) => {
  await openSample(app);
  await app.at('new-view').click();
  await expect(app.at('view-tab')).toHaveCount(2);
  await app.at('filter-input').fill('TCP');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(app.at('view-tab').nth(1)).toContainText('TCP');
  await expect(app.at('view-tab').nth(1)).toHaveAttribute('aria-selected', 'true');
  await app.at('view-tab').nth(1).press('ArrowLeft');
  await expect(app.at('view-tab').nth(0)).toBeFocused();
  await expect(app.at('row-count')).toContainText('241 of 241');
  await app.screenshots('view-tabs');
  await app.page.keyboard.press('End');
  await app.page.keyboard.press('Delete');
  await expect(app.at('view-tab')).toHaveCount(1);

  await app.at('trace').click({ button: 'right' });
  await app.screenshots('trace-menu');
  await app.at('trace-names').click();
  await expect(app.at('names')).toBeVisible();
  await app.at('status-events').click();
  await expect(app.at('completeness')).toBeVisible();
  await app.at('toggle-explorer').click();
  await expect(app.at('trace')).toBeHidden();
  await app.page.keyboard.press('Control+b');
  await expect(app.at('trace')).toBeVisible();
});

test('what was open comes back at the next start or load, with its views and the layout', async ({ app, folder }) => {
  await app.screenshots('welcome');
  await app.at('news-read').click();
  const trace = join(folder, 'case-4711.etl');
  await copyFile(sampleTrace, trace);
  await app.dropFile(trace);
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('filter-input').fill('TCP');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await app.at('new-view').click();
  await app.at('filter-input').fill('DNS');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await app.at('grid').locator('.ag-row[row-index="3"]').first().click();
  await app.idle();
  await app.page.keyboard.press('F4');
  const selected = await app.at('status-selected').textContent();
  const count = await app.at('row-count').textContent();
  await app.page.waitForTimeout(1500);

  let page = app.page;
  if (app.desktop) {
    await app.close();
    const again = await startDesktop(folder, []);
    page = again.page;
  } else await page.reload();
  const at = (testId: string) => page.getByTestId(testId);
  await expect(at('view-tab')).toHaveCount(2);
  await expect(at('view-tab').nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(at('row-count')).toHaveText(count ?? '');
  await expect(at('status-selected')).toHaveText(selected ?? '');
  await expect(at('path-pane')).toHaveCount(0);
  await expect(at('view-tab').nth(0)).toContainText('TCP');
  if (app.desktop) await page.close();
});
