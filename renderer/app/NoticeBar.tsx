import { CircleX, Info, X } from 'lucide-react';
import { appStrings } from '../strings.ts';
import { IconButton, TextButton } from './Buttons.tsx';
import { CopyDetails } from './CopyDetails.tsx';
import { useWorkspace, useWorkspaceState } from './use-workspace.ts';

/** What went wrong, or is worth knowing, outside of any trace: what happened, why, what to do. */
export function NoticeBar() {
  const workspace = useWorkspace();
  const notices = useWorkspaceState((state) => state.notices);
  return (
    <div className="notices">
      {notices.map((notice) => (
        <div
          key={notice.key}
          role={notice.isNote ? 'status' : 'alert'}
          className={notice.isNote ? 'notice notice-note' : 'notice'}
          data-testid="notice"
        >
          {notice.isNote ? <Info size={15} aria-hidden /> : <CircleX size={15} className="danger" aria-hidden />}
          <p>
            <strong>{notice.heading}.</strong> {notice.detail} {notice.advice}
          </p>
          {notice.action && (
            <TextButton
              label={notice.action.label}
              onPress={() => {
                workspace.dismissNotice(notice.key);
                notice.action?.run();
              }}
              testId="notice-action"
            />
          )}
          <CopyDetails heading={notice.heading} sentences={[notice.detail, notice.advice]} />
          <IconButton
            label={appStrings.dismiss}
            icon={X}
            keys="Esc"
            onPress={() => {
              workspace.dismissNotice(notice.key);
            }}
          />
        </div>
      ))}
    </div>
  );
}
