/** Amounts as sentences have them: two digits that count, in the unit that fits. */

/** `0.65 seconds`, `27 minutes`, `3.4 hours`. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return withUnit(seconds, 'second');
  if (seconds < 90 * 60) return withUnit(seconds / 60, 'minute');
  if (seconds < 48 * 3600) return withUnit(seconds / 3600, 'hour');
  return withUnit(seconds / 86_400, 'day');
}

/** Bytes a second, as makers of disks count: `130 MB/s`, `1.3 GB/s`. */
export function rateWords(bytesPerSecond: number): string {
  if (bytesPerSecond < 1e6) return `${twoDigits(bytesPerSecond / 1e3)} kB/s`;
  return bytesPerSecond < 1e9 ? `${twoDigits(bytesPerSecond / 1e6)} MB/s` : `${twoDigits(bytesPerSecond / 1e9)} GB/s`;
}

/** MB as Windows' tools count them: `512 MB`, `2 GB`. */
export function sizeWords(megabytes: number): string {
  return megabytes < 1024 ? `${megabytes} MB` : `${Number((megabytes / 1024).toFixed(1))} GB`;
}

export function twoDigits(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function withUnit(value: number, unit: string): string {
  const number = twoDigits(value);
  return `${number} ${unit}${number === '1' ? '' : 's'}`;
}
