import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { hasPktmonTrace, kernelNetworkTrace, lossyTrace, pktmonTrace } from './traces.ts';

test.skip(!hasPktmonTrace, '../shared/etl is not here');

async function openAndAsk(app: App, path: string): Promise<void> {
  await app.idle();
  await app.dropFile(path);
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('view-completeness').click();
  await expect(app.at('completeness')).toBeVisible();
}

/** The value beside the name of a fact. */
const factOf = (app: App, name: string) =>
  app
    .at('completeness')
    .locator('.fact', { has: app.page.locator(`dt:text-is("${name}")`) })
    .locator('dd');

test('of a whole trace says that nothing is missing, and shows what is there', async ({ app }) => {
  await openAndAsk(app, pktmonTrace);
  await expect(app.at('verdict')).toHaveAttribute('data-verdict', /^(good|note)$/);
  await expect(factOf(app, 'Events')).toHaveText('467');
  await expect(factOf(app, 'Packets')).toHaveText('114');
  await expect(factOf(app, 'Events lost')).toHaveText('0');
  await expect(app.at('files')).toContainText('demikernel-PktMon.etl');
  await expect(app.at('providers')).toContainText('Microsoft-Windows-PktMon');
  await expect(app.at('problem-list')).toContainText('Nothing was skipped');
  await expect(app.at('gaps')).toContainText('No buffer is missing');
  await app.screenshots('completeness');
});

test('of a trace that lost events says so, and the status bar leads there', async ({ app }) => {
  await app.idle();
  await app.dropFile(lossyTrace);
  await expect(app.at('status-lost')).toHaveText('lost 3');
  await app.idle();
  await app.at('status-lost').click();
  await expect(app.at('verdict')).toHaveAttribute('data-verdict', /^(loss|both)$/);
  await expect(app.at('findings').locator('[data-level="loss"]').first()).toContainText('3 events');
  await expect(factOf(app, 'Events lost')).toHaveText('3');
  await app.screenshots('completeness-lost');
});

test('gives way to the messages, which are as they were left', async ({ app }) => {
  await openAndAsk(app, pktmonTrace);
  await app.at('view-messages').click();
  await app.at('grid').locator('.ag-row[row-index="5"]').first().click();
  await app.idle();
  const selected = await app.at('status-selected').textContent();
  await app.at('view-completeness').click();
  await expect(app.at('grid')).toBeHidden();
  await expect(app.at('details')).toBeHidden();
  await app.page.keyboard.press('F6');
  await expect(app.at('completeness')).toBeVisible();
  await app.at('view-messages').click();
  await expect(app.at('completeness')).toBeHidden();
  await expect(app.at('grid')).toBeVisible();
  await expect(app.at('status-selected')).toHaveText(selected ?? '');
});

test('sorts its providers by the column that is clicked', async ({ app }) => {
  await openAndAsk(app, pktmonTrace);
  const events = async (): Promise<number[]> => {
    const cells = await app.at('provider').locator('td:nth-child(2)').allTextContents();
    return cells.map((text) => Number(text.replaceAll(',', '')));
  };
  const descending = await events();
  expect(descending.length).toBeGreaterThan(1);
  expect(descending).toEqual([...descending].sort((first, second) => second - first));
  await app.at('providers').getByRole('button', { name: 'Events', exact: true }).click();
  await expect(app.at('providers').getByRole('columnheader', { name: 'Events' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  expect(await events()).toEqual([...descending].reverse());
});

test('moves the times of a file, and the messages follow', async ({ app }) => {
  await openAndAsk(app, pktmonTrace);
  const firstTime = app.at('grid').locator('.ag-row[row-index="0"] [col-id="Timestamp"]').first();
  const before = await firstTime.textContent();

  await app.at('shift').fill('a while');
  await app.at('shift').press('Enter');
  await expect(app.at('files')).toContainText('+1.5 s, -250 ms or 0');
  await app.at('shift').press('Escape');
  await expect(app.at('shift')).toHaveValue('0');

  await app.at('shift').fill('1.5s');
  await app.at('shift').press('Enter');
  await app.idle();
  await expect(app.at('shift')).toHaveValue('+1.5 s');
  await app.at('view-messages').click();
  await expect.poll(() => firstTime.textContent()).not.toBe(before);
  const seconds = (text: string | null): number =>
    (text ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  expect(seconds(await firstTime.textContent()) - seconds(before)).toBeCloseTo(1.5, 6);

  await app.at('view-completeness').click();
  await app.at('shift').fill('0');
  await app.at('apply-shift').click();
  await app.idle();
  await app.at('view-messages').click();
  await expect(firstTime).toHaveText(before ?? '');
});

test('of several files read together has a time shift for each', async ({ app }) => {
  await app.idle();
  await app.dropFile(pktmonTrace);
  await app.idle();
  await app.dropFile(kernelNetworkTrace);
  await expect(app.at('trace')).toHaveCount(2);
  await app.idle();
  await app.at('read-together').click();
  await expect(app.at('trace')).toHaveCount(3);
  await app.idle();
  await expect(app.at('row-count')).toContainText('9,391');
  await app.at('view-completeness').click();
  await expect(app.at('shift')).toHaveCount(2);
  await app.at('shift').nth(1).fill('-1 s');
  await app.at('shift').nth(1).press('Enter');
  await app.idle();
  await expect(app.at('shift').nth(1)).toHaveValue('-1 s');
  await app.screenshots('read-together');
});

test('is copied as text', async ({ app }) => {
  await openAndAsk(app, lossyTrace);
  await app.at('copy-report').click();
  await expect(app.at('copy-report')).toContainText('Copied');
  await app.page.keyboard.press('Control+g');
  await app.page.keyboard.press('Escape');
  await expectCopied(app).toMatch(/^Completeness of AMSITrace\.etl.*Events lost +3/);
});
