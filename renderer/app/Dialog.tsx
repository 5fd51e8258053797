import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { appStrings } from '../strings.ts';
import { IconButton } from './Buttons.tsx';

interface DialogProps {
  heading: string;
  onClose: () => void;
  testId: string;
  size?: 'small' | 'medium' | 'wide' | 'palette';
  children: ReactNode;
}

/** A modal dialog: the browser's own, which keeps the focus inside and closes with Escape. */
export function Dialog({ heading, onClose, testId, size = 'small', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  // Closed before it leaves the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);
  return createPortal(
    <dialog
      ref={dialog}
      className={`dialog dialog-${size}`}
      aria-labelledby={headingId}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={headingId}>{heading}</h2>
      {children}
      <span className="dialog-close">
        <IconButton label={appStrings.close} icon={X} keys="Esc" onPress={onClose} />
      </span>
    </dialog>,
    document.body,
  );
}
