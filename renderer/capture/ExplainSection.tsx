import { ArrowRight, CircleX, Eraser, Info, Lightbulb, TriangleAlert } from 'lucide-react';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { CaptureReading, ExplainedCommand, Missing } from '../../core/capture/reading/capture-reading.ts';
import { readCapture } from '../../core/capture/reading/read-capture.ts';
import { TextButton } from '../app/Buttons.tsx';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { changeChoices } from './kept-choices.ts';
import { lineRange } from './line-range.ts';
import { captureStrings } from './strings.ts';

/** Takes a command or a script, and says what it does and what it misses. */
export function ExplainSection() {
  const { text } = useWorkspaceState((state) => state.capturePage.read);
  // A long script is read when the typing leaves room for it.
  const deferred = useDeferredValue(text, '');
  const reading = useMemo(() => readCapture(deferred), [deferred]);
  return (
    <div className="capture-explain">
      <CommandText />
      <div
        className="capture-reading"
        role="region"
        aria-label={captureStrings.reading}
        tabIndex={0}
        data-pane="capture-reading"
        data-testid="capture-reading"
      >
        {deferred.trim() === '' ? (
          <Empty words={captureStrings.noReading} detail={captureStrings.noReadingDetail} testId="no-reading" />
        ) : reading.commands.length === 0 ? (
          <Empty
            words={captureStrings.notUnderstood}
            detail={captureStrings.notUnderstoodDetail}
            testId="not-understood"
          />
        ) : (
          <Reading reading={reading} />
        )}
      </div>
    </div>
  );
}

function CommandText() {
  const workspace = useWorkspace();
  const id = useId();
  const { text, fileName } = useWorkspaceState((state) => state.capturePage.read);
  return (
    <div className="capture-source">
      <label htmlFor={id} className="capture-label">
        {captureStrings.explainLabel}
      </label>
      <p id={`${id}-hint`} className="muted capture-hint">
        {captureStrings.explainHint}
      </p>
      <textarea
        id={id}
        className="text-input code"
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        autoComplete="off"
        value={text}
        data-pane="capture-source"
        data-testid="explain-text"
        onChange={({ target }) => {
          workspace.explainText(target.value);
        }}
      />
      <div className="capture-source-tools">
        <span className="muted breakable" data-testid="explain-from">
          {fileName !== '' && captureStrings.explainFrom(fileName)}
        </span>
        {text === '' ? (
          <TextButton
            label={captureStrings.example}
            icon={Lightbulb}
            testId="explain-example"
            onPress={() => {
              workspace.explainText(captureStrings.exampleText);
            }}
          />
        ) : (
          <TextButton
            label={captureStrings.clear}
            icon={Eraser}
            testId="explain-clear"
            onPress={() => {
              workspace.explainText('');
            }}
          />
        )}
      </div>
    </div>
  );
}

function Empty({ words, detail, testId }: { words: string; detail: string; testId: string }) {
  return (
    <div className="capture-empty" data-testid={testId}>
      <strong>{words}</strong>
      <p className="muted">{detail}</p>
    </div>
  );
}

/** More than any script that a person wrote has; a log that was pasted may have thousands. */
const commandsAtOnce = 100;

function Reading({ reading }: { reading: CaptureReading }) {
  const id = useId();
  const [shown, setShown] = useState(commandsAtOnce);
  return (
    <>
      {reading.isCut && <p className="warning">{captureStrings.cut}</p>}
      <section aria-labelledby={`${id}-missing`}>
        <header className="section-header">
          <h3 id={`${id}-missing`}>{captureStrings.missing}</h3>
          <UsePlan reading={reading} />
        </header>
        {reading.missing.length === 0 && reading.plan !== null && (
          <p className="muted">{captureStrings.nothingMissing}</p>
        )}
        {reading.missing.length > 0 && (
          <ul className="capture-check-list">
            {reading.missing.map((missing, index) => (
              <MissingItem key={`${missing.id}-${index}`} missing={missing} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby={`${id}-explained`}>
        <h3 id={`${id}-explained`}>{captureStrings.explained}</h3>
        <ol className="capture-explained">
          {reading.commands.slice(0, shown).map((command, index) => (
            <Explained key={index} command={command} />
          ))}
        </ol>
        {reading.commands.length > shown && (
          <TextButton
            label={captureStrings.moreCommands(reading.commands.length - shown)}
            testId="explain-more"
            onPress={() => {
              setShown(shown + commandsAtOnce);
            }}
          />
        )}
      </section>
    </>
  );
}

function UsePlan({ reading: { plan } }: { reading: CaptureReading }) {
  const workspace = useWorkspace();
  if (plan === null) return <span className="muted">{captureStrings.noPlan}</span>;
  return (
    <TextButton
      label={captureStrings.usePlan}
      hint={captureStrings.usePlanHint}
      icon={ArrowRight}
      primary
      testId="use-plan"
      onPress={() => {
        changeChoices({ plan });
        workspace.openCapturePage('build');
      }}
    />
  );
}

const missingIcons = { error: CircleX, warning: TriangleAlert, note: Info } as const;
const missingTones = { error: 'danger', warning: 'warning', note: 'muted' } as const;

function MissingItem({ missing: { severity, words, mend, line } }: { missing: Missing }) {
  const Icon = missingIcons[severity];
  const tone = missingTones[severity];
  return (
    <li data-severity={severity === 'error' ? 'stop' : severity} data-testid="missing">
      <span className="capture-check-heading">
        <Icon size={15} className={tone} aria-hidden />
        <span className={`capture-severity ${tone}`}>{captureStrings.missingSeverities[severity]}</span>
        <strong>
          {words}
          {line !== undefined && <LineButton line={line} />}
        </strong>
      </span>
      <div className="capture-check-words">
        <p>{mend}</p>
      </div>
    </li>
  );
}

/** Leads to a line of the text. */
function LineButton({ line }: { line: number }) {
  return (
    <button
      type="button"
      className="capture-line"
      title={captureStrings.lineHint}
      data-testid="explain-line"
      onClick={() => {
        const field = document.querySelector<HTMLTextAreaElement>('textarea[data-pane="capture-source"]');
        if (!field) return;
        field.focus();
        field.setSelectionRange(...lineRange(field.value, line));
      }}
    >
      {captureStrings.line(line)}
    </button>
  );
}

function Explained({ command: { line, text, words, arguments: parts } }: { command: ExplainedCommand }) {
  return (
    <li data-testid="explained-command">
      <p>
        <strong>{words}</strong>
        <LineButton line={line} />
      </p>
      <code className="capture-command-text">{text}</code>
      {parts.length > 0 && (
        <dl className="capture-arguments">
          {parts.map((part, index) => (
            <div key={index} data-known={part.known} data-testid="explained-argument">
              <dt>
                <code>{part.text}</code>
              </dt>
              <dd>
                {!part.known && (
                  <span className="warning capture-unknown">
                    <TriangleAlert size={13} aria-hidden /> {captureStrings.wrong}
                  </span>
                )}
                {part.words}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
