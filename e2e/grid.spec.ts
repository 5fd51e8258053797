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

const cell = (app: App, position: number, column: string) =>
  app.at('grid').locator(`.ag-row[row-index="${position}"] [col-id="${column}"]`);
const heading = (app: App, column: string) => app.at('grid').locator(`.ag-header-cell[col-id="${column}"]`);
const headings = (app: App): Promise<string[]> =>
  app
    .at('grid')
    .locator('.ag-header-cell')
    .evaluateAll((cells) => cells.map((each) => each.getAttribute('col-id') ?? ''));

/** Texts of the rows that the grid has loaded, from the first one on. */
async function texts(app: App, column: string, count = 12): Promise<string[]> {
  const found: string[] = [];
  for (let position = 0; position < count; position++) {
    found.push((await cell(app, position, column).textContent()) ?? '');
  }
  return found;
}

const numbers = async (app: App): Promise<number[]> =>
  (await texts(app, 'MessageNumber')).map((text) => Number(text.replaceAll(',', '')));

/** Puts the first row in sight, with the focus in the grid. */
async function goToTop(app: App): Promise<void> {
  await app.at('grid').locator('.ag-row-selected [col-id="Source"]').first().click();
  await app.page.keyboard.press('Control+Home');
  await app.idle();
}

test('headings and cells without room for their text say it in a tooltip', async ({ app }) => {
  await expect(heading(app, 'TimeElapsed')).toHaveAttribute('title', /\S+ \S+/);
  await expect(heading(app, 'Source')).toHaveAttribute('title', 'Source');
  const [long, short] = [cell(app, 0, 'Summary'), cell(app, 0, 'MessageNumber')];
  await long.hover();
  await expect(long).toHaveAttribute('title', (await long.textContent()) ?? '?');
  await short.hover();
  await expect(short).toHaveAttribute('title', '');
});

test('columns are sorted, and the selected message is found again', async ({ app }) => {
  await cell(app, 4, 'Source').click();
  await expect(app.at('status-selected')).toContainText('message 5');
  await heading(app, 'MessageNumber').click();
  await heading(app, 'MessageNumber').click();
  await app.idle();
  await expect(heading(app, 'MessageNumber')).toHaveAttribute('aria-sort', 'descending');
  await expect(app.at('status-order')).toContainText('sorted by Number ↓');
  await expect(app.at('status-selected')).toContainText('message 5');
  await expect(app.at('grid').locator('.ag-row-selected').first()).toContainText('5');
  await goToTop(app);
  const down = await numbers(app);
  expect(down).toEqual([...down].sort((a, b) => b - a));
  await heading(app, 'Module').click();
  await app.idle();
  await goToTop(app);
  const modules = await texts(app, 'Module');
  expect(modules).toEqual([...modules].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  await app.screenshots('grid-sorted');
  await app.at('status-order').click();
  await app.idle();
  await expect(app.at('status-order')).toHaveCount(0);
  await goToTop(app);
  expect((await numbers(app)).slice(0, 3)).toEqual([1, 2, 3]);
});

test('columns come, go, move and are kept under names', async ({ app }) => {
  await app.page.keyboard.press('Control+Shift+l');
  await app.at('column-search').fill('TCP.SourcePort');
  await app
    .at('choose-column')
    .filter({ visible: true })
    .and(app.page.locator('[data-column="TCP.SourcePort"]'))
    .check();
  await app.idle();
  await app.screenshots('grid-column-chooser');
  await app.at('shown-column').filter({ hasText: 'TCP.SourcePort' }).click();
  await app.at('column-up').click();
  await app.at('shown-columns').focus();
  await app.page.keyboard.press('Alt+ArrowUp');
  await app.at('save-layout').click();
  await app.at('layout-name').fill('ETW');
  await app.page.keyboard.press('Enter');
  await expect(app.at('column-chooser')).toContainText('comes with Hopscope');
  await app.at('layout-name').fill('Case 4711');
  await app.page.keyboard.press('Enter');
  await expect(app.at('layout-choice')).toHaveValue('Case 4711');
  await app.page.keyboard.press('Escape');
  await app.idle();
  expect(await headings(app)).toEqual([
    'MessageNumber',
    'Diagnosis',
    'Timestamp',
    'TimeElapsed',
    'Source',
    'Destination',
    'TCP.SourcePort',
    'Module',
    'Sighting',
    'Summary',
  ]);
  await app.at('filter-input').fill('TCP');
  await app.page.keyboard.press('Enter');
  await app.idle();
  const ports = await texts(app, 'TCP.SourcePort', 6);
  expect(ports.filter((text) => /\d/.test(text)).length).toBeGreaterThan(0);
  await app.screenshots('grid-field-column');

  await heading(app, 'Source').click({ button: 'right' });
  await app.screenshots('grid-header-menu');
  await app.at('hide-column').click();
  expect(await headings(app)).not.toContain('Source');
  await heading(app, 'Summary').click({ button: 'right' });
  await app.at('pin-column').click();
  expect((await headings(app))[0]).toBe('Summary');
  await heading(app, 'Module').click({ button: 'right' });
  await app.at('apply-layout').filter({ hasText: 'vSwitch' }).click();
  await app.idle();
  expect(await headings(app)).toContain('Component');
  await app.screenshots('grid-layout-vswitch');
});

test('notes have a pane that shows, filters, changes and removes them', async ({ app }) => {
  for (const row of [2, 5]) {
    await cell(app, row, 'Source').click();
    await expect(app.at('status-selected')).toContainText(`message ${row + 1}`);
    await app.page.keyboard.press('Control+m');
  }
  await expect(app.at('row-marked')).toHaveCount(2);
  await app.page.keyboard.press('Control+Shift+P');
  await app.at('palette-input').fill('Notes');
  await app.page.keyboard.press('Enter');
  await expect(app.at('note')).toHaveCount(2);
  await app.at('note').nth(1).getByTestId('edit-comment').click();
  await app.at('comment-field').fill('The server is silent from here on');
  await app.at('comment-field').press('Enter');
  await expect(app.at('row-comment')).toHaveAttribute('aria-label', 'Comment: The server is silent from here on');
  await app.at('note').first().getByTestId('go-to-note').click();
  await expect(app.at('status-selected')).toContainText('message 3');
  await app.screenshots('notes-pane');

  await app.at('marked-only').click();
  await expect(app.at('row-count')).toContainText(/^2 of /);
  await app.at('marked-only').click();
  await expect(app.at('row-count')).not.toContainText(/^2 of /);
  await app.at('clear-notes').click();
  await app.at('confirm-clear-notes').click();
  await expect(app.at('no-notes')).toBeVisible();
  await expect(app.at('row-marked')).toHaveCount(0);
});

test('messages are marked, commented on, timed and copied', async ({ app }) => {
  const all = await app.at('row-count').textContent();
  await cell(app, 2, 'Source').click();
  await cell(app, 4, 'Source').click({ modifiers: ['Shift'] });
  await expect(app.at('status-selected')).toContainText('selected 3 (message 3)');
  await cell(app, 7, 'Source').click({ modifiers: ['Control'] });
  await expect(app.at('status-selected')).toContainText('selected 4 (message 3)');
  await app.page.keyboard.press('Control+m');
  await app.idle();
  await expect(app.at('row-marked')).toHaveCount(4);
  await cell(app, 2, 'Source').click();
  await expect(app.at('status-selected')).toContainText('selected 1 (message 3)');
  await app.page.keyboard.press('Shift+ArrowDown');
  await app.page.keyboard.press('Shift+ArrowDown');
  await expect(app.at('status-selected')).toContainText('selected 3 (message 3)');
  await cell(app, 2, 'Source').click();
  await app.page.keyboard.press('Control+Alt+c');
  await app.at('comment-input').fill('Why here?');
  await app.page.keyboard.press('Control+Enter');
  await app.idle();
  await expect(app.at('row-comment')).toHaveAttribute('aria-label', 'Comment: Why here?');
  await app.page.keyboard.press('Control+Shift+N');
  await app.idle();
  await expect(app.at('status-selected')).toContainText('message 4');
  await app.page.keyboard.press('Control+Shift+B');
  await app.idle();
  await expect(app.at('status-selected')).toContainText('message 3');

  await app.page.keyboard.press('Control+t');
  await expect(app.at('time-reference')).toBeVisible();
  await heading(app, 'Timestamp').click({ button: 'right' });
  await app.at('time-reference').last().click();
  await expect(heading(app, 'Timestamp')).toContainText('Since reference');
  await expect(cell(app, 2, 'Timestamp')).toContainText('0.0000000');
  await app.screenshots('grid-marks-and-reference');
  await heading(app, 'Timestamp').click({ button: 'right' });
  await app.at('time-delta-shown').click();
  await app.idle();
  for (const text of await texts(app, 'Timestamp')) expect(text).toMatch(/^(-?\d+\.\d{7})?$/);
  await heading(app, 'Timestamp').click({ button: 'right' });
  await app.at('time-utc').click();
  await expect(heading(app, 'Timestamp')).toContainText('UTC');

  await cell(app, 2, 'Source').click({ button: 'right' });
  await app.screenshots('grid-cell-menu');
  await app.at('copy-summaries').click();
  await app.idle();
  await expectCopied(app).toMatch(/^3 \d+\.\d{7} /);
  await cell(app, 2, 'Source').click();
  await app.page.keyboard.press('Control+c');
  await app.idle();
  await expectCopied(app).toContain((await cell(app, 2, 'Timestamp').textContent()) ?? '?');
  expect(await app.at('row-count').textContent()).toBe(all);
});

test('a time is gone to, and the way back is known', async ({ app }) => {
  await heading(app, 'Timestamp').click({ button: 'right' });
  await app.at('time-utc').click();
  await cell(app, 0, 'Source').click();
  await app.page.keyboard.press('Control+End');
  await app.idle();
  const last = (await app.at('status-selected').textContent()) ?? '';
  const time = (await app.at('grid').locator('.ag-row-selected [col-id="Timestamp"]').textContent()) ?? '';
  await app.page.waitForTimeout(600);
  await app.page.keyboard.press('Control+Home');
  await app.idle();
  await expect(app.at('status-selected')).toContainText('message 1)');
  await app.page.waitForTimeout(600);
  await app.page.keyboard.press('Control+g');
  await app.at('go-to-input').fill('nonsense');
  await app.page.keyboard.press('Enter');
  await expect(app.at('go-to-dialog')).toContainText('or a time');
  await app.at('go-to-input').fill(time.trim());
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(app.at('go-to-dialog')).toBeHidden();
  await expect(app.at('grid').locator('.ag-row-selected [col-id="Timestamp"]')).toHaveText(time);
  await app.page.waitForTimeout(600);
  await app.page.keyboard.press('Alt+ArrowLeft');
  await app.idle();
  await expect(app.at('status-selected')).toContainText('message 1)');
  await app.page.keyboard.press('Alt+ArrowLeft');
  await app.idle();
  await expect(app.at('status-selected')).toHaveText(last);
  await app.page.keyboard.press('Alt+ArrowRight');
  await app.idle();
  await expect(app.at('status-selected')).toContainText('message 1)');
});
