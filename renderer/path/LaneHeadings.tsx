import type { PathLane } from '../../core/engine/contract.ts';
import { CopyButton } from '../app/CopyButton.tsx';
import { pathStrings } from '../strings.ts';
import type { Diagram } from './layout.ts';

/** Over each lane its friendly name, beneath it what the trace calls it; over those the switch that it belongs to. */
export function LaneHeadings({ diagram: { lanes, groups, laneWidth, width } }: { diagram: Diagram }) {
  return (
    <div className="path-headings" style={{ width }}>
      {groups.map((group) => (
        <div
          key={`${group.key} ${group.first}`}
          className="path-group-heading"
          style={{ left: group.x, width: group.width }}
        >
          <span title={group.title}>{group.title}</span>
        </div>
      ))}
      {lanes.map(({ lane, x, fadesAt }) => (
        <div
          key={lane.key}
          className="path-lane-heading"
          data-faded={fadesAt === 0}
          data-testid="path-lane"
          style={{ left: x - laneWidth / 2, width: laneWidth }}
          title={laneHint(lane)}
        >
          <span className="path-lane-kind">{pathStrings.kinds[lane.kind]}</span>
          <span className="path-lane-name">{lane.name}</span>
          <span className="path-lane-identifier">{lane.identifier}</span>
          <CopyButton
            label={pathStrings.copyLane(lane.name)}
            text={() => [lane.name, lane.identifier].filter((part) => part !== '').join('\t')}
          />
        </div>
      ))}
    </div>
  );
}

function laneHint({ kind, name, identifier, facts }: PathLane): string {
  const lines = [
    `${pathStrings.kinds[kind]}: ${name}`,
    identifier,
    ...facts.map(({ label, value }) => `${label}: ${value}`),
  ];
  return lines.filter((line) => line !== '').join('\n');
}
