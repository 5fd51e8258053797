import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { tabOfKey } from '../workspace/tab-keys.ts';

interface TabsProps<T extends string> {
  label: string;
  names: readonly T[];
  chosen: T;
  titles: Readonly<Record<T, string>>;
  testId: string;
  onChoose: (name: T) => void;
  /** The panel of the chosen tab. */
  children: ReactNode;
  /** What stands beside the tabs. */
  tools?: ReactNode;
  className?: string;
}

/** Tabs over one panel, walked with the arrow keys. */
export function Tabs<T extends string>({
  label,
  names,
  chosen,
  titles,
  testId,
  onChoose,
  children,
  tools,
  className,
}: TabsProps<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = tabOfKey(event.key, names.indexOf(chosen), names.length);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(names[next]);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]').item(next).focus();
  };
  return (
    <div className={className === undefined ? 'capture-tabs' : `capture-tabs ${className}`}>
      <div className="capture-tab-row">
        <div ref={list} role="tablist" aria-label={label} className="capture-tab-list" onKeyDown={onKeyDown}>
          {names.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}-${name}`}
              className="tab"
              aria-selected={name === chosen}
              aria-controls={`${id}-panel`}
              tabIndex={name === chosen ? 0 : -1}
              data-testid={`${testId}-${name}`}
              onClick={() => {
                onChoose(name);
              }}
            >
              {titles[name]}
            </button>
          ))}
        </div>
        {tools}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${chosen}`} className="capture-tab-panel">
        {children}
      </div>
    </div>
  );
}
