import { app } from 'electron';
import { jumpList } from './jump-list.ts';
import type { RecentEntry } from './recent-files.ts';

/** Tells the operating system which traces were opened last: its own list of documents, on Windows the jump list too. */
export function tellSystem(entries: readonly RecentEntry[], sample: string): void {
  // The system's list cannot lose one entry alone, so it is told anew, from the oldest to the newest.
  app.clearRecentDocuments();
  for (const { path } of entries.toSorted((a, b) => a.openedAt - b.openedAt)) app.addRecentDocument(path);
  // A refusal (lists switched off by a policy, an unregistered file type) costs nothing but the list.
  if (process.platform === 'win32') {
    const removed = app.getJumpListSettings().removedItems.map(({ args }) => args);
    app.setJumpList(jumpList(entries, { program: process.execPath, sample, removed }));
  }
}
