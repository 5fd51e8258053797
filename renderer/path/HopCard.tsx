import { useLayoutEffect, useRef } from 'react';
import { pathStrings } from '../strings.ts';
import { hopFacts } from './hop-words.ts';
import type { DiagramContent, HopPlace } from './tracks.ts';

interface HopCardProps {
  content: DiagramContent;
  place: HopPlace;
  offsetMinutes: number;
  /** What the card stands beside, where the hop is in sight. */
  anchor: () => Element | null | undefined;
}

/** Pixels between the card, its hop and the edge of the window. */
const distance = 8;

/** Everything that is known of a hop, beside it and over all panes. */
export function HopCard({ content, place, offsetMinutes, anchor }: HopCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const { path, prefix } = content.tracks[place.track];
  const hop = path.hops[place.hop];
  useLayoutEffect(() => {
    const element = card.current;
    const beside = anchor()?.getBoundingClientRect();
    if (!element || !beside) return undefined;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const right = beside.right + distance;
    const left = right + width < window.innerWidth ? right : beside.left - distance - width;
    const top = Math.min(beside.top, window.innerHeight - height - distance);
    element.style.left = `${Math.max(distance, left)}px`;
    element.style.top = `${Math.max(distance, top)}px`;
    return () => {
      element.hidePopover();
    };
  }, [anchor, place]);
  return (
    <div ref={card} popover="manual" className="path-card" role="tooltip" data-testid="path-card">
      <p className="path-card-title">
        {prefix} {pathStrings.hopOf(place.hop + 1, path.hops.length)}, {pathStrings.message(hop.row)}
      </p>
      <p>{hop.text}</p>
      <dl>
        {hopFacts(hop, path, offsetMinutes).map(({ label, value, isCode }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={isCode ? 'code' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
