import { useMemo, useState } from 'react';
import { foundKeys, keyGroups } from './key-table.ts';
import { KeyTable } from './KeyTable.tsx';
import { settingsStrings } from './strings.ts';

const groups = keyGroups({ bound: false });

export function KeyboardSection() {
  const [wanted, setWanted] = useState('');
  const found = useMemo(() => foundKeys(groups, wanted), [wanted]);
  return (
    <>
      <input
        type="search"
        className="text-input"
        aria-label={settingsStrings.keySearch}
        placeholder={settingsStrings.keySearch}
        value={wanted}
        data-testid="key-search"
        onChange={(event) => {
          setWanted(event.target.value);
        }}
      />
      <KeyTable groups={found} />
    </>
  );
}
