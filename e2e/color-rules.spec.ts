import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
});

const colored = (app: App, color: string) => app.at('grid').locator(`.ag-row.color-${color}`);
const ruleNames = (app: App) =>
  app.at('color-rule-name').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));

test('shipped rules color the rows, and a row says by which', async ({ app }) => {
  await expect(colored(app, 'teal').first()).toBeVisible();
  await expect(colored(app, 'teal').first().getByTestId('color-rule-hint')).toHaveAttribute('title', 'Color rule: DNS');
  await app.screenshots('color-rules-grid');
});

test('a rule of one’s own comes first, and gives way when it is moved down', async ({ app }) => {
  await app.at('color-rules-button').click();
  await app.at('add-color-rule').click();
  const own = app.at('color-rule').first();
  await expect(own.getByTestId('color-rule-problem')).toContainText('Without a filter');
  await own.getByTestId('color-rule-filter').fill('TCP ==');
  await expect(own.getByTestId('color-rule-problem')).toBeVisible();
  await app.screenshots('color-rules-dialog');
  await own.getByTestId('color-rule-filter').fill('DNS or LLMNR or MDNS or NBTNS');
  await expect(own.getByTestId('color-rule-problem')).toBeHidden();
  await own.getByTestId('color-rule-color').selectOption('pink');
  await app.idle();
  await expect(colored(app, 'pink').first()).toBeVisible();
  await expect(colored(app, 'teal')).toHaveCount(0);
  const before = await ruleNames(app);
  await own.getByTestId('color-rule-name').press('Alt+ArrowDown');
  expect(await ruleNames(app)).toEqual([before[1], before[0], ...before.slice(2)]);
  const rule = app.at('color-rule').nth(1);
  await rule.getByTestId('color-rule-remove').click();
  await app.idle();
  await expect(colored(app, 'pink')).toHaveCount(0);
  await expect(colored(app, 'teal').first()).toBeVisible();
});

test('a rule asks for a field, and colors the rows whose column of that field says so', async ({ app }) => {
  await app.page.keyboard.press('Control+Shift+l');
  await app.at('column-search').fill('TCP.DestinationPort');
  await app.at('choose-column').and(app.page.locator('[data-column="TCP.DestinationPort"]')).check();
  await app.page.keyboard.press('Escape');
  await app.at('filter-input').fill('TCP');
  await app.at('apply-filter').click();
  await app.idle();
  const ports = app.at('grid').locator('.ag-row [col-id="TCP.DestinationPort"]');
  await expect(ports.filter({ hasText: 'HTTP(80)' }).first()).toBeVisible();

  await app.at('color-rules-button').click();
  await app.at('add-color-rule').click();
  const own = app.at('color-rule').first();
  await own.getByTestId('color-rule-name').fill('To the web server');
  await own.getByTestId('color-rule-filter').fill('TCP.DestinationPort == 80');
  await own.getByTestId('color-rule-color').selectOption('pink');
  await app.page.keyboard.press('Escape');
  await app.idle();
  await expect(colored(app, 'pink').first()).toBeVisible();
  const shownPorts = (rows: string) =>
    app.at('grid').locator(`${rows} [col-id="TCP.DestinationPort"]`).allTextContents();
  const pink = await shownPorts('.ag-row.color-pink');
  expect(pink.length).toBeGreaterThan(0);
  expect(new Set(pink)).toEqual(new Set(['HTTP(80)']));
  expect(await shownPorts('.ag-row:not(.color-pink)')).not.toContain('HTTP(80)');
  await app.screenshots('color-rule-of-field');
});

test('rules that are switched off color nothing, and defaults come back', async ({ app }) => {
  await app.at('color-rules-button').click();
  const dns = app.page.locator('[data-rule="dns"]');
  await dns.getByTestId('color-rule-enabled').uncheck();
  await app.idle();
  await expect(colored(app, 'teal')).toHaveCount(0);
  await dns.getByTestId('color-rule-remove').click();
  await expect(dns).toHaveCount(0);
  await app.at('restore-color-rules').click();
  await app.idle();
  await expect(dns).toHaveCount(1);
  await app.page.keyboard.press('Escape');
  await expect(colored(app, 'teal').first()).toBeVisible();
});
