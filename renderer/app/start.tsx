import 'allotment/dist/style.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Host } from '../../core/engine/host.ts';
import { followAppearance } from '../settings/appearance.ts';
import { activeSession } from '../state/model.ts';
import { browserPage } from '../state/engine-loss.ts';
import { watchWhileVisible } from '../state/watch-files.ts';
import { createWorkspace, type Workspace } from '../state/workspace.ts';
import { appStrings } from '../strings.ts';
import '../styles/index.css';
import { App } from './App.tsx';
import { markIdle } from './idle-marker.ts';

/** Puts the page on the screen, over whatever host it has. */
export function startPage(host: Host): Workspace {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root".');
  followAppearance(document.documentElement, (theme) => void host.setTheme?.(theme).catch(() => undefined));
  const workspace = createWorkspace(host, Date.now, browserPage());
  markIdle(root, workspace.store);
  workspace.store.subscribe((state) => {
    const file = activeSession(state)?.name;
    document.title = file === undefined ? appStrings.name : `${file} – ${appStrings.name}`;
  });
  createRoot(root).render(
    <StrictMode>
      <App workspace={workspace} />
    </StrictMode>,
  );
  watchWhileVisible(workspace.lookAfterFiles);
  void workspace.start();
  return workspace;
}
