import { TextButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { Dialog } from '../app/Dialog.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { appStrings } from '../strings.ts';
import { aboutStrings } from './strings.ts';
import { useVersions } from './use-versions.ts';
import { versionLines } from './versions-text.ts';

/** What this is, what it is made of, and that it tells nobody. */
export function AboutDialog({ onClose }: { onClose: () => void }) {
  const workspace = useWorkspace();
  const versions = useVersions();
  return (
    <Dialog heading={aboutStrings.heading} onClose={onClose} testId="about-dialog">
      <div className="about">
        <p>
          <strong>{aboutStrings.version(versions?.app ?? '')}</strong>
        </p>
        <p>{aboutStrings.what}</p>
        <p>{aboutStrings.licence}</p>
        <p>{aboutStrings.telemetry}</p>
        {workspace.hostKind === 'web' && <p className="muted">{aboutStrings.server}</p>}
        <div role="status">
          {versions === undefined && <p className="muted">{aboutStrings.asking}</p>}
          {versions === null && <p className="danger">{aboutStrings.failed}</p>}
          {versions && versions.parts.length > 0 && (
            <ul className="about-parts code selectable">
              {versions.parts.map((part) => (
                <li key={part}>{part}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <footer className="dialog-footer">
        {versions && (
          <span className="dialog-footer-start">
            <CopyButton
              label={aboutStrings.copy}
              shown
              testId="copy-versions"
              text={() => [...versionLines(versions), `${aboutStrings.browser}: ${navigator.userAgent}`].join('\n')}
            />
          </span>
        )}
        <TextButton label={appStrings.close} primary onPress={onClose} />
      </footer>
    </Dialog>
  );
}
