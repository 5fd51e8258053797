import { useId, useRef, useState, type ComponentType, type KeyboardEvent } from 'react';
import { TextButton } from '../app/Buttons.tsx';
import { Dialog } from '../app/Dialog.tsx';
import { nextItem } from '../app/Menu.tsx';
import { resetSettings } from '../state/settings.ts';
import { appStrings } from '../strings.ts';
import { AppearanceSection, ExportSection, FilterSection, OpeningSection, TimeSection } from './SettingSections.tsx';
import { KeyboardSection } from './KeyboardSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { settingsSections, type SettingsSection } from './sections.ts';
import { settingsStrings } from './strings.ts';

const panels: Readonly<Record<SettingsSection, ComponentType>> = {
  appearance: AppearanceSection,
  time: TimeSection,
  opening: OpeningSection,
  filter: FilterSection,
  export: ExportSection,
  keyboard: KeyboardSection,
  privacy: PrivacySection,
};

/** What a person can choose once for all traces. What is changed holds at once. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const [section, setSection] = useState<SettingsSection>('appearance');
  const [news, setNews] = useState('');
  const Panel = panels[section];
  const choose = (chosen: SettingsSection): void => {
    setSection(chosen);
    setNews('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextItem(event.key, settingsSections.indexOf(section), settingsSections.length);
    if (next === undefined) return;
    event.preventDefault();
    choose(settingsSections[next]);
    tabs.current?.querySelectorAll<HTMLElement>('[role="tab"]').item(next).focus();
  };
  return (
    <Dialog heading={settingsStrings.heading} onClose={onClose} testId="settings-dialog" size="wide">
      <div className="settings">
        <div
          ref={tabs}
          role="tablist"
          aria-orientation="vertical"
          aria-label={settingsStrings.sectionList}
          className="settings-sections"
          onKeyDown={onKeyDown}
        >
          {settingsSections.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}-${name}`}
              aria-selected={name === section}
              aria-controls={`${id}-panel`}
              tabIndex={name === section ? 0 : -1}
              autoFocus={name === section}
              title={settingsStrings.sections[name]}
              className="settings-section"
              data-testid={`settings-${name}`}
              onClick={() => {
                choose(name);
              }}
            >
              {settingsStrings.sections[name]}
            </button>
          ))}
        </div>
        <div
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${section}`}
          tabIndex={0}
          className="settings-panel"
        >
          <Panel />
        </div>
      </div>
      <footer className="dialog-footer">
        <span className="dialog-footer-start">
          <TextButton
            label={settingsStrings.reset}
            hint={settingsStrings.resetHint}
            testId="reset-settings"
            onPress={() => {
              resetSettings();
              setNews(settingsStrings.resetDone);
            }}
          />
          <span role="status" className="muted settings-news">
            {news}
          </span>
        </span>
        <TextButton label={appStrings.close} primary onPress={onClose} />
      </footer>
    </Dialog>
  );
}
