import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
});

const cell = (app: App, row: number, column: string) =>
  app.at('grid').locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`);

async function shownRows(app: App): Promise<number> {
  const text = (await app.at('row-count').textContent()) ?? '';
  return Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
}

test('a cell adds its value to the filter, or excludes it', async ({ app }) => {
  const all = await shownRows(app);
  const module = (await cell(app, 0, 'Module').textContent()) ?? '';
  await cell(app, 0, 'Module').click({ button: 'right' });
  await expect(app.at('quick-filter-menu')).toBeVisible();
  await app.screenshots('quick-filter-menu');
  await app.at('quick-filter-add').click();
  await app.idle();
  await expect(app.at('stacked-filter')).toContainText(`*ModuleName == "${module}"`);
  const alike = await shownRows(app);
  expect(alike).toBeGreaterThan(0);
  expect(alike).toBeLessThan(all);
  await app.at('drop-filter').click();
  await app.idle();
  await cell(app, 0, 'Module').click({ button: 'right' });
  await app.at('quick-filter-exclude').click();
  await app.idle();
  await expect(app.at('stacked-filter')).toContainText(`!(*ModuleName == "${module}")`);
  expect(await shownRows(app)).toBe(all - alike);
});

test('the menu of a cell is had by keyboard, and the focus is where it was', async ({ app }) => {
  await cell(app, 1, 'MessageNumber').click();
  await app.page.keyboard.press('Shift+F10');
  await expect(app.at('quick-filter-add')).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(app.at('quick-filter-menu')).toBeHidden();
  await expect(cell(app, 1, 'MessageNumber')).toBeFocused();
  await app.page.keyboard.press('Shift+F10');
  await app.at('quick-filter-copy').press('Enter');
  await expectCopied(app).toBe('#MessageNumber == 2');
});

test('a time is a filter in both directions, in place of all others', async ({ app }) => {
  const all = await shownRows(app);
  // The first events of the sample all have the time at which its session began.
  await cell(app, 14, 'Timestamp').click({ button: 'right' });
  await app.at('quick-filter-replace').filter({ hasText: 'from here on' }).click();
  await app.idle();
  await expect(app.at('filter-input')).toHaveText(/^#Timestamp >= "\d{4}-/);
  const later = await shownRows(app);
  expect(later).toBeGreaterThan(0);
  expect(later).toBeLessThanOrEqual(all - 2);
});

test('a value opens in a tab of its own on the same trace', async ({ app }) => {
  const all = await shownRows(app);
  await cell(app, 0, 'Module').click({ button: 'right' });
  await app.at('quick-filter-newTab').click();
  await app.idle();
  await expect(app.at('trace-view')).toHaveCount(1);
  await expect(app.at('trace-view')).toContainText('*ModuleName ==');
  expect(await shownRows(app)).toBeLessThan(all);
  await app.screenshots('quick-filter-tab');
  await app.at('trace').click();
  await app.idle();
  expect(await shownRows(app)).toBe(all);
  await app.page.getByRole('button', { name: /^Close \*ModuleName/ }).click();
  await expect(app.at('trace-view')).toHaveCount(0);
  await expect(app.at('trace')).toHaveCount(1);
  expect(await shownRows(app)).toBe(all);
});

test('a field of the details does the same', async ({ app }) => {
  await app.page.keyboard.press('Control+Home');
  await app.idle();
  const node = app.at('details-tree').locator('[role="treeitem"]').first();
  await node.click({ button: 'right' });
  await app.screenshots('details-quick-filter');
  await app.at('node-exclude').click();
  await app.idle();
  await expect(app.at('stacked-filter')).toContainText('!(');
});
