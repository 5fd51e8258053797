import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Timeline } from '../../core/engine/contract.ts';
import { isCopying } from '../app/clipboard.ts';
import { useCopied } from '../app/use-copied.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import type { Session } from '../state/model.ts';
import { axisTicks } from './axis.ts';
import { binAt, binOfInstant, binsOfSpan, largest, rangeOf, spanOfBins, type BinRange } from './bins.ts';
import { movedCursor, type TimelineCursor } from './cursor.ts';
import { barsPath, markPlaces, squarePath, tickPath } from './shapes.ts';
import { timelineStrings } from './strings.ts';
import { isSameSpan, movedSpan, scaledSpan, shareOf, type TimeSpan } from './time-span.ts';
import type { Clock } from './clock.ts';
import { binsText, summaryText, timelineTable } from './timeline-text.ts';
import { shownSpan } from './zoom.ts';

interface TimelinePlotProps {
  session: Session;
  timeline: Timeline;
  whole: TimeSpan;
  /** Pixels. */
  size: { width: number; height: number };
  clock: Clock;
  selected: TimeSpan | undefined;
  onSelect: (span: TimeSpan | undefined) => void;
  pointed: BinRange | undefined;
  onPoint: (range: BinRange | undefined) => void;
  onZoomIn: () => void;
  onFilter: () => void;
}

/** Heights in pixels: a lane of drops, one of errors, and the times under them. */
const laneHeight = 9;
const axisHeight = 16;
const topMargin = 4;

const pixelsOfCharacter = 7;

/** Pixels between two times under the picture, at least. */
const roomOfTick = 110;

/** A pointer that moves no farther has clicked. In pixels. */
const clickSlack = 3;

const zoomOfWheel = 0.8;
const zoomOfKey = 0.5;
const moveOfWheel = 0.15;

/** The bars, lanes and times, with a cursor and a selection; a slider to those who do not see it. */
export function TimelinePlot({
  session,
  timeline,
  whole,
  size: { width, height },
  clock,
  selected,
  onSelect,
  pointed,
  onPoint,
  onZoomIn,
  onFilter,
}: TimelinePlotProps) {
  const workspace = useWorkspace();
  const { key, selection } = session;
  const { way, scale } = session.timeline;
  const shown = shownSpan(way, whole);
  const bins = timeline.all.length;
  const isCurrent = isSameSpan(shown, timeline);
  const plot = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  const [cursor, setCursor] = useState<TimelineCursor>();
  const [, copy] = useCopied();
  const drag = useRef<{ from: number; x: number; moved: boolean } | undefined>(undefined);

  const at = Math.min(bins - 1, cursor?.at ?? startOfCursor(timeline, session));
  const binOf = (event: { clientX: number }): number => {
    const left = plot.current?.getBoundingClientRect().left ?? 0;
    return binAt(event.clientX - left, width, bins);
  };
  const select = (range: BinRange | undefined): void => {
    onSelect(range && spanOfBins(timeline, bins, range));
  };
  const goTo = (bin: number): void => {
    void workspace.goToTime(spanOfBins(timeline, bins, { first: bin, last: bin }).from);
  };
  const zoomAround = (share: number, factor: number): void => {
    workspace.zoomTimeline(key, scaledSpan(shown, whole, share, factor), 'glide');
  };
  const zoomBack = (): void => {
    workspace.zoomTimelineBack(key, way.length - 1);
    onSelect(undefined);
  };

  // React listens to wheels passively: the page behind would scroll as well.
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      workspace.zoomTimeline(key, movedSpan(shown, whole, Math.sign(sideways) * moveOfWheel), 'glide');
    } else if (event.deltaY !== 0) {
      const left = plot.current?.getBoundingClientRect().left ?? 0;
      zoomAround((event.clientX - left) / width, event.deltaY < 0 ? zoomOfWheel : 1 / zoomOfWheel);
    }
  });
  useEffect(() => {
    const element = plot.current;
    const listen = (event: WheelEvent): void => {
      onWheel(event);
    };
    element?.addEventListener('wheel', listen, { passive: false });
    return () => {
      element?.removeEventListener('wheel', listen);
    };
  }, []);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: binOf(event), x: event.clientX, moved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const bin = binOf(event);
    const { current } = drag;
    onPoint({ first: bin, last: bin });
    if (!current) return;
    current.moved ||= Math.abs(event.clientX - current.x) > clickSlack;
    if (current.moved) select(rangeOf(current.from, bin));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const { current } = drag;
    drag.current = undefined;
    if (!current) return;
    setCursor({ at: binOf(event), anchor: undefined });
    if (current.moved) return;
    onSelect(undefined);
    goTo(current.from);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const moved = movedCursor({ at, anchor: selected ? cursor?.anchor : undefined }, event, timeline.shown);
    const share = shareOf(shown, spanOfBins(timeline, bins, { first: at, last: at }).from);
    if (moved) {
      setCursor(moved);
      onPoint({ first: moved.at, last: moved.at });
      select(moved.anchor === undefined ? undefined : rangeOf(moved.anchor, moved.at));
    } else if (isCopying(event)) copy(timelineTable(timeline));
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === '+' || event.key === '=') {
      if (selected) onZoomIn();
      else zoomAround(share, zoomOfKey);
    } else if (event.key === '-') zoomAround(share, 1 / zoomOfKey);
    else if (event.key === '0') workspace.zoomTimelineBack(key, 0);
    else if (event.key === 'Backspace') zoomBack();
    else if (event.key === 'Enter') {
      if (selected) onFilter();
      else goTo(at);
    } else if (event.key === 'Escape' && (selected || cursor)) {
      onSelect(undefined);
      if (!selected) setCursor(undefined);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const barsHeight = Math.max(8, height - axisHeight - 2 * laneHeight - topMargin);
  const peak = largest(timeline.all);
  const bars = { width, height: barsHeight };
  const selectedBins = selected && binsOfSpan(timeline, bins, selected);
  const marked = selection && binOfInstant(timeline, bins, selection.instant);
  const x = (bin: number): number => (bin / bins) * width;
  const { time, counts } = binsText(timeline, { first: at, last: at }, clock);
  const hover = pointed && binsText(timeline, pointed, clock);
  return (
    <div
      ref={plot}
      className="timeline-plot"
      role="slider"
      tabIndex={0}
      aria-label={timelineStrings.label}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={bins - 1}
      aria-valuenow={at}
      aria-valuetext={`${time}: ${counts}`}
      aria-describedby={summaryId}
      data-pane="timeline"
      data-testid="timeline-plot"
      data-current={isCurrent}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
      onPointerLeave={() => {
        onPoint(undefined);
      }}
      onDoubleClick={zoomBack}
      onKeyDown={onKeyDown}
      onBlur={() => {
        onPoint(undefined);
      }}
    >
      <svg width={width} height={height} aria-hidden>
        <g transform={isCurrent ? undefined : glideOf(timeline, shown, width)}>
          <g transform={`translate(0,${topMargin})`} shapeRendering="crispEdges">
            <path className="timeline-all" d={barsPath(timeline.all, peak, scale, bars)} />
            <path className="timeline-shown" d={barsPath(timeline.shown, peak, scale, bars)} />
          </g>
        </g>
        {isCurrent && (
          <>
            <g transform={`translate(0,${topMargin + barsHeight + 1})`}>
              <path className="timeline-drops" d={tickPath(markPlaces(timeline.drops, width), 7, laneHeight - 1)} />
            </g>
            <g transform={`translate(0,${topMargin + barsHeight + laneHeight + 2})`}>
              <path className="timeline-errors" d={squarePath(markPlaces(timeline.errors, width), 5)} />
            </g>
            {marked !== undefined && <Marker x={x(marked + 0.5)} height={height - axisHeight} />}
            {cursor && <path className="timeline-cursor" d={`M${x(at + 0.5)},0V${height - axisHeight}`} />}
          </>
        )}
        <path className="timeline-base" d={`M0,${topMargin + barsHeight + 0.5}H${width}`} />
        {isCurrent && selectedBins && (
          <SelectedPart
            from={x(selectedBins.first)}
            to={x(selectedBins.last + 1)}
            width={width}
            height={height - axisHeight}
          />
        )}
        <Times span={shown} width={width} top={height - axisHeight} clock={clock} />
      </svg>
      <span className="timeline-peak">{timelineStrings.peak(peak)}</span>
      {hover && <Tip x={x((pointed.first + pointed.last + 1) / 2)} width={width} {...hover} />}
      <span id={summaryId} className="visually-hidden" data-testid="timeline-summary">
        {summaryText(timeline, clock)} {timelineStrings.keys}
      </span>
    </div>
  );
}

/** Everything outside of it stands back. */
function SelectedPart({ from, to, width, height }: { from: number; to: number; width: number; height: number }) {
  return (
    <g data-testid="timeline-selection">
      <rect className="timeline-outside" x={0} width={from} height={height} />
      <rect className="timeline-outside" x={to} width={Math.max(0, width - to)} height={height} />
      <path className="timeline-selection" d={`M${from},0V${height}M${to},0V${height}`} />
    </g>
  );
}

/** The message that is selected in the grid. */
function Marker({ x, height }: { x: number; height: number }) {
  return <path className="timeline-marker" data-testid="timeline-marker" d={`M${x - 4},0h8l-4,5zM${x},5V${height}`} />;
}

function Times({ span, width, top, clock }: { span: TimeSpan; width: number; top: number; clock: Clock }) {
  const ticks = axisTicks(span, width / roomOfTick, clock);
  return (
    <g className="timeline-times" transform={`translate(0,${top})`}>
      {ticks
        .filter(({ share, label }) => share * width + label.length * pixelsOfCharacter < width)
        .map(({ share, label }) => (
          <g key={label} transform={`translate(${Math.round(share * width)},0)`}>
            <path d="M0.5,0v4" />
            <text x={3} y={12}>
              {label}
            </text>
          </g>
        ))}
    </g>
  );
}

/** Beside the pointer, on the side where there is room. */
function Tip({ x, width, time, counts }: { x: number; width: number; time: string; counts: string }) {
  const side = x < width / 2 ? { left: x + 10 } : { right: width - x + 10 };
  return (
    <div className="timeline-tip" style={side} aria-hidden>
      <span className="code">{time}</span>
      <span>{counts}</span>
    </div>
  );
}

/** Where the cursor stands before anybody moved it: at the selected message, else at the first one on show. */
function startOfCursor(timeline: Timeline, { selection }: Session): number {
  const selected = selection && binOfInstant(timeline, timeline.all.length, selection.instant);
  return (
    selected ??
    Math.max(
      0,
      timeline.shown.findIndex((count) => count > 0),
    )
  );
}

/** Until the engine has counted the new part, the old picture is stretched to its place. */
function glideOf(found: TimeSpan, shown: TimeSpan, width: number): string {
  const left = shareOf(shown, found.from) * width;
  const scale = shareOf(shown, found.to) - shareOf(shown, found.from);
  return `translate(${left},0) scale(${scale},1)`;
}
