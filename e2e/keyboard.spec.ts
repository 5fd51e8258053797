import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test, type App } from './app.ts';
import { sampleTrace } from './traces.ts';

test.skip(!existsSync(sampleTrace), 'dist/sample is not built');

/** What has the focus: its test id, or that of the closest element around it that has one. */
function focused(app: App): Promise<string | undefined> {
  return app.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-testid]')?.dataset.testid);
}

/** Presses a key until the focus is there. */
async function walkTo(app: App, key: string, testId: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(app)) === testId) return;
    await app.page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${testId}; the focus is at ${await focused(app)}.`);
}

test('from the welcome page to an export without a mouse', async ({ app }) => {
  const { keyboard } = app.page;
  await expect(app.at('welcome')).toBeVisible();
  await app.choosing(sampleTrace, () => keyboard.press('Control+o'));
  await expect(app.at('row-count')).toBeVisible({ timeout: 30_000 });
  await app.idle();
  const all = await app.at('row-count').textContent();

  // Typing goes into the filter box.
  await keyboard.type('TCP');
  await keyboard.press('Escape');
  await keyboard.press('Enter');
  await expect(app.at('row-count')).not.toHaveText(all ?? '');
  await app.idle();

  // Undo is for filters outside of the box; redo brings the filter back.
  await walkTo(app, 'F6', 'grid');
  await keyboard.press('Control+z');
  await expect(app.at('row-count')).toHaveText(all ?? '');
  await keyboard.press('Control+y');
  await expect(app.at('row-count')).not.toHaveText(all ?? '');
  await app.idle();

  await keyboard.press('Control+Home');
  await expect(app.at('status-selected')).toContainText('message');
  const first = (await app.at('status-selected').textContent()) ?? '';
  await keyboard.press('Control+ArrowDown');
  await expect(app.at('status-selected')).not.toHaveText(first);
  await app.idle();

  // A mark, and the packet's way hop by hop.
  await keyboard.press('Control+m');
  await expect(app.at('row-marked')).toBeVisible();
  await walkTo(app, 'F6', 'path-hops');
  await keyboard.press('End');
  const before = (await app.at('status-selected').textContent()) ?? '';
  await keyboard.press('Enter');
  await expect(app.at('status-selected')).not.toHaveText(before);
  await app.idle();

  await walkTo(app, 'F6', 'details-tree');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowRight');
  await expect(app.at('details-tree').locator('[aria-selected="true"]')).toHaveCount(1);

  // The palette finds what has no keys, and says why something cannot be done.
  await keyboard.press('Control+Shift+P');
  await keyboard.type('go connections');
  await keyboard.press('Enter');
  await expect(app.at('view-connections')).toHaveAttribute('aria-current', 'true');
  await keyboard.press('Control+Shift+P');
  await keyboard.type('next message');
  await expect(app.at('palette-item').first()).toContainText('Only with the messages on show');
  await keyboard.press('Escape');
  await keyboard.press('Control+Shift+P');
  await keyboard.type('go messages');
  await keyboard.press('Enter');
  await expect(app.at('view-messages')).toHaveAttribute('aria-current', 'true');

  const path = await app.exporting('csv', async () => {
    await keyboard.press('Control+Shift+S');
    await expect(app.at('export-dialog')).toBeVisible();
    for (let presses = 0; presses < 8 && !(await app.at('format-csv').isChecked()); presses++) {
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    await expect(app.at('export-report')).toBeVisible();
  });
  expect((await readFile(path, 'utf8')).split('\n').length).toBeGreaterThan(2);
  await keyboard.press('Escape');
  await expect(app.at('export-report')).toBeHidden();
});

test('menus, settings and themes without a mouse', async ({ app }) => {
  const { keyboard } = app.page;
  await expect(app.at('welcome')).toBeVisible();
  if ((await app.at('menu-bar').count()) > 0) {
    await keyboard.press('F10');
    expect(await focused(app)).toBe('menu-file');
    await keyboard.press('v');
    await expect(app.at('menu-item-palette')).toBeFocused();
    await keyboard.press('ArrowRight');
    await keyboard.press('n');
    await expect(app.at('menu-item-pane-names')).toBeFocused();
    await keyboard.press('ArrowRight');
    await keyboard.press('Escape');
    expect(await focused(app)).toBe('menu-go');
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await walkTo(app, 'ArrowDown', 'menu-item-settings');
    await keyboard.press('Enter');
  } else {
    await keyboard.press('Control+,');
  }
  await expect(app.at('settings-appearance')).toBeFocused();
  await walkTo(app, 'Tab', 'setting-theme');
  await keyboard.type('High contrast, dark');
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'contrast-dark');
  await app.screenshot('settings-contrast-dark');
  await keyboard.press('Escape');
  await expect(app.at('settings-dialog')).toBeHidden();
  await app.page.reload();
  await expect(app.at('welcome')).toBeVisible();
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'contrast-dark');
  await keyboard.press('F1');
  await expect(app.at('shortcuts-dialog')).toBeVisible();
  await keyboard.press('Escape');
  await expect(app.at('shortcuts-dialog')).toBeHidden();
});
