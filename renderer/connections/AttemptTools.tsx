import { GitCompareArrows } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import {
  attemptProtocols,
  verdictKinds,
  type AttemptProtocol,
  type VerdictKind,
} from '../../core/engine/contract-paths.ts';
import { TextButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { ToggleChip } from '../app/ToggleChip.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { useZone } from '../app/use-zone.ts';
import { formatZone } from '../format/time.ts';
import type { ConnectionChoice, Session } from '../state/model.ts';
import { connectionsStrings } from '../strings.ts';
import { attemptsText } from './attempt-text.ts';
import { verdictLooks } from './looks.ts';
import { comparedRows } from './selection.ts';

/** Which attempts are on show, and what can be done with those that are selected. */
export function AttemptTools({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { offsetMinutes, withDate } = useZone(session);
  const { choice, found, selected } = session.connections;
  const choose = (change: Partial<ConnectionChoice>): void => void workspace.chooseConnections(session.key, change);
  const compared = comparedRows(selected);
  const filter = session.filter.applied;
  return (
    <div className="attempt-tools" role="toolbar" aria-label={connectionsStrings.tools} data-testid="attempt-tools">
      <div className="attempt-tools-line">
        <span role="group" aria-label={connectionsStrings.protocolGroup} className="segments">
          {attemptProtocols.map((protocol) => (
            <button
              key={protocol}
              type="button"
              className="segment"
              aria-pressed={choice.protocols.includes(protocol)}
              title={connectionsStrings.protocolHints[protocol]}
              data-testid={`protocol-${protocol}`}
              onClick={() => {
                choose({ protocols: withProtocol(choice.protocols, protocol), verdicts: [] });
              }}
            >
              {protocol}
            </button>
          ))}
        </span>
        <FindField session={session} />
        <label className="check" title={connectionsStrings.filteredHint(filter)} data-disabled={filter === ''}>
          <input
            type="checkbox"
            checked={choice.filtered}
            data-testid="attempts-filtered"
            onChange={(event) => {
              choose({ filtered: event.target.checked });
            }}
          />
          {connectionsStrings.filtered}
        </label>
        <span className="attempt-count muted" role="status" data-testid="attempt-count">
          {found && connectionsStrings.count(found.total, found.available)}
          {selected.length > 1 && ` · ${connectionsStrings.selectedCount(selected.length)}`}
        </span>
        <TextButton
          label={connectionsStrings.compare}
          hint={compared ? connectionsStrings.compareHint : connectionsStrings.compareNeeds}
          icon={GitCompareArrows}
          keys="Ctrl+Enter"
          disabled={!compared}
          testId="compare-attempts"
          onPress={() => {
            if (compared) void workspace.comparePaths(...compared);
          }}
        />
        {selected.length > 0 && (
          <CopyButton
            label={connectionsStrings.copy}
            hint={connectionsStrings.copyHint}
            keys="Ctrl+C"
            shown
            testId="copy-attempts"
            text={() => attemptsText(selected, { offsetMinutes, withDate }, formatZone(offsetMinutes))}
          />
        )}
      </div>
      <div className="attempt-tools-line" role="group" aria-label={connectionsStrings.verdictGroup}>
        {verdictKinds.map((verdict) => (
          <VerdictChip
            key={verdict}
            verdict={verdict}
            count={found?.verdicts.find(({ kind }) => kind === verdict)?.attempts ?? 0}
            pressed={choice.verdicts.includes(verdict)}
            onToggle={() => {
              choose({ verdicts: withToggled(choice.verdicts, verdict) });
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface VerdictChipProps {
  verdict: VerdictKind;
  count: number;
  pressed: boolean;
  onToggle: () => void;
}

/** Verdicts that no attempt has can be left off, but not chosen. */
function VerdictChip({ verdict, count, pressed, onToggle }: VerdictChipProps) {
  const { icon: Icon, level } = verdictLooks[verdict];
  return (
    <ToggleChip
      label={connectionsStrings.verdicts[verdict]}
      hint={connectionsStrings.verdictChip(verdict, count)}
      count={count}
      pressed={pressed}
      disabled={count === 0 && !pressed}
      icon={<Icon size={13} className={count === 0 ? '' : `level-${level}`} aria-hidden />}
      testId={`verdict-${verdict}`}
      onToggle={onToggle}
    />
  );
}

/** Milliseconds without a key press after which the attempts are looked through. */
const restBeforeAsking = 200;

function FindField({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { key } = session;
  const { text } = session.connections.choice;
  const [draft, setDraft] = useState(text);
  const asked = useRef(text);
  useEffect(() => {
    if (text === asked.current) return;
    asked.current = text;
    setDraft(text);
  }, [text]);
  useEffect(() => {
    if (draft === asked.current) return undefined;
    const timer = setTimeout(() => {
      asked.current = draft;
      void workspace.chooseConnections(key, { text: draft });
    }, restBeforeAsking);
    return () => {
      clearTimeout(timer);
    };
  }, [workspace, key, draft]);
  return (
    <input
      type="search"
      className="text-input attempt-find"
      placeholder={connectionsStrings.find}
      aria-label={connectionsStrings.findHint}
      title={connectionsStrings.findHint}
      value={draft}
      maxLength={1000}
      data-testid="find-attempt"
      onChange={(event) => {
        setDraft(event.target.value);
      }}
    />
  );
}

/** One protocol more or less, in their order; at least one stays. */
function withProtocol(protocols: readonly AttemptProtocol[], protocol: AttemptProtocol): AttemptProtocol[] {
  const wanted = withToggled(protocols, protocol);
  return wanted.length === 0 ? [protocol] : attemptProtocols.filter((each) => wanted.includes(each));
}

function withToggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
