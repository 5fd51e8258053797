import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { gridColumns } from '../../core/engine/contract-analysis.ts';
import type { ColumnName } from '../../core/engine/contract.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { summaryStrings } from './strings.ts';

/** Of the grid's columns those whose values occur more than once. */
const countable: readonly ColumnName[] = gridColumns.filter(
  (column) => !['MessageNumber', 'Timestamp', 'TimeElapsed'].includes(column),
);

/** Milliseconds without a key press after which fields are looked up. */
const restBeforeAsking = 150;

interface ColumnFieldProps {
  label: string;
  column: ColumnName;
  onColumn: (column: ColumnName) => void;
  testId: string;
}

/** Takes a column of the grid or any field, and offers those that have what is typed in their names. */
export function ColumnField({ label, column, onColumn, testId }: ColumnFieldProps) {
  const workspace = useWorkspace();
  const listId = useId();
  const [text, setText] = useState(column);
  const [isAsking, setAsking] = useState(false);
  const [fields, setFields] = useState<readonly ColumnName[]>([]);
  const [before, setBefore] = useState(column);
  if (before !== column) {
    setBefore(column);
    setText(column);
  }
  // An untouched name offers everything: somebody who opens the list wants to see what else there is.
  const wanted = text === column ? '' : text;
  useEffect(() => {
    if (!isAsking) return undefined;
    const timer = setTimeout(() => {
      void workspace.fields(wanted).then(({ fields: found }) => {
        setFields(found.map((field) => field.column));
      });
    }, restBeforeAsking);
    return () => {
      clearTimeout(timer);
    };
  }, [workspace, isAsking, wanted]);

  const take = (name: string): void => {
    if (name.trim() !== column) onColumn(name);
    else setText(column);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take(text);
    else if (event.key === 'Escape' && text !== column) setText(column);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const offered = [...new Set([...countable, ...fields])];
  return (
    <>
      <input
        className="text-input column-field"
        list={listId}
        value={text}
        placeholder={summaryStrings.noColumn}
        aria-label={label}
        title={summaryStrings.columnHint}
        maxLength={200}
        spellCheck={false}
        data-testid={testId}
        onFocus={(event) => {
          setAsking(true);
          event.target.select();
        }}
        onChange={(event) => {
          setText(event.target.value);
          // What comes out of the list is whole; what is typed is taken with Enter or by leaving the field.
          if (!('inputType' in event.nativeEvent) && offered.includes(event.target.value)) take(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setAsking(false);
          take(text);
        }}
      />
      <datalist id={listId}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
