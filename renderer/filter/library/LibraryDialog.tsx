import { FileInput, FileOutput, Plus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { TextButton } from '../../app/Buttons.tsx';
import { Dialog } from '../../app/Dialog.tsx';
import { useWorkspace } from '../../app/use-workspace.ts';
import { pickBrowserFiles } from '../../pick-files.ts';
import { keepLibrary, savedFiltersStore } from '../../state/saved-filters.ts';
import { appStrings, libraryStrings } from '../../strings.ts';
import { saveTextFile } from './save-text-file.ts';
import { FilterForm } from './FilterForm.tsx';
import { byCategory, foundFilters, importedLibrary, libraryJson, withFilter } from './library-filters.ts';
import type { LibraryFilter, LibraryImport } from './library-filters.ts';
import { shippedFilters } from './shipped-filters.ts';

interface LibraryDialogProps {
  /** The text in the filter box: what a new filter starts with. */
  draft: string;
  onApply: (text: string) => void;
  onClose: () => void;
}

/** Filters by category: those that come along and the person's own, to be applied, stacked, kept, changed and carried. */
export function LibraryDialog({ draft, onApply, onClose }: LibraryDialogProps) {
  const workspace = useWorkspace();
  const own = useStore(savedFiltersStore, (saved) => saved.own);
  const [wanted, setWanted] = useState('');
  /** The own filter in the form; 'new' for one that is not kept yet. */
  const [editing, setEditing] = useState<LibraryFilter | 'new'>();
  const [outcome, setOutcome] = useState<LibraryImport>();
  const found = foundFilters([...own, ...shippedFilters], wanted);

  const importFile = async (): Promise<void> => {
    const file = (await pickBrowserFiles('.json')).at(0);
    if (!file) return;
    const imported = importedLibrary(savedFiltersStore.getState().own, await file.text());
    keepLibrary(imported.filters);
    setOutcome(imported);
  };
  const actions: RowActions = {
    onApply: (text) => {
      onClose();
      onApply(text);
    },
    onStack: (text) => {
      onClose();
      void workspace.pushFilter(text);
    },
    onEdit: setEditing,
    onRemove: (filter) => {
      keepLibrary(own.filter((other) => other !== filter));
    },
  };

  return (
    <Dialog heading={libraryStrings.heading} onClose={onClose} testId="library-dialog" size="wide">
      <input
        className="text-input"
        type="search"
        autoFocus
        value={wanted}
        aria-label={libraryStrings.search}
        placeholder={libraryStrings.search}
        data-testid="library-search"
        onChange={(event) => {
          setWanted(event.target.value);
        }}
      />
      <div role="status">{outcome && <ImportOutcome outcome={outcome} />}</div>
      {editing && (
        <FilterForm
          filter={editing === 'new' ? { name: '', category: libraryStrings.ownCategory, text: draft } : editing}
          replaced={editing === 'new' ? undefined : editing}
          own={own}
          categories={byCategory([...own, ...shippedFilters]).map(([category]) => category)}
          onSave={(filter, replaced) => {
            keepLibrary(withFilter(own, filter, replaced));
            setEditing(undefined);
          }}
          onCancel={() => {
            setEditing(undefined);
          }}
        />
      )}
      <div className="dialog-scroll library-list">
        {found.length === 0 && <p className="muted">{libraryStrings.nothingFound}</p>}
        {byCategory(found).map(([category, filters]) => (
          <section key={category} aria-label={category}>
            <h3>{category}</h3>
            <ul>
              {filters.map((filter) => (
                <FilterRow
                  key={`${filter.name}\n${filter.text}`}
                  filter={filter}
                  isOwn={own.includes(filter)}
                  {...actions}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <footer className="dialog-footer">
        <span className="dialog-footer-start">
          <TextButton
            label={libraryStrings.add}
            hint={libraryStrings.addHint}
            icon={Plus}
            testId="library-new"
            onPress={() => {
              setEditing('new');
            }}
          />
          <TextButton
            label={libraryStrings.import}
            hint={libraryStrings.importHint}
            icon={FileInput}
            testId="library-import"
            onPress={() => void importFile()}
          />
          <TextButton
            label={libraryStrings.export}
            hint={libraryStrings.exportHint}
            icon={FileOutput}
            testId="library-export"
            disabled={own.length === 0}
            onPress={() => {
              saveTextFile(libraryStrings.fileName, 'application/json', libraryJson(own));
            }}
          />
        </span>
        <TextButton label={appStrings.close} primary onPress={onClose} />
      </footer>
    </Dialog>
  );
}

interface RowActions {
  onApply: (text: string) => void;
  onStack: (text: string) => void;
  onEdit: (filter: LibraryFilter) => void;
  onRemove: (filter: LibraryFilter) => void;
}

function FilterRow({
  filter,
  isOwn,
  onApply,
  onStack,
  onEdit,
  onRemove,
}: { filter: LibraryFilter; isOwn: boolean } & RowActions) {
  const { name, text } = filter;
  return (
    <li className="library-filter" data-testid="library-filter">
      <span>{name}</span>
      <code>{text}</code>
      <span className="library-actions">
        {isOwn && (
          <>
            <RowButton
              label={libraryStrings.edit}
              hint={libraryStrings.editHint(name)}
              testId="library-edit"
              onPress={() => {
                onEdit(filter);
              }}
            />
            <RowButton
              label={libraryStrings.remove}
              hint={libraryStrings.removeHint(name)}
              testId="library-remove"
              onPress={() => {
                onRemove(filter);
              }}
            />
          </>
        )}
        <RowButton
          label={libraryStrings.stack}
          hint={libraryStrings.stackHint(name)}
          testId="library-stack"
          onPress={() => {
            onStack(text);
          }}
        />
        <RowButton
          label={libraryStrings.apply}
          hint={libraryStrings.applyHint(name)}
          testId="library-apply"
          onPress={() => {
            onApply(text);
          }}
        />
      </span>
    </li>
  );
}

interface RowButtonProps {
  label: string;
  hint: string;
  testId: string;
  onPress: () => void;
}

function RowButton({ label, hint, testId, onPress }: RowButtonProps) {
  return (
    <button type="button" className="button button-small" title={hint} data-testid={testId} onClick={onPress}>
      {label}
    </button>
  );
}

function ImportOutcome({ outcome: { added, known, problems } }: { outcome: LibraryImport }) {
  return (
    <div data-testid="library-outcome">
      <p>{libraryStrings.imported(added, known)}</p>
      {problems.length > 0 && (
        <ul className="notes notes-scroll warning">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
