import { settingsStore } from '../state/settings.ts';
import { appearanceVariables, themeOf, type SystemWishes } from './theme.ts';

const queries = { dark: '(prefers-color-scheme: dark)', moreContrast: '(prefers-contrast: more)' } as const;

/** Gives the page the theme, sizes and fonts of the settings, and keeps them so. */
export function followAppearance(page: HTMLElement): void {
  const dark = matchMedia(queries.dark);
  const moreContrast = matchMedia(queries.moreContrast);
  const apply = (): void => {
    const settings = settingsStore.getState();
    const wishes: SystemWishes = { dark: dark.matches, moreContrast: moreContrast.matches };
    page.dataset.theme = themeOf(settings.theme, wishes);
    for (const [name, value] of Object.entries(appearanceVariables(settings))) page.style.setProperty(name, value);
  };
  apply();
  for (const query of [dark, moreContrast]) query.addEventListener('change', apply);
  settingsStore.subscribe(apply);
}
