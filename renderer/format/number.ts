/** Numbers as people read them: grouped by locale, sizes in binary units, durations with a unit that fits. */

const countFormat = new Intl.NumberFormat();
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

/** A count with the locale's grouping: `1,402,331`. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** `1 event`, `1,402 events`. */
export function formatCounted(count: number, singular: string, plural: string): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size in the largest binary unit that keeps it at 1 or above: `1.5 MiB`. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${oneDecimal.format(value)} ${binaryUnits[unit]}`;
}

/** Bytes for each second: `210.4 MiB/s`. */
export function formatRate(bytes: number, milliseconds: number): string {
  return `${formatSize(milliseconds > 0 ? (bytes * 1000) / milliseconds : 0)}/s`;
}

/** A duration counted in steps of 100 ns, in ns, µs, ms or s, to three digits: `3.2 µs`. Zero is `0`. */
export function formatDuration(hundredNanoseconds: number): string {
  const nanoseconds = hundredNanoseconds * 100;
  const size = Math.abs(nanoseconds);
  if (size === 0) return '0';
  if (size < 1e3) return `${threeDigits.format(nanoseconds)} ns`;
  if (size < 1e6) return `${threeDigits.format(nanoseconds / 1e3)} µs`;
  if (size < 1e9) return `${threeDigits.format(nanoseconds / 1e6)} ms`;
  return `${size < 1e12 ? threeDigits.format(nanoseconds / 1e9) : countFormat.format(Math.round(nanoseconds / 1e9))} s`;
}

/** Time that is left or was used, for people who wait: `under 1 s`, `12 s`, `3 min 20 s`. */
export function formatWait(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 1 ? 'under 1 s' : formatSpan(seconds);
}

const spanUnits: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** Whole seconds in the two largest units that say something: `3 min 20 s`, `2 h`, `3 d 4 h`. */
function formatSpan(seconds: number): string {
  const largest = spanUnits.findIndex(([size]) => seconds >= size);
  let rest = seconds;
  return spanUnits
    .slice(largest, largest + 2)
    .map(([size, name]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? '' : `${formatCount(count)} ${name}`;
    })
    .filter((part) => part !== '')
    .join(' ');
}

/** `42 %` of a part in a whole, never beyond 0..100. An empty whole counts as done. */
export function formatPercent(part: number, whole: number): string {
  return `${Math.floor(fraction(part, whole) * 100)} %`;
}

/** Part of a whole as 0..1. An empty whole counts as done. */
export function fraction(part: number, whole: number): number {
  if (whole <= 0) return 1;
  return Math.min(1, Math.max(0, part / whole));
}
