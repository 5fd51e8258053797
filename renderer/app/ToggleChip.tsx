import type { ReactNode } from 'react';
import { formatCount } from '../format/number.ts';

interface ToggleChipProps {
  label: string;
  pressed: boolean;
  onToggle: () => void;
  /** How many things it stands for. */
  count?: number | undefined;
  icon?: ReactNode;
  hint?: string;
  disabled?: boolean;
  testId?: string;
}

/** A choice that is on or off, with how many things it stands for. */
export function ToggleChip({ label, pressed, onToggle, count, icon, hint, disabled, testId }: ToggleChipProps) {
  return (
    <button
      type="button"
      className="toggle-chip"
      aria-pressed={pressed}
      title={hint ?? label}
      disabled={disabled}
      data-testid={testId}
      onClick={onToggle}
    >
      {icon}
      <span>{label}</span>
      {count !== undefined && <span className="toggle-chip-count">{formatCount(count)}</span>}
    </button>
  );
}
