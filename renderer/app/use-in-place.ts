import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

/** A text that a button shows, and that a field in the button's place changes. */
export interface InPlace {
  readonly editing: boolean;
  readonly begin: () => void;
  readonly end: () => void;
  /** The button: it has the focus again when the field has gone. */
  readonly button: RefObject<HTMLButtonElement | null>;
  /** For the button: F2 begins as well. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function useInPlace(): InPlace {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const begin = (): void => {
    setEditing(true);
  };
  const end = (): void => {
    setEditing(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F2') return;
    event.preventDefault();
    begin();
  };
  return { editing, begin, end, button, onKeyDown };
}

/** Calls back the first time alone: leaving a field by key takes it away, which takes the focus from it as well. */
export function useOnce<Value>(onDone: (value: Value) => void): (value: Value) => void {
  const isOver = useRef(false);
  return (value) => {
    if (isOver.current) return;
    isOver.current = true;
    onDone(value);
  };
}
