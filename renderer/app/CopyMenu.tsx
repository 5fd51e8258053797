import { Check, ChevronDown, Copy } from 'lucide-react';
import type { MouseEvent } from 'react';
import { appStrings } from '../strings.ts';
import { CopiedNews } from './CopyButton.tsx';
import { Menu, type MenuItem, type Point } from './Menu.tsx';

interface CopyMenuProps {
  label: string;
  items: readonly MenuItem[];
  /** Where the menu is open; undefined while it is closed. */
  at: Point | undefined;
  onMove: (at: Point | undefined) => void;
  /** Something was copied a moment ago. */
  copied: boolean;
  testId: string;
}

/** A button with a menu of what can be copied; the menu opens at the pointer too, where its owner says so. */
export function CopyMenu({ label, items, at, onMove, copied, testId }: CopyMenuProps) {
  const Icon = copied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        className="icon-button menu-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        title={copied ? appStrings.copied : label}
        data-testid={testId}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          onMove({ x: left, y: bottom + 2 });
        }}
      >
        <Icon size={14} aria-hidden />
        <ChevronDown size={12} aria-hidden />
        <CopiedNews copied={copied} />
      </button>
      {at && (
        <Menu
          label={label}
          items={items}
          at={at}
          testId={`${testId}-menu`}
          onClose={() => {
            onMove(undefined);
          }}
        />
      )}
    </>
  );
}

/** The place of a click of the other button, or of the key that stands for it: then below the element itself. */
export function pointOfMenu(event: MouseEvent<HTMLElement>): Point {
  event.preventDefault();
  if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY };
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return { x: left + 16, y: top + 16 };
}
