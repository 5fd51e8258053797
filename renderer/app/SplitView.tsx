import { Allotment, LayoutPriority } from 'allotment';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { isSizeList, readStored, writeStored } from '../state/settings.ts';

interface SplitPane {
  content: ReactNode;
  /** Size at first: pixels, or a share as `60%`. */
  preferred?: number | string;
  /** Pixels. */
  smallest: number;
  /** Takes what the window gains and gives what it loses. */
  elastic?: boolean;
  /** Not on show, but still there: what is in it stays as it was. */
  hidden?: boolean;
}

interface SplitViewProps {
  /** Names the sizes where they are remembered. */
  name: string;
  panes: SplitPane[];
  vertical?: boolean;
}

/** Panes side by side (or stacked) with a splitter between; their sizes come back where they were. */
export function SplitView({ name, panes, vertical = false }: SplitViewProps) {
  const storedName = `split.${name}`;
  const [stored] = useState(() => readStored(storedName, isSizeList(panes.length)));
  return (
    <Allotment
      key={name}
      vertical={vertical}
      proportionalLayout={false}
      onDragEnd={(sizes) => {
        writeStored(storedName, sizes);
      }}
      {...(stored && { defaultSizes: stored })}
    >
      {panes.map((pane, index) => (
        <Allotment.Pane
          key={index}
          minSize={pane.smallest}
          visible={pane.hidden !== true}
          priority={pane.elastic ? LayoutPriority.High : LayoutPriority.Normal}
          {...(pane.preferred !== undefined && { preferredSize: pane.preferred })}
        >
          {pane.content}
        </Allotment.Pane>
      ))}
    </Allotment>
  );
}
