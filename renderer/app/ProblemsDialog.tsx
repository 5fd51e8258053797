import type { Session } from '../state/model.ts';
import { appStrings, problemStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Dialog } from './Dialog.tsx';

interface ProblemsDialogProps {
  session: Session;
  onClose: () => void;
}

/** Where the file could not be read, and why. */
export function ProblemsDialog({ session, onClose }: ProblemsDialogProps) {
  const problems = session.info?.problems ?? [];
  const lines = (): string => problems.map((problem) => `${hexOffset(problem.offset)}\t${problem.message}`).join('\n');
  return (
    <Dialog heading={problemStrings.heading(session.file.name)} onClose={onClose} testId="problems-dialog" wide>
      <p>{problemStrings.intro}</p>
      <div className="dialog-scroll">
        <table className="report">
          <thead>
            <tr>
              <th scope="col">{problemStrings.offset}</th>
              <th scope="col">{problemStrings.problem}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, index) => (
              <tr key={index}>
                <td className="code">{hexOffset(problem.offset)}</td>
                <td>{problem.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer className="dialog-footer">
        <CopyButton label={problemStrings.copy} text={lines} />
        <TextButton label={appStrings.close} primary onPress={onClose} />
      </footer>
    </Dialog>
  );
}

function hexOffset(offset: number): string {
  return `0x${offset.toString(16).padStart(8, '0')}`;
}
