import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { expectCopied } from './clipboard.ts';
import { sampleTrace } from './traces.ts';

// In the sample, a SYN to a closed port is sent again twice, and every packet is seen at several places.
test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
});

const rowAt = (app: App, index: number) => app.at('grid').locator(`.ag-row[row-index="${index}"]`).first();

/** Messages on show, and all that there are. */
async function rowCount(app: App): Promise<{ shown: number; all: number }> {
  const [shown, all] = numbersIn(await app.at('row-count').textContent());
  return { shown, all };
}

function numbersIn(text: string | null): number[] {
  return Array.from((text ?? '').matchAll(/\d[\d,]*/g), ([digits]) => Number(digits.replaceAll(',', '')));
}

const finding = (app: App, kind: string) => app.at('finding').and(app.page.locator(`[data-kind="${kind}"]`));

test('lists what is wrong, and a finding leads to exactly its packets', async ({ app }) => {
  await app.at('view-diagnosis').click();
  await expect(app.at('diagnosis-verdict')).toHaveAttribute('data-verdict', /^(error|warning)$/);
  await expect(finding(app, 'syn-retransmission')).toBeVisible();
  await app.screenshots('diagnosis');
  const counts = numbersIn(await finding(app, 'syn-retransmission').locator('.choice-row-count').textContent());
  await finding(app, 'syn-retransmission').click();
  await app.idle();
  await expect(app.at('diagnosis')).toBeHidden();
  await expect(app.at('finding-chip')).toBeVisible();
  expect((await rowCount(app)).shown).toBe(counts.at(-1));
  await expect(rowAt(app, 0)).toContainText('TCP');
  await expect(rowAt(app, 0).getByTestId('diagnosis-mark')).toHaveAttribute('title', /./);
  await rowAt(app, 0).click();
  await app.idle();
  await expect(app.at('details-tree').locator('.tree-diagnosis')).toContainText('Diagnosis');
  await app.screenshots('diagnosis-filtered');
  await app.at('remove-finding').click();
  await app.idle();
  const { shown, all } = await rowCount(app);
  expect(shown).toBe(all);
});

test('is walked through and entered with the keyboard', async ({ app }) => {
  await app.at('view-diagnosis').click();
  await app.at('finding').first().focus();
  await app.page.keyboard.press('End');
  await app.page.keyboard.press('Home');
  await expect(app.at('finding').first()).toBeFocused();
  await app.page.keyboard.press('Enter');
  await app.idle();
  await expect(app.at('finding-chip')).toBeVisible();
});

test('is copied as text', async ({ app }) => {
  await app.at('view-diagnosis').click();
  await app.at('copy-diagnosis').click();
  await expect(app.at('copy-diagnosis')).toContainText('Copied');
  await expectCopied(app).toMatch(/^Diagnosis of container-syn\.etl.*TCP conversations: \d/);
});

test('shows a packet once where it is wanted once', async ({ app }) => {
  const { all } = await rowCount(app);
  const [repeats] = numbersIn(await app.at('repeats').textContent());
  expect(repeats).toBeGreaterThan(0);
  await expect(app.at('grid').locator('[col-id="Sighting"]').getByText('2nd', { exact: true }).first()).toBeVisible();
  await app.at('first-sightings').check();
  await app.idle();
  expect(await rowCount(app)).toEqual({ shown: all - repeats, all });
  await expect(app.at('status-shown')).toContainText(`of ${all.toLocaleString('en')}`);
  await expect(app.at('grid').locator('[col-id="Sighting"]').getByText('2nd', { exact: true })).toHaveCount(0);
  await app.screenshot('first-sightings');
  await app.at('first-sightings').uncheck();
  await app.idle();
  expect((await rowCount(app)).shown).toBe(all);
});

test('shows what was seen at one component, together with the filter', async ({ app }) => {
  const { all } = await rowCount(app);
  const components = app.at('component-choice').locator('option');
  expect(await components.count()).toBeGreaterThan(2);
  await app.at('component-choice').selectOption({ index: 1 });
  await app.idle();
  const atComponent = (await rowCount(app)).shown;
  expect(atComponent).toBeGreaterThan(0);
  expect(atComponent).toBeLessThan(all);
  await app.at('filter-input').fill('TCP');
  await app.at('apply-filter').click();
  await app.idle();
  const { shown } = await rowCount(app);
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(atComponent);
  await app.at('component-choice').selectOption({ index: 0 });
  await app.idle();
  expect((await rowCount(app)).shown).toBeGreaterThan(shown);
});

test('says what leaves nothing over, and takes it back', async ({ app }) => {
  const { all } = await rowCount(app);
  await app.at('view-diagnosis').click();
  await finding(app, 'syn-retransmission').click();
  await app.at('filter-input').fill('UDP');
  await app.at('apply-filter').click();
  await expect(app.at('no-match')).toContainText('UDP');
  await expect(app.at('take-back-diagnosis')).toBeVisible();
  await app.idle();
  await app.screenshots('nothing-left');
  await app.at('take-back-diagnosis').click();
  await app.idle();
  expect((await rowCount(app)).shown).toBeGreaterThan(0);
  await app.at('remove-filter').click();
  await app.idle();
  expect((await rowCount(app)).shown).toBe(all);
});
