/** How far a file's times are moved, as people write it: `+1.5 s`, `-250 ms`, `0`. */
import { completenessStrings } from '../strings.ts';

/** Units with their length in steps of 100 ns, the longest first. */
const units = [
  { names: ['h'], steps: 36_000_000_000 },
  { names: ['min'], steps: 600_000_000 },
  { names: ['s'], steps: 10_000_000 },
  { names: ['ms'], steps: 10_000 },
  { names: ['µs', 'μs', 'us'], steps: 10 },
  { names: ['ns'], steps: 0.01 },
] as const;

/** The units that a shift is shown in: hours and minutes would hide its fractions. */
const shownUnits = units.slice(2, 5);

export type ParsedShift = { ok: true; hundredNanoseconds: number } | { ok: false; problem: string };

/** A typed shift in steps of 100 ns, or what is wrong with it. A number alone says nothing, unless it is 0. */
export function parseShift(text: string): ParsedShift {
  const { shiftProblems } = completenessStrings;
  const found = /^([+\-−]?)\s*(\d+(?:\.\d+)?|\.\d+)\s*([a-zµμ]*)$/i.exec(text.trim());
  if (!found) return { ok: false, problem: shiftProblems.form };
  const [, sign, digits, unitName] = found;
  const amount = Number(digits);
  if (amount === 0) return { ok: true, hundredNanoseconds: 0 };
  const unit = units.find(({ names }) => names.some((name) => name === unitName.toLowerCase()));
  if (!unit)
    return { ok: false, problem: unitName === '' ? shiftProblems.noUnit : shiftProblems.unknownUnit(unitName) };
  const exact = amount * unit.steps;
  const steps = Math.round(exact);
  if (!Number.isSafeInteger(steps)) return { ok: false, problem: shiftProblems.tooFar };
  // Decimal fractions are not exact in binary: a millionth of a step is nobody's wish.
  if (Math.abs(exact - steps) > Math.max(1, steps) * 1e-6) return { ok: false, problem: shiftProblems.tooFine };
  return { ok: true, hundredNanoseconds: sign === '' || sign === '+' ? steps : -steps };
}

/** `+1.5 s`, `-250 ms`, `+12.3 µs`, `0`: exact, in the longest unit that it fills. */
export function formatShift(hundredNanoseconds: number): string {
  const size = Math.abs(hundredNanoseconds);
  if (size === 0) return '0';
  const unit = shownUnits.find(({ steps }) => size >= steps) ?? shownUnits[shownUnits.length - 1];
  return `${hundredNanoseconds < 0 ? '-' : '+'}${size / unit.steps} ${unit.names[0]}`;
}
