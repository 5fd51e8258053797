import { existsSync } from 'node:fs';
import { expect, test, type App } from './app.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

test.beforeEach(async ({ app }) => {
  await app.at('open-sample').click();
  await expect(app.at('row-count')).toBeVisible();
  await app.idle();
  await app.at('grid').locator('.ag-row[row-index="20"]').first().click();
  await expect(app.at('status-selected')).toContainText('message 21');
  await app.idle();
});

/** Pixels by which the content of an element is wider than the element. */
function hiddenWidth(app: App, testId: string): Promise<number> {
  return app.at(testId).evaluate((element) => {
    const box = element.closest('.pane-body') ?? element;
    return box.scrollWidth - box.clientWidth;
  });
}

/** The pane (`data-pane`) that has the focus; of the grid, its rows. */
function focusedPane(app: App): Promise<string | undefined> {
  return app.page.evaluate(() => {
    const pane = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
    return pane === 'grid' && !document.activeElement?.matches('[role="gridcell"]') ? 'grid header' : pane;
  });
}

/** Presses Tab until a pane has the focus. Returns how often. */
async function tabTo(app: App, pane: string, key = 'Tab'): Promise<number> {
  for (let presses = 1; presses <= 30; presses++) {
    await app.page.keyboard.press(key);
    if ((await focusedPane(app)) === pane) return presses;
  }
  throw new Error(`Tab does not reach the pane ${pane}.`);
}

test('nothing of details and bytes is out of sight at the side, wherever they are docked', async ({ app }) => {
  await app.screenshot('docked-below');
  for (const dock of ['below', 'right']) {
    expect(await hiddenWidth(app, 'details-tree'), `tree, docked ${dock}`).toBe(0);
    expect(await hiddenWidth(app, 'hex-view'), `bytes, docked ${dock}`).toBe(0);
    await app.page.keyboard.press('Control+j');
  }
  await app.page.keyboard.press('Control+j');
  await expect(app.at('grid').locator('.ag-row[row-index="20"]').first()).toContainText('21');
  await app.screenshot('docked-right');
});

test('Tab reaches filter, traces, grid, details and bytes, and leaves each of them', async ({ app }) => {
  const selected = await app.at('status-selected').textContent();
  await app.at('filter-input').focus();
  await tabTo(app, 'traces');
  await tabTo(app, 'grid');
  await app.screenshot('focus-in-the-grid');
  await tabTo(app, 'details');
  await app.screenshot('focus-in-the-details');
  await tabTo(app, 'bytes');
  await tabTo(app, 'details', 'Shift+Tab');
  await tabTo(app, 'grid', 'Shift+Tab');
  await tabTo(app, 'traces', 'Shift+Tab');
  await expect(app.at('status-selected')).toHaveText(selected ?? '');
});

test('every button has a name and says what it does', async ({ app }) => {
  const nameless = await app.page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLButtonElement>('button:not([role="tab"])'))
      .filter((button) => (button.getAttribute('aria-label') ?? button.textContent) === '' || button.title === '')
      .map((button) => button.outerHTML),
  );
  expect(nameless).toEqual([]);
});

test('a dialog keeps the focus, closes with Escape and gives the focus back', async ({ app }) => {
  await app.at('filter-input').focus();
  await app.page.keyboard.press('Control+g');
  await expect(app.at('go-to-input')).toBeFocused();
  for (let presses = 0; presses < 8; presses++) {
    await app.page.keyboard.press('Tab');
    const outside = await app.page.evaluate(() => {
      const focused = document.activeElement;
      return focused !== document.body && focused?.closest('dialog') === null;
    });
    expect(outside).toBe(false);
  }
  await app.page.keyboard.press('Escape');
  await expect(app.at('go-to-dialog')).toBeHidden();
  await expect(app.at('filter-input')).toBeFocused();
});
