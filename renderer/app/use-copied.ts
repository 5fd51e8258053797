import { useCallback, useEffect, useState } from 'react';
import { copyText } from './clipboard.ts';

/** Milliseconds for which it is said that something was copied. */
const newsLasts = 2500;

/** Whether something was copied a moment ago, and what copies a text. */
export function useCopied(): readonly [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useCopiedNews();
  const copy = useCallback(
    (text: string): void => {
      void copyText(text).then(setCopied);
    },
    [setCopied],
  );
  return [copied, copy];
}

/** The news that something was copied, which is taken back after a moment. */
export function useCopiedNews(): readonly [copied: boolean, setCopied: (copied: boolean) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, newsLasts);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return [copied, setCopied];
}
