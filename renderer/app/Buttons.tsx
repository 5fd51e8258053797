import type { LucideIcon } from 'lucide-react';
import { shortcutText, type Command } from './shortcuts.ts';

interface ButtonProps {
  label: string;
  onPress: () => void;
  icon?: LucideIcon;
  /** Shown in the tooltip. */
  hint?: string;
  command?: Command;
  disabled?: boolean;
  primary?: boolean;
  testId?: string;
}

/** A button with its name in words. */
export function TextButton({ label, onPress, icon: Icon, hint, command, disabled, primary, testId }: ButtonProps) {
  return (
    <button
      type="button"
      className={primary ? 'button button-primary' : 'button'}
      onClick={onPress}
      disabled={disabled}
      title={tooltip(hint ?? label, command)}
      data-testid={testId}
    >
      {Icon && <Icon size={15} aria-hidden />}
      <span>{label}</span>
    </button>
  );
}

/** A button that shows only an icon; its name and shortcut are in the tooltip. */
export function IconButton({ label, onPress, icon: Icon, hint, command, disabled, testId }: ButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      onClick={onPress}
      disabled={disabled}
      aria-label={label}
      title={tooltip(hint ?? label, command)}
      data-testid={testId}
    >
      {Icon && <Icon size={14} aria-hidden />}
    </button>
  );
}

function tooltip(words: string, command: Command | undefined): string {
  return command ? `${words} (${shortcutText(command)})` : words;
}
