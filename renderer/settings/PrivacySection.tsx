import { useEffect, useState } from 'react';
import type { KeptThings } from '../../core/engine/contract.ts';
import { AskFirst } from '../app/AskFirst.tsx';
import { TextButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { SettingHint } from './controls.tsx';
import { settingsStrings } from './strings.ts';
import { useVersions } from './use-versions.ts';

export function PrivacySection() {
  const workspace = useWorkspace();
  const recent = useWorkspaceState((state) => state.recentFiles.length);
  const folder = useVersions()?.dataFolder ?? '';
  const [news, setNews] = useState('');
  const { forgetRecent, showDataFolder } = workspace;
  const tellForgotten = (): void => {
    setNews(settingsStrings.forgotten);
  };
  return (
    <>
      <h3>{settingsStrings.privacyHeading}</h3>
      {settingsStrings.privacy.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <h3>{settingsStrings.dataHeading}</h3>
      {folder !== '' && (
        <p className="outcome selectable breakable">
          {settingsStrings.dataFolder(folder)}
          <CopyButton label={settingsStrings.copyFolder} text={() => folder} />
        </p>
      )}
      {showDataFolder && (
        <div className="setting">
          <TextButton
            label={settingsStrings.showFolder}
            hint={settingsStrings.showFolderHint}
            testId="show-data-folder"
            onPress={() => void showDataFolder()}
          />
        </div>
      )}
      <p>{settingsStrings.dataInPage}</p>
      <div className="setting">
        <TextButton
          label={settingsStrings.forgetRecent}
          {...(!forgetRecent && { hint: settingsStrings.noRecentHere })}
          disabled={!forgetRecent || recent === 0}
          testId="forget-recent"
          onPress={() => {
            void forgetRecent?.().then(tellForgotten);
          }}
        />
      </div>
      <KeptOfTraces onForgotten={tellForgotten} />
      <p role="status">
        <SettingHint hint={news === '' ? undefined : news} />
      </p>
    </>
  );
}

/** Names and notes are kept for each trace, wherever it lies; here all of them can be forgotten. */
function KeptOfTraces({ onForgotten }: { onForgotten: () => void }) {
  const workspace = useWorkspace();
  const [kept, setKept] = useState<KeptThings>();
  useEffect(() => {
    let isCurrent = true;
    workspace.keptThings().then(
      (things) => {
        if (isCurrent) setKept(things);
      },
      // Without an engine there is nothing to forget; the window says so elsewhere.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [workspace]);
  const forget = async (what: keyof KeptThings): Promise<void> => {
    const left = await workspace.forgetKept(what);
    setKept(left);
    if (left[what] === 0) onForgotten();
  };
  return (['names', 'notes'] as const).map((what) => {
    const { label, hint, question } = settingsStrings.forgetKept[what];
    const count = kept?.[what] ?? 0;
    return (
      <div key={what} className="setting">
        <AskFirst
          label={label}
          hint={hint}
          question={question(count)}
          confirm={settingsStrings.forget}
          keep={settingsStrings.keep}
          disabled={count === 0}
          isLarge
          testId={`forget-${what}`}
          confirmTestId={`confirm-forget-${what}`}
          onConfirm={() => void forget(what)}
        />
        <SettingHint hint={kept && settingsStrings.filtersKept(count)} />
      </div>
    );
  });
}
