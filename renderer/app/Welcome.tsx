import { FileText, FileX, FolderOpen, Inbox, Pin, ScrollText, X } from 'lucide-react';
import { useState } from 'react';
import type { RecentFile } from '../../core/engine/host.ts';
import { captureStrings } from '../capture/strings.ts';
import { shortcutText } from '../commands/keys.ts';
import { formatSize } from '../format/number.ts';
import { formatAge } from '../format/time.ts';
import { appStrings, welcomeStrings } from '../strings.ts';
import { IconButton, TextButton } from './Buttons.tsx';
import { welcomeWords } from './strings.ts';
import { isNewsRead, markNewsRead, whatsNew } from './whats-new.ts';
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
          <TextButton
            label={captureStrings.welcome}
            hint={captureStrings.welcomeHint}
            icon={ScrollText}
            command="capture-script"
            testId="build-capture-script"
            onPress={() => {
              workspace.openCapturePage('build');
            }}
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
      <News />
      <Hints />
    </main>
  );
}

/** What this version has that the one before had not: open until somebody has read it. */
function News() {
  const [isOpen, setOpen] = useState(() => !isNewsRead());
  return (
    <details
      className="welcome-news"
      open={isOpen}
      data-testid="whats-new"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
        if (!currentTarget.open) markNewsRead();
      }}
    >
      <summary className="pane-heading">{welcomeWords.news(whatsNew.version)}</summary>
      <ul>
        {whatsNew.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <TextButton
        label={welcomeWords.newsRead}
        hint={welcomeWords.newsReadHint}
        testId="news-read"
        onPress={() => {
          setOpen(false);
        }}
      />
    </details>
  );
}

/** A few keys that open up the rest. */
function Hints() {
  return (
    <section className="welcome-hints" aria-labelledby="hints-heading">
      <h2 id="hints-heading" className="pane-heading">
        {welcomeWords.hints}
      </h2>
      <dl>
        {welcomeWords.commandHints.map(({ command, words }) => (
          <div key={command}>
            <dt>
              <kbd>{shortcutText(command)}</kbd>
            </dt>
            <dd className="muted">{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Keeps a file at the top, or takes it from the list; where the host has a list. */
function RecentTools({ file }: { file: RecentFile }) {
  const { pinRecent, forgetRecentFile } = useWorkspace();
  const isPinned = file.pinned === true;
  const pinWords = isPinned ? welcomeWords.unpin(file.name) : welcomeWords.pin(file.name);
  return (
    <span className="recent-tools">
      {pinRecent && (
        <button
          type="button"
          className="icon-button"
          aria-label={pinWords}
          aria-pressed={isPinned}
          title={pinWords}
          data-testid="pin-recent"
          onClick={() => void pinRecent(file, !isPinned)}
        >
          <Pin size={14} aria-hidden />
        </button>
      )}
      {forgetRecentFile && (
        <IconButton
          label={welcomeWords.remove(file.name)}
          icon={X}
          testId="forget-recent"
          onPress={() => void forgetRecentFile(file)}
        />
      )}
    </span>
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
      <RecentTools file={file} />
    </li>
  );
}
