import { ArrowDown, ArrowUp, FileInput, FileOutput, Plus, RotateCcw, Trash2 } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { Dialog } from '../app/Dialog.tsx';
import { useActiveSession } from '../app/use-workspace.ts';
import { syntaxProblem } from '../filter/filter-status.ts';
import { saveTextFile } from '../filter/library/save-text-file.ts';
import { useFilterCheck } from '../filter/use-filter-check.ts';
import { pickBrowserFiles } from '../pick-files.ts';
import { colorRulesStore, keepColorRules } from '../state/color-rules.ts';
import { appStrings, colorRuleStrings } from '../strings.ts';
import {
  changed,
  importedRules,
  moved,
  restored,
  ruleColors,
  rulesJson,
  withOwnRule,
  without,
  type ColorRule,
  type RuleImport,
} from './color-rule.ts';
import { shippedRules } from './shipped-rules.ts';

/** The rules in the order in which they are asked. What is changed here shows at once in the grid behind it. */
export function ColorRulesDialog({ onClose }: { onClose: () => void }) {
  const rules = useStore(colorRulesStore, (state) => state.rules);
  const [outcome, setOutcome] = useState<RuleImport>();
  const importFile = async (): Promise<void> => {
    const file = (await pickBrowserFiles('.json')).at(0);
    if (!file) return;
    const imported = importedRules(colorRulesStore.getState().rules, await file.text());
    keepColorRules(imported.rules);
    setOutcome(imported);
  };
  return (
    <Dialog heading={colorRuleStrings.heading} onClose={onClose} testId="color-rules-dialog" size="wide">
      <p className="muted">{colorRuleStrings.intro}</p>
      <div role="status">{outcome && <ImportOutcome outcome={outcome} />}</div>
      <ol className="dialog-scroll color-rules">
        {rules.map((rule, place) => (
          <RuleRow key={rule.id} rule={rule} isFirst={place === 0} isLast={place === rules.length - 1} />
        ))}
      </ol>
      <footer className="dialog-footer">
        <span className="dialog-footer-start">
          <TextButton
            label={colorRuleStrings.add}
            hint={colorRuleStrings.addHint}
            icon={Plus}
            testId="add-color-rule"
            onPress={() => {
              const fresh = { name: colorRuleStrings.newName, filter: '', color: 'yellow', enabled: true } as const;
              keepColorRules(withOwnRule(rules, fresh));
            }}
          />
          <TextButton
            label={colorRuleStrings.import}
            hint={colorRuleStrings.importHint}
            icon={FileInput}
            testId="import-color-rules"
            onPress={() => void importFile()}
          />
          <TextButton
            label={colorRuleStrings.export}
            hint={colorRuleStrings.exportHint}
            icon={FileOutput}
            testId="export-color-rules"
            onPress={() => {
              saveTextFile(colorRuleStrings.fileName, 'application/json', rulesJson(rules));
            }}
          />
          <TextButton
            label={colorRuleStrings.restore}
            hint={colorRuleStrings.restoreHint}
            icon={RotateCcw}
            testId="restore-color-rules"
            onPress={() => {
              keepColorRules(restored(rules, shippedRules));
            }}
          />
        </span>
        <TextButton label={appStrings.close} primary onPress={onClose} />
      </footer>
    </Dialog>
  );
}

interface RuleRowProps {
  rule: ColorRule;
  isFirst: boolean;
  isLast: boolean;
}

function RuleRow({ rule, isFirst, isLast }: RuleRowProps) {
  const { id, name, filter, color, enabled } = rule;
  const problem = useProblem(filter);
  const problemId = `color-rule-problem-${id}`;
  const change = (part: Partial<ColorRule>): void => {
    keepColorRules(changed(colorRulesStore.getState().rules, id, part));
  };
  const move = (places: number): void => {
    keepColorRules(moved(colorRulesStore.getState().rules, id, places));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li className="color-rule" data-testid="color-rule" data-rule={id} onKeyDown={onKeyDown}>
      <input
        type="checkbox"
        checked={enabled}
        aria-label={colorRuleStrings.enable(name)}
        title={colorRuleStrings.enable(name)}
        data-testid="color-rule-enabled"
        onChange={(event) => {
          change({ enabled: event.target.checked });
        }}
      />
      <input
        className={`text-input color-${color}`}
        value={name}
        aria-label={colorRuleStrings.name}
        data-testid="color-rule-name"
        onChange={(event) => {
          change({ name: event.target.value });
        }}
      />
      <input
        className="text-input color-rule-filter"
        spellCheck={false}
        value={filter}
        placeholder={colorRuleStrings.filterPlaceholder}
        aria-label={colorRuleStrings.filterOf(name)}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        data-testid="color-rule-filter"
        onChange={(event) => {
          change({ filter: event.target.value });
        }}
      />
      <select
        className="text-input"
        value={color}
        aria-label={colorRuleStrings.colorOf(name)}
        data-testid="color-rule-color"
        onChange={(event) => {
          const chosen = ruleColors.find((candidate) => candidate === event.target.value);
          if (chosen) change({ color: chosen });
        }}
      >
        {ruleColors.map((candidate) => (
          <option key={candidate} value={candidate}>
            {colorRuleStrings.colors[candidate]}
          </option>
        ))}
      </select>
      <span className="color-rule-actions">
        <IconButton
          label={colorRuleStrings.moveUp(name)}
          icon={ArrowUp}
          keys="Alt+Up"
          disabled={isFirst}
          testId="color-rule-up"
          onPress={() => {
            move(-1);
          }}
        />
        <IconButton
          label={colorRuleStrings.moveDown(name)}
          icon={ArrowDown}
          keys="Alt+Down"
          disabled={isLast}
          testId="color-rule-down"
          onPress={() => {
            move(1);
          }}
        />
        <IconButton
          label={colorRuleStrings.remove(name)}
          icon={Trash2}
          testId="color-rule-remove"
          onPress={() => {
            keepColorRules(without(colorRulesStore.getState().rules, id));
          }}
        />
      </span>
      {problem !== undefined && (
        <p id={problemId} className="color-rule-problem danger" data-testid="color-rule-problem">
          {problem}
        </p>
      )}
    </li>
  );
}

/** Why a filter colors nothing, in words; undefined when it is one. */
function useProblem(filter: string): string | undefined {
  const text = filter.trim();
  const checked = useFilterCheck(text, useActiveSession()?.trace);
  if (text === '') return colorRuleStrings.noFilter;
  return checked ? checked.problems.at(0)?.message : syntaxProblem(text)?.message;
}

function ImportOutcome({ outcome: { added, problems } }: { outcome: RuleImport }) {
  return (
    <div data-testid="color-rules-outcome">
      <p className="outcome">{colorRuleStrings.imported(added)}</p>
      {problems.map((problem) => (
        <p key={problem} className="warning">
          {problem}
        </p>
      ))}
    </div>
  );
}
