import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { defaultOf, themeChoices, type ThemeChoice } from '../state/settings.ts';
import { appearanceVariables, hostThemeOf, themeOf, type SystemWishes } from './theme.ts';

const wishes: SystemWishes[] = [false, true].flatMap((dark) =>
  [false, true].map((moreContrast) => ({ dark, moreContrast })),
);

describe('the theme', () => {
  it('is what somebody chose, whatever the system asks for', () => {
    for (const wish of wishes) expect(themeOf('contrast-light', wish)).toBe('contrast-light');
  });

  it('follows the system otherwise, also its wish for more contrast', () => {
    expect(wishes.map((wish) => themeOf('system', wish))).toEqual(['light', 'contrast-light', 'dark', 'contrast-dark']);
  });

  it('is light or dark to the host, or the system’s', () => {
    expect(themeChoices.map(hostThemeOf).sort()).toEqual(['dark', 'dark', 'light', 'light', 'system']);
    expect(hostThemeOf('contrast-dark')).toBe('dark');
  });

  it('is the same before the first paint', () => {
    const stored = [...themeChoices.map((choice) => JSON.stringify(choice)), null, '"sepia"', '{'];
    for (const text of stored) {
      const choice = themeChoices.find((known) => JSON.stringify(known) === text) ?? 'system';
      for (const wish of wishes) expect(themeBeforePaint(text, wish), `${text}`).toBe(themeOf(choice, wish));
    }
  });
});

it('leaves the font of code to the style sheet until somebody chooses one', () => {
  const defaults = {
    fontSize: defaultOf('fontSize'),
    codeFont: defaultOf('codeFont'),
    rowHeight: defaultOf('rowHeight'),
  };
  expect(appearanceVariables(defaults)).toMatchObject({ '--font-size': '13px', '--font-code': null });
  expect(appearanceVariables({ ...defaults, codeFont: 'Consolas' })['--font-code']).toMatch(/^"Consolas", /);
});

/** What public/theme.js, which no module can be, makes of a stored choice. */
function themeBeforePaint(stored: string | null, { dark, moreContrast }: SystemWishes): ThemeChoice | undefined {
  const dataset: { theme?: ThemeChoice } = {};
  runInNewContext(readFileSync(new URL('../public/theme.js', import.meta.url), 'utf8'), {
    localStorage: { getItem: () => stored },
    matchMedia: (query: string) => ({ matches: query.includes('dark') ? dark : moreContrast }),
    document: { documentElement: { dataset } },
  });
  return dataset.theme;
}
