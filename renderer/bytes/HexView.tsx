import { memo, useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { copyText, isCopying } from '../app/clipboard.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { selectByte } from '../state/event-detail.ts';
import { bytesStrings } from '../strings.ts';
import {
  asciiText,
  byteInLine,
  bytesPerLine,
  clipRange,
  hexText,
  lineCount,
  lineRuns,
  movedByteCursor,
  offsetText,
  type ByteRange,
} from './hex-layout.ts';

/** Lines are rendered in blocks; the browser skips the blocks that are out of sight (content-visibility). */
const linesInBlock = 32;
const bytesInBlock = linesInBlock * bytesPerLine;

interface HexViewProps {
  name: string;
  bytes: Uint8Array;
  marked: ByteRange | undefined;
  cursor: number | undefined;
  /** Key of the selected node, for screen readers. */
  path: string;
  /** What is copied when no text is selected. */
  hex: () => string;
}

/** Offset, sixteen pairs, sixteen characters. Text can be selected; a click or an arrow key selects a byte. */
export function HexView({ name, bytes, marked, cursor, path, hex }: HexViewProps) {
  const { detail } = useWorkspace();
  const view = useRef<HTMLDivElement>(null);
  const blocks = useMemo(
    () => Array.from({ length: Math.ceil(lineCount(bytes.length) / linesInBlock) }, (_, index) => index * bytesInBlock),
    [bytes],
  );
  const markedStart = marked?.start;
  useEffect(() => {
    if (markedStart === undefined || !view.current) return;
    scrollToLine(view.current, Math.floor(markedStart / bytesPerLine));
  }, [markedStart, bytes]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (isCopying(event) && !event.shiftKey) {
      event.preventDefault();
      void copyText(hex());
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved =
      cursor === undefined && event.key.startsWith('Arrow')
        ? (marked?.start ?? 0)
        : movedByteCursor(event.key, cursor ?? 0, bytes.length, linesOnPage(event.currentTarget));
    if (moved === undefined) return;
    event.preventDefault();
    selectByte(detail, moved);
  };
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const offset = byteAt(event.target);
    if (offset !== undefined && document.getSelection()?.isCollapsed !== false) selectByte(detail, offset(event));
  };

  return (
    <div
      ref={view}
      className="hex-view"
      role="group"
      aria-label={bytesStrings.linesLabel(name)}
      tabIndex={0}
      data-pane="bytes"
      data-testid="hex-view"
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {blocks.map((start) => {
        const end = Math.min(bytes.length, start + bytesInBlock);
        const inside = clipRange(marked, start, end);
        return (
          <HexBlock
            key={start}
            bytes={bytes}
            start={start}
            end={end}
            markedStart={inside?.start ?? -1}
            markedLength={inside?.length ?? 0}
          />
        );
      })}
      <span className="visually-hidden" aria-live="polite">
        {cursor !== undefined && cursor < bytes.length
          ? bytesStrings.position(offsetText(cursor), hexText(bytes, cursor, cursor + 1), path.replaceAll('/', ', '))
          : ''}
      </span>
    </div>
  );
}

interface HexBlockProps {
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Numbers, not an object, so that unchanged blocks are not rendered again. -1 for none. */
  markedStart: number;
  markedLength: number;
}

const HexBlock = memo(function HexBlock({ bytes, start, end, markedStart, markedLength }: HexBlockProps) {
  const marked = markedStart < 0 ? undefined : { start: markedStart, length: markedLength };
  const lines: number[] = [];
  for (let line = start; line < end; line += bytesPerLine) lines.push(line);
  return (
    <div className="hex-block">
      {lines.map((line) => (
        <HexLine key={line} bytes={bytes} start={line} end={Math.min(end, line + bytesPerLine)} marked={marked} />
      ))}
    </div>
  );
});

interface HexLineProps {
  bytes: Uint8Array;
  start: number;
  end: number;
  marked: ByteRange | undefined;
}

function HexLine({ bytes, start, end, marked }: HexLineProps) {
  const runs = lineRuns(start, end, marked);
  return (
    <div className="hex-line">
      <span className="hex-offset">{offsetText(start)}</span>
      <span className="hex-pairs" data-start={start} data-end={end} data-width={3}>
        {runs.map((run, index) => (
          <span key={run.start}>
            {index > 0 && ' '}
            <span className={run.marked ? 'marked' : undefined}>{hexText(bytes, run.start, run.end)}</span>
          </span>
        ))}
      </span>
      <span className="hex-ascii" data-start={start} data-end={end} data-width={1}>
        {runs.map((run) => (
          <span key={run.start} className={run.marked ? 'marked' : undefined}>
            {asciiText(bytes, run.start, run.end)}
          </span>
        ))}
      </span>
    </div>
  );
}

/** How to tell the byte under the pointer: pairs and characters stand in columns of one width. */
function byteAt(target: EventTarget): ((event: MouseEvent) => number) | undefined {
  const column = target instanceof Element ? target.closest<HTMLElement>('[data-start]') : null;
  if (!column) return undefined;
  return (event) => {
    const start = Number(column.dataset.start);
    const end = Number(column.dataset.end);
    const box = column.getBoundingClientRect();
    return byteInLine(start, end, (event.clientX - box.left) / box.width, Number(column.dataset.width));
  };
}

function lineHeight(view: HTMLElement): number {
  return view.querySelector('.hex-line')?.getBoundingClientRect().height ?? 18;
}

function linesOnPage(view: HTMLElement): number {
  return Math.max(1, Math.floor(view.clientHeight / lineHeight(view)) - 1);
}

/** Moves the view only when the line is out of sight. */
function scrollToLine(view: HTMLElement, line: number): void {
  const height = lineHeight(view);
  const top = line * height;
  if (top < view.scrollTop) view.scrollTop = top;
  else if (top + height * 2 > view.scrollTop + view.clientHeight) view.scrollTop = top - view.clientHeight / 2;
}
