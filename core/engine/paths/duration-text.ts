/** A duration in 100 ns, with a unit that fits: `3.2 µs`, `412 µs`, `1.04 s`. */
export function durationText(hundredNanoseconds: number): string {
  const units: readonly (readonly [unit: string, size: number])[] = [
    ['s', 10_000_000],
    ['ms', 10_000],
    ['µs', 10],
    ['ns', 0.01],
  ];
  const [unit, size] = units.find((entry) => hundredNanoseconds >= entry[1]) ?? units[units.length - 1];
  const value = hundredNanoseconds / size;
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${unit}`;
}
