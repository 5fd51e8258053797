import { useCallback, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { isMenuKey } from '../commands/keys.ts';
import type { Point } from './Menu.tsx';

interface ItemMenu {
  /** Where the menu is open; undefined while it is closed. */
  readonly at: Point | undefined;
  readonly close: () => void;
  /** For the element whose menu it is: the other button of the mouse opens it, and so do the keys that stand for it. */
  readonly handlers: {
    readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
}

/** The context menu of an item: at the pointer, or below what has the focus. */
export function useItemMenu(): ItemMenu {
  const [at, setAt] = useState<Point>();
  const close = useCallback(() => {
    setAt(undefined);
  }, []);
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    if (isField(event.target)) return;
    event.preventDefault();
    setAt({ x: event.clientX, y: event.clientY });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!isMenuKey(event) || isField(event.target)) return;
    event.preventDefault();
    const focused = event.target instanceof Element ? event.target : event.currentTarget;
    const { left, bottom } = focused.getBoundingClientRect();
    setAt({ x: left, y: bottom });
  };
  return { at, close, handlers: { onContextMenu, onKeyDown } };
}

/** What is typed into has a menu of its own. */
function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement;
}
