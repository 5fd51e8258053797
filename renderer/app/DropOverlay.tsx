import { Inbox } from 'lucide-react';
import { useEffect, useState } from 'react';
import { captureStrings } from '../capture/strings.ts';
import { appStrings } from '../strings.ts';
import { useWorkspace, useWorkspaceState } from './use-workspace.ts';

/** Takes files dropped anywhere in the window; without it the page would navigate to them. */
export function DropOverlay() {
  const workspace = useWorkspace();
  const explains = useWorkspaceState((state) => state.capturePage.open);
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    // Entering a child comes before leaving its parent, so the pairs are counted.
    let depth = 0;
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const change = (by: number) => (event: DragEvent) => {
      event.preventDefault();
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth + by);
      setDragging(depth > 0);
    };
    const over = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = carriesFiles(event) ? 'copy' : 'none';
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      depth = 0;
      setDragging(false);
      const files = Array.from(event.dataTransfer?.files ?? []);
      if (files.length > 0) void workspace.takeDropped(files);
    };
    const listeners = { dragenter: change(1), dragleave: change(-1), dragover: over, drop };
    for (const [name, listener] of Object.entries(listeners)) {
      document.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        document.removeEventListener(name, listener as EventListener);
      }
    };
  }, [workspace]);
  if (!dragging) return null;
  return (
    <div className="drop-overlay" data-testid="drop-overlay">
      <Inbox size={32} strokeWidth={1.25} aria-hidden />
      <strong>{appStrings.dropHere}</strong>
      <span>{explains ? captureStrings.dropHere : appStrings.dropHereDetail}</span>
    </div>
  );
}
