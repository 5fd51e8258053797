import { FileOutput, FolderOpen, LayoutList, Palette } from 'lucide-react';
import { FilterBar } from '../filter/FilterBar.tsx';
import type { Session } from '../state/model.ts';
import { appStrings, colorRuleStrings, exportStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { InTurn } from './InTurn.tsx';
import { MenuBar } from './MenuBar.tsx';
import { useActiveSession, useWorkspace, useWorkspaceState } from './use-workspace.ts';

export function TopBar() {
  const workspace = useWorkspace();
  const session = useActiveSession();
  const isCovered = useWorkspaceState((state) => state.capturePage.open);
  const hasNativeMenu = workspace.showMenu !== undefined;
  const brand = <h1 className="brand">{appStrings.name}</h1>;
  return (
    <header>
      {!hasNativeMenu && (
        <div className="menu-row">
          {brand}
          <MenuBar />
        </div>
      )}
      <div className="top-bar">
        {hasNativeMenu && brand}
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
          <TextButton
            label={colorRuleStrings.open}
            hint={colorRuleStrings.openHint}
            icon={Palette}
            testId="color-rules-button"
            onPress={() => {
              workspace.openDialog('color-rules');
            }}
          />
        </div>
        {session && session.stage !== 'failed' && !isCovered && (
          <InTurn>
            <FilterBar key={session.key} session={session} />
          </InTurn>
        )}
      </div>
    </header>
  );
}

function exportHint(session: Session | undefined): string {
  if (!session?.view) return exportStrings.nothingOpen;
  return session.growing ? exportStrings.stillFiltering : appStrings.exportHint;
}
