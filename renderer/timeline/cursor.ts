/** What keys do with the cursor and the selection of a timeline. */
import { nextFilled } from './bins.ts';

/** Parts; `anchor` is where the selection began, undefined while nothing is selected. */
export interface TimelineCursor {
  at: number;
  anchor: number | undefined;
}

export interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

const page = 10;

/** The cursor after a key; undefined where the key moves nothing. Keys with Ctrl go to the next part that holds a row. */
export function movedCursor(
  { at, anchor }: TimelineCursor,
  { key, shiftKey, ctrlKey, metaKey }: Press,
  shown: readonly number[],
): TimelineCursor | undefined {
  const target = targetOf(key, at, ctrlKey || metaKey, shown);
  if (target === undefined) return undefined;
  const place = Math.max(0, Math.min(shown.length - 1, target));
  return { at: place, anchor: shiftKey ? (anchor ?? at) : undefined };
}

function targetOf(key: string, at: number, toFilled: boolean, shown: readonly number[]): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return toFilled ? (nextFilled(shown, at, -1) ?? at) : at - 1;
    case 'ArrowRight':
      return toFilled ? (nextFilled(shown, at, 1) ?? at) : at + 1;
    case 'PageUp':
      return at - page;
    case 'PageDown':
      return at + page;
    case 'Home':
      return 0;
    case 'End':
      return shown.length - 1;
    default:
      return undefined;
  }
}
