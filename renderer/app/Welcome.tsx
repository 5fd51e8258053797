import { FileText, FileX, FolderOpen, Inbox } from 'lucide-react';
import type { RecentFile } from '../../core/engine/host.ts';
import { formatSize } from '../format/number.ts';
import { formatAge } from '../format/time.ts';
import { appStrings, welcomeStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { useNow } from './use-now.ts';
import { useWorkspace, useWorkspaceState } from './use-workspace.ts';

/** What to do when no trace is open. */
export function Welcome() {
  const workspace = useWorkspace();
  const recentFiles = useWorkspaceState((state) => state.recentFiles);
  const now = useNow(30_000);
  return (
    <main className="welcome" data-testid="welcome">
      <section className="drop-target">
        <Inbox size={28} strokeWidth={1.25} aria-hidden />
        <h2>{welcomeStrings.heading}</h2>
        <p className="muted">{welcomeStrings.drop}</p>
        <div className="welcome-buttons">
          <TextButton
            label={appStrings.openTrace}
            icon={FolderOpen}
            command="open"
            primary
            onPress={() => void workspace.openWithDialog()}
          />
          <TextButton
            label={welcomeStrings.openSample}
            hint={welcomeStrings.sampleHint}
            testId="open-sample"
            onPress={() => void workspace.openSample()}
          />
        </div>
      </section>
      <section className="recent" aria-labelledby="recent-heading">
        <h2 id="recent-heading" className="pane-heading">
          {welcomeStrings.recent}
        </h2>
        {recentFiles.length === 0 && <p className="muted">{welcomeStrings.noRecent}</p>}
        <ul>
          {recentFiles.map((file) => (
            <RecentItem key={file.token} file={file} now={now} />
          ))}
        </ul>
      </section>
    </main>
  );
}

function RecentItem({ file, now }: { file: RecentFile; now: number }) {
  const workspace = useWorkspace();
  const Icon = file.missing ? FileX : FileText;
  return (
    <li>
      <button
        type="button"
        className="recent-item"
        disabled={file.missing}
        title={file.missing ? welcomeStrings.missingHint : file.name}
        data-testid="recent-file"
        onClick={() => void workspace.openFiles([file])}
      >
        <Icon size={15} aria-hidden />
        <span className="recent-name">{file.name}</span>
        <span className="muted recent-folder">{file.folder}</span>
        <span className="recent-size">{file.missing ? welcomeStrings.missing : formatSize(file.size)}</span>
        <time className="muted" dateTime={new Date(file.openedAt).toISOString()}>
          {formatAge(file.openedAt, now)}
        </time>
      </button>
    </li>
  );
}
