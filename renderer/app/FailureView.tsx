import { CircleX, RotateCw } from 'lucide-react';
import type { Session } from '../state/model.ts';
import { appStrings, failureStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { CopyDetails } from './CopyDetails.tsx';
import { useWorkspace } from './use-workspace.ts';

/** A trace that could not be opened: what happened, what was kept, what to do. */
export function FailureView({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { name, failure } = session;
  return (
    <main className="explanation" role="alert" data-testid="open-failure">
      <CircleX size={24} className="danger" aria-hidden />
      <h2>{failureStrings.heading(name)}</h2>
      <p className="selectable">{failure?.message}</p>
      <p className="muted">{failureStrings.kept}</p>
      <p className="muted">{failureStrings.advice}</p>
      <div className="welcome-buttons">
        <TextButton
          label={failureStrings.retry}
          icon={RotateCw}
          primary
          onPress={() => void workspace.retryOpen(session.key)}
        />
        <TextButton
          label={appStrings.close}
          onPress={() => {
            workspace.closeSession(session.key);
          }}
        />
        <CopyDetails
          heading={failureStrings.heading(name)}
          sentences={[failure?.message ?? '']}
          error={failure}
          files={session.files}
        />
      </div>
    </main>
  );
}
