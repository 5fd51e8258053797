import { CircleDot } from 'lucide-react';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { Capturing } from './RunHere.tsx';
import { captureStrings } from './strings.ts';

/** In the status bar while the app captures, wherever the person is; leads to the capture page. */
export function CaptureStatus() {
  const workspace = useWorkspace();
  const run = useWorkspaceState((state) => state.capturePage.run);
  switch (run?.phase) {
    case 'starting':
    case 'capturing':
    case 'stopping':
    case 'gathering':
      return (
        <button
          type="button"
          className="status-button"
          title={captureStrings.statusHint}
          data-testid="status-capture"
          onClick={() => {
            workspace.openCapturePage('build');
          }}
        >
          <CircleDot size={12} className="danger" aria-hidden />
          {run.phase === 'capturing' ? (
            <Capturing since={run.since} words={captureStrings.statusCapturing} />
          ) : (
            captureStrings.statusBusy
          )}
        </button>
      );
    case undefined:
    case 'unavailable':
    case 'idle':
    case 'done':
    case 'failed':
      return null;
  }
}
