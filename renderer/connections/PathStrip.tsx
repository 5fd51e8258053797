import type { CustomCellRendererProps } from 'ag-grid-react';
import { Ellipsis, X } from 'lucide-react';
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import { connectionsStrings } from '../strings.ts';
import { drawnStrip, laneText, stripText } from './attempt-text.ts';
import { componentIcons } from './looks.ts';

/** Where a packet went, one glyph a component; the whole of it in words for the tooltip and for screen readers. */
export function PathStrip({ data }: CustomCellRendererProps<ConnectionAttempt>) {
  if (!data) return null;
  const words = [stripText(data), data.isInferred && connectionsStrings.stripInferred].filter(Boolean).join('; ');
  return (
    <span
      className="path-strip"
      role="img"
      aria-label={connectionsStrings.strip(words)}
      title={words}
      data-testid="path-strip"
      data-inferred={data.isInferred}
    >
      {drawnStrip(data.strip).map((lane, index) => {
        if (!lane) {
          return (
            <span key={index} className="strip-lane">
              <Ellipsis size={13} aria-hidden />
            </span>
          );
        }
        const Icon = componentIcons[lane.kind];
        return (
          <span key={index} className="strip-lane" data-kind={lane.kind} data-drop={lane.isDrop} title={laneText(lane)}>
            <Icon size={13} aria-hidden />
            {lane.isDrop && <X size={10} strokeWidth={4} className="strip-drop" aria-hidden />}
          </span>
        );
      })}
    </span>
  );
}
