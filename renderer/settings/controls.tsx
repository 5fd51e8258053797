import { useId } from 'react';
import { useStore } from 'zustand';
import { changeSetting, settingsStore, type SettingName, type Settings } from '../state/settings.ts';
import { settingsStrings } from './strings.ts';

/** The settings whose values are of a type. */
type NamesOf<T> = { [Name in SettingName]: Settings[Name] extends T ? Name : never }[SettingName];

export function useSetting<Name extends SettingName>(name: Name): Settings[Name] {
  return useStore(settingsStore, (settings) => settings[name]);
}

interface ChoiceSettingProps<Name extends SettingName> {
  name: Name;
  choices: readonly Settings[Name][];
  words: (choice: Settings[Name]) => string;
  hint?: string;
}

/** A setting that is one of some choices. */
export function ChoiceSetting<Name extends NamesOf<string | number>>({
  name,
  choices,
  words,
  hint,
}: ChoiceSettingProps<Name>) {
  const id = useId();
  const value = useSetting(name);
  return (
    <div className="setting">
      <label htmlFor={id}>{settingsStrings.names[name]}</label>
      <select
        id={id}
        className="text-input"
        value={String(value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        data-testid={`setting-${name}`}
        onChange={(event) => {
          const chosen = choices.find((choice) => String(choice) === event.target.value);
          if (chosen !== undefined) changeSetting(name, chosen);
        }}
      >
        {choices.map((choice) => (
          <option key={String(choice)} value={String(choice)}>
            {words(choice)}
          </option>
        ))}
      </select>
      <SettingHint id={`${id}-hint`} hint={hint} />
    </div>
  );
}

/** A setting that is on or off. */
export function SwitchSetting({ name, hint }: { name: NamesOf<boolean>; hint?: string }) {
  const id = useId();
  const value = useSetting(name);
  return (
    <div className="setting">
      <label className="check setting-switch">
        <input
          type="checkbox"
          checked={value}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          data-testid={`setting-${name}`}
          onChange={(event) => {
            changeSetting(name, event.target.checked);
          }}
        />
        {settingsStrings.names[name]}
      </label>
      <SettingHint id={`${id}-hint`} hint={hint} />
    </div>
  );
}

export function SettingHint({ id, hint }: { id?: string; hint: string | undefined }) {
  if (hint === undefined) return null;
  return (
    <p id={id} className="muted setting-hint">
      {hint}
    </p>
  );
}
