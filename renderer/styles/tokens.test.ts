import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleColors } from '../color-rules/color-rule.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

function tokensOf(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g), ([, name, value]) => [name, value]),
  );
}

/** The declarations of the rule of a selector. */
function ruleOf(selector: string): string {
  const start = css.indexOf(`${selector} {`);
  expect(start, selector).toBeGreaterThanOrEqual(0);
  return css.slice(start, css.indexOf('}', start));
}

const light = tokensOf(ruleOf(':root'));
const dark = tokensOf(ruleOf(":root[data-theme='dark']"));
const contrastLight = tokensOf(ruleOf(":root[data-theme='contrast-light']"));
const contrastDark = tokensOf(ruleOf(":root[data-theme='contrast-dark']"));
const schemes = {
  light: { tokens: light, least: 4.5 },
  dark: { tokens: dark, least: 4.5 },
  'contrast-light': { tokens: contrastLight, least: 7 },
  'contrast-dark': { tokens: contrastDark, least: 7 },
};

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [darker, lighter] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const plain = ['surface', 'chrome'];
const tints = ['family-tcp', 'family-udp', 'family-icmp', 'family-arp', 'family-etw'];
/** What stands on what. */
const pairs: Record<string, string[]> = {
  ...Object.fromEntries(ruleColors.map((color) => [`rule-${color}-text`, [`rule-${color}`]])),
  text: [...plain, ...tints, 'sunken', 'selection', 'marked', 'danger-soft', 'warning-soft'],
  'text-muted': [...plain, ...tints, 'selection'],
  accent: plain,
  danger: [...plain, 'danger-soft', 'selection'],
  warning: [...plain, 'warning-soft'],
  'path-second': [...plain, 'selection'],
  'on-accent': ['accent', 'accent-strong', 'path-second'],
  'syntax-module': plain,
  'syntax-field': plain,
  'syntax-annotation': plain,
  'syntax-keyword': plain,
  'syntax-value': plain,
  'syntax-text': plain,
};

it('has values for all colours in every theme, and takes all back where the system forces its own', () => {
  for (const { tokens } of Object.values(schemes))
    expect(Object.keys(tokens).sort()).toEqual(Object.keys(light).sort());
  const forced = css.slice(css.indexOf('@media (forced-colors'));
  expect(Object.keys(light).filter((name) => !forced.includes(`--${name}:`))).toEqual([]);
});

describe.each(Object.entries(schemes))('the %s colours', (_scheme, { tokens, least }) => {
  it.each(Object.entries(pairs))('%s can be read on whatever it stands on', (text, grounds) => {
    const tooFaint = grounds.filter((ground) => contrast(tokens[text], tokens[ground]) < least);
    expect(tooFaint.map((ground) => `${ground} ${contrast(tokens[text], tokens[ground]).toFixed(2)}`)).toEqual([]);
  });

  it('marks what is valid, selected and focused with 3:1 at least', () => {
    for (const ground of [...plain, 'selection']) expect(contrast(tokens.accent, tokens[ground])).toBeGreaterThan(3);
    for (const name of ['valid', 'control-border']) {
      for (const ground of plain) expect(contrast(tokens[name], tokens[ground]), name).toBeGreaterThan(3);
    }
  });
});

it('shows every line at 3:1 in high contrast', () => {
  for (const { border, surface } of [contrastLight, contrastDark]) {
    expect(contrast(border, surface)).toBeGreaterThan(3);
  }
});
