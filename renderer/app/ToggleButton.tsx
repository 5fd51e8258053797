import type { LucideIcon } from 'lucide-react';

interface ToggleButtonProps {
  label: string;
  /** Shown in the tooltip. */
  hint: string;
  icon: LucideIcon;
  isOn: boolean;
  onToggle: (isOn: boolean) => void;
  disabled?: boolean;
  testId?: string;
}

/** A small button with its name in words that stays pressed. */
export function ToggleButton({ label, hint, icon: Icon, isOn, onToggle, disabled, testId }: ToggleButtonProps) {
  return (
    <button
      type="button"
      className="button button-small toggle-button"
      aria-pressed={isOn}
      disabled={disabled}
      title={hint}
      data-testid={testId}
      onClick={() => {
        onToggle(!isOn);
      }}
    >
      <Icon size={13} aria-hidden />
      <span>{label}</span>
    </button>
  );
}
