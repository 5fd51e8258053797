import { FileOutput, FolderOpen, LayoutList } from 'lucide-react';
import { FilterBar } from '../filter/FilterBar.tsx';
import type { Session } from '../state/model.ts';
import { appStrings, exportStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { useActiveSession, useWorkspace } from './use-workspace.ts';

export function TopBar() {
  const workspace = useWorkspace();
  const session = useActiveSession();
  return (
    <header className="top-bar">
      <h1 className="brand">{appStrings.name}</h1>
      <div className="commands" role="toolbar" aria-label={appStrings.commands}>
        <TextButton
          label={appStrings.open}
          hint={appStrings.openHint}
          icon={FolderOpen}
          command="open"
          testId="open-button"
          onPress={() => void workspace.openWithDialog()}
        />
        <TextButton
          label={appStrings.export}
          hint={exportHint(session)}
          icon={FileOutput}
          command="export"
          testId="export-button"
          disabled={!session?.view || session.growing !== undefined}
          onPress={() => {
            workspace.askForExport();
          }}
        />
        <TextButton
          label={appStrings.layouts}
          hint={appStrings.layoutsHint}
          icon={LayoutList}
          testId="layouts-button"
          onPress={() => void workspace.openLayouts()}
        />
      </div>
      {session && session.stage !== 'failed' && <FilterBar key={session.key} session={session} />}
    </header>
  );
}

function exportHint(session: Session | undefined): string {
  if (!session?.view) return exportStrings.nothingOpen;
  return session.growing ? exportStrings.stillFiltering : appStrings.exportHint;
}
