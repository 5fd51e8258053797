import { Check } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { scopeOf } from '../commands/action.ts';
import { menuNames, type MenuName } from '../commands/command-table.ts';
import { offerMenu } from '../commands/menus.ts';
import type { Offer } from '../commands/offer.ts';
import { commandStrings } from '../commands/strings.ts';
import { settingsStore } from '../state/settings.ts';
import { nextItem } from './Menu.tsx';
import { neighbourMenu, typedItem } from './menu-moves.ts';
import { useWorkspace, useWorkspaceState } from './use-workspace.ts';

/** Which menu is open, and which of its items takes the focus first. */
interface OpenMenu {
  index: number;
  focus: 'first' | 'last';
}

/** The window's menus, where the host has no native ones. */
export function MenuBar() {
  const bar = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const [current, setCurrent] = useState(0);
  const [open, setOpen] = useState<OpenMenu>();
  const items = (): HTMLElement[] => Array.from(bar.current?.querySelectorAll<HTMLElement>('.menu-bar-item') ?? []);
  const goTo = (index: number, isOpen: boolean): void => {
    setCurrent(index);
    setOpen(isOpen ? { index, focus: 'first' } : undefined);
    items().at(index)?.focus();
  };
  /** Gives the focus back to what had it before the menus. */
  const leave = (): void => {
    setOpen(undefined);
    before.current?.focus();
  };

  useAltKey(() => {
    if (bar.current?.contains(document.activeElement)) leave();
    else items().at(current)?.focus();
  });
  useEffect(() => {
    if (!open) return undefined;
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node) || !bar.current?.contains(target)) setOpen(undefined);
    };
    const close = (): void => {
      setOpen(undefined);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    window.addEventListener('blur', close);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true);
      window.removeEventListener('blur', close);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const neighbour = neighbourMenu(event.key, current, menuNames.length);
    const labels = menuNames.map((name) => commandStrings.menus[name]);
    const isInBar = event.target instanceof HTMLElement && event.target.matches('.menu-bar-item');
    const typed = isInBar && event.key.length === 1 ? typedItem(event.key, labels, current) : undefined;
    if (neighbour !== undefined) goTo(neighbour, open !== undefined);
    else if (isInBar && ['ArrowDown', 'Enter', ' '].includes(event.key)) setOpen({ index: current, focus: 'first' });
    else if (isInBar && event.key === 'ArrowUp') setOpen({ index: current, focus: 'last' });
    else if (event.key === 'Escape' && !isInBar) goTo(current, false);
    else if (event.key === 'Escape') leave();
    else if (isInBar && event.key === 'Home') goTo(0, false);
    else if (isInBar && event.key === 'End') goTo(menuNames.length - 1, false);
    else if (typed !== undefined) goTo(typed, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={bar}
      role="menubar"
      aria-label={commandStrings.menuBar}
      className="menu-bar"
      data-testid="menu-bar"
      onKeyDown={onKeyDown}
      onFocus={({ relatedTarget }) => {
        if (relatedTarget instanceof HTMLElement && !bar.current?.contains(relatedTarget))
          before.current = relatedTarget;
      }}
      onBlur={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !bar.current?.contains(relatedTarget)) setOpen(undefined);
      }}
    >
      {menuNames.map((name, index) => (
        <div key={name} className="menu-bar-place" role="none">
          <button
            type="button"
            role="menuitem"
            className="menu-bar-item"
            aria-haspopup="menu"
            aria-expanded={open?.index === index}
            tabIndex={index === current ? 0 : -1}
            title={commandStrings.menus[name]}
            data-testid={`menu-${name}`}
            onPointerDown={(event) => {
              // The focus stays where it is until the menu takes it: that is where it goes back to.
              if (document.activeElement instanceof HTMLElement && !bar.current?.contains(document.activeElement)) {
                before.current = document.activeElement;
              }
              event.preventDefault();
            }}
            onClick={() => {
              if (open?.index === index) leave();
              else goTo(index, true);
            }}
            onPointerEnter={() => {
              if (open && open.index !== index) goTo(index, true);
            }}
          >
            {commandStrings.menus[name]}
          </button>
          {open?.index === index && <OpenedMenu name={name} focus={open.focus} onLeave={leave} />}
        </div>
      ))}
    </div>
  );
}

interface OpenedMenuProps {
  name: MenuName;
  focus: OpenMenu['focus'];
  onLeave: () => void;
}

function OpenedMenu({ name, focus, onLeave }: OpenedMenuProps) {
  const workspace = useWorkspace();
  const list = useRef<HTMLDivElement>(null);
  // Read anew whenever what is offered may have changed.
  useWorkspaceState((state) => state);
  useStore(settingsStore);
  const { label, groups } = offerMenu(name, scopeOf(workspace));
  useLayoutEffect(() => {
    itemsOf(list.current)
      .at(focus === 'first' ? 0 : -1)
      ?.focus();
  }, [focus]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const items = itemsOf(event.currentTarget);
    const focused = items.findIndex((item) => item === document.activeElement);
    const labels = items.map((item) => item.querySelector('.menu-item-title')?.textContent ?? '');
    const typed = event.key.length === 1 && event.key !== ' ' ? typedItem(event.key, labels, focused) : undefined;
    const next = nextItem(event.key, focused, items.length) ?? typed;
    if (next === undefined) return;
    items[next].focus();
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (offer: Offer): void => {
    if (!offer.enabled) return;
    onLeave();
    // Afterwards, when the focus is back where the command expects it.
    setTimeout(offer.run);
  };

  return (
    <div ref={list} role="menu" aria-label={label} className="menu menu-bar-menu" onKeyDown={onKeyDown}>
      {groups.map((group, index) => (
        <div key={group[0].id} role="group">
          {index > 0 && <div role="separator" className="menu-separator" />}
          {group.map((offer) => (
            <MenuOffer key={offer.id} offer={offer} onChoose={choose} />
          ))}
        </div>
      ))}
    </div>
  );
}

function MenuOffer({ offer, onChoose }: { offer: Offer; onChoose: (offer: Offer) => void }) {
  const { id, title, detail, keys, enabled, reason, checked } = offer;
  return (
    <button
      type="button"
      role={checked === null ? 'menuitem' : 'menuitemcheckbox'}
      {...(checked !== null && { 'aria-checked': checked })}
      aria-disabled={!enabled}
      className="menu-item"
      title={enabled ? [title, detail].filter(Boolean).join(' – ') : `${title}: ${reason}`}
      tabIndex={-1}
      data-testid={`menu-item-${id}`}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.focus({ preventScroll: true });
      }}
      onClick={() => {
        onChoose(offer);
      }}
    >
      <span className="menu-item-tick">{checked === true && <Check size={13} aria-hidden />}</span>
      <span className="menu-item-title">{title}</span>
      {detail !== undefined && <span className="menu-item-detail">{detail}</span>}
      {keys !== '' && <kbd>{keys}</kbd>}
    </button>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return Array.from(menu?.querySelectorAll<HTMLElement>('.menu-item') ?? []);
}

/** Runs when Alt is pressed and let go with nothing between. */
function useAltKey(onAlt: () => void): void {
  const latest = useRef(onAlt);
  useLayoutEffect(() => {
    latest.current = onAlt;
  });
  useEffect(() => {
    let alone = false;
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      alone = event.key === 'Alt' && !event.ctrlKey && !event.shiftKey && !event.metaKey;
    };
    const onKeyUp = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Alt' || !alone || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current();
    };
    const onOther = (): void => {
      alone = false;
    };
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('keyup', onKeyUp, true);
    document.addEventListener('pointerdown', onOther, true);
    window.addEventListener('blur', onOther);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('keyup', onKeyUp, true);
      document.removeEventListener('pointerdown', onOther, true);
      window.removeEventListener('blur', onOther);
    };
  }, []);
}
