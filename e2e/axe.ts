/** What axe finds on a page that a person could stumble over, in every theme that there is time for. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type App } from './app.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Theme by theme as the system asks for them; what is no matter of colours is the same in all. */
const themes = [
  { name: 'light', media: { colorScheme: 'light', contrast: 'no-preference' }, all: true },
  { name: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' }, all: false },
  { name: 'contrast-light', media: { colorScheme: 'light', contrast: 'more' }, all: false },
  { name: 'contrast-dark', media: { colorScheme: 'dark', contrast: 'more' }, all: false },
] as const;
/** Where time is bounded, colours of the high-contrast themes are left to the unit tests of the tokens; the end-to-end run says so. */
const triedThemes = process.env.HOPSCOPE_END_BY === undefined ? themes : themes.slice(0, 2);

/** Expects no violation of WCAG 2.2 AA on what is on show; `place` says what that is. */
export async function expectAccessible({ page }: App, place: string): Promise<void> {
  const found: string[] = [];
  for (const { name, media, all } of triedThemes) {
    await page.emulateMedia(media);
    await expect(page.locator('html')).toHaveAttribute('data-theme', name);
    // Electron has no blank page to put results together on, which is what the other mode needs; there are no frames.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (all ? axe.withTags(standards) : axe.withRules(['color-contrast'])).analyze();
    for (const { id, nodes } of violations) {
      for (const { target, html } of nodes) found.push(`${name}, ${id}: ${target.join(' ')}\n  ${html.slice(0, 240)}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference' });
  expect.soft(found, place).toEqual([]);
}
