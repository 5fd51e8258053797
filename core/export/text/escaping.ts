/** One byte for each UTF-16 unit: 1 for the members of the set. A look-up costs less than a regular expression. */
export type UnitSet = Readonly<Uint8Array>;

/** The set of all units in these ranges, both ends included. */
export function unitSet(...ranges: readonly (readonly [first: number, last: number])[]): UnitSet {
  const set = new Uint8Array(0x1_0000);
  for (const [first, last] of ranges) set.fill(1, first, last + 1);
  return set;
}

/** Index of the first unit from `start` on that is in the set, or -1. */
export function indexOfUnit(text: string, set: UnitSet, start = 0): number {
  for (let at = start; at < text.length; at++) {
    if (set[text.charCodeAt(at)] !== 0) return at;
  }
  return -1;
}

/** The text with each unit of the set replaced. Usually there is none, and the text itself comes back. */
export function replaceUnits(text: string, set: UnitSet, replacement: (text: string, at: number) => string): string {
  let at = indexOfUnit(text, set);
  if (at < 0) return text;
  let replaced = '';
  let from = 0;
  for (; at >= 0; at = indexOfUnit(text, set, from)) {
    replaced += text.slice(from, at) + replacement(text, at);
    from = at + 1;
  }
  return replaced + text.slice(from);
}

/**
 * A visible character for a control character: `␊` for a line feed, by Unicode's block of control pictures. Line ends
 * beyond ASCII (NEL, LS, PS) become `␤`, anything else U+FFFD.
 */
export function controlPicture(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  if (unit < 0x20) return String.fromCharCode(0x2400 + unit);
  if (unit === 0x7f) return '␡';
  return unit === 0x85 || unit === 0x2028 || unit === 0x2029 ? '␤' : '\ufffd';
}

const controls = unitSet([0, 0x08], [0x0a, 0x1f], [0x7f, 0x9f], [0x2028, 0x2029]);

/** The text with everything visible that would end a line or steer a terminal; tabs are left. */
export function oneLine(text: string): string {
  return replaceUnits(text, controls, controlPicture);
}

/** Whether the surrogate at `at` lacks its other half. */
export function isLoneSurrogate(text: string, at: number): boolean {
  const isHigh = text.charCodeAt(at) < 0xdc00;
  const other = text.charCodeAt(isHigh ? at + 1 : at - 1);
  return isHigh ? !isLowSurrogate(other) : !isHighSurrogate(other);
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
