import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from './app.ts';
import { packetCount } from './pcapng.ts';
import { hasPktmonTrace, pktmonTrace, sampleTrace, writeLongTrace } from './traces.ts';

async function filterBy(app: App, text: string): Promise<void> {
  await app.at('filter-input').fill(text);
  await app.at('apply-filter').click();
  await app.idle();
}

/** Exports what is on show and waits for the report. Returns the path of the written file. */
function exportPackets(app: App): Promise<string> {
  return app.exporting('pcapng', async () => {
    await app.at('export-button').click();
    await app.at('format-pcapng').check();
    await app.at('export-go').click();
    await expect(app.at('export-report')).toContainText('Packets');
  });
}

/** Rows on screen by their number in the grid. */
const rowAt = (app: App, index: number) => app.at('grid').locator(`.ag-row[row-index="${index}"]`).first();

async function shownRows(app: App): Promise<number> {
  const text = (await app.at('row-count').textContent()) ?? '';
  return Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
}

/** True when a first row is there before the trace has been read to its end. Runs in the page. */
function showsRowsWhileReading(): boolean {
  const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
  const stillReading = text('[data-testid="row-count"]').includes('still reading');
  return stillReading && text('.ag-row[row-index="0"] [col-id="Summary"]') !== '';
}

test('starts with a welcome and nothing open', async ({ app }) => {
  await expect(app.at('welcome')).toBeVisible();
  await expect(app.at('status-bar')).toBeVisible();
  await expect(app.at('export-button')).toBeDisabled();
  await app.idle();
  await app.screenshots('welcome');
});

test.describe('a real trace', () => {
  test.skip(!hasPktmonTrace, '../shared/etl is not here');

  test.beforeEach(async ({ app }) => {
    await app.idle();
    await app.dropFile(pktmonTrace);
    await expect(app.at('row-count')).toContainText('467');
    await app.idle();
  });

  test('that is dropped on the window shows its events', async ({ app }) => {
    await expect(app.at('welcome')).toBeHidden();
    await expect(rowAt(app, 0)).toBeVisible();
    await expect(app.at('status-bar')).toContainText('demikernel-PktMon.etl');
    expect(await shownRows(app)).toBe(467);
    await app.screenshot('opened');
  });

  test('is filtered, and its count follows', async ({ app }) => {
    await filterBy(app, 'ICMP');
    expect(await shownRows(app)).toBe(114);
    await expect(rowAt(app, 0)).toContainText('ICMP');
    await app.screenshot('filtered');
    await filterBy(app, 'TCP');
    expect(await shownRows(app)).toBe(0);
    await app.screenshot('filtered-to-nothing');
    await filterBy(app, '');
    expect(await shownRows(app)).toBe(467);
  });

  test('tells where a filter is wrong, and keeps what is shown', async ({ app }) => {
    await filterBy(app, 'ICMP and (');
    await expect(app.at('filter-status')).toHaveAttribute('data-state', 'invalid');
    await app.at('filter-input').focus();
    await expect(app.at('filter-hint')).toContainText(/at character \d+/i);
    expect(await shownRows(app)).toBe(467);
    await app.screenshot('wrong-filter');
  });

  test('shows details and bytes of the selected row', async ({ app }) => {
    await filterBy(app, 'ICMP');
    await rowAt(app, 1).click();
    await app.idle();
    await expect(app.at('details')).toContainText('ICMP');
    await expect(app.at('bytes')).toContainText(/([0-9a-f]{2} ){4}/i);
    await app.screenshot('selected');
  });

  test('exports its frames as pcapng', async ({ app }) => {
    await filterBy(app, 'Ethernet');
    const shown = await shownRows(app);
    const path = await exportPackets(app);
    await app.screenshot('exported');
    expect(await packetCount(path)).toBe(114);
    expect(shown).toBe(114);
  });

  test('can be opened a second time beside the first', async ({ app }) => {
    await app.dropFile(pktmonTrace);
    await expect(app.at('trace')).toHaveCount(2);
    await app.idle();
    expect(await shownRows(app)).toBe(467);
  });
});

test('says what is wrong with a file that is no trace', async ({ app, folder }) => {
  const path = join(folder, 'letter.etl');
  await writeFile(path, 'Dear reader, this is a letter and not a trace. '.repeat(40));
  await app.idle();
  await app.dropFile(path);
  await expect(app.at('open-failure')).toContainText('letter.etl');
  await app.idle();
  await app.screenshot('not-a-trace');
});

test.describe('the sample', () => {
  test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

  test('opens when its file is dropped', async ({ app }) => {
    await app.idle();
    await app.dropFile(sampleTrace);
    await expect(app.at('status-bar')).toContainText('container-syn.etl');
    await app.idle();
    expect(await shownRows(app)).toBeGreaterThan(0);
  });

  test('opens from the welcome, is filtered, shown in detail and exported', async ({ app }) => {
    await app.at('open-sample').click();
    await expect(app.at('row-count')).toBeVisible();
    await app.idle();
    const all = await shownRows(app);
    await app.screenshot('sample');

    await filterBy(app, 'TCP');
    const shown = await shownRows(app);
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(all);
    await rowAt(app, 0).click();
    await app.idle();
    await expect(app.at('details')).toContainText('TCP');
    await expect(app.at('bytes')).toContainText(/([0-9a-f]{2} ){4}/i);
    await app.screenshots('sample-selected');

    const path = await exportPackets(app);
    expect(await packetCount(path)).toBe(shown);
  });
});

test.describe('started with a file', () => {
  const file = existsSync(sampleTrace) ? sampleTrace : pktmonTrace;
  test.skip(!existsSync(file), 'there is no trace to start with');
  test.use({ startFiles: [file] });

  test('opens it', async ({ app }) => {
    await expect(app.at('row-count')).toBeVisible();
    await app.idle();
    expect(await shownRows(app)).toBeGreaterThan(0);
  });
});

test('the first rows of a long trace are there before it has been read to its end', async ({
  app,
  folder,
  hostKind,
}) => {
  test.skip(!hasPktmonTrace, '../shared/etl is not here');
  // The page in a browser is sent its file first, which takes long enough.
  const path = await writeLongTrace(join(folder, 'long.etl'), hostKind === 'desktop' ? 2 : 1);
  await app.idle();
  await app.dropFile(path);
  await app.page.waitForFunction(showsRowsWhileReading, undefined, { polling: 'raf' });
  await app.screenshot('opening');
});

test('a long opening can be cancelled, and another trace opened', async ({ app, folder }) => {
  test.skip(!hasPktmonTrace, '../shared/etl is not here');
  const path = await writeLongTrace(join(folder, 'long.etl'));
  await app.idle();
  await app.dropFile(path);
  await expect(app.at('open-progress')).toContainText('long.etl');
  // No waiting for the button to hold still: the facts beside it change as long as the trace is read.
  await app.at('cancel-open').dispatchEvent('click');
  await expect(app.at('open-progress')).toBeHidden();
  await app.idle();
  await app.dropFile(pktmonTrace);
  await expect(app.at('row-count')).toContainText('467');
});
