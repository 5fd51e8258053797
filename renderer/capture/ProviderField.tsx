import { X } from 'lucide-react';
import { useState } from 'react';
import type { ChosenProvider } from '../../core/capture/capture-plan.ts';
import { knownProviders } from '../../core/capture/capture-sets.ts';
import type { PlanTrouble } from '../../core/capture/plan-troubles.ts';
import { IconButton } from '../app/Buttons.tsx';
import { AddLine } from './AddLine.tsx';
import { isKeywords, wholeNumber } from './choices.ts';
import { FieldGroup } from './fields.tsx';
import { changePlan } from './kept-choices.ts';
import { captureStrings } from './strings.ts';

interface ProviderFieldProps {
  providers: readonly ChosenProvider[];
  troubles: readonly PlanTrouble[];
}

const known = knownProviders.map(({ name, guid }) => ({ text: name, words: guid }));

/** Providers besides those of the sets, each with keywords and a level where not all are wanted. */
export function ProviderField({ providers, troubles }: ProviderFieldProps) {
  return (
    <FieldGroup field="providers" troubles={troubles}>
      {providers.length === 0 && <p className="muted capture-hint">{captureStrings.noProviders}</p>}
      <ul className="capture-list">
        {providers.map((chosen, index) => (
          <ProviderLine
            key={chosen.provider}
            chosen={chosen}
            onChange={(changed) => {
              changePlan({ providers: providers.map((other, place) => (place === index ? changed : other)) });
            }}
            onRemove={() => {
              changePlan({ providers: providers.filter((_, place) => place !== index) });
            }}
          />
        ))}
      </ul>
      <AddLine
        label={captureStrings.providerLabel}
        example={captureStrings.providerExample}
        addLabel={captureStrings.addProvider}
        known={known}
        testId="capture-add-provider"
        onAdd={(provider) => {
          if (!providers.some((other) => other.provider.toLowerCase() === provider.toLowerCase()))
            changePlan({ providers: [...providers, { provider }] });
        }}
      />
    </FieldGroup>
  );
}

interface ProviderLineProps {
  chosen: ChosenProvider;
  onChange: (changed: ChosenProvider) => void;
  onRemove: () => void;
}

function ProviderLine({ chosen: { provider, keywords, level }, onChange, onRemove }: ProviderLineProps) {
  const withKeywords = (chosen: string | undefined): ChosenProvider => ({
    provider,
    ...(chosen !== undefined && { keywords: chosen }),
    ...(level !== undefined && { level }),
  });
  const withLevel = (chosen: number | undefined): ChosenProvider => ({
    provider,
    ...(keywords !== undefined && { keywords }),
    ...(chosen !== undefined && { level: chosen }),
  });
  return (
    <li className="capture-provider" data-testid="capture-provider">
      <span className="breakable">{provider}</span>
      <IconButton label={captureStrings.removeProvider(provider)} icon={X} onPress={onRemove} />
      <div className="capture-provider-limits">
        <LimitInput
          title={captureStrings.keywords}
          label={captureStrings.keywordsOf(provider)}
          placeholder={captureStrings.allKeywords}
          value={keywords ?? ''}
          isValid={isKeywords}
          wrong={captureStrings.notKeywords}
          onChange={(text) => {
            onChange(withKeywords(text === '' ? undefined : text));
          }}
        />
        <LimitInput
          title={captureStrings.level}
          label={captureStrings.levelOf(provider)}
          placeholder={captureStrings.allLevels}
          value={level === undefined ? '' : String(level)}
          isValid={(text) => wholeNumber(text, 0, 255) !== undefined}
          wrong={captureStrings.notNumber(0, 255)}
          onChange={(text) => {
            onChange(withLevel(wholeNumber(text, 0, 255)));
          }}
        />
      </div>
    </li>
  );
}

interface LimitInputProps {
  title: string;
  label: string;
  placeholder: string;
  value: string;
  isValid: (text: string) => boolean;
  wrong: string;
  onChange: (text: string) => void;
}

/** A short text that may be empty; what is not valid stays until the field is left, and is told to be wrong. */
function LimitInput({ title, label, placeholder, value, isValid, wrong, onChange }: LimitInputProps) {
  const [draft, setDraft] = useState<string>();
  const shown = draft ?? value;
  const isWrong = shown !== '' && !isValid(shown);
  return (
    <label className="capture-limit">
      <span className="muted">{title}</span>
      <input
        className="text-input code"
        aria-label={label}
        aria-invalid={isWrong}
        title={label}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={shown}
        onChange={({ target }) => {
          const text = target.value.trim();
          setDraft(text);
          if (text === '' || isValid(text)) onChange(text);
        }}
        onBlur={() => {
          setDraft(undefined);
        }}
      />
      <span role="status" className="capture-wrong danger">
        {isWrong && wrong}
      </span>
    </label>
  );
}
