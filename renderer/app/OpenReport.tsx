import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { Session } from '../state/model.ts';
import { IconButton, TextButton } from './Buttons.tsx';
import { openReport } from './open-report.ts';
import { reportStrings } from './strings.ts';
import { useWorkspace } from './use-workspace.ts';

/** Traces whose report has been read; they are told once. */
const readReports = new Set<number>();

/** Says what is missing in a trace that has been read, until that is dismissed or looked at. */
export function OpenReport({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const [, renew] = useState(0);
  const { info, trace, showing, stage } = session;
  if (!info || trace === undefined || stage !== 'ready' || showing === 'completeness' || readReports.has(trace))
    return null;
  const words = openReport(info);
  if (words === undefined) return null;
  const dismiss = (): void => {
    readReports.add(trace);
    renew((count) => count + 1);
  };
  return (
    <div className="open-report" role="status" aria-label={reportStrings.label} data-testid="open-report">
      <TriangleAlert size={14} className="warning" aria-hidden />
      <p className="selectable">{words}</p>
      <TextButton
        label={reportStrings.open}
        hint={reportStrings.openHint}
        testId="open-report-details"
        onPress={() => {
          dismiss();
          workspace.show(session.key, 'completeness');
        }}
      />
      <IconButton label={reportStrings.dismiss} icon={X} testId="dismiss-report" onPress={dismiss} />
    </div>
  );
}
