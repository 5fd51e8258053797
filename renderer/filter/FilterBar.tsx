import { CircleCheck, CircleX, FilterX, LoaderCircle, Pin, TriangleAlert, type LucideIcon } from 'lucide-react';
import { memo, useCallback, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import type { MenuItem, Point } from '../app/Menu.tsx';
import { isSameButProgress } from '../app/same-session.ts';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import type { Session } from '../state/model.ts';
import { contractError } from '../state/context.ts';
import { typographicQuotes } from '../../core/filter/language/typographic-quotes.ts';
import { copyText } from '../app/clipboard.ts';
import { combinedFilter } from './combined-filter.ts';
import { forgetHistory, savedFiltersStore } from '../state/saved-filters.ts';
import { filterStrings } from '../strings.ts';
import { focusFilterEditor, FilterEditor } from './editor/FilterEditor.tsx';
import type { FilterProblem } from './error-place.ts';
import { FilterHint, Suggestion } from './FilterHint.tsx';
import { ForeignFilterHint } from './ForeignFilterHint.tsx';
import { useForeignFilter } from './use-foreign-filter.ts';
import { FilterMenu } from './FilterMenu.tsx';
import { FilterStack } from './FilterStack.tsx';
import { filterStatus, type FilterStatus, type FilterTone } from './filter-status.ts';
import { LibraryDialog } from './library/LibraryDialog.tsx';
import { useFilterCheck } from './use-filter-check.ts';

const iconOfTone: Readonly<Partial<Record<FilterTone, LucideIcon>>> = {
  valid: CircleCheck,
  invalid: CircleX,
  warning: TriangleAlert,
  busy: LoaderCircle,
};

/** Two presses of Escape within this time remove the filter. */
const doublePressMilliseconds = 800;

export const FilterBar = memo(FilterBarOf, isSameButProgress);

function FilterBarOf({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const box = useRef<HTMLDivElement>(null);
  const lastEscape = useRef(0);
  const isLibraryOpen = useWorkspaceState((state) => state.dialog === 'filter-library');
  const { draft, shown } = session.filter;
  const text = draft.trim();
  const status = useFilterStatus(session);
  const problems = useMemo(
    () => movedBy(draft.length - draft.trimStart().length, status.problems),
    [draft, status.problems],
  );
  const take = (chosen: string): void => {
    workspace.setDraft(chosen);
    void workspace.applyFilter(chosen);
    focusFilterEditor();
  };
  const foreign = useForeignFilter(text);
  const [news, setNews] = useState<{ draft: string; words: string; copied?: string }>();
  const copyAsWireshark = async (): Promise<void> => {
    const whole = combinedFilter({ stack: session.filter.stack, box: text });
    const result = await workspace.explainFilter(whole).then(
      ({ wireshark }) => wireshark,
      (error: unknown) => ({ reason: contractError(error).message }),
    );
    if ('reason' in result) setNews({ draft, words: filterStrings.noWireshark(result.reason) });
    else if (await copyText(result.filter)) setNews({ draft, words: filterStrings.copiedAs, copied: result.filter });
    else setNews({ draft, words: filterStrings.notCopied });
    focusFilterEditor();
  };
  const menu = useFilterMenu({
    take,
    openLibrary: () => {
      workspace.openDialog('filter-library');
    },
    copyAsWireshark: () => void copyAsWireshark(),
  });

  return (
    <search className="filter-area" aria-label={filterStrings.label}>
      <div className="filter-bar">
        <div ref={box} className="filter-box" data-tone={status.tone}>
          <FilterEditor
            text={draft}
            problems={problems}
            onChange={(changed) => {
              workspace.setDraft(changed);
            }}
            onApply={(applied) => void workspace.applyFilter(applied)}
            onPin={(pinned) => void workspace.pushFilter(pinned)}
            onRemove={() => void workspace.removeFilter()}
            onEscape={(timeStamp) => {
              if (timeStamp - lastEscape.current < doublePressMilliseconds) void workspace.removeFilter();
              lastEscape.current = timeStamp;
            }}
            onHistory={() => {
              const place = box.current?.getBoundingClientRect();
              if (place) menu.open('history', { x: place.left, y: place.bottom + 4 });
            }}
            onPasteWhole={foreign.pasteWhole}
            complete={(asked, position, signal) => workspace.completeFilter(asked, position, signal)}
          />
          <StatusOfFilter status={status} />
          {text !== '' && (
            <IconButton
              label={filterStrings.pin}
              keys="Ctrl+Enter"
              icon={Pin}
              testId="pin-filter"
              onPress={() => void workspace.pushFilter(draft)}
            />
          )}
          {shown.box !== '' && (
            <IconButton
              label={filterStrings.remove}
              keys="Ctrl+Shift+Enter"
              icon={FilterX}
              testId="remove-filter"
              onPress={() => void workspace.removeFilter()}
            />
          )}
          <FilterMenu label={menu.label} items={menu.items} at={menu.at} onMove={menu.move} />
          <div className="filter-hints">
            {news?.draft === draft && (
              <div className="filter-hint" role="status" data-testid="filter-news">
                <p>
                  {news.words} <code>{news.copied}</code>
                </p>
              </div>
            )}
            {foreign.translation && (
              <ForeignFilterHint
                translation={foreign.translation}
                original={foreign.original}
                onUse={take}
                onUndo={(original) => {
                  foreign.forget();
                  workspace.setDraft(original);
                  focusFilterEditor();
                }}
              />
            )}
            <QuotesHint text={text} onTry={take} />
            {status.problems.length > 0 && <FilterHint text={text} problems={status.problems} onTry={take} />}
          </div>
        </div>
        <TextButton
          label={filterStrings.apply}
          keys="Enter"
          primary={text !== shown.box}
          testId="apply-filter"
          onPress={() => void workspace.applyFilter(draft)}
        />
        <RowCount session={session} />
      </div>
      <FilterStack stack={session.filter.stack} />
      {isLibraryOpen && <LibraryDialog draft={text} onApply={take} onClose={workspace.closeDialog} />}
    </search>
  );
}

function useFilterStatus(session: Session): FilterStatus {
  const { draft, shown, refused, scan } = session.filter;
  const notes = session.view?.notes;
  const checked = useFilterCheck(draft.trim(), session.trace);
  return useMemo(
    () => filterStatus({ draft, applied: shown.box, refused, scan, notes: notes ?? [], checked }),
    [draft, shown.box, refused, scan, notes, checked],
  );
}

function movedBy(offset: number, problems: readonly FilterProblem[]): readonly FilterProblem[] {
  if (offset === 0) return problems;
  const moved = (place: number): number => place + offset;
  return problems.map(({ start, end, ...rest }) => ({
    ...rest,
    ...(start !== undefined && { start: moved(start) }),
    ...(end !== undefined && { end: moved(end) }),
  }));
}

type MenuName = 'all' | 'history';

interface OpenMenu {
  label: string;
  items: readonly MenuItem[];
  at: Point | undefined;
  move: (at: Point | undefined) => void;
  open: (menu: MenuName, at: Point) => void;
}

interface MenuActions {
  take: (text: string) => void;
  openLibrary: () => void;
  copyAsWireshark: () => void;
}

/** The menu of the filter box and the one of earlier filters, of which at most one is open. */
function useFilterMenu({ take, openLibrary, copyAsWireshark }: MenuActions): OpenMenu {
  const [opened, setOpened] = useState<{ menu: MenuName; at: Point }>();
  const history = useStore(savedFiltersStore, (saved) => saved.history);
  const move = useCallback((at: Point | undefined) => {
    setOpened(at && { menu: 'all', at });
  }, []);
  const earlier: MenuItem[] = history.map((text) => ({
    label: text,
    testId: 'earlier-filter',
    onChoose: () => {
      take(text);
    },
  }));
  const isHistory = opened?.menu === 'history';
  const nothing: MenuItem = { label: filterStrings.historyEmpty, disabled: true, onChoose: () => undefined };
  const all: MenuItem[] = [
    { label: filterStrings.library, testId: 'open-library', onChoose: openLibrary },
    {
      label: filterStrings.history,
      keys: 'Alt+Down',
      testId: 'open-history',
      disabled: history.length === 0,
      onChoose: () => {
        if (opened) setOpened({ menu: 'history', at: opened.at });
      },
    },
    { label: filterStrings.copyAsWireshark, testId: 'copy-as-wireshark', onChoose: copyAsWireshark },
    {
      label: filterStrings.forgetHistory,
      testId: 'forget-history',
      disabled: history.length === 0,
      onChoose: forgetHistory,
    },
  ];
  return {
    label: isHistory ? filterStrings.history : filterStrings.menu,
    items: isHistory ? (earlier.length > 0 ? earlier : [nothing]) : all,
    at: opened?.at,
    move,
    open: (menu, at) => {
      setOpened({ menu, at });
    },
  };
}

/** Quotation marks from a document are read as others are; whoever passes the filter on wants them straight. */
function QuotesHint({ text, onTry }: { text: string; onTry: (filter: string) => void }) {
  const straight = useMemo(() => typographicQuotes(text), [text]);
  if (straight === null) return null;
  return (
    <div className="filter-hint" data-testid="quotes-hint">
      <p>
        {filterStrings.typographic}{' '}
        <Suggestion text={straight} words={filterStrings.straighten} testId="straighten-quotes" onTry={onTry} />
      </p>
    </div>
  );
}

function StatusOfFilter({ status }: { status: FilterStatus }) {
  const Icon = iconOfTone[status.tone];
  return (
    <span
      id="filter-status"
      className="filter-status"
      data-testid="filter-status"
      data-state={status.tone}
      title={status.text}
    >
      {Icon && <Icon size={14} aria-hidden />}
      <span className="filter-status-text">{status.text}</span>
    </span>
  );
}

function RowCount({ session }: { session: Session }) {
  const { view } = session;
  if (!view) return null;
  return (
    <output className="row-count" data-testid="row-count" aria-live="polite">
      {filterStrings.rowCount(view.rows, view.available)}
      {!view.complete && <span className="muted"> · {filterStrings.stillReading}</span>}
    </output>
  );
}
