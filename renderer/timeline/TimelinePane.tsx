import { Funnel, Undo2, X, ZoomIn } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Timeline } from '../../core/engine/contract.ts';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { useTimeDisplay } from '../app/use-time-display.ts';
import { useSize } from '../path/use-size.ts';
import type { Session } from '../state/model.ts';
import { timelineAskedFor } from '../state/timeline.ts';
import { binsOfSpan, countsIn, type BinRange, type CountName } from './bins.ts';
import { clockOf, type Clock } from './clock.ts';
import { timeFilter } from './range-filter.ts';
import { timelineStrings } from './strings.ts';
import { PaneHeader } from '../workspace/pane-header.tsx';
import { durationText, rangeText, binsText, timelineTable } from './timeline-text.ts';
import type { TimeSpan } from './time-span.ts';
import { TimelinePlot } from './TimelinePlot.tsx';

/** Pixels of one part of the picture. */
const pixelsOfBin = 2;

/** How the messages on show lie in time; a part of it can be selected, shown alone, and filtered by. */
export function TimelinePane({ session }: { session: Session }) {
  return <SessionTimeline key={session.key} session={session} />;
}

function SessionTimeline({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const clock = clockOf(useTimeDisplay(session));
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const { key, timeline } = session;
  const { found, whole, selected } = timeline;
  const setSelected = (span: TimeSpan | undefined): void => {
    workspace.selectTimeline(key, span);
  };
  const [pointed, setPointed] = useState<BinRange>();

  // A pane behind another one has no room, and asks for nothing.
  const bins = height > 0 ? Math.floor(width / pixelsOfBin) : 0;
  const wanted = timelineAskedFor(session);
  useEffect(() => {
    void workspace.showTimeline(key, bins);
  }, [workspace, key, bins, wanted]);

  const zoomIn = (): void => {
    if (selected) workspace.zoomTimeline(key, selected);
    setSelected(undefined);
  };
  const filter = (): void => {
    if (selected) void workspace.pushFilter(timeFilter(selected));
  };

  return (
    <section className="pane timeline" aria-label={timelineStrings.title} data-testid="timeline">
      <PaneHeader>
        <Way session={session} clock={clock} />
        <Readout found={found} selected={selected} pointed={pointed} clock={clock} />
        <div className="pane-tools" role="toolbar" aria-label={timelineStrings.tools}>
          {selected && (
            <>
              <TextButton
                label={timelineStrings.zoomIn}
                hint={timelineStrings.zoomInHint}
                icon={ZoomIn}
                keys="+"
                testId="timeline-zoom-in"
                onPress={zoomIn}
              />
              <TextButton
                label={timelineStrings.filter}
                hint={timelineStrings.filterHint}
                icon={Funnel}
                keys="Enter"
                testId="timeline-filter"
                onPress={filter}
              />
              <IconButton
                label={timelineStrings.clearSelection}
                icon={X}
                keys="Esc"
                testId="timeline-clear"
                onPress={() => {
                  setSelected(undefined);
                }}
              />
            </>
          )}
          {timeline.way.length > 0 && (
            <IconButton
              label={timelineStrings.zoomOut}
              icon={Undo2}
              keys="Backspace"
              testId="timeline-zoom-out"
              onPress={() => {
                workspace.zoomTimelineBack(key, timeline.way.length - 1);
              }}
            />
          )}
          <button
            type="button"
            className="button button-small toggle-button"
            aria-pressed={timeline.scale === 'logarithmic'}
            title={timelineStrings.logarithmicHint}
            data-testid="timeline-log"
            onClick={() => {
              workspace.scaleTimeline(key, timeline.scale === 'linear' ? 'logarithmic' : 'linear');
            }}
          >
            {timelineStrings.logarithmic}
          </button>
          {found && (
            <CopyButton
              label={timelineStrings.copy}
              hint={timelineStrings.copyHint}
              keys="Ctrl+C"
              testId="timeline-copy"
              text={() => timelineTable(found)}
            />
          )}
        </div>
      </PaneHeader>
      <div className="timeline-body" ref={body}>
        {found && whole && found.all.length > 0 && width > 0 ? (
          <TimelinePlot
            session={session}
            timeline={found}
            whole={whole}
            size={{ width, height }}
            clock={clock}
            selected={selected}
            onSelect={setSelected}
            pointed={pointed}
            onPoint={setPointed}
            onZoomIn={zoomIn}
            onFilter={filter}
          />
        ) : (
          <Empty session={session} bins={bins} />
        )}
      </div>
    </section>
  );
}

/** From the whole trace to the part on show; each step leads back to itself. */
function Way({ session, clock }: { session: Session; clock: Clock }) {
  const workspace = useWorkspace();
  const { way, whole } = session.timeline;
  if (!whole || way.length === 0) return null;
  return (
    <nav className="timeline-way" aria-label={timelineStrings.way} data-testid="timeline-way">
      <button
        type="button"
        className="link-button"
        title={timelineStrings.wholeHint}
        onClick={() => {
          workspace.zoomTimelineBack(session.key, 0);
        }}
      >
        {timelineStrings.whole}
      </button>
      {way.map((step, index) => {
        const range = rangeText(step, step, clock);
        const isShown = index === way.length - 1;
        return (
          <span key={range}>
            <span aria-hidden>›</span>
            {isShown ? (
              <span aria-current="location">{range}</span>
            ) : (
              <button
                type="button"
                className="link-button"
                title={timelineStrings.back(range)}
                onClick={() => {
                  workspace.zoomTimelineBack(session.key, index + 1);
                }}
              >
                {range}
              </button>
            )}
          </span>
        );
      })}
    </nav>
  );
}

interface ReadoutProps {
  found: Timeline | undefined;
  selected: TimeSpan | undefined;
  pointed: BinRange | undefined;
  clock: Clock;
}

/** What the pointer or the cursor is at, else what is selected, else what the picture shows in all. */
function Readout({ found, selected, pointed, clock }: ReadoutProps) {
  if (!found) return null;
  const bins = found.all.length;
  const range = selected && binsOfSpan(found, bins, selected);
  if (selected && range) {
    return (
      <span className="timeline-readout" role="status" data-testid="timeline-readout">
        {timelineStrings.selected(
          rangeText(found, selected, clock),
          durationText(selected),
          timelineStrings.counts(countsIn(found, range)),
        )}
      </span>
    );
  }
  if (pointed) {
    const { time, counts } = binsText(found, pointed, clock);
    return (
      <span className="timeline-readout" data-testid="timeline-readout">
        {time} · {counts}
      </span>
    );
  }
  return <Legend counts={countsIn(found, { first: 0, last: bins - 1 })} />;
}

const legendOrder: readonly CountName[] = ['shown', 'all', 'drops', 'errors'];

function Legend({ counts }: { counts: Record<CountName, number> }) {
  const isFiltered = counts.shown !== counts.all;
  const listed = legendOrder.filter((name) => (name === 'all' ? isFiltered : name === 'shown' || counts[name] > 0));
  return (
    <span className="timeline-legend" data-testid="timeline-readout">
      {listed.map((name) => (
        <span key={name} className="timeline-legend-item">
          <svg className={`timeline-key timeline-key-${name}`} width={10} height={10} aria-hidden>
            {name === 'drops' && <path d="M1,1h8l-4,8z" />}
            {name === 'errors' && <path d="M2,2h6v6h-6z" />}
            {(name === 'all' || name === 'shown') && <path d="M1,1h8v8h-8z" />}
          </svg>
          {timelineStrings.legend[name](counts[name])}
        </span>
      ))}
    </span>
  );
}

function Empty({ session, bins }: { session: Session; bins: number }) {
  const workspace = useWorkspace();
  const { stage, error } = session.timeline;
  if (stage === 'failed' && error) {
    return (
      <div className="pane-message" role="alert">
        <p>
          {timelineStrings.failed} {error.message}
        </p>
        <TextButton
          label={timelineStrings.retry}
          testId="timeline-retry"
          onPress={() => void workspace.showTimeline(session.key, bins)}
        />
      </div>
    );
  }
  const isKnown = stage === 'known' || session.info?.events === 0;
  return <p className="pane-message muted">{isKnown ? timelineStrings.nothing : timelineStrings.waiting}</p>;
}
