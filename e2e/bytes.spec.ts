import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

/** Ethernet's first two addresses in the first frame of the sample that carries TCP: to the container, from the client. */
const destination = '00155d8a1c60';
const source = '00155d000432';

test.beforeEach(async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('filter-input').fill('TCP');
  await app.at('apply-filter').click();
  await app.idle();
  await app.at('grid').locator('.ag-row[row-index="0"]').first().click();
  await app.idle();
  await expect(app.at('hex-view')).toBeVisible();
});

const selectedNode = (app: App) => app.at('details-tree').locator('[aria-selected="true"]');

/** The middle of a byte's pair in the window. */
async function placeOfByte(app: App, offset: number): Promise<{ x: number; y: number }> {
  const box = await app
    .at('hex-view')
    .locator('.hex-pairs')
    .nth(Math.floor(offset / 16))
    .boundingBox();
  if (!box) throw new Error(`The byte ${offset} is not in sight.`);
  return { x: box.x + (((offset % 16) * 3 + 1) * box.width) / 47, y: box.y + box.height / 2 };
}

async function dragOverBytes(app: App, from: number, to: number): Promise<void> {
  const [start, end] = [await placeOfByte(app, from), await placeOfByte(app, to)];
  await app.page.mouse.move(start.x, start.y);
  await app.page.mouse.down();
  await app.page.mouse.move(end.x, end.y, { steps: 4 });
  await app.page.mouse.up();
}

test('a field marks its bytes', async ({ app }) => {
  await app.at('details-tree').locator('[data-key="TCP/DestinationPort"]').click();
  await expect(app.at('hex-view').locator('.hex-pairs .marked')).toHaveText('00 50');
});

test('a byte selects its field, and several select what holds them all', async ({ app }) => {
  const place = await placeOfByte(app, 1);
  await app.page.mouse.click(place.x, place.y);
  await expect(selectedNode(app)).toContainText('DestinationAddress');
  await dragOverBytes(app, 0, 5);
  await expect(app.at('bytes-selected')).toHaveText('6 bytes selected');
  await expect(selectedNode(app)).toContainText('DestinationAddress');
  await app.page.keyboard.press('Shift+ArrowRight');
  await expect(app.at('bytes-selected')).toHaveText('7 bytes selected');
  await expect(selectedNode(app)).toHaveAttribute('data-key', 'Ethernet');
  await app.screenshots('bytes-selected');
});

test('bytes are copied in every form', async ({ app }) => {
  await dragOverBytes(app, 0, 11);
  const forms: Record<string, RegExp> = {
    hex: new RegExp(`^${destination}${source}$`),
    dump: /^0000 {2}00 15 5d 8a 1c 60 00 15 5d 00 04 32 +\.\.\]\.\.`\.\.\]\.\.2$/,
    c: /^static const unsigned char bytes\[12\] = \{ *0x00, 0x15, 0x5d, .* 0x32 *\};$/,
    base64: /^ABVdihxgABVdAAQy$/,
    text: /^\.\.\]\.\.`\.\.\]\.\.2$/,
  };
  for (const [form, expected] of Object.entries(forms)) {
    await app.at('copy-bytes').click();
    await expect(app.at('copy-bytes-menu')).toBeVisible();
    if (form === 'hex') await app.screenshots('copy-bytes');
    // The button says so for a moment only: who begins to look after the click may come too late on a slow machine.
    const told = expect(app.at('copy-bytes')).toContainText('Copied');
    await app.at(`copy-${form}`).click();
    await told;
    await expectCopied(app).toMatch(expected);
  }
});

test('bytes are copied with the keyboard', async ({ app }) => {
  await dragOverBytes(app, 0, 5);
  await app.page.keyboard.press('Control+c');
  await expect(app.at('copy-bytes')).toContainText('Copied');
  await expectCopied(app).toBe(destination);
});

test('a field is copied as value and as filter, and filtered by, from its menu', async ({ app }) => {
  const port = app.at('details-tree').locator('[data-key="TCP/DestinationPort"]');
  await port.click({ button: 'right' });
  await expect(app.at('copy-details-menu')).toBeVisible();
  await app.screenshots('details-menu');
  await app.at('node-filter').click();
  await expect(app.at('copy-details')).toContainText('Copied');
  await expectCopied(app).toBe('TCP.DestinationPort == 80');
  await port.click();
  await app.page.keyboard.press('Control+c');
  await expect(app.at('copy-details')).toContainText('Copied');
  await expectCopied(app).toBe('HTTP(80)');
  await port.click({ button: 'right' });
  await app.at('node-filterBy').click();
  await app.idle();
  await expect(app.at('stacked-filter')).toContainText('TCP.DestinationPort == 80');
});

test('a menu is left with Escape, and the focus is where it was', async ({ app }) => {
  await app.at('hex-view').focus();
  await app.at('copy-bytes').focus();
  await app.page.keyboard.press('Enter');
  await expect(app.at('copy-hex')).toBeFocused();
  await app.page.keyboard.press('ArrowDown');
  await expect(app.at('copy-dump')).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(app.at('copy-bytes-menu')).toBeHidden();
  await expect(app.at('copy-bytes')).toBeFocused();
});
