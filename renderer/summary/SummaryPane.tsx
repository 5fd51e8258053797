import { useEffect, useId } from 'react';
import { TextButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { useTimeDisplay } from '../app/use-time-display.ts';
import { formatPercent } from '../format/number.ts';
import { areGroupsFresh, canGroup, groupDepth, groupsAskedFor } from '../state/grouping.ts';
import { isReading, type Session } from '../state/model.ts';
import { clockOf } from '../timeline/clock.ts';
import { ColumnField } from './ColumnField.tsx';
import { groupTable } from './group-table-text.ts';
import { withColumn } from './groups.ts';
import { GroupTable } from './GroupTable.tsx';
import { presetIds, presetOf, presets, type PresetId } from './presets.ts';
import { summaryStrings } from './strings.ts';

/** The messages on show, counted by the values of some columns. */
export function SummaryPane({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const clock = clockOf(useTimeDisplay(session));
  const headingId = useId();
  const { key, grouping } = session;
  const { found, order, stage } = grouping;
  const wanted = groupsAskedFor(session);
  const ready = canGroup(session);
  useEffect(() => {
    if (ready) void workspace.showGroups(key);
  }, [workspace, key, wanted, ready]);
  const fresh = areGroupsFresh(session);
  const isListed = found !== undefined && found.groups.length > 0 && session.view?.rows !== 0;
  return (
    <section className="pane summary" aria-labelledby={headingId} data-testid="summary">
      <h2 id={headingId} className="visually-hidden">
        {summaryStrings.title}
      </h2>
      <Tools session={session} />
      <div className="pane-body summary-body" tabIndex={0} aria-labelledby={headingId} data-pane="summary">
        <State session={session} />
        {isListed && (
          <GroupTable
            key={found.by.join('\n')}
            found={found}
            order={order}
            clock={clock}
            stale={!fresh || stage === 'asking'}
            onOrder={(other) => {
              workspace.chooseGroups(key, { order: other });
            }}
          />
        )}
      </div>
    </section>
  );
}

function Tools({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { key, grouping } = session;
  const { by, found } = grouping;
  const preset = presetOf(by);
  const places = Math.min(groupDepth, by.length + 1);
  return (
    <div className="summary-tools" role="toolbar" aria-label={summaryStrings.tools}>
      <span className="muted">{summaryStrings.countBy}</span>
      {Array.from({ length: places }, (_, place) => (
        <span key={place} className="summary-column">
          {place > 0 && <span className="muted">{summaryStrings.then}</span>}
          <ColumnField
            label={summaryStrings.columnLabels[place]}
            column={by.at(place) ?? ''}
            testId={`group-by-${place}`}
            onColumn={(column) => {
              workspace.chooseGroups(key, { by: withColumn(by, place, column) });
            }}
          />
        </span>
      ))}
      <select
        className="text-input summary-preset"
        aria-label={summaryStrings.preset}
        title={summaryStrings.presetHint}
        value={preset ?? ''}
        data-testid="group-preset"
        onChange={(event) => {
          const chosen = presetIds.find((id) => id === event.target.value);
          if (chosen) workspace.chooseGroups(key, { by: presets[chosen] });
        }}
      >
        {preset === undefined && <option value="">{summaryStrings.ownChoice}</option>}
        {presetIds.map((id: PresetId) => (
          <option key={id} value={id}>
            {summaryStrings.presets[id]}
          </option>
        ))}
      </select>
      <Count session={session} />
      {found && found.groups.length > 0 && (
        <CopyButton
          label={summaryStrings.copy}
          hint={summaryStrings.copyHint}
          testId="copy-groups"
          text={() => groupTable(found.by, found)}
        />
      )}
    </div>
  );
}

/** How many groups there are, or how far counting them has come. */
function Count({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { stage, found, progress } = session.grouping;
  return (
    <span className="summary-count" role="status" data-testid="group-count">
      {stage === 'asking' ? (
        <>
          <span className="muted">
            {progress
              ? summaryStrings.countingPart(formatPercent(progress.done, progress.total))
              : summaryStrings.counting}
          </span>
          <button
            type="button"
            className="button button-small"
            data-testid="cancel-groups"
            onClick={() => {
              workspace.cancelGroups(session.key);
            }}
          >
            {summaryStrings.cancel}
          </button>
        </>
      ) : (
        found && <span className="muted">{summaryStrings.count(found.total, found.rows - found.rowsWithout)}</span>
      )}
    </span>
  );
}

/** Why there are no groups, or not those of what is on show; and what the engine has to say of them. */
function State({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { view, growing, grouping } = session;
  const { stage, found, error, by } = grouping;
  const again = (
    <TextButton
      label={summaryStrings.again}
      testId="count-again"
      onPress={() => void workspace.showGroups(session.key)}
    />
  );
  if (by.length === 0) return <p className="pane-message muted">{summaryStrings.noColumns}</p>;
  if (stage === 'failed' && error) {
    return (
      <div className="pane-message" role="alert" data-testid="groups-failed">
        <p>
          {summaryStrings.failed} {error.message}
        </p>
        {again}
      </div>
    );
  }
  if (isReading(session)) return <p className="pane-message muted">{summaryStrings.waitingForTrace}</p>;
  if (growing) return <p className="pane-message muted">{summaryStrings.waitingForRows}</p>;
  if (view?.rows === 0) return <p className="pane-message muted">{summaryStrings.noRows}</p>;
  if (stage === 'cancelled') {
    return (
      <div className="pane-message summary-again" role="status">
        <span>
          {summaryStrings.cancelled} {found && !areGroupsFresh(session) && summaryStrings.stale}
        </span>
        {again}
      </div>
    );
  }
  if (!found || stage !== 'known') return null;
  return (
    <>
      {found.groups.length === 0 && (
        <p className="pane-message muted" data-testid="no-groups">
          {summaryStrings.noValues(found.by.join(', '))}
        </p>
      )}
      {found.notes.map((note) => (
        <p key={note} className="pane-message muted">
          {note}
        </p>
      ))}
    </>
  );
}
