import { useMemo, type KeyboardEvent } from 'react';
import { CopyButton } from '../app/CopyButton.tsx';
import { useActiveSession, useDetailState, useWorkspace } from '../app/use-workspace.ts';
import { nodeOfKey } from '../details/tree-model.ts';
import { formatSize } from '../format/number.ts';
import { showSource } from '../state/event-detail.ts';
import { bytesStrings } from '../strings.ts';
import { copyableHex, type ByteRange } from './hex-layout.ts';
import { HexView } from './HexView.tsx';

/** More than the largest event and the largest frame. */
const mostBytesShown = 128 * 1024;

/** The bytes of the selected message, with those of the selected node marked. */
export function BytesPane() {
  const { detail: store } = useWorkspace();
  const detail = useDetailState((state) => state.detail);
  const source = useDetailState((state) => state.source);
  const selectedKey = useDetailState((state) => state.selectedKey);
  const cursor = useDetailState((state) => state.byteCursor);
  const selected = useActiveSession()?.selection !== undefined;
  const marked = useMemo((): ByteRange | undefined => {
    const node = selectedKey === undefined ? undefined : nodeOfKey(detail?.nodes ?? [], selectedKey);
    if (node?.bytes?.source === source && node.bytes.length > 0) return node.bytes;
    return cursor === undefined ? undefined : { start: cursor, length: 1 };
  }, [detail, selectedKey, source, cursor]);
  const shown = detail?.sources.at(source);
  const bytes = shown?.bytes;
  const hex = (): string => (bytes ? copyableHex(bytes, marked ?? { start: 0, length: bytes.length }) : '');

  return (
    <section className="pane" aria-label={bytesStrings.label} data-testid="bytes">
      <header className="pane-header">
        <h2 className="pane-heading">{bytesStrings.label}</h2>
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
            <span className="muted">{formatSize(bytes.length)}</span>
            <CopyButton
              label={marked ? bytesStrings.copyMarked(marked.length) : bytesStrings.copyAll(bytes.length)}
              keys="Ctrl+C"
              text={hex}
              testId="copy-hex"
            />
          </span>
        )}
      </header>
      {bytes && bytes.length > mostBytesShown && (
        <p className="pane-message muted">{bytesStrings.cut(formatSize(mostBytesShown), formatSize(bytes.length))}</p>
      )}
      {shown && bytes && (
        <HexView
          key={shown.name}
          name={shown.name}
          bytes={bytes.length > mostBytesShown ? bytes.subarray(0, mostBytesShown) : bytes}
          marked={marked}
          cursor={cursor}
          path={selectedKey ?? ''}
          hex={hex}
        />
      )}
      {detail && !bytes && <p className="pane-message muted">{bytesStrings.none}</p>}
      {!detail && !selected && <p className="pane-message muted">{bytesStrings.empty}</p>}
    </section>
  );
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
