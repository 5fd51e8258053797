import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
});

async function selectedNumber(app: App): Promise<number> {
  const text = (await app.at('status-selected').textContent()) ?? '';
  return Number(/message ([\d,]+)/.exec(text)?.[1].replaceAll(',', '') ?? 0);
}

async function openFind(app: App, text: string): Promise<void> {
  await app.page.keyboard.press('Control+f');
  await expect(app.at('find-input')).toBeFocused();
  await app.at('find-input').fill(text);
}

test('the next match of a filter is selected, then the one behind it, and back', async ({ app }) => {
  const shown = await app.at('row-count').textContent();
  await openFind(app, 'TCP');
  await app.page.keyboard.press('Enter');
  await app.idle();
  const first = await selectedNumber(app);
  expect(first).toBeGreaterThan(0);
  await app.screenshots('find');
  await app.page.keyboard.press('F3');
  await app.idle();
  const second = await selectedNumber(app);
  expect(second).toBeGreaterThan(first);
  await app.page.keyboard.press('Shift+Enter');
  await app.idle();
  expect(await selectedNumber(app)).toBe(first);
  await expect(app.at('row-count')).toHaveText(shown ?? '');
  await app.page.keyboard.press('Shift+Enter');
  await app.idle();
  await expect(app.at('find-status')).toContainText('Went on at the last message');
});

test('words that are no filter are found in summaries', async ({ app }) => {
  await openFind(app, 'received from');
  await app.page.keyboard.press('Enter');
  await app.idle();
  expect(await selectedNumber(app)).toBeGreaterThan(0);
  await app.at('find-input').fill('no such words anywhere');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(app.at('find-status')).toContainText('Not found');
  await app.screenshots('find-nothing');
});

test('Escape closes the bar, and F3 goes on without it', async ({ app }) => {
  await openFind(app, 'TCP');
  await app.page.keyboard.press('Enter');
  await app.idle();
  const first = await selectedNumber(app);
  await app.page.keyboard.press('Escape');
  await expect(app.at('find-bar')).toBeHidden();
  await app.page.keyboard.press('F3');
  await app.idle();
  await expect(app.at('find-bar')).toBeHidden();
  expect(await selectedNumber(app)).toBeGreaterThan(first);
  await app.page.keyboard.press('Control+f');
  await expect(app.at('find-input')).toHaveValue('TCP');
});
