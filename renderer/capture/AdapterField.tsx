import type { PlanTrouble } from '../../core/capture/plan-troubles.ts';
import { X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../app/Buttons.tsx';
import { AddLine } from './AddLine.tsx';
import { FieldGroup } from './fields.tsx';
import { changePlan } from './kept-choices.ts';
import { captureStrings } from './strings.ts';

interface AdapterFieldProps {
  adapters: readonly string[];
  troubles: readonly PlanTrouble[];
}

/** All adapters, or those that are named. */
export function AdapterField({ adapters, troubles }: AdapterFieldProps) {
  const [isNaming, setNaming] = useState(false);
  const areSome = isNaming || adapters.length > 0;
  const choose = (some: boolean): void => {
    setNaming(some);
    if (!some) changePlan({ adapters: [] });
  };
  return (
    <FieldGroup field="adapters" troubles={troubles}>
      <label className="choice">
        <input
          type="radio"
          name="capture-adapters"
          checked={!areSome}
          data-testid="capture-adapters-all"
          onChange={() => {
            choose(false);
          }}
        />
        <span>{captureStrings.allAdapters}</span>
      </label>
      <label className="choice">
        <input
          type="radio"
          name="capture-adapters"
          checked={areSome}
          data-testid="capture-adapters-some"
          onChange={() => {
            choose(true);
          }}
        />
        <span>{captureStrings.someAdapters}</span>
      </label>
      {areSome && (
        <div className="capture-inner">
          {adapters.length === 0 && <p className="muted capture-hint">{captureStrings.noAdapters}</p>}
          <ul className="capture-list">
            {adapters.map((name) => (
              <li key={name} data-testid="capture-adapter">
                <span className="breakable">{name}</span>
                <IconButton
                  label={captureStrings.removeAdapter(name)}
                  icon={X}
                  onPress={() => {
                    changePlan({ adapters: adapters.filter((other) => other !== name) });
                  }}
                />
              </li>
            ))}
          </ul>
          <AddLine
            label={captureStrings.adapterLabel}
            example={captureStrings.adapterExample}
            addLabel={captureStrings.addAdapter}
            testId="capture-add-adapter"
            onAdd={(name) => {
              if (!adapters.includes(name)) changePlan({ adapters: [...adapters, name] });
            }}
          />
        </div>
      )}
    </FieldGroup>
  );
}
