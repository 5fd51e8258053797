import { TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { formatDuration } from '../format/number.ts';
import { formatClockTime, formatZone } from '../format/time.ts';
import { pathStrings } from '../strings.ts';
import { HopCard } from './HopCard.tsx';
import { hopSentence, hopWords } from './hop-words.ts';
import { LaneHeadings } from './LaneHeadings.tsx';
import { layoutDiagram, lineY, rowHeight, type Diagram } from './layout.ts';
import { Shapes } from './Shapes.tsx';
import { arrowShapes, groundShapes, labelShapes, markShapes } from './shapes.ts';
import type { DiagramContent, DiagramLine, HopPlace } from './tracks.ts';
import { useSize } from './use-size.ts';
import { placeAfterKey, placeName, placeOfRow, placesOf, samePlace } from './walk.ts';

interface PathDiagramProps {
  content: DiagramContent;
  label: string;
  offsetMinutes: number;
  /** The row that the grid has selected. */
  selectedRow: number | undefined;
  /** A hop was clicked. */
  onClick: (row: number) => void;
  /** Enter was pressed on a hop. */
  onEnter: (row: number) => void;
}

/** Milliseconds that the pointer rests on a hop before it is told what is known of it. */
const restBeforeCard = 350;

/** Swim lanes with a packet's hops. The words of each line stand at the left and stay in sight, as do the lanes' names. */
export function PathDiagram({ content, label, offsetMinutes, selectedRow, onClick, onEnter }: PathDiagramProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const detail = wordsDetail(width);
  const wordsWidth = wordsWidths[detail];
  const diagram = useMemo(
    () => layoutDiagram(content.lanes, content.tracks, Math.max(0, width - wordsWidth - 12)),
    [content, width, wordsWidth],
  );
  const isComparison = content.tracks.some(({ prefix }) => prefix !== '');
  const listId = useId();
  const [moved, setMoved] = useState<{ place: HopPlace; selectedRow: number | undefined }>();
  const [hovered, setHovered] = useState<HopPlace>();
  const [told, setTold] = useState<HopPlace>();
  const cursor =
    (moved?.selectedRow === selectedRow ? moved?.place : undefined) ??
    placeOfRow(content, selectedRow) ??
    placesOf(content)[0];
  const selected = placeOfRow(content, selectedRow);
  const cursorName = placeName(cursor);
  const rowOf = ({ track, hop }: HopPlace): number => content.tracks[track].path.hops[hop].row;

  useEffect(() => {
    if (!hovered) return undefined;
    const timer = setTimeout(() => {
      setTold(hovered);
    }, restBeforeCard);
    return () => {
      clearTimeout(timer);
      setTold(undefined);
    };
  }, [hovered]);
  useEffect(() => {
    if (width > 0) keepInSight(scroller.current, cursorName);
  }, [cursorName, width, height]);

  const anchor = useCallback(
    () => (told ? scroller.current?.querySelector(`[data-mark="${placeName(told)}"]`) : undefined),
    [told],
  );
  const press = (place: HopPlace): void => {
    setMoved({ place, selectedRow: rowOf(place) });
    onClick(rowOf(place));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = placeAfterKey(event.key, cursor, content);
    if (next) {
      setMoved({ place: next, selectedRow });
      setTold(next);
    } else if (event.key === 'Enter' || event.key === ' ') onEnter(rowOf(cursor));
    else if (event.key === 'Escape' && told) setTold(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const hover = { hovered, onHover: setHovered };
  return (
    <div ref={scroller} className="path-diagram" data-detail={detail} data-testid="path-diagram">
      <div className="path-canvas" style={{ gridTemplateColumns: `${wordsWidth}px ${diagram.width}px` }}>
        <div className="path-corner">
          {isComparison ? (
            content.tracks.map(({ prefix }) => (
              <span key={prefix} className="path-no-option">
                {prefix}
              </span>
            ))
          ) : (
            <>
              <span className="path-line-number">{pathStrings.columns.number}</span>
              <span className="path-line-time">{pathStrings.timeColumn(formatZone(offsetMinutes))}</span>
            </>
          )}
          <span className="path-line-words">{pathStrings.columns.text}</span>
        </div>
        <LaneHeadings diagram={diagram} />
        <div
          className="path-lines"
          role="listbox"
          tabIndex={0}
          aria-label={label}
          aria-activedescendant={`${listId}-${cursorName}`}
          aria-description={pathStrings.hopsHint}
          data-pane="path"
          data-testid="path-hops"
          onKeyDown={onKeyDown}
          onBlur={() => {
            setTold(undefined);
          }}
        >
          {content.lines.map((line, index) => (
            <LineWords
              key={index}
              line={line}
              content={content}
              listId={listId}
              cursor={cursor}
              selected={selected}
              offsetMinutes={offsetMinutes}
              onPress={press}
              {...hover}
            />
          ))}
        </div>
        <Drawing diagram={diagram} content={content} cursor={cursor} selected={selected} onPress={press} {...hover} />
      </div>
      {told && <HopCard content={content} place={told} offsetMinutes={offsetMinutes} anchor={anchor} />}
    </div>
  );
}

/** How much of a line's words there is room for. */
type WordsDetail = 'number' | 'time' | 'some' | 'all';
const wordsWidths: Readonly<Record<WordsDetail, number>> = { number: 56, time: 168, some: 320, all: 420 };

function wordsDetail(width: number): WordsDetail {
  if (width >= 1000) return 'all';
  if (width >= 720) return 'some';
  return width >= 440 ? 'time' : 'number';
}

/** Pixels round a mark that are kept in sight with it. */
const keptFree = 2;

/** Scrolls as little as shows the whole line and mark of a hop. Scrolling the page itself would move the window. */
function keepInSight(scroller: HTMLElement | null, name: string): void {
  const mark = scroller?.querySelector(`[data-mark="${name}"]`)?.getBoundingClientRect();
  const corner = scroller?.querySelector('.path-corner')?.getBoundingClientRect();
  const sight = scroller?.getBoundingClientRect();
  if (!scroller || !mark || !corner || !sight) return;
  const over = mark.top - keptFree - corner.bottom;
  const under = mark.bottom + keptFree - (sight.top + scroller.clientHeight);
  if (over < 0) scroller.scrollTop += over;
  else if (under > 0) scroller.scrollTop += under;
  const before = mark.left - rowHeight - corner.right;
  const behind = mark.right + rowHeight - (sight.left + scroller.clientWidth);
  if (before < 0) scroller.scrollLeft += before;
  else if (behind > 0) scroller.scrollLeft += behind;
}

interface Hover {
  hovered: HopPlace | undefined;
  onHover: (place: HopPlace | undefined) => void;
}

interface LineWordsProps extends Hover {
  line: DiagramLine;
  content: DiagramContent;
  listId: string;
  cursor: HopPlace;
  selected: HopPlace | undefined;
  offsetMinutes: number;
  onPress: (place: HopPlace) => void;
}

function LineWords(props: LineWordsProps) {
  const { line } = props;
  if (line.kind === 'heading') {
    return (
      <div className="path-line-heading" role="presentation" data-tone={line.tone} data-testid="path-heading">
        {line.text}
      </div>
    );
  }
  const [first] = line.hops;
  const { path } = props.content.tracks[first.track];
  return (
    <div className="path-line" role="presentation" data-drop={path.hops[first.hop].drop !== null}>
      {props.content.tracks.map((track, index) => {
        const place = line.hops.find((candidate) => candidate.track === index);
        if (place) return <HopOption key={index} {...props} place={place} line={line} />;
        return track.prefix === '' ? null : <span key={index} className="path-no-option" />;
      })}
      <span
        className="path-line-words"
        role="presentation"
        onClick={() => {
          props.onPress(first);
        }}
      >
        {hopWords(path.hops[first.hop], path)}
      </span>
    </div>
  );
}

interface HopOptionProps extends Omit<LineWordsProps, 'line'> {
  line: DiagramLine & { kind: 'hops' };
  place: HopPlace;
}

function HopOption({
  line,
  place,
  content,
  listId,
  cursor,
  selected,
  hovered,
  offsetMinutes,
  onPress,
  onHover,
}: HopOptionProps) {
  const { path, tone, prefix } = content.tracks[place.track];
  const hop = path.hops[place.hop];
  const isCompared = prefix !== '';
  return (
    <div
      id={`${listId}-${placeName(place)}`}
      className="path-option"
      role="option"
      aria-selected={samePlace(place, selected)}
      aria-label={`${prefix} ${hopSentence(hop, place.hop, path)}`.trim()}
      data-cursor={samePlace(place, cursor)}
      data-hovered={samePlace(place, hovered)}
      data-compared={isCompared}
      data-testid="path-hop"
      onClick={() => {
        onPress(place);
      }}
      onPointerEnter={() => {
        onHover(place);
      }}
      onPointerLeave={() => {
        onHover(undefined);
      }}
    >
      <span className="path-line-number" data-tone={tone}>
        {prefix}
        {place.hop + 1}
      </span>
      {isCompared ? (
        <span className="path-line-latency" data-different={line.isLatencyDifferent}>
          {hop.isSlow && <TriangleAlert size={11} aria-label={pathStrings.slow} />}
          {hop.after === null ? '' : `+${formatDuration(hop.latency)}`}
        </span>
      ) : (
        <span className="path-line-time">{formatClockTime(hop, offsetMinutes)}</span>
      )}
    </div>
  );
}

interface DrawingProps extends Hover {
  diagram: Diagram;
  content: DiagramContent;
  cursor: HopPlace;
  selected: HopPlace | undefined;
  onPress: (place: HopPlace) => void;
}

function Drawing({ diagram, content, cursor, selected, hovered, onPress, onHover }: DrawingProps) {
  const { width, height, marks } = diagram;
  const band = (place: HopPlace | undefined, className: string) => {
    const line = place && content.tracks[place.track].lines[place.hop];
    if (line === undefined) return null;
    return <rect className={className} x={0} y={lineY(line) - rowHeight / 2} width={width} height={rowHeight} />;
  };
  return (
    <svg className="path-drawing" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <Shapes shapes={groundShapes(diagram)} />
      {band(hovered, 'path-band-hovered')}
      {band(selected, 'path-band-selected')}
      <Shapes shapes={[...arrowShapes(diagram), ...diagram.labels.flatMap(labelShapes)]} />
      {marks.map((mark) => (
        <g
          key={placeName(mark)}
          className="path-hop-mark"
          data-mark={placeName(mark)}
          data-cursor={samePlace(mark, cursor)}
          data-selected={samePlace(mark, selected)}
          data-testid="path-mark"
          onClick={() => {
            onPress({ track: mark.track, hop: mark.hop });
          }}
          onPointerEnter={() => {
            onHover({ track: mark.track, hop: mark.hop });
          }}
          onPointerLeave={() => {
            onHover(undefined);
          }}
        >
          <circle className="path-mark-halo" cx={mark.x} cy={mark.y} r={rowHeight / 2 - 1} />
          <Shapes shapes={markShapes(mark)} />
        </g>
      ))}
    </svg>
  );
}
