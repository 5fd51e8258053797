import { CircleCheck, CircleX, FilterX, LoaderCircle, Pin, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import type { Session } from '../state/model.ts';
import { filterStrings } from '../strings.ts';
import { FilterHint } from './FilterHint.tsx';
import { FilterStack } from './FilterStack.tsx';
import { filterStatus, type FilterTone } from './filter-status.ts';

export const filterInputId = 'filter-input';

const iconOfTone: Readonly<Partial<Record<FilterTone, LucideIcon>>> = {
  valid: CircleCheck,
  invalid: CircleX,
  warning: TriangleAlert,
  busy: LoaderCircle,
};

/** Two presses of Escape within this time remove the filter. */
const doublePressMilliseconds = 800;

export function FilterBar({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const lastEscape = useRef(0);
  const { draft, shown, refused, scan } = session.filter;
  const applied = shown.box;
  const notes = session.view?.notes;
  const status = useMemo(
    () => filterStatus({ draft, applied, refused, scan, notes: notes ?? [] }),
    [draft, applied, refused, scan, notes],
  );
  const Icon = iconOfTone[status.tone];
  const apply = (text: string): void => void workspace.applyFilter(text);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const control = event.ctrlKey || event.metaKey;
      if (event.shiftKey && control) void workspace.removeFilter();
      else if (control) void workspace.pushFilter(draft);
      else apply(draft);
    }
    if (event.key === 'Escape') {
      if (event.timeStamp - lastEscape.current < doublePressMilliseconds) void workspace.removeFilter();
      lastEscape.current = event.timeStamp;
    }
  };

  return (
    <search className="filter-area" aria-label={filterStrings.label}>
      <div className="filter-bar">
        <div className="filter-box" data-tone={status.tone}>
          <input
            id={filterInputId}
            className="filter-input"
            type="text"
            value={draft}
            aria-label={filterStrings.label}
            aria-invalid={status.tone === 'invalid'}
            aria-describedby="filter-status"
            placeholder={filterStrings.placeholder}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            data-testid="filter-input"
            data-pane="filter"
            onChange={(event) => {
              workspace.setDraft(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
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
          {draft.trim() !== '' && (
            <IconButton
              label={filterStrings.pin}
              keys="Ctrl+Enter"
              icon={Pin}
              testId="pin-filter"
              onPress={() => void workspace.pushFilter(draft)}
            />
          )}
          {applied !== '' && (
            <IconButton
              label={filterStrings.remove}
              keys="Ctrl+Shift+Enter"
              icon={FilterX}
              testId="remove-filter"
              onPress={() => void workspace.removeFilter()}
            />
          )}
          {status.problem && (
            <FilterHint
              text={draft.trim()}
              problem={status.problem}
              onTry={(suggestion) => {
                workspace.setDraft(suggestion);
                apply(suggestion);
              }}
            />
          )}
        </div>
        <TextButton
          label={filterStrings.apply}
          keys="Enter"
          primary={draft.trim() !== applied}
          testId="apply-filter"
          onPress={() => {
            apply(draft);
          }}
        />
        <RowCount session={session} />
      </div>
      <FilterStack stack={session.filter.stack} />
    </search>
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
