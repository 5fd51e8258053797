import { readFile } from 'node:fs/promises';
import { expect, test, type App } from './app.ts';
import { hasPktmonTrace, pktmonTrace } from './traces.ts';

test.skip(!hasPktmonTrace, '../shared/etl is not here');

test.beforeEach(async ({ app }) => {
  await app.idle();
  await app.dropFile(pktmonTrace);
  await expect(app.at('row-count')).toContainText('467');
  await app.idle();
});

/** Exports the events on show and returns the text of the written file. */
async function exportEvents(app: App, format: string): Promise<string> {
  const path = await app.exporting(format, async () => {
    await app.at('export-button').click();
    await app.at(`format-${format}`).check();
    await app.at('export-go').click();
    await expect(app.at('export-report')).toBeVisible();
  });
  return readFile(path, 'utf8');
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '');

test('asks as what, with a sentence for each format, and can be left', async ({ app }) => {
  await app.page.keyboard.press('Control+Shift+s');
  await expect(app.at('export-dialog')).toContainText('467 rows');
  await expect(app.at('format-pcapng')).toBeFocused();
  await app.page.keyboard.press('ArrowDown');
  await expect(app.at('format-pcap')).toBeChecked();
  for (const format of ['pcapng', 'pcap', 'cap', 'parquet', 'csv', 'txt', 'jsonl', 'xml']) {
    await expect(app.at('export-dialog').locator('.choice', { has: app.at(`format-${format}`) })).toContainText(
      new RegExp(`\\.${format}.*For `),
    );
  }
  await app.screenshots('export-dialog');
  await app.page.keyboard.press('Escape');
  await expect(app.at('export-dialog')).toBeHidden();
});

test('offers what means something for the format, and keeps it to itself for others', async ({ app }) => {
  await app.at('export-button').click();
  await app.at('format-cap').check();
  await expect(app.at('option-events')).toBeVisible();
  await expect(app.at('option-splitByLinkType')).toBeVisible();
  await app.at('format-pcap').check();
  await expect(app.at('option-events')).toBeHidden();
  await app.at('format-csv').check();
  await expect(app.at('option-splitByLinkType')).toBeHidden();
});

test('writes packets for Network Monitor, with events as frames', async ({ app }) => {
  const path = await app.exporting('cap', async () => {
    await app.at('export-button').click();
    await app.at('format-cap').check();
    await app.at('option-events').check();
    await app.at('export-go').click();
    await expect(app.at('export-report')).toContainText('Packets');
  });
  expect((await readFile(path)).subarray(0, 4).toString('latin1')).toBe('GMBU');
});

for (const format of ['pcapng', 'pcap', 'cap']) {
  test(`opens the packets again that it wrote as ${format}`, async ({ app }) => {
    const path = await app.exporting(format, async () => {
      await app.at('export-button').click();
      await app.at(`format-${format}`).check();
      await app.at('export-go').click();
      await expect(app.at('export-report')).toContainText('114');
    });
    await app.page.keyboard.press('Escape');
    await app.dropFile(path);
    await expect(app.at('row-count')).toContainText('114');
    await app.idle();
    await expect(app.at('grid').locator('.ag-row').first()).toContainText('ICMP');
    if (format === 'pcapng') await app.screenshots('capture-opened');
  });
}

test('writes a table for analysis', async ({ app }) => {
  const path = await app.exporting('parquet', async () => {
    await app.at('export-button').click();
    await app.at('format-parquet').check();
    await app.at('export-go').click();
    await expect(app.at('export-report')).toContainText('467');
  });
  expect((await readFile(path)).subarray(0, 4).toString('latin1')).toBe('PAR1');
});

test('writes events as CSV, one row for each on show', async ({ app }) => {
  const text = await exportEvents(app, 'csv');
  await app.screenshots('export-report');
  await expect(app.at('export-report')).toContainText('467');
  const [header, ...rows] = linesOf(text);
  expect(header).toContain('MessageNumber,Timestamp');
  expect(rows.length).toBeGreaterThanOrEqual(467);
});

test('writes what the filter lets through as JSON lines', async ({ app }) => {
  await app.at('filter-input').fill('ICMP');
  await app.at('apply-filter').click();
  await app.idle();
  const lines = linesOf(await exportEvents(app, 'jsonl'));
  expect(lines).toHaveLength(114);
  const events = lines.map((line) => JSON.parse(line) as { module: string; timestamp: string });
  expect(new Set(events.map((event) => event.module))).toEqual(new Set(['ICMP']));
  expect(events[0].timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('remembers the format that was exported last', async ({ app }) => {
  await exportEvents(app, 'jsonl');
  await app.page.keyboard.press('Escape');
  await app.at('export-button').click();
  await expect(app.at('format-jsonl')).toBeChecked();
});

test('writes text and XML', async ({ app }) => {
  expect(linesOf(await exportEvents(app, 'txt')).length).toBeGreaterThanOrEqual(467);
  await app.page.keyboard.press('Escape');
  const xml = await exportEvents(app, 'xml');
  expect(xml.match(/<Event /g)).toHaveLength(467);
  expect(xml.trimEnd().endsWith('</Events>')).toBe(true);
});
