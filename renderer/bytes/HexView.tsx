import { memo, useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { isCopying } from '../app/clipboard.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { extendBytes, selectByte, selectBytes } from '../state/event-detail.ts';
import { bytesStrings } from '../strings.ts';
import type { CopyFormat } from './copy-formats.ts';
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
  type ByteMark,
  type ByteRange,
} from './hex-layout.ts';

/** Lines are rendered in blocks; the browser skips the blocks that are out of sight (content-visibility). */
const linesInBlock = 32;
const bytesInBlock = linesInBlock * bytesPerLine;

interface HexViewProps {
  name: string;
  bytes: Uint8Array;
  /** Bytes of the selected node. */
  field: ByteRange | undefined;
  /** Bytes that the person selected. */
  chosen: ByteRange | undefined;
  cursor: number | undefined;
  /** Key of the selected node, for screen readers. */
  path: string;
  onCopy: (format: CopyFormat) => void;
  /** The person asks for what can be done here. */
  onMenu: (event: MouseEvent<HTMLElement>) => void;
}

/**
 * Offset, sixteen pairs, sixteen characters. A click or an arrow key selects a byte and the field it lies in; dragging,
 * or Shift with either, selects several.
 */
export function HexView({ name, bytes, field, chosen, cursor, path, onCopy, onMenu }: HexViewProps) {
  const { detail } = useWorkspace();
  const view = useRef<HTMLDivElement>(null);
  const blocks = useMemo(
    () => Array.from({ length: Math.ceil(lineCount(bytes.length) / linesInBlock) }, (_, index) => index * bytesInBlock),
    [bytes],
  );
  const inSight = cursor ?? field?.start;
  useEffect(() => {
    if (inSight === undefined || !view.current) return;
    scrollToLine(view.current, Math.floor(inSight / bytesPerLine));
  }, [inSight, bytes]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (isCopying(event)) {
      event.preventDefault();
      onCopy(event.shiftKey ? 'dump' : 'hex');
    } else if (isSelectingAll(event) && bytes.length > 0) {
      event.preventDefault();
      selectBytes(detail, 0, bytes.length - 1);
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved =
      cursor === undefined && event.key.startsWith('Arrow')
        ? (field?.start ?? 0)
        : movedByteCursor(event.key, cursor ?? 0, bytes.length, linesOnPage(event.currentTarget));
    if (moved === undefined) return;
    event.preventDefault();
    (event.shiftKey ? extendBytes : selectByte)(detail, moved);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const offset = event.button === 0 ? byteUnder(event) : undefined;
    if (offset === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    (event.shiftKey ? extendBytes : selectByte)(detail, offset);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const offset = byteUnder(event);
    if (offset !== undefined && offset !== detail.getState().byteCursor) extendBytes(detail, offset);
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
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onContextMenu={onMenu}
    >
      {blocks.map((start) => {
        const end = Math.min(bytes.length, start + bytesInBlock);
        const fieldInside = clipRange(field, start, end);
        const chosenInside = clipRange(chosen, start, end);
        return (
          <HexBlock
            key={start}
            bytes={bytes}
            start={start}
            end={end}
            fieldStart={fieldInside?.start ?? none}
            fieldLength={fieldInside?.length ?? 0}
            chosenStart={chosenInside?.start ?? none}
            chosenLength={chosenInside?.length ?? 0}
          />
        );
      })}
      <span className="visually-hidden" aria-live="polite">
        {positionWords(bytes, cursor, chosen, path.replaceAll('/', ', '))}
      </span>
    </div>
  );
}

function positionWords(
  bytes: Uint8Array,
  cursor: number | undefined,
  chosen: ByteRange | undefined,
  path: string,
): string {
  if (cursor === undefined || cursor >= bytes.length) return '';
  if (chosen && chosen.length > 1) return bytesStrings.range(chosen.length, offsetText(chosen.start), path);
  return bytesStrings.position(offsetText(cursor), hexText(bytes, cursor, cursor + 1), path);
}

function isSelectingAll(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
}

/** Where a block begins that holds nothing of a range. */
const none = -1;

interface HexBlockProps {
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Numbers, not objects, so that unchanged blocks are not rendered again. */
  fieldStart: number;
  fieldLength: number;
  chosenStart: number;
  chosenLength: number;
}

const HexBlock = memo(function HexBlock({ bytes, start, end, ...marks }: HexBlockProps) {
  const field = rangeOf(marks.fieldStart, marks.fieldLength);
  const chosen = rangeOf(marks.chosenStart, marks.chosenLength);
  const lines: number[] = [];
  for (let line = start; line < end; line += bytesPerLine) lines.push(line);
  return (
    <div className="hex-block">
      {lines.map((line) => (
        <HexLine
          key={line}
          bytes={bytes}
          start={line}
          end={Math.min(end, line + bytesPerLine)}
          field={field}
          chosen={chosen}
        />
      ))}
    </div>
  );
});

function rangeOf(start: number, length: number): ByteRange | undefined {
  return start === none ? undefined : { start, length };
}

interface HexLineProps {
  bytes: Uint8Array;
  start: number;
  end: number;
  field: ByteRange | undefined;
  chosen: ByteRange | undefined;
}

const classOfMark: Readonly<Partial<Record<ByteMark, string>>> = { field: 'marked', chosen: 'marked chosen' };

function HexLine({ bytes, start, end, field, chosen }: HexLineProps) {
  const runs = lineRuns(start, end, { field, chosen });
  return (
    <div className="hex-line">
      <span className="hex-offset">{offsetText(start)}</span>
      <span className="hex-pairs" data-start={start} data-end={end} data-width={3}>
        {runs.map((run, index) => (
          <span key={run.start}>
            {index > 0 && ' '}
            <span className={classOfMark[run.mark]}>{hexText(bytes, run.start, run.end)}</span>
          </span>
        ))}
      </span>
      <span className="hex-ascii" data-start={start} data-end={end} data-width={1}>
        {runs.map((run) => (
          <span key={run.start} className={classOfMark[run.mark]}>
            {asciiText(bytes, run.start, run.end)}
          </span>
        ))}
      </span>
    </div>
  );
}

/** The byte under the pointer: pairs and characters stand in columns of one width. */
function byteUnder({ clientX, clientY }: PointerEvent): number | undefined {
  const column = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-start]');
  if (!column) return undefined;
  const box = column.getBoundingClientRect();
  const start = Number(column.dataset.start);
  const end = Number(column.dataset.end);
  return byteInLine(start, end, (clientX - box.left) / box.width, Number(column.dataset.width));
}

function lineHeight(view: HTMLElement): number {
  return view.querySelector('.hex-line')?.getBoundingClientRect().height ?? 18;
}

function linesOnPage(view: HTMLElement): number {
  return Math.max(1, Math.floor(view.clientHeight / lineHeight(view)) - 1);
}

/** Moves the view only when the line is out of sight: as little as it takes to a line nearby, else to its middle. */
function scrollToLine(view: HTMLElement, line: number): void {
  const height = lineHeight(view);
  const top = line * height;
  const lowest = view.scrollTop + view.clientHeight - height * 2;
  if (top < view.scrollTop) view.scrollTop = top;
  else if (top > lowest + view.clientHeight) view.scrollTop = top - view.clientHeight / 2;
  else if (top > lowest) view.scrollTop += top - lowest;
}
