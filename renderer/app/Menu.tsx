import { Check } from 'lucide-react';
import { Fragment, useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';

export interface MenuItem {
  label: string;
  /** Keys that do the same without the menu. */
  keys?: string;
  disabled?: boolean;
  /** It stands below a line: a group begins with it. */
  separated?: boolean;
  /** Whether what it switches is on; absent where it switches nothing. */
  checked?: boolean;
  testId?: string;
  onChoose: () => void;
}

/** Pixels in the window. */
export interface Point {
  x: number;
  y: number;
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  /** Its upper left corner, where there is room for all of it. */
  at: Point;
  onClose: () => void;
  testId: string;
}

/** A menu at a place, above everything else. It closes with Escape and by a click elsewhere. */
export function Menu({ label, items, at, onClose, testId }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return undefined;
    const focused = document.activeElement;
    element.showPopover();
    const { left, top } = placeInWindow(at, element.getBoundingClientRect());
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
    itemsOf(element).at(0)?.focus();
    return () => {
      element.hidePopover();
      if (focused instanceof HTMLElement) focused.focus();
    };
  }, [at]);

  // The browser's own dismissal would take the release of the button that opens a context menu for a click elsewhere.
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node) || !menu.current?.contains(target)) onClose();
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    window.addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true);
      window.removeEventListener('blur', onClose);
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // What is typed into a menu is not for the window.
    event.stopPropagation();
    const offered = itemsOf(event.currentTarget);
    const focused = offered.findIndex((item) => item === document.activeElement);
    const next = nextItem(event.key, focused, offered.length);
    if (event.key === 'Tab' || event.key === 'Escape') onClose();
    else if (next !== undefined) offered[next].focus();
    else return;
    event.preventDefault();
  };

  const hasChecks = items.some(({ checked }) => checked !== undefined);
  return (
    <div
      ref={menu}
      popover="manual"
      role="menu"
      className="menu"
      aria-label={label}
      data-testid={testId}
      onKeyDown={onKeyDown}
    >
      {items.map((item, index) => (
        <Fragment key={item.label}>
          {item.separated && index > 0 && <hr className="menu-separator" />}
          <button
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            aria-checked={item.checked}
            className="menu-item"
            title={item.label}
            tabIndex={-1}
            disabled={item.disabled}
            data-testid={item.testId}
            onClick={() => {
              onClose();
              item.onChoose();
            }}
          >
            {hasChecks && <span className="menu-check">{item.checked && <Check size={14} aria-hidden />}</span>}
            <span className="menu-label">{item.label}</span>
            {item.keys !== undefined && <kbd>{item.keys}</kbd>}
          </button>
        </Fragment>
      ))}
    </div>
  );
}

/** The item that a key moves to; undefined when it moves nowhere. */
export function nextItem(key: string, focused: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (focused + 1) % count;
    case 'ArrowUp':
      return (Math.max(focused, 0) + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function itemsOf(menu: HTMLElement): HTMLButtonElement[] {
  return Array.from(menu.querySelectorAll<HTMLButtonElement>('button:enabled'));
}

/** Pixels that stay free between a menu and the edge of the window. */
const margin = 4;

function placeInWindow({ x, y }: Point, { width, height }: DOMRect): { left: number; top: number } {
  return {
    left: Math.max(margin, Math.min(x, window.innerWidth - width - margin)),
    top: Math.max(margin, Math.min(y, window.innerHeight - height - margin)),
  };
}
