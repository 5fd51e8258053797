import { ArrowDown, ArrowUp, Pin, PinOff, Undo2, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { gridColumns } from '../../core/engine/contract-analysis.ts';
import type { ColumnName, FieldColumn, FieldList } from '../../core/engine/contract.ts';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { Dialog } from '../app/Dialog.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { changeLayout, gridLayoutStore, undoLayoutChange } from '../state/grid-layout.ts';
import { columnTitle } from './column-title.ts';
import { isShown, moved, shownColumns, withColumn, withoutColumn, withPinned } from './grid-layout.ts';
import { LayoutChoice } from './LayoutChoice.tsx';
import { firstLayout } from './saved-layouts.ts';
import { layoutStrings } from './strings.ts';

/** Which columns the grid shows, and in which order; with layouts under names. What is changed is on show at once. */
export function ColumnChooser({ onClose }: { onClose: () => void }) {
  const canUndo = useStore(gridLayoutStore, (state) => state.past.length > 0);
  return (
    <Dialog heading={layoutStrings.heading} onClose={onClose} testId="column-chooser" size="wide">
      <div className="chooser">
        <AvailableColumns />
        <ShownList />
      </div>
      <LayoutChoice />
      <footer className="dialog-footer">
        <span className="dialog-footer-start">
          <TextButton
            label={layoutStrings.undo}
            hint={layoutStrings.undoHint}
            icon={Undo2}
            disabled={!canUndo}
            testId="undo-layout"
            onPress={undoLayoutChange}
          />
          <TextButton
            label={layoutStrings.reset}
            hint={layoutStrings.resetHint}
            testId="reset-layout"
            onPress={() => {
              changeLayout(() => firstLayout);
            }}
          />
        </span>
        <TextButton label={layoutStrings.done} primary onPress={onClose} />
      </footer>
    </Dialog>
  );
}

/** Milliseconds after the last letter before fields are looked for. */
const pause = 120;

function AvailableColumns() {
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const [found, setFound] = useState<FieldList>({ fields: [], more: false });
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      workspace.fields(text).then(
        (list) => {
          if (isWanted) setFound(list);
        },
        () => undefined,
      );
    }, pause);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [workspace, text]);

  const wanted = text.trim().toLowerCase();
  const own = gridColumns.filter((column) => `${column} ${columnTitle(column)}`.toLowerCase().includes(wanted));
  const modules = Map.groupBy(found.fields, ({ module }) => module);
  return (
    <section className="chooser-part" aria-label={layoutStrings.available}>
      <input
        className="text-input"
        type="search"
        autoFocus
        aria-label={layoutStrings.search}
        placeholder={layoutStrings.search}
        value={text}
        data-testid="column-search"
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <div className="chooser-list" data-testid="available-columns">
        {own.length > 0 && (
          <ColumnGroup
            heading={layoutStrings.ofMessages}
            columns={own.map((column) => ({ column, module: '', type: '' }))}
          />
        )}
        {[...modules].map(([module, columns]) => (
          <ColumnGroup key={module} heading={module} columns={columns} />
        ))}
        {own.length === 0 && found.fields.length === 0 && <p className="muted">{layoutStrings.nothingFound}</p>}
        {found.more && <p className="muted">{layoutStrings.more}</p>}
      </div>
    </section>
  );
}

function ColumnGroup({ heading, columns }: { heading: string; columns: readonly FieldColumn[] }) {
  const layout = useStore(gridLayoutStore, (state) => state.layout);
  return (
    <fieldset className="chooser-group">
      <legend>{heading}</legend>
      {columns.map(({ column, type }) => (
        <label key={column} className="chooser-column" title={layoutStrings.showColumn(column)}>
          <input
            type="checkbox"
            checked={isShown(layout, column)}
            data-testid="choose-column"
            data-column={column}
            onChange={(event) => {
              const { checked } = event.target;
              changeLayout((before) => (checked ? withColumn(before, column) : withoutColumn(before, column)));
            }}
          />
          <span className="chooser-name">{nameIn(heading, column)}</span>
          <span className="muted">{type}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A field's name without that of its module, which stands above it. */
function nameIn(module: string, column: ColumnName): string {
  const title = columnTitle(column);
  return title.startsWith(`${module}.`) ? title.slice(module.length + 1) : title;
}

/** The columns on show as a list with one item in the tab order; Alt and the arrow keys move it. */
function ShownList() {
  const layout = useStore(gridLayoutStore, (state) => state.layout);
  const shown = shownColumns(layout);
  const [selected, setSelected] = useState<ColumnName>();
  const list = useRef<HTMLDivElement>(null);
  const current = shown.findIndex(({ column }) => column === selected);
  const place = Math.max(0, current);

  const move = (column: ColumnName, by: number): void => {
    changeLayout((before) => moved(before, column, by));
    setSelected(column);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const laid = shown.at(place);
    if (!laid) return;
    if (event.key === 'Delete') changeLayout((before) => withoutColumn(before, laid.column));
    else if (step === undefined) return;
    else if (event.altKey) move(laid.column, step);
    else setSelected(shown.at(Math.min(shown.length - 1, Math.max(0, place + step)))?.column);
    event.preventDefault();
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected, layout]);

  return (
    <section className="chooser-part">
      <div className="chooser-heading">
        <span id="shown-columns">{layoutStrings.shown}</span>
      </div>
      <div
        ref={list}
        role="listbox"
        className="chooser-list"
        aria-labelledby="shown-columns"
        aria-activedescendant={`shown-column-${place}`}
        tabIndex={0}
        data-testid="shown-columns"
        onKeyDown={onKeyDown}
      >
        {shown.map(({ column, pinned }, index) => (
          <div
            key={column}
            id={`shown-column-${index}`}
            role="option"
            aria-selected={index === place}
            className="chooser-shown"
            data-testid="shown-column"
            onClick={() => {
              setSelected(column);
            }}
          >
            <span className="chooser-name">{columnTitle(column)}</span>
            {pinned && <Pin size={12} aria-hidden />}
          </div>
        ))}
      </div>
      <ShownTools
        column={shown.at(place)?.column}
        isPinned={shown.at(place)?.pinned === true}
        isFirst={place === 0}
        isLast={place === shown.length - 1}
        onMove={move}
      />
      <p className="muted chooser-hint">{layoutStrings.orderHint}</p>
    </section>
  );
}

interface ShownToolsProps {
  column: ColumnName | undefined;
  isPinned: boolean;
  isFirst: boolean;
  isLast: boolean;
  onMove: (column: ColumnName, by: number) => void;
}

/** What can be done with the selected column. */
function ShownTools({ column, isPinned, isFirst, isLast, onMove }: ShownToolsProps) {
  if (column === undefined) return null;
  const title = columnTitle(column);
  return (
    <div className="chooser-tools" role="toolbar" aria-label={title}>
      <IconButton
        label={layoutStrings.up(title)}
        icon={ArrowUp}
        keys="Alt+Up"
        disabled={isFirst}
        testId="column-up"
        onPress={() => {
          onMove(column, -1);
        }}
      />
      <IconButton
        label={layoutStrings.down(title)}
        icon={ArrowDown}
        keys="Alt+Down"
        disabled={isLast}
        testId="column-down"
        onPress={() => {
          onMove(column, 1);
        }}
      />
      <IconButton
        label={isPinned ? layoutStrings.unpin(title) : layoutStrings.pin(title)}
        icon={isPinned ? PinOff : Pin}
        testId="column-pin"
        onPress={() => {
          changeLayout((before) => withPinned(before, column, !isPinned));
        }}
      />
      <IconButton
        label={layoutStrings.remove(title)}
        icon={X}
        keys="Del"
        testId="column-remove"
        onPress={() => {
          changeLayout((before) => withoutColumn(before, column));
        }}
      />
    </div>
  );
}
