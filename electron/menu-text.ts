/** From the page's words and keys to what native menus understand. */

const modifiers: Partial<Record<string, string>> = { Ctrl: 'CmdOrCtrl', Shift: 'Shift', Alt: 'Alt' };

/** Names of keys that the page and Electron's accelerators call differently. */
const keyNames: Partial<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Return',
  Escape: 'Esc',
  '+': 'Plus',
};

const knownKey =
  /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|[,./;'[\]\\=`-]|Up|Down|Left|Right|Home|End|PageUp|PageDown|Return|Esc|Space|Tab|Backspace|Delete|Insert|Plus)$/;

/** `Ctrl+Shift+S` as an accelerator; undefined for none, and for what Electron would refuse. */
export function acceleratorOf(keys: string): string | undefined {
  // The last key may be the plus sign itself.
  const parts = /^((?:[A-Za-z]+\+)*)(.+)$/.exec(keys);
  if (!parts) return undefined;
  const [, before, key] = parts;
  const held = before
    .split('+')
    .filter(Boolean)
    .map((modifier) => modifiers[modifier]);
  const name = keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return knownKey.test(name) && !held.includes(undefined) ? [...held, name].join('+') : undefined;
}

/** Labels of a menu bar, each with an Alt key of its own where a letter is left: `&File`, `F&ilter`. */
export function withMnemonics(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const free = Array.from(label.matchAll(/[a-z]/gi)).find(([letter]) => !taken.has(letter.toLowerCase()));
    if (!free) return escaped(label);
    taken.add(free[0].toLowerCase());
    return `${escaped(label.slice(0, free.index))}&${escaped(label.slice(free.index))}`;
  });
}

const longestLabel = 80;

/** A label in which no character counts as the mark of an Alt key, cut to what a menu can show. */
export function escaped(label: string): string {
  const shown = label.length > longestLabel ? `${label.slice(0, longestLabel)}…` : label;
  return shown.replaceAll('&', '&&');
}
