import { canWork, planScript } from '../../capture/plan-script.ts';
import { captureStore } from '../../capture/kept-choices.ts';
import type { Actions, CommandScope } from '../action.ts';
import { commandStrings } from '../strings.ts';

type CaptureCommand = 'capture-script' | 'explain-capture' | 'save-capture-script' | 'run-capture' | 'stop-capture';

const { reasons } = commandStrings;

/** The phase of the capture that the app runs itself; undefined where it can run none. */
function phaseOf({ workspace }: CommandScope) {
  return workspace.store.getState().capturePage.run?.phase;
}

export const captureActions: Actions<CaptureCommand> = {
  'capture-script': {
    run: ({ workspace }) => {
      workspace.openCapturePage('build');
    },
  },
  'explain-capture': {
    run: ({ workspace }) => {
      workspace.openCapturePage('explain');
    },
  },
  'save-capture-script': {
    isOffered: () => canWork(captureStore.getState().plan),
    reason: reasons.noScript,
    run: ({ workspace }) => {
      const script = planScript(captureStore.getState().plan);
      if (script) void workspace.saveScript(script.fileName, script.text);
    },
  },
  'run-capture': {
    isOffered: (scope) => canStart(scope) && canWork(captureStore.getState().plan),
    reason: reasons.noCaptureHere,
    run: ({ workspace }) => void workspace.startCapture(captureStore.getState().plan),
  },
  'stop-capture': {
    isOffered: (scope) => phaseOf(scope) === 'capturing',
    reason: reasons.noCapture,
    run: ({ workspace }) => void workspace.stopCapture(),
  },
};

function canStart(scope: CommandScope): boolean {
  const phase = phaseOf(scope);
  return phase === 'idle' || phase === 'done' || phase === 'failed';
}
