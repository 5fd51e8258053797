import { CircleX, LoaderCircle, Play, Square } from 'lucide-react';
import { useId } from 'react';
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import type { CaptureState } from '../../core/engine/host.ts';
import { TextButton } from '../app/Buttons.tsx';
import { useNow } from '../app/use-now.ts';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { formatWait } from '../format/number.ts';
import { captureStrings } from './strings.ts';

/** The capture that the app runs itself: on Windows a button and how it stands; elsewhere, why there is none. */
export function RunHere({ plan, canWork }: { plan: CapturePlan; canWork: boolean }) {
  const id = useId();
  const run = useWorkspaceState((state) => state.capturePage.run);
  return (
    <section aria-labelledby={id} className="capture-run" data-testid="capture-run" data-phase={run?.phase ?? 'none'}>
      <h3 id={id}>{captureStrings.run}</h3>
      {run === undefined || run.phase === 'unavailable' ? (
        <NotHere run={run} />
      ) : (
        <Runner run={run} plan={plan} canWork={canWork} />
      )}
    </section>
  );
}

function NotHere({ run }: { run: CaptureState | undefined }) {
  const { hostKind } = useWorkspace();
  const words = run?.phase === 'unavailable' ? run.words : '';
  if (words !== '') return <p className="muted">{words}</p>;
  return <p className="muted">{hostKind === 'web' ? captureStrings.runBrowser : captureStrings.runOthers}</p>;
}

interface RunnerProps {
  run: Exclude<CaptureState, { phase: 'unavailable' }>;
  plan: CapturePlan;
  canWork: boolean;
}

function Runner({ run, plan, canWork }: RunnerProps) {
  const workspace = useWorkspace();
  const mayStart = run.phase === 'idle' || run.phase === 'done' || run.phase === 'failed';
  return (
    <>
      <div className="capture-run-line">
        {mayStart ? (
          <TextButton
            label={captureStrings.runStart}
            hint={canWork ? captureStrings.runStartHint : captureStrings.runBlocked}
            icon={Play}
            disabled={!canWork}
            testId="run-capture"
            onPress={() => void workspace.startCapture(plan)}
          />
        ) : (
          <TextButton
            label={captureStrings.runStop}
            icon={Square}
            disabled={run.phase !== 'capturing'}
            testId="stop-capture"
            onPress={() => void workspace.stopCapture()}
          />
        )}
        <p role="status" data-testid="capture-phase">
          {run.phase === 'failed' && <CircleX size={14} className="danger" aria-hidden />}
          {!mayStart && <LoaderCircle size={14} aria-hidden />}
          {mayStart && !canWork ? captureStrings.runBlocked : <PhaseWords run={run} />}
        </p>
      </div>
      <p className="muted capture-hint">{captureStrings.runUntested}</p>
    </>
  );
}

function PhaseWords({ run }: Pick<RunnerProps, 'run'>) {
  if (run.phase === 'capturing') return <Capturing since={run.since} words={captureStrings.phases.capturing} />;
  return run.phase === 'done' || run.phase === 'failed' ? run.words : captureStrings.phases[run.phase];
}

/** How long a capture has been running, counted in seconds. */
export function Capturing({ since, words }: { since: number; words: (since: string) => string }) {
  const now = useNow(1000);
  return <span aria-live="off">{words(formatWait(now - since))}</span>;
}
