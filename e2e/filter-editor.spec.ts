import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
});

const box = (app: App) => app.at('filter-input');
const completions = (app: App) => app.page.locator('.filter-completions');

async function type(app: App, text: string): Promise<void> {
  await box(app).focus();
  await app.page.keyboard.type(text);
}

/** Leaves a text on the clipboard and the box empty, with the focus in it. */
async function copyTyped(app: App, text: string): Promise<void> {
  await box(app).fill(text);
  await box(app).focus();
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.press('Control+x');
  await expect(box(app)).toHaveText('');
}

/** Types a filter and applies it with Enter, whatever list of completions is open. */
async function applyTyped(app: App, text: string): Promise<void> {
  await box(app).fill('');
  await type(app, text);
  await app.page.keyboard.press('Enter');
  await expect(app.at('filter-status')).toHaveText(/^Applied|not in this trace/);
  await app.idle();
}

async function shownRows(app: App): Promise<number> {
  const text = (await app.at('row-count').textContent()) ?? '';
  return Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
}

test('a filter is completed by keyboard', async ({ app }) => {
  await type(app, 'TC');
  await expect(completions(app)).toContainText('TCP');
  await app.screenshots('filter-completion');
  await app.page.keyboard.press('Tab');
  await expect(box(app)).toHaveText('TCP');
  await type(app, '.Destin');
  await expect(completions(app)).toContainText('DestinationPort');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await expect(box(app)).toHaveText(/^TCP\.Destination/);
  await expect(box(app)).toBeFocused();
  await app.page.keyboard.press('Control+Space');
  await expect(completions(app)).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(completions(app)).toBeHidden();
});

test('Enter applies while completions are on show and none is chosen', async ({ app }) => {
  const all = await shownRows(app);
  await type(app, 'TCP');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(completions(app)).toBeHidden();
  expect(await shownRows(app)).toBeLessThan(all);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Escape');
  await app.idle();
  expect(await shownRows(app)).toBe(all);
  await expect(box(app)).toHaveText('TCP');
});

test('every mistake is shown where it is, and mended with one click', async ({ app }) => {
  await type(app, 'TCP.Port = 80 and (UDP.Port == ');
  await app.page.keyboard.press('Escape');
  await expect(app.at('filter-status')).toHaveAttribute('data-state', 'invalid');
  await expect(box(app)).toHaveAttribute('aria-invalid', 'true');
  await expect(app.page.locator('.filter-mistake').first()).toBeVisible();
  await app.screenshots('filter-mistakes');
  await box(app).fill('TCP.Port = 80');
  await app.page.keyboard.press('Escape');
  await app.at('filter-suggestion').first().click();
  await app.idle();
  await expect(box(app)).toHaveText('TCP.Port == 80');
  await expect(app.at('filter-status')).toHaveAttribute('data-state', 'valid');
});

test('a module that is not in the trace is told while typing', async ({ app }) => {
  await type(app, 'Microsoft_Windows_PktMon');
  await expect(app.at('filter-status')).toHaveAttribute('data-state', 'warning');
  await expect(app.at('filter-status')).toContainText('Microsoft_Windows_PktMon');
});

test('earlier filters come back from the history', async ({ app }) => {
  await applyTyped(app, 'TCP');
  await applyTyped(app, 'TCP.Port == 80');
  await box(app).fill('');
  await box(app).focus();
  await app.page.keyboard.press('ArrowDown');
  await expect(app.at('earlier-filter')).toHaveText(['TCP.Port == 80', 'TCP']);
  await app.screenshots('filter-history');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(box(app)).toHaveText('TCP');
  await expect(box(app)).toBeFocused();
  await app.page.keyboard.press('Alt+ArrowDown');
  await expect(app.at('earlier-filter').first()).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(box(app)).toBeFocused();
});

test('stacked filters narrow together, are switched off and on, and taken away', async ({ app }) => {
  const all = await shownRows(app);
  await type(app, 'TCP');
  await app.page.keyboard.press('Control+Enter');
  await expect(app.at('stacked-filter')).toHaveText(['TCP']);
  await expect(box(app)).toHaveText('');
  await app.idle();
  const tcp = await shownRows(app);
  expect(tcp).toBeLessThan(all);
  await type(app, 'TCP.DestinationPort == 80');
  await app.page.keyboard.press('Enter');
  await app.idle();
  const toPort = await shownRows(app);
  expect(toPort).toBeLessThan(tcp);
  await app.at('pin-filter').click();
  await expect(app.at('stacked-filter')).toHaveCount(2);
  await app.idle();
  expect(await shownRows(app)).toBe(toPort);
  await app.screenshots('filter-stack');
  await app.at('toggle-filter').nth(1).press('Space');
  await expect(app.at('toggle-filter').nth(1)).toHaveAttribute('aria-pressed', 'false');
  await app.idle();
  expect(await shownRows(app)).toBe(tcp);
  await app.at('drop-filter').first().press('Enter');
  await app.idle();
  expect(await shownRows(app)).toBe(all);
  await app.at('clear-filters').click();
  await expect(app.at('filter-stack')).toBeHidden();
});

test('a stacked filter has a menu: edited in the box, turned round, copied, used alone', async ({ app }) => {
  const all = await shownRows(app);
  for (const text of ['TCP', 'TCP.DestinationPort == 80']) {
    await type(app, text);
    await app.page.keyboard.press('Control+Enter');
    await app.idle();
  }
  const chip = app.at('stacked-filter');
  await chip.nth(1).click({ button: 'right' });
  await app.screenshots('stacked-filter-menu');
  await app.at('stacked-edit').click();
  await expect(box(app)).toHaveText('TCP.DestinationPort == 80');
  await expect(chip).toHaveText(['TCP']);
  await app.idle();
  await app.at('toggle-filter').focus();
  await app.page.keyboard.press('Shift+F10');
  await app.at('stacked-invert').click();
  await expect(chip).toHaveText(['!(TCP)']);
  await app.idle();
  expect(await shownRows(app)).toBe(0);
  await chip.click({ button: 'right' });
  await app.at('stacked-copy').click();
  await expectCopied(app).toBe('!(TCP)');
  await chip.click({ button: 'right' });
  await app.at('stacked-alone').click();
  await expect(box(app)).toHaveText('!(TCP)');
  await expect(app.at('filter-stack')).toBeHidden();
  await app.idle();
  const others = await shownRows(app);
  expect(others).toBeGreaterThan(0);
  expect(others).toBeLessThan(all);
});

test('a filter of the library is found, applied, and an own one kept, changed and carried away', async ({ app }) => {
  await type(app, 'TCP.DestinationPort == 80');
  await app.at('filter-menu-button').click();
  await app.at('open-library').click();
  await expect(app.at('library-search')).toBeFocused();
  await app.screenshots('filter-library');
  await app.at('library-new').click();
  await app.at('library-save').click();
  await expect(app.at('library-problem')).toContainText('name');
  await app.at('library-name').fill('To the web server');
  await app.at('library-save').click();
  await app.at('library-search').fill('web server');
  await expect(app.at('library-filter')).toHaveCount(1);
  await app.at('library-edit').click();
  await app.at('library-text').fill('TCP.DestinationPort == ');
  await app.at('library-save').click();
  await expect(app.at('library-problem')).not.toBeEmpty();
  await app.at('library-text').fill('TCP.Port == 80');
  await app.at('library-save').click();
  await expect(app.at('library-filter')).toContainText('TCP.Port == 80');
  await app.at('library-search').fill('SYN without');
  await app.at('library-apply').first().click();
  await app.idle();
  await expect(app.at('library-dialog')).toBeHidden();
  await expect(box(app)).toContainText('TCP.Flags.SYN == true');
  await expect(app.at('filter-status')).toHaveAttribute('data-state', 'valid');
});

test('a filter pasted from Wireshark becomes ours, can be taken back, and be copied again for Wireshark', async ({
  app,
}) => {
  await copyTyped(app, 'ip.addr == 10.0.0.60 && tcp.port in {80, 443}');
  await app.page.keyboard.press('Control+v');
  await expect(box(app)).toHaveText(/TCP\.Port in/);
  await expect(app.at('foreign-filter')).toContainText('ip.addr == 10.0.0.60 && tcp.port in {80, 443}');
  await app.screenshots('filter-from-wireshark');
  const translated = (await box(app).textContent()) ?? '';
  await app.at('undo-translation').click();
  await expect(box(app)).toHaveText('ip.addr == 10.0.0.60 && tcp.port in {80, 443}');
  await app.at('use-translation').click();
  await app.idle();
  await expect(box(app)).toHaveText(translated);
  await expect(app.at('filter-status')).toHaveAttribute('data-state', /valid|warning/);
  await app.at('filter-menu-button').click();
  await app.at('copy-as-wireshark').click();
  await expect(app.at('filter-news')).toContainText('tcp.port == 80 or tcp.port == 443');
  await box(app).fill('Microsoft_Windows_PktMon');
  await app.at('filter-menu-button').click();
  await app.at('copy-as-wireshark').click();
  await expect(app.at('filter-news')).toContainText('Wireshark has no such filter');
});

test('quotation marks of a document are straightened with one click', async ({ app }) => {
  await box(app).fill('*Summary contains “HTTP”');
  await app.page.keyboard.press('Escape');
  await app.at('straighten-quotes').click();
  await expect(box(app)).toHaveText('*Summary contains "HTTP"');
});

test('typing over the messages goes on with the filter', async ({ app }) => {
  await box(app).fill('TCP');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await app.at('grid').locator('.ag-row[row-index="1"] [role="gridcell"]').first().click();
  await app.page.keyboard.type('.Port');
  await expect(box(app)).toHaveText('TCP.Port');
});

test('own filters are exported, and imported with what is wrong with them', async ({ app, folder, hostKind }) => {
  test.skip(hostKind === 'desktop', 'the desktop asks where to with a dialog of the system');
  await box(app).fill('TCP');
  await app.at('filter-menu-button').click();
  await app.at('open-library').click();
  await app.at('library-new').click();
  await app.at('library-name').fill('All of TCP');
  await app.at('library-save').click();
  const download = app.page.waitForEvent('download');
  await app.at('library-export').click();
  const path = join(folder, 'filters.json');
  await (await download).saveAs(path);
  const { filters } = JSON.parse(await readFile(path, 'utf8')) as { filters: object[] };
  expect(filters).toEqual([{ name: 'All of TCP', category: 'Own filters', text: 'TCP' }]);
  await writeFile(path, JSON.stringify([...filters, { name: 'Half', category: 'Mine', text: 'TCP and' }]));
  const chooser = app.page.waitForEvent('filechooser');
  await app.at('library-import').click();
  await (await chooser).setFiles(path);
  await expect(app.at('library-outcome')).toContainText('there already');
  await expect(app.at('library-outcome')).toContainText('Entry 2');
});
