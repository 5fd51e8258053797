/** Which colours and sizes the page has: of the settings, and of what the system asks for. */
import type { AppTheme } from '../../core/engine/host.ts';
import type { Settings, ThemeChoice } from '../state/settings.ts';

export type Theme = Exclude<ThemeChoice, 'system'>;

/** What the system asks pages for. */
export interface SystemWishes {
  dark: boolean;
  moreContrast: boolean;
}

export function themeOf(choice: ThemeChoice, { dark, moreContrast }: SystemWishes): Theme {
  if (choice !== 'system') return choice;
  const scheme = dark ? 'dark' : 'light';
  return moreContrast ? `contrast-${scheme}` : scheme;
}

/** What the host can draw of a theme: it knows of light and dark alone. */
export function hostThemeOf(choice: ThemeChoice): AppTheme {
  if (choice === 'system') return 'system';
  return choice === 'dark' || choice === 'contrast-dark' ? 'dark' : 'light';
}

/** Values of the CSS variables that settings choose; null leaves one as the style sheet has it. */
export function appearanceVariables({
  fontSize,
  codeFont,
  rowHeight,
}: Pick<Settings, 'fontSize' | 'codeFont' | 'rowHeight'>): Record<string, string | null> {
  return {
    '--font-size': `${fontSize}px`,
    '--font-size-small': `${fontSize - 1}px`,
    '--font-size-code': `${fontSize - 1}px`,
    '--font-code': codeFont === 'system' ? null : `"${codeFont}", var(--font-code-system)`,
    '--row-height': `${rowHeight}px`,
  };
}
