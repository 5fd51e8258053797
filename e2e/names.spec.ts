import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileScenario } from '../core/scenario/compile.ts';
import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

/** The network adapter of the sample's host, as PowerShell prints it there; and one that the trace does not show. */
const adapters = `
Name                 : Uplink to rack 7
InterfaceDescription : Microsoft Hyper-V Network Adapter
ifIndex              : 9
InterfaceGuid        : {5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}
MacAddress           : 00-15-5D-00-0A-09

Name                 : Spare
InterfaceDescription : Contoso Gigabit
ifIndex              : 77
InterfaceGuid        : {00000000-1111-2222-3333-444444444444}
MacAddress           : 00-15-5D-77-77-77
`;
/** A container's NIC that no event names, beside one that has a name. */
const namelessScenario = `trace start=2024-05-01T14:03:07.0000000Z metadata
+1us vmswitch 56 NicName=/DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241} NicFName="Microsoft Hyper-V Network Adapter" SwitchName=D2FD9981-CB99-4866-9548-81F4ADEF178C SwitchFName="Layered Ethernet" BufferAddress=0xffff9383cbf21490
+2us vmswitch 58 NicName=FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40 SwitchName=D2FD9981-CB99-4866-9548-81F4ADEF178C SwitchFName="Layered Ethernet" BufferAddress=0xffff9383cbf21490
`;
const physicalNic = /5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241/i;

test.beforeEach(async ({ app }) => {
  await app.idle();
  await app.dropFile(sampleTrace);
  await expect(app.at('row-count')).toBeVisible();
  await expect(app.at('status-names')).toBeVisible();
  await app.idle();
});

const subject = (app: App, text: string | RegExp) => app.at('subject').filter({ hasText: text }).first();

async function adaptersFile(folder: string): Promise<string> {
  const file = join(folder, 'Get-NetAdapter.txt');
  await writeFile(file, adapters);
  return file;
}

test('what is dropped gives names, and a path bears them', async ({ app, folder }) => {
  await app.dropFile(await adaptersFile(folder));
  await expect(app.at('added-source')).toContainText('Get-NetAdapter.txt');
  await app.idle();
  await expect(subject(app, physicalNic)).toContainText('Uplink to rack 7');
  await expect(app.at('names-outcome')).toContainText('Not in this trace: 1');
  await expect(app.at('source').filter({ hasText: 'Get-NetAdapter.txt' })).toBeVisible();
  await app.screenshots('names-imported');

  await app.at('view-connections').click();
  await expect(app.at('path-strip').first()).toHaveAttribute('aria-label', /Uplink to rack 7/);
  await app.at('attempts').locator('.ag-row').filter({ hasText: '10.0.0.50:52891' }).first().click();
  await app.idle();
  const path = app.page.locator('.stage-layer:not([data-covered="true"])');
  await expect(path.getByTestId('path-lane').filter({ hasText: 'Uplink to rack 7' })).toBeVisible();
  await app.screenshots('path-with-names');
  // Names had all the room; what stood beside comes back as wide as it was.
  expect((await app.at('details-tree').boundingBox())?.width).toBeGreaterThan(300);
});

test('what is pasted does the same, and is forgotten again', async ({ app }) => {
  await app.at('status-names').click();
  const before = await app.at('names-verdict').textContent();
  await app.page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, adapters);
  await expect(subject(app, physicalNic)).toContainText('Uplink to rack 7');
  await app.idle();
  await app.at('source').filter({ hasText: 'pasted text' }).getByTestId('remove-names').click();
  await app.at('confirm-remove-names').click();
  await expect(app.at('names-done')).toContainText('pasted text');
  await app.idle();
  await expect(subject(app, physicalNic)).not.toContainText('Uplink to rack 7');
  await expect(app.at('names-verdict')).toHaveText(before ?? '');
});

test('a name is given by hand, written to a file, taken back, and read from the file', async ({ app }) => {
  await app.at('view-names').click();
  const nic = subject(app, physicalNic);
  await nic.getByTestId('edit-name').focus();
  await app.page.keyboard.press('F2');
  await app.at('name-field').fill('the uplink');
  await app.page.keyboard.press('Enter');
  await expect(nic).toContainText('the uplink');
  await app.idle();
  await nic.getByTestId('subject-more').click();
  await expect(app.at('subject-facts')).toContainText('Microsoft Hyper-V Network Adapter');
  await app.screenshots('names-by-hand');

  const book = await app.exporting('json', async () => {
    await app.at('export-names').click();
    await expect(app.at('names-done')).toBeVisible();
  });
  expect(await readFile(book, 'utf8')).toContain('the uplink');
  await nic.getByTestId('take-back-name').click();
  await expect(nic).not.toContainText('the uplink');
  await app.idle();
  await app.choosing(book, () => app.at('choose-names').click());
  await expect(nic).toContainText('the uplink');
});

test('a name has a menu, by mouse and by keyboard', async ({ app }) => {
  await app.at('view-names').click();
  const nic = subject(app, physicalNic);
  await nic.click({ button: 'right' });
  await app.screenshots('name-menu');
  await app.at('name-edit').click();
  await app.at('name-field').fill('the uplink');
  await app.page.keyboard.press('Enter');
  await expect(nic).toContainText('the uplink');
  await app.idle();
  await nic.getByTestId('edit-name').focus();
  await app.page.keyboard.press('Shift+F10');
  await app.at('copy-name').click();
  await expectCopied(app).toBe('the uplink');
  await nic.click({ button: 'right' });
  await app.at('quick-filter-add').click();
  await expect(app.at('toggle-filter')).toHaveText('Component == "the uplink"');
  await app.idle();
  await expect(app.at('row-count')).not.toHaveText(/^0 of/);
  await app.at('view-names').click();
  await nic.click({ button: 'right' });
  await app.at('name-take-back').click();
  await expect(nic).not.toContainText('the uplink');
});

test('names and notes of all traces are forgotten in the settings', async ({ app }) => {
  const { page } = app;
  await app.at('view-names').click();
  await subject(app, physicalNic).getByTestId('edit-name').click();
  await app.at('name-field').fill('the uplink');
  await page.keyboard.press('Enter');
  await app.idle();
  await app.at('view-messages').click();
  await app.at('grid').locator('.ag-row[row-index="2"]').first().click();
  await app.idle();
  await page.keyboard.press('Control+m');
  await expect(app.at('grid').locator('.ag-row[row-index="2"] .note-icon')).toBeVisible();
  await app.idle();

  await page.keyboard.press('Control+,');
  await app.at('settings-privacy').click();
  for (const what of ['names', 'notes']) {
    await app.at(`forget-${what}`).click();
    await app.screenshots(`settings-forget-${what}`);
    await app.at(`confirm-forget-${what}`).click();
    await expect(app.at(`forget-${what}`)).toBeDisabled();
  }
  await page.keyboard.press('Escape');
  await app.idle();
  await expect(app.at('grid').locator('.ag-row[row-index="2"] .note-icon')).toHaveCount(0);
  await app.at('view-names').click();
  await expect(subject(app, physicalNic)).not.toContainText('the uplink');
});

test('a file without names costs nothing but a sentence', async ({ app, folder }) => {
  const letter = join(folder, 'letter.txt');
  await writeFile(letter, 'Dear reader, this is a letter and names nothing.');
  await app.dropFile(letter);
  await expect(app.at('names-failure')).toContainText('letter.txt');
  await app.idle();
  await app.screenshot('names-failed');
});

test('what is nameless is listed first, with the command that fetches its name', async ({ app, folder }) => {
  const trace = join(folder, 'nameless.etl');
  await writeFile(trace, compileScenario(namelessScenario));
  await app.dropFile(trace);
  await app.idle();
  await app.at('view-names').click();
  await expect(subject(app, physicalNic)).toBeVisible();
  const nameless = await app.at('subject').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-nameless')));
  expect(nameless).toContain('true');
  expect(nameless).toContain('false');
  expect(nameless).toEqual([...nameless].sort().reverse());
  const command = app.at('fetch-command').first();
  await command.getByTestId('copy-command').click();
  await expectCopied(app).toMatch(/^(Get-|pktmon|docker)/);
  await app.screenshots('names-nameless');
});
