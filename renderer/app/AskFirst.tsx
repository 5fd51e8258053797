import { useState } from 'react';

interface AskFirstProps {
  label: string;
  /** What it will do, in full. */
  hint: string;
  question: string;
  /** The two answers. */
  confirm: string;
  keep: string;
  disabled?: boolean;
  /** As large as the buttons of a page; else as those of a row. */
  isLarge?: boolean;
  testId: string;
  /** Of the button that does it. */
  confirmTestId: string;
  onConfirm: () => void;
}

/** A button that asks once more, in its own place: for what cannot be undone. */
export function AskFirst(props: AskFirstProps) {
  const { label, hint, question, confirm, keep, disabled, isLarge = false, testId, confirmTestId, onConfirm } = props;
  const size = isLarge ? '' : ' button-small';
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button
        type="button"
        className={`button${size}`}
        title={hint}
        disabled={disabled}
        data-testid={testId}
        onClick={() => {
          setAsking(true);
        }}
      >
        {label}
      </button>
    );
  }
  return (
    <span className="question" role="group" aria-label={hint}>
      {question}
      <button
        type="button"
        className={`button button-primary${size}`}
        title={hint}
        autoFocus
        data-testid={confirmTestId}
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {confirm}
      </button>
      <button
        type="button"
        className={`button${size}`}
        title={keep}
        onClick={() => {
          setAsking(false);
        }}
      >
        {keep}
      </button>
    </span>
  );
}
