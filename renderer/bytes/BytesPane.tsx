import { useMemo, useState, type KeyboardEvent } from 'react';
import { CopyMenu, pointOfMenu } from '../app/CopyMenu.tsx';
import type { Point } from '../app/Menu.tsx';
import { useCopied } from '../app/use-copied.ts';
import { useActiveSession, useDetailState, useWorkspace } from '../app/use-workspace.ts';
import { nodeOfKey } from '../details/tree-model.ts';
import { formatSize } from '../format/number.ts';
import { selectedBytes, showSource } from '../state/event-detail.ts';
import { bytesStrings } from '../strings.ts';
import { PaneHeader } from '../workspace/pane-header.tsx';
import { copiedBytes, copyFormats, type CopyFormat } from './copy-formats.ts';
import type { ByteRange } from './hex-layout.ts';
import { HexView } from './HexView.tsx';

/** More than the largest event and the largest frame. */
const mostBytesShown = 128 * 1024;

const keysOfFormat: Readonly<Partial<Record<CopyFormat, string>>> = { hex: 'Ctrl+C', dump: 'Ctrl+Shift+C' };

/** The bytes of the selected message, with those of the selected node marked. */
export function BytesPane() {
  const { detail: store } = useWorkspace();
  const detail = useDetailState((state) => state.detail);
  const source = useDetailState((state) => state.source);
  const selectedKey = useDetailState((state) => state.selectedKey);
  const cursor = useDetailState((state) => state.byteCursor);
  const anchor = useDetailState((state) => state.byteAnchor);
  const selected = useActiveSession()?.selection !== undefined;
  const [copied, copy] = useCopied();
  const [menuAt, setMenuAt] = useState<Point>();
  const field = useMemo((): ByteRange | undefined => {
    const place = selectedKey === undefined ? undefined : nodeOfKey(detail?.nodes ?? [], selectedKey)?.bytes;
    return place?.source === source && place.length > 0 ? place : undefined;
  }, [detail, selectedKey, source]);
  const chosen = useMemo(
    () => selectedBytes({ byteAnchor: anchor, byteCursor: cursor }) ?? byteWithoutField(cursor, field),
    [anchor, cursor, field],
  );
  const shown = detail?.sources.at(source);
  const bytes = shown?.bytes;
  const copyAs = (format: CopyFormat): void => {
    if (bytes) copy(copiedBytes(format, bytes, chosen ?? field ?? { start: 0, length: bytes.length }));
  };
  const items = copyFormats.map((format) => ({
    label: bytesStrings.copyFormats[format],
    testId: `copy-${format}`,
    onChoose: () => {
      copyAs(format);
    },
    ...(keysOfFormat[format] !== undefined && { keys: keysOfFormat[format] }),
  }));

  return (
    <section className="pane" aria-label={bytesStrings.label} data-testid="bytes">
      <PaneHeader>
        {detail && detail.sources.length > 0 && (
          <SourceTabs
            names={detail.sources.map((candidate) => candidate.name)}
            current={source}
            onShow={(index) => {
              showSource(store, index);
            }}
          />
        )}
        {bytes && (
          <span className="pane-tools">
            <span className="muted" data-testid="bytes-selected">
              {chosen ? bytesStrings.chosen(chosen.length) : formatSize(bytes.length)}
            </span>
            <CopyMenu
              label={bytesStrings.copy((chosen ?? field)?.length, bytes.length)}
              items={items}
              at={menuAt}
              onMove={setMenuAt}
              copied={copied}
              testId="copy-bytes"
            />
          </span>
        )}
      </PaneHeader>
      {bytes && bytes.length > mostBytesShown && (
        <p className="pane-message muted">{bytesStrings.cut(formatSize(mostBytesShown), formatSize(bytes.length))}</p>
      )}
      {shown && bytes && (
        <HexView
          key={shown.name}
          name={shown.name}
          bytes={bytes.length > mostBytesShown ? bytes.subarray(0, mostBytesShown) : bytes}
          field={field}
          chosen={chosen}
          cursor={cursor}
          path={selectedKey ?? ''}
          onCopy={copyAs}
          onMenu={(event) => {
            setMenuAt(pointOfMenu(event));
          }}
        />
      )}
      {detail && !bytes && <p className="pane-message muted">{bytesStrings.none}</p>}
      {!detail && !selected && <p className="pane-message muted">{bytesStrings.empty}</p>}
    </section>
  );
}

/** The byte of the cursor, where no field marks it. */
function byteWithoutField(cursor: number | undefined, field: ByteRange | undefined): ByteRange | undefined {
  return cursor === undefined || field ? undefined : { start: cursor, length: 1 };
}

interface SourceTabsProps {
  names: readonly string[];
  current: number;
  onShow: (index: number) => void;
}

/** Which byte string to show; arrow keys change it, as in every tab list. */
function SourceTabs({ names, current, onShow }: SourceTabsProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (current + step + names.length) % names.length;
    onShow(next);
    (event.currentTarget.children[next] as HTMLElement).focus();
  };
  return (
    <div role="tablist" className="tabs" aria-label={bytesStrings.sources} onKeyDown={onKeyDown}>
      {names.map((name, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          className="tab"
          aria-selected={index === current}
          tabIndex={index === current ? 0 : -1}
          onClick={() => {
            onShow(index);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
