import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { SplitView } from '../app/SplitView.tsx';
import type { Session } from '../state/model.ts';
import { settingsStore } from '../state/settings.ts';
import { HiddenPathPane, PathPane } from './PathPane.tsx';

interface AbovePathProps {
  session: Session;
  /** Names the sizes where they are remembered. */
  name: string;
  children: ReactNode;
}

/** What a packet can be selected in, and under it the packet's path. */
export function AbovePath({ session, name, children }: AbovePathProps) {
  const isShown = useStore(settingsStore, (settings) => settings.pathPane);
  return (
    <div className="above-path">
      <SplitView
        name={name}
        vertical
        panes={[
          { content: children, smallest: 100, elastic: true },
          { content: <PathPane session={session} />, smallest: 100, preferred: '55%', hidden: !isShown },
        ]}
      />
      {!isShown && <HiddenPathPane />}
    </div>
  );
}
