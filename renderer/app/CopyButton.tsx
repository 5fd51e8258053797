import { Check, Copy } from 'lucide-react';
import { appStrings } from '../strings.ts';
import { withKeys } from './Buttons.tsx';
import { useCopied } from './use-copied.ts';

interface CopyButtonProps {
  label: string;
  /** Made when it is wanted. */
  text: () => string;
  /** Shown in the tooltip. */
  hint?: string;
  /** The name is shown beside the icon. */
  shown?: boolean;
  /** Keys that do the same where the focus is in the pane, for the tooltip. */
  keys?: string;
  testId?: string;
}

/** Copies a text and says so for a moment. */
export function CopyButton({ label, text, hint, shown, keys, testId }: CopyButtonProps) {
  const [copied, copy] = useCopied();
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      className={shown ? 'button' : 'icon-button'}
      aria-label={label}
      title={copied ? appStrings.copied : withKeys(hint ?? label, keys)}
      data-testid={testId}
      onClick={() => {
        copy(text());
      }}
    >
      <Icon size={14} aria-hidden />
      {shown && <span>{label}</span>}
      <CopiedNews copied={copied} />
    </button>
  );
}

/** Says to those who do not see the icon that something was copied. */
export function CopiedNews({ copied }: { copied: boolean }) {
  return (
    <span className="visually-hidden" aria-live="polite">
      {copied ? appStrings.copied : ''}
    </span>
  );
}
