import type { CDPSession } from '@playwright/test';

/** Drags a real file into the window and drops it, through the browser's own drag and drop. */
export async function dropFile(session: CDPSession, path: string): Promise<void> {
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
  }
}
