import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { sampleTrace } from './traces.ts';

// In the sample, a client opens a page of a container, and is kept from another port by a rule of the switch.
test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.idle();
  await app.dropFile(sampleTrace);
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('view-connections').click();
  await expect(app.at('attempt-count')).toContainText('attempt');
  await app.idle();
});

const attempts = (app: App) => app.at('attempts').locator('.ag-row');
const attempt = (app: App, text: string | RegExp) => attempts(app).filter({ hasText: text }).first();
/** The path under the attempts; the messages, which lie behind, have one of their own. */
const path = (app: App, testId: string) =>
  app.page.locator('.stage-layer:not([data-covered="true"])').getByTestId(testId);
const cell = (app: App, text: string | RegExp, column: string) =>
  attempt(app, text).locator(`[role="gridcell"][col-id="${column}"]`);

test('lists who tried to reach whom, and draws the way of the selected one', async ({ app }) => {
  await expect(cell(app, '10.0.0.50:52891', 'verdict')).toHaveText('Answered');
  await expect(cell(app, '10.0.0.50:52891', 'server')).toHaveText('10.0.0.60');
  await expect(cell(app, '10.0.0.50:52891', 'port')).toHaveText('80');
  await expect(cell(app, '10.0.0.50:52891', 'hops')).toHaveText('7');
  await expect(attempt(app, '10.0.0.50:52891').getByTestId('path-strip')).toHaveAttribute(
    'aria-label',
    /Physical NIC.*→.*Container NIC fb5c285c/,
  );
  await attempt(app, '10.0.0.50:52891').click();
  await app.idle();
  await expect(path(app, 'path-title')).toContainText('10.0.0.50:52891 → 10.0.0.60:80 SYN');
  await expect(path(app, 'path-hop')).toHaveCount(7);
  await expect(path(app, 'path-verdict')).toContainText('answered after');
  await app.screenshots('connections');

  // A hop is a message: it is selected there.
  const before = await app.at('status-selected').textContent();
  await path(app, 'path-hop').nth(3).click();
  await app.idle();
  await expect(app.at('status-selected')).not.toHaveText(before ?? '');
  await app.at('view-messages').click();
  await expect(app.at('grid').locator('.ag-row-selected')).toContainText(/fb5c285c/i);
});

test('says of a dropped one where and why, in words and in red', async ({ app }) => {
  const [count] = /\d+/.exec((await app.at('verdict-dropped').textContent()) ?? '') ?? ['0'];
  expect(Number(count)).toBeGreaterThan(0);
  await app.at('verdict-dropped').click();
  await app.idle();
  await expect(attempts(app)).toHaveCount(Number(count));
  await expect(cell(app, '8080', 'verdictText')).toContainText('dropped');
  await expect(attempt(app, '8080').locator('[data-drop="true"]')).toBeVisible();
  await attempt(app, '8080').click();
  await app.idle();
  await expect(path(app, 'path-verdict')).toContainText('dropped');
  await app.screenshots('connection-dropped');
  await app.at('verdict-dropped').click();
  await app.idle();
  expect(await attempts(app).count()).toBeGreaterThan(Number(count));
});

test('compares two, and copies them as text', async ({ app }) => {
  await expect(app.at('compare-attempts')).toBeDisabled();
  await attempt(app, '10.0.0.50:52891').click();
  await attempt(app, '8080').click({ modifiers: ['Control'] });
  await app.idle();
  await expect(app.at('attempt-count')).toContainText('2 selected');
  await app.at('copy-attempts').click();
  await expect(app.at('copy-attempts')).toContainText('Copied');
  await app.at('compare-attempts').click();
  await app.idle();
  await expect(app.at('compare-paths')).toContainText('52891');
  await expect(app.at('compare-differences')).toBeVisible();
  await app.screenshots('connections-compared');
  await app.at('close-comparison').click();
  await expect(app.at('compare-paths')).toBeHidden();
  await expectCopied(app).toMatch(/Protocol\s+Time .*Client\s+Server/);
  await expectCopied(app).toMatch(/TCP\s+\S+\s+10\.0\.0\.50:52891\s+10\.0\.0\.60\s+80.*Answered/);
  await expectCopied(app).toContain('8080');
});

test('is sorted by its headings and found by words', async ({ app }) => {
  const heading = (name: string) => app.at('attempts').locator(`.ag-header-cell[col-id="${name}"]`);
  const ports = async (): Promise<number[]> => {
    await app.idle();
    const texts = await attempts(app).locator('[col-id="port"]').allTextContents();
    return texts.map(Number);
  };
  await heading('port').click();
  await expect(heading('port')).toHaveAttribute('aria-sort', 'ascending');
  const ascending = await ports();
  expect(ascending.length).toBeGreaterThan(1);
  expect(ascending).toEqual([...ascending].sort((first, second) => first - second));
  await heading('port').click();
  await expect(heading('port')).toHaveAttribute('aria-sort', 'descending');
  expect(await ports()).toEqual(ascending.toReversed());

  await app.at('find-attempt').fill('no such words');
  await expect(app.at('no-attempt-matches')).toBeVisible();
  await app.idle();
  await app.screenshots('connections-no-match');
  await app.at('show-all-attempts').click();
  await app.idle();
  await expect(attempts(app)).toHaveCount(ascending.length);
});

test('shows only what the filter of the messages lets through', async ({ app }) => {
  const all = await attempts(app).count();
  await app.at('filter-input').fill('TCP.Port == 8080');
  await app.at('apply-filter').click();
  await app.idle();
  await app.at('view-connections').click();
  await app.idle();
  await expect(attempts(app)).toHaveCount(all);
  await app.at('attempts-filtered').check();
  await expect(attempts(app)).not.toHaveCount(all);
  await app.idle();
  for (const port of await attempts(app).locator('[col-id="port"]').allTextContents()) expect(port).toBe('8080');
});

test('is worked by keyboard alone', async ({ app }) => {
  await attempts(app).first().locator('[col-id="client"]').click();
  await app.idle();
  const first = await path(app, 'path-title').textContent();
  await app.page.keyboard.press('ArrowDown');
  await app.idle();
  await expect(path(app, 'path-title')).not.toHaveText(first ?? '');
  await app.page.keyboard.press('Shift+ArrowDown');
  await expect(app.at('attempt-count')).toContainText('2 selected');
  await app.page.keyboard.press('Control+Enter');
  await app.idle();
  await expect(app.at('compare-paths')).toBeVisible();
  await app.at('close-comparison').press('Enter');
  await attempts(app).first().locator('[col-id="client"]').click();
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(app.at('grid')).toBeVisible();
  await expect(app.at('grid').locator('.ag-row-selected')).toHaveCount(1);
});
