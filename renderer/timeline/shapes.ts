/** The picture of a timeline, as outlines of SVG paths. All numbers are pixels unless they say otherwise. */

/** 'logarithmic' keeps a lone message in sight beside a burst of thousands. */
export type TimelineScale = 'linear' | 'logarithmic';

/** Height of a count's bar, 0..1 of the highest; what is there at all is never flat. */
export function barShare(count: number, peak: number, scale: TimelineScale): number {
  if (count <= 0 || peak <= 0) return 0;
  return scale === 'linear' ? count / peak : Math.log1p(count) / Math.log1p(peak);
}

/** Bars lower than that would not be seen. */
const lowestBar = 2;

/** The outline of all bars, standing on `height`, from 0 to `width`. Empty when there is no bar. */
export function barsPath(
  counts: readonly number[],
  peak: number,
  scale: TimelineScale,
  { width, height }: { width: number; height: number },
): string {
  const parts: string[] = [];
  let before = 0;
  counts.forEach((count, bin) => {
    const share = barShare(count, peak, scale);
    const bar = share === 0 ? 0 : Math.max(lowestBar, Math.round(share * height));
    if (bar === before) return;
    const x = round((bin / counts.length) * width);
    parts.push(before === 0 ? `M${x},${height}V${height - bar}` : `H${x}V${height - bar}`);
    if (bar === 0) parts.push('Z');
    before = bar;
  });
  if (before > 0) parts.push(`H${width}V${height}Z`);
  return parts.join('');
}

/** Where there are some: the middle of each part. */
export function markPlaces(counts: readonly number[], width: number): number[] {
  return counts.flatMap((count, bin) => (count > 0 ? [round(((bin + 0.5) / counts.length) * width)] : []));
}

/** Red ticks that hang from a pointed head: `size` wide and `height` high. */
export function tickPath(places: readonly number[], size: number, height: number): string {
  const half = size / 2;
  return places
    .map((x) => `M${round(x - half)},0h${size}l${-half + 0.75},${size}v${height - size}h-1.5v${size - height}z`)
    .join('');
}

/** Hollow squares: told from the ticks without colour. */
export function squarePath(places: readonly number[], size: number): string {
  const half = size / 2;
  return places.map((x) => `M${round(x - half)},0h${size}v${size}h${-size}z`).join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
