import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import type { RowViewer } from './row-viewer.ts';
import { firstAfterKey, firstAt, lastFirst, thumbOf } from './scroll-thumb.ts';
import { scrollStrings } from './strings.ts';

/** Milliseconds between two jumps while the thumb is dragged: a pixel of it can be thousands of rows. */
const jumpGap = 50;

/** A scroll bar for a view of which the grid shows a window: it stands for the whole view. */
export function WindowScrollBar<R>({ viewer }: { viewer: RowViewer<R> }) {
  const sight = useStore(viewer.store);
  const bar = useRef<HTMLDivElement>(null);
  const [track, setTrack] = useState(0);
  const [held, setHeld] = useState<{ grip: number; top: number }>();
  const jump = useRef<{ first: number; timer: ReturnType<typeof setTimeout> } | undefined>(undefined);
  useEffect(() => {
    const element = bar.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setTrack(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  const jumpTo = (first: number): void => {
    if (jump.current) {
      jump.current.first = first;
      return;
    }
    const timer = setTimeout(() => {
      const wanted = jump.current?.first ?? first;
      jump.current = undefined;
      viewer.reveal(wanted, 'top');
    }, jumpGap);
    jump.current = { first, timer };
  };
  useEffect(
    () => () => {
      clearTimeout(jump.current?.timer);
    },
    [],
  );

  const thumb = thumbOf(sight, track);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const at = event.clientY - event.currentTarget.getBoundingClientRect().top;
    if (at >= thumb.top && at < thumb.top + thumb.length) {
      event.currentTarget.setPointerCapture(event.pointerId);
      setHeld({ grip: at - thumb.top, top: thumb.top });
      return;
    }
    const page = firstAfterKey(at < thumb.top ? 'PageUp' : 'PageDown', sight);
    if (page !== undefined) viewer.reveal(page, 'top');
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!held) return;
    const top = event.clientY - event.currentTarget.getBoundingClientRect().top - held.grip;
    const inside = Math.min(track - thumb.length, Math.max(0, top));
    setHeld({ ...held, top: inside });
    jumpTo(firstAt(inside, sight, track));
  };
  const release = (): void => {
    setHeld(undefined);
  };

  const now = Math.floor(held ? firstAt(held.top, sight, track) : sight.first);
  const top = held?.top ?? thumb.top;
  return (
    <div
      ref={bar}
      className="window-scroll"
      role="scrollbar"
      aria-label={scrollStrings.label}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={lastFirst(sight)}
      aria-valuenow={now}
      aria-valuetext={scrollStrings.place(now + 1, sight.total)}
      tabIndex={0}
      data-testid="window-scroll"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={(event) => {
        const first = event.ctrlKey || event.metaKey || event.altKey ? undefined : firstAfterKey(event.key, sight);
        if (first === undefined) return;
        event.preventDefault();
        viewer.reveal(first, 'top');
      }}
    >
      <div className="window-scroll-thumb" data-held={held !== undefined} style={{ top, height: thumb.length }} />
      {held && (
        <div className="window-scroll-place" style={{ top: Math.max(0, top) }} aria-hidden>
          {scrollStrings.place(now + 1, sight.total)}
        </div>
      )}
    </div>
  );
}
