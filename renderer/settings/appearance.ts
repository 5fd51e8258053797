import type { AppTheme } from '../../core/engine/host.ts';
import { settingsStore } from '../state/settings.ts';
import { appearanceVariables, hostThemeOf, themeOf, type SystemWishes } from './theme.ts';

const queries = { dark: '(prefers-color-scheme: dark)', moreContrast: '(prefers-contrast: more)' } as const;

/**
 * Gives the page the theme, sizes and fonts of the settings, and keeps them so. The host is told the theme too: it draws
 * the frame, the menus and the window before the page.
 */
export function followAppearance(page: HTMLElement, tellHost: (theme: AppTheme) => void): void {
  const dark = matchMedia(queries.dark);
  const moreContrast = matchMedia(queries.moreContrast);
  let told: AppTheme | undefined;
  const apply = (): void => {
    const settings = settingsStore.getState();
    const theme = hostThemeOf(settings.theme);
    if (theme !== told) tellHost(theme);
    told = theme;
    const wishes: SystemWishes = { dark: dark.matches, moreContrast: moreContrast.matches };
    page.dataset.theme = themeOf(settings.theme, wishes);
    for (const [name, value] of Object.entries(appearanceVariables(settings))) page.style.setProperty(name, value);
  };
  apply();
  for (const query of [dark, moreContrast]) query.addEventListener('change', apply);
  settingsStore.subscribe(apply);
}
