import { LoaderCircle, PackageX, Route, SearchX, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { attemptProtocols } from '../../core/engine/contract-paths.ts';
import { TextButton } from '../app/Buttons.tsx';
import { CopyDetails } from '../app/CopyDetails.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { appStrings, connectionsStrings } from '../strings.ts';
import type { Session } from '../state/model.ts';

const words = connectionsStrings.empty;

/** Why there is no attempt to see, over a grid without rows, and the one thing to do next. */
export function EmptyAttempts({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { stage, found, error } = session.connections;
  const ask = (): void => void workspace.showConnections(session.key);
  if (session.stage !== 'ready') {
    return <Explanation icon={LoaderCircle} heading={words.reading} testId="attempts-waiting" />;
  }
  if (stage === 'failed') {
    return (
      <Explanation icon={PackageX} heading={words.failed} testId="attempts-failed">
        <p className="selectable">{error?.message}</p>
        <CopyDetails heading={words.failed} sentences={[error?.message ?? '']} error={error} files={session.files} />
        <TextButton label={words.retry} primary testId="retry-attempts" onPress={ask} />
      </Explanation>
    );
  }
  if (found && found.total > 0) return null;
  if (stage === 'cancelled') {
    return (
      <Explanation icon={Route} heading={words.cancelled} testId="attempts-cancelled">
        <TextButton label={words.again} primary testId="ask-attempts" onPress={ask} />
      </Explanation>
    );
  }
  if (!found) {
    return (
      <Explanation icon={LoaderCircle} heading={words.asking} testId="attempts-asking">
        <p className="muted">{words.askingDetail}</p>
        <TextButton
          label={appStrings.cancel}
          testId="cancel-attempts"
          onPress={() => {
            workspace.cancelConnections(session.key);
          }}
        />
      </Explanation>
    );
  }
  return found.available === 0 ? <NoAttempt session={session} /> : <NoMatch session={session} />;
}

/** What was looked for, why nothing is here, and how to capture it. */
function NoAttempt({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { protocols } = session.connections.choice;
  const others = attemptProtocols.filter((protocol) => !protocols.includes(protocol));
  return (
    <Explanation icon={PackageX} heading={words.none(protocols.join(', '))} testId="no-attempts">
      {protocols.map((protocol) => (
        <p key={protocol}>{words.noneDetail[protocol]}</p>
      ))}
      <p className="muted">{words.capture}</p>
      <span className="command command-line">
        <code>{words.captureCommand}</code>
        <CopyButton label={words.copyCommand} text={() => words.captureCommand} testId="copy-capture-command" />
      </span>
      {others.length > 0 && (
        <TextButton
          label={words.others(others.join(', '))}
          testId="other-protocols"
          onPress={() => void workspace.chooseConnections(session.key, { protocols: attemptProtocols })}
        />
      )}
    </Explanation>
  );
}

function NoMatch({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { found } = session.connections;
  return (
    <Explanation icon={SearchX} heading={words.noMatch} testId="no-attempt-matches">
      <p>{words.noMatchDetail(found?.available ?? 0)}</p>
      <TextButton
        label={words.showAll}
        primary
        testId="show-all-attempts"
        onPress={() => void workspace.chooseConnections(session.key, { verdicts: [], text: '', filtered: false })}
      />
    </Explanation>
  );
}

interface ExplanationProps {
  icon: LucideIcon;
  heading: string;
  testId: string;
  children?: ReactNode;
}

function Explanation({ icon: Icon, heading, testId, children }: ExplanationProps) {
  return (
    <div className="explanation explanation-over" data-testid={testId}>
      <Icon size={24} strokeWidth={1.5} aria-hidden />
      <h2>{heading}</h2>
      {children}
    </div>
  );
}
