import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { sampleTrace } from './traces.ts';

// The sample is a few hundred events of a client that opens a page of a container; three packets are dropped.
test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.idle();
  await app.dropFile(sampleTrace);
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
});

/** Shows a pane, or hides it, by the palette. */
async function togglePane(app: App, name: string): Promise<void> {
  await app.page.keyboard.press('Control+Shift+P');
  await app.page.keyboard.type(name);
  await app.page.keyboard.press('Enter');
  await app.idle();
}

/** The two numbers of `12 of 238`. */
async function shownOf(app: App): Promise<[shown: number, all: number]> {
  const text = (await app.at('row-count').textContent()) ?? '';
  const [shown, all] = Array.from(text.matchAll(/[\d,.]+/g), ([number]) => Number(number.replaceAll(/[,.]/g, '')));
  return [shown, all];
}

test('a timeline shows when, selects, zooms and filters', async ({ app }) => {
  const plot = app.at('timeline-plot');
  const readout = app.at('timeline-readout');
  await expect(plot).toBeVisible();
  await expect(readout).toContainText('drops');
  await expect(app.at('timeline-summary')).toContainText(/messages between .* Most at .* drops, the first at/);
  await app.screenshots('timeline');

  // Dragging selects, and what is selected is told; filtering shows exactly that many messages.
  // The filters above it move the timeline.
  const point = async (share: number): Promise<void> => {
    const box = await plot.boundingBox();
    if (!box) throw new Error('The timeline has no place.');
    await app.page.mouse.move(box.x + box.width * share, box.y + 20, { steps: 4 });
  };
  const drag = async (from: number, to: number): Promise<void> => {
    await point(from);
    await app.page.mouse.down();
    await point(to);
    await app.page.mouse.up();
  };
  await drag(0, 0.5);
  await expect(app.at('timeline-selection')).toBeVisible();
  const told = Number(/: ([\d,.]+) message/.exec((await readout.textContent()) ?? '')?.[1].replaceAll(/[,.]/g, ''));
  expect(told).toBeGreaterThan(0);
  await app.screenshots('timeline-selected');
  // Times are told as the grid tells them, and what is selected stays so while another pane is in front.
  await togglePane(app, 'Times: seconds since start');
  await expect(readout).toContainText(/Selected 0\.000 s–\d\.\d{3} s/);
  await app.screenshots('timeline-since-start');
  await togglePane(app, 'Times: UTC');
  for (const name of ['Panes: Timeline', 'Panes: Timeline']) await togglePane(app, name);
  await expect(app.at('timeline-selection')).toBeVisible();
  await app.at('timeline-filter').click();
  await app.idle();
  const [shown, all] = await shownOf(app);
  expect(shown).toBe(told);
  expect(shown).toBeLessThan(all);
  await app.at('timeline-clear').click();
  await expect(readout).toContainText(`${all} in all`);

  // Zooming in and back, by button, wheel, double click and key.
  await drag(0.1, 0.4);
  await app.at('timeline-zoom-in').click();
  await app.idle();
  await expect(app.at('timeline-way')).toContainText('Whole trace');
  await point(0.5);
  await app.page.mouse.wheel(0, -100);
  await app.page.mouse.wheel(0, -100);
  await app.idle();
  await expect(app.at('timeline-way').getByRole('button')).toHaveCount(2);
  await expect(plot).toHaveAttribute('data-current', 'true');
  await app.screenshots('timeline-zoomed');
  await app.at('timeline-zoom-out').click();
  await expect(app.at('timeline-way').getByRole('button')).toHaveCount(1);
  await plot.press('0');
  await expect(app.at('timeline-way')).toBeHidden();
  await app.idle();

  // By keyboard alone: the cursor walks, selects, filters; Enter without a selection goes to a message.
  await plot.focus();
  await app.page.keyboard.press('Home');
  await expect(plot).toHaveAttribute('aria-valuenow', '0');
  await app.page.keyboard.press('Control+ArrowRight');
  await expect(plot).not.toHaveAttribute('aria-valuenow', '0');
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(app.at('timeline-marker')).toBeVisible();
  await plot.focus();
  await app.page.keyboard.press('Home');
  for (let step = 0; step < 12; step++) await app.page.keyboard.press('Shift+PageDown');
  await expect(readout).toContainText('Selected');
  await app.page.keyboard.press('Enter');
  await app.idle();
  expect((await shownOf(app))[0]).toBeLessThan(shown);
  await app.page.keyboard.press('Escape');
  await expect(app.at('timeline-selection')).toBeHidden();

  await app.at('timeline-log').click();
  await expect(app.at('timeline-log')).toHaveAttribute('aria-pressed', 'true');
  await app.at('timeline-copy').click();
  await expectCopied(app).toContain('From (UTC),To (UTC),All,Shown,Drops,Errors');
});

test('a summary counts the messages by any field, and filters by a group', async ({ app }) => {
  await togglePane(app, 'Summary');
  const groups = app.at('group');
  await expect(app.at('group-by-0')).toHaveValue('Module');
  await expect(groups.filter({ hasText: 'TCP' }).first()).toBeVisible();
  await app.screenshots('summary');

  const tcp = app.at('summary').getByRole('button', { name: /^TCP: / });
  const rows = Number(/: ([\d,.]+) message/.exec((await tcp.getAttribute('aria-label')) ?? '')?.[1]);
  await tcp.click();
  await app.idle();
  expect((await shownOf(app))[0]).toBe(rows);
  await expect(groups).toHaveCount(1);
  await app.at('drop-filter').first().click();
  await app.idle();

  await app.at('group-preset').selectOption('talkers');
  await app.idle();
  await expect(groups.first()).toContainText('↔');
  await app.at('sort-bytes').click();
  await app.idle();
  await expect(app.at('groups').getByRole('columnheader', { name: 'Bytes' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await app.screenshots('summary-talkers');

  await app.at('group-by-0').fill('TCP.Flags');
  await app.at('group-by-0').press('Enter');
  await app.idle();
  await expect(app.at('rows-without')).toContainText('Without a value');
  await app.at('group-by-0').fill('TPC.Flags');
  await app.at('group-by-0').press('Enter');
  await app.idle();
  await expect(app.at('groups-failed')).toContainText('TPC.Flags');
  await app.at('group-preset').selectOption('drops');
  await app.idle();
  await groups.first().click({ button: 'right' });
  await expect(app.at('group-menu')).toContainText('Exclude');
  await app.page.keyboard.press('Escape');
  await app.at('copy-groups').click();
  await expectCopied(app).toContain('DropReason,Messages,Packets,Bytes,First,Last');
});
