import { Check } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { scopeOf } from '../commands/action.ts';
import { allOffers } from '../commands/menus.ts';
import type { Offer } from '../commands/offer.ts';
import { headOf, markedParts, rankOffers, type RankedOffer } from './ranking.ts';
import { recentChoices, rememberChoice } from './recent-choices.ts';
import { paletteStrings } from './strings.ts';

/** More than anybody reads; typing finds the others. */
const longestList = 100;
const rowsOfPage = 10;

/** Finds and carries out everything that can be done, by a few letters of its name. */
export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const workspace = useWorkspace();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const [recent] = useState(recentChoices);
  const [offers] = useState(() => allOffers(scopeOf(workspace)).filter(({ id }) => id !== 'palette'));
  const ranked = useMemo(() => rankOffers(offers, typed, recent), [offers, typed, recent]);
  const shown = ranked.slice(0, longestList);

  const choose = (offer: Offer): void => {
    if (!offer.enabled) return;
    rememberChoice(offer.id);
    onClose();
    // Afterwards, when the focus is back where the command expects it.
    setTimeout(offer.run);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextActive(event.key, active, shown.length);
    if (next !== undefined) setActive(next);
    else if (event.key === 'Enter' && active < shown.length) choose(shown[active].offer);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog heading={paletteStrings.heading} onClose={onClose} testId="palette" size="palette">
      <input
        className="text-input palette-input"
        role="combobox"
        aria-label={paletteStrings.placeholder}
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={active < shown.length ? `${listId}-${active}` : undefined}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder={paletteStrings.placeholder}
        value={typed}
        data-testid="palette-input"
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={listId} role="listbox" aria-label={paletteStrings.list} className="palette-list">
        {shown.map((item, index) => (
          <PaletteItem
            key={item.offer.id}
            id={`${listId}-${index}`}
            item={item}
            active={index === active}
            onChoose={choose}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className="muted palette-nothing">{paletteStrings.nothing}</p>}
      <span className="visually-hidden" role="status">
        {paletteStrings.found(ranked.length)}
      </span>
    </Dialog>
  );
}

interface PaletteItemProps {
  id: string;
  item: RankedOffer;
  active: boolean;
  onChoose: (offer: Offer) => void;
}

function PaletteItem({ id, item: { offer, text, places }, active, onChoose }: PaletteItemProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const head = headOf(offer).length;
  return (
    // The keyboard is the box's, which the list belongs to.
    <li
      ref={row}
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={!offer.enabled}
      className="palette-item"
      data-testid="palette-item"
      title={text}
      onClick={() => {
        onChoose(offer);
      }}
    >
      <span className="palette-title">
        <Marked text={text.slice(0, head)} places={places} />
        {text.length > head && (
          <span className="palette-detail">
            <Marked text={text.slice(head)} places={places.map((place) => place - head)} />
          </span>
        )}
      </span>
      {offer.checked === true && <Check size={13} aria-hidden />}
      {offer.enabled ? <kbd>{offer.keys}</kbd> : <span className="palette-reason">{offer.reason}</span>}
    </li>
  );
}

function Marked({ text, places }: { text: string; places: readonly number[] }) {
  return markedParts(text, places).map((part, index) =>
    part.marked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
  );
}

function nextActive(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return (active + count - 1) % count;
    case 'PageDown':
      return Math.min(active + rowsOfPage, count - 1);
    case 'PageUp':
      return Math.max(active - rowsOfPage, 0);
    default:
      return undefined;
  }
}
