import { CircleCheck, Save } from 'lucide-react';
import { useDeferredValue, useId, type ReactNode } from 'react';
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { captureCommands } from '../../core/capture/scripts/capture-commands.ts';
import { TextButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { changeChoices, scriptForms, type ScriptForm } from './kept-choices.ts';
import type { CaptureScript } from '../../core/capture/scripts/capture-script.ts';
import { scriptParts } from './script-colors.ts';
import { captureStrings } from './strings.ts';
import { Tabs } from './Tabs.tsx';

interface ScriptPaneProps {
  plan: CapturePlan;
  /** Undefined while the plan cannot work. */
  script: CaptureScript | undefined;
  form: ScriptForm;
}

/** What comes of the choices: the whole script, or bare commands for either shell. */
export function ScriptPane({ plan, script, form }: ScriptPaneProps) {
  const id = useId();
  const news = useWorkspaceState((state) => state.capturePage.news);
  return (
    <section aria-labelledby={id} data-testid="capture-script">
      <header className="section-header">
        <h3 id={id}>{captureStrings.script}</h3>
        <p role="status" className="capture-news" data-testid="capture-news">
          {news !== '' && <CircleCheck size={14} className="level-good" aria-hidden />}
          {news}
        </p>
      </header>
      {script === undefined ? (
        <div className="capture-empty" data-testid="no-script">
          <strong>{captureStrings.noScript}</strong>
          <p className="muted">{captureStrings.noScriptDetail}</p>
        </div>
      ) : (
        <>
          <Tabs
            label={captureStrings.formList}
            names={scriptForms}
            chosen={form}
            titles={captureStrings.forms}
            testId="capture-form-tab"
            onChoose={(chosen) => {
              changeChoices({ form: chosen });
            }}
          >
            {form === 'script' ? <WholeScript script={script} /> : <Commands plan={plan} shell={form} />}
          </Tabs>
        </>
      )}
    </section>
  );
}

function WholeScript({ script: { fileName, text, how } }: { script: CaptureScript }) {
  const workspace = useWorkspace();
  return (
    <>
      <div className="capture-code-tools">
        <code className="breakable">{fileName}</code>
        <CopyButton
          label={captureStrings.copyScript}
          hint={captureStrings.copyScriptHint}
          text={() => text}
          shown
          testId="copy-script"
        />
        <TextButton
          label={captureStrings.saveScript}
          hint={captureStrings.saveScriptHint(fileName)}
          icon={Save}
          command="save-capture-script"
          primary
          testId="save-script"
          onPress={() => void workspace.saveScript(fileName, text)}
        />
      </div>
      <Code label={captureStrings.scriptLabel(fileName)} text={text} testId="script-text" tall />
      <h4 className="capture-how-heading">{captureStrings.how}</h4>
      <ol className="capture-how" data-testid="capture-how">
        {how.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </>
  );
}

/** Text to read and to select, never to edit. */
function Code({ label, text, testId, tall = false }: { label: string; text: string; testId: string; tall?: boolean }) {
  // Hundreds of coloured parts come behind what somebody typed, not before it.
  const shown = useDeferredValue(text, '');
  return (
    <pre
      className={tall ? 'capture-code capture-code-tall' : 'capture-code'}
      tabIndex={0}
      role="group"
      aria-label={label}
      data-testid={testId}
    >
      <code>
        {scriptParts(shown).map((part, index) =>
          part.kind === 'plain' ? (
            part.text
          ) : (
            <span key={index} data-kind={part.kind}>
              {part.text}
            </span>
          ),
        )}
      </code>
    </pre>
  );
}

function Commands({ plan, shell }: { plan: CapturePlan; shell: 'cmd' | 'powershell' }) {
  const commands = captureCommands(plan, shell);
  if (commands.start.length === 0)
    return (
      <div className="capture-empty" data-testid="no-commands">
        <p className="muted">{captureStrings.noCommands(shell)}</p>
      </div>
    );
  return (
    <div className="capture-commands">
      <CommandList title={captureStrings.start} part="start" lines={commands.start} />
      <CommandList title={captureStrings.stop} part="stop" lines={commands.stop} />
      <p className="muted capture-hint">{captureStrings.commandsNote}</p>
    </div>
  );
}

interface CommandListProps {
  title: ReactNode;
  part: 'start' | 'stop';
  lines: readonly string[];
}

function CommandList({ title, part, lines }: CommandListProps) {
  const text = lines.join('\n');
  return (
    <>
      <div className="capture-code-tools">
        <span className="capture-label">{title}</span>
        <CopyButton label={captureStrings.copyCommands[part]} text={() => text} testId={`copy-${part}`} />
      </div>
      <Code label={captureStrings.commandsLabel[part]} text={text} testId={`commands-${part}`} />
    </>
  );
}
