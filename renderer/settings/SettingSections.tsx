import { useStore } from 'zustand';
import { timeFormats, zoneChoices } from '../format/time.ts';
import type { ExportOptions } from '../../core/engine/contract.ts';
import { exportFormats } from '../../core/engine/host.ts';
import { TextButton } from '../app/Buttons.tsx';
import { useActiveSession, useWorkspace } from '../app/use-workspace.ts';
import { optionsOf } from '../state/export-view.ts';
import { forgetHistory, savedFiltersStore } from '../state/saved-filters.ts';
import { changeSetting, codeFonts, fontSizes, rowHeights, themeChoices } from '../state/settings.ts';
import { exportStrings } from '../strings.ts';
import { ChoiceSetting, SettingHint, SwitchSetting, useSetting } from './controls.tsx';
import { settingsStrings } from './strings.ts';

const { hints } = settingsStrings;

export function AppearanceSection() {
  return (
    <>
      <ChoiceSetting
        name="theme"
        choices={themeChoices}
        words={(theme) => settingsStrings.themes[theme]}
        hint={hints.theme}
      />
      <ChoiceSetting name="fontSize" choices={fontSizes} words={settingsStrings.pixels} hint={hints.zoom} />
      <ChoiceSetting name="codeFont" choices={codeFonts} words={settingsStrings.codeFont} hint={hints.codeFont} />
      <ChoiceSetting name="rowHeight" choices={rowHeights} words={(height) => settingsStrings.rowHeights[height]} />
      <SwitchSetting name="explorer" />
      <SwitchSetting name="pathAsTable" />
    </>
  );
}

export function TimeSection() {
  return (
    <>
      <ChoiceSetting
        name="zone"
        choices={zoneChoices}
        words={(zone) => settingsStrings.zones[zone]}
        hint={hints.zone}
      />
      <ChoiceSetting name="timeFormat" choices={timeFormats} words={(format) => settingsStrings.timeFormats[format]} />
    </>
  );
}

export function OpeningSection() {
  const workspace = useWorkspace();
  return (
    <>
      <SwitchSetting name="reopenLast" hint={hints.reopenLast} />
      <div className="setting">
        <TextButton
          label={settingsStrings.sample}
          testId="settings-sample"
          onPress={() => {
            workspace.closeDialog();
            void workspace.openSample();
          }}
        />
        <SettingHint hint={settingsStrings.sampleHint} />
      </div>
    </>
  );
}

export function FilterSection() {
  const workspace = useWorkspace();
  const hasRows = useActiveSession()?.view !== undefined;
  const history = useStore(savedFiltersStore, (saved) => saved.history);
  return (
    <>
      <SwitchSetting name="typingFilters" hint={hints.typingFilters} />
      <SwitchSetting name="rememberFilters" hint={hints.rememberFilters} />
      <div className="setting">
        <TextButton
          label={settingsStrings.forgetFilters}
          disabled={history.length === 0}
          testId="settings-forget-filters"
          onPress={forgetHistory}
        />
        <p className="muted setting-hint" role="status">
          {settingsStrings.filtersKept(history.length)}
        </p>
      </div>
      <div className="setting">
        <TextButton
          label={settingsStrings.library}
          hint={hasRows ? settingsStrings.libraryHint : settingsStrings.libraryNeedsTrace}
          disabled={!hasRows}
          onPress={() => {
            workspace.openDialog('filter-library');
          }}
        />
        <SettingHint hint={settingsStrings.libraryHint} />
      </div>
    </>
  );
}

export function ExportSection() {
  const format = useSetting('exportFormat');
  const options = useSetting('exportOptions');
  return (
    <>
      <ChoiceSetting
        name="exportFormat"
        choices={exportFormats}
        words={(choice) => `${exportStrings.formats[choice].name} (${exportStrings.ending(choice)})`}
        hint={exportStrings.formats[format].use}
      />
      {optionsOf[format].map((name: keyof ExportOptions) => (
        <div key={name} className="setting">
          <label className="check setting-switch">
            <input
              type="checkbox"
              checked={options[name] ?? false}
              data-testid={`setting-export-${name}`}
              onChange={(event) => {
                changeSetting('exportOptions', { ...options, [name]: event.target.checked });
              }}
            />
            {exportStrings.options[name](format)}
          </label>
        </div>
      ))}
    </>
  );
}
