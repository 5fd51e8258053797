import { useState } from 'react';
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
  const { forgetRecent } = workspace;
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
      <p>{settingsStrings.dataInPage}</p>
      <div className="setting">
        <TextButton
          label={settingsStrings.forgetRecent}
          {...(!forgetRecent && { hint: settingsStrings.noRecentHere })}
          disabled={!forgetRecent || recent === 0}
          testId="forget-recent"
          onPress={() => {
            void forgetRecent?.().then(() => {
              setNews(settingsStrings.forgotten);
            });
          }}
        />
        <span role="status">
          <SettingHint hint={news === '' ? undefined : news} />
        </span>
      </div>
    </>
  );
}
