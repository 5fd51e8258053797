import type { LucideIcon } from 'lucide-react';
import type { CommandId } from '../commands/command-table.ts';
import { shortcutText } from '../commands/keys.ts';

interface ButtonProps {
  label: string;
  onPress: () => void;
  icon?: LucideIcon;
  /** Shown in the tooltip. */
  hint?: string;
  command?: CommandId;
  /** Keys that do the same but are no command of the window, for the tooltip. */
  keys?: string;
  disabled?: boolean;
  primary?: boolean;
  testId?: string;
}

/** A button with its name in words. */
export function TextButton({
  label,
  onPress,
  icon: Icon,
  hint,
  command,
  keys,
  disabled,
  primary,
  testId,
}: ButtonProps) {
  return (
    <button
      type="button"
      className={primary ? 'button button-primary' : 'button'}
      onClick={onPress}
      disabled={disabled}
      title={withKeys(hint ?? label, command ? shortcutText(command) : keys)}
      data-testid={testId}
    >
      {Icon && <Icon size={15} aria-hidden />}
      <span>{label}</span>
    </button>
  );
}

/** A button that shows only an icon; its name and shortcut are in the tooltip. */
export function IconButton({ label, onPress, icon: Icon, hint, command, keys, disabled, testId }: ButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      onClick={onPress}
      disabled={disabled}
      aria-label={label}
      title={withKeys(hint ?? label, command ? shortcutText(command) : keys)}
      data-testid={testId}
    >
      {Icon && <Icon size={14} aria-hidden />}
    </button>
  );
}

/** `Export (Ctrl+Shift+S)`, as tooltips have it. */
export function withKeys(words: string, keys: string | undefined): string {
  return keys === undefined ? words : `${words} (${keys})`;
}
