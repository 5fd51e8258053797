import { TextButton } from '../app/Buttons.tsx';
import { Dialog } from '../app/Dialog.tsx';
import { appStrings } from '../strings.ts';
import { keyGroups } from './key-table.ts';
import { KeyTable } from './KeyTable.tsx';
import { shortcutStrings } from './strings.ts';

const groups = keyGroups({ bound: true });

/** All keys at a glance. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog heading={shortcutStrings.heading} onClose={onClose} testId="shortcuts-dialog" size="wide">
      {/* It scrolls by the keyboard, too. */}
      <div className="dialog-scroll key-sheet" tabIndex={0} role="region" aria-label={shortcutStrings.heading}>
        <KeyTable groups={groups} />
      </div>
      <footer className="dialog-footer">
        <TextButton label={appStrings.close} primary onPress={onClose} />
      </footer>
    </Dialog>
  );
}
