import { ArrowLeftRight, X } from 'lucide-react';
import { useId, useMemo } from 'react';
import type { PacketPath } from '../../core/engine/contract.ts';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { CopyDetails } from '../app/CopyDetails.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { useZone } from '../app/use-zone.ts';
import { pathOf, type ComparedPaths, type PathLookup, type Session } from '../state/model.ts';
import { pathStrings } from '../strings.ts';
import { alignPaths, type Alignment } from './align.ts';
import { CopyPath } from './CopyPath.tsx';
import { totalWords, verdictWords } from './hop-words.ts';
import { PathDiagram } from './PathDiagram.tsx';
import { PathProgressBar } from './PathProgressBar.tsx';
import { PathTable } from './PathTable.tsx';
import { comparedContent, type DiagramContent } from './tracks.ts';

const names = ['A', 'B'] as const;

/** Two packets' paths on one set of lanes, and in words what differs. */
export function ComparePaths({ session, compared }: { session: Session; compared: ComparedPaths }) {
  const workspace = useWorkspace();
  const headingId = useId();
  const { offsetMinutes } = useZone(session);
  const words = pathStrings.compare;
  const { rows, lookups } = compared;
  const [first, second] = lookups.map((lookup) => pathOf(lookup));
  const shown = useMemo(() => {
    if (!first || !second) return undefined;
    const alignment = alignPaths(first, second);
    return {
      paths: [first, second] as const,
      alignment,
      content: comparedContent(first, second, alignment, pathStrings.partingHeading),
    };
  }, [first, second]);
  return (
    <main className="compare" aria-labelledby={headingId} data-testid="compare-paths">
      <header className="page-header">
        <h2 id={headingId}>{words.heading}</h2>
        <span className="page-tools">
          {shown && <CopyPath content={shown.content} offsetMinutes={offsetMinutes} />}
          <TextButton
            label={words.swap}
            icon={ArrowLeftRight}
            testId="swap-compared"
            onPress={() => void workspace.comparePaths(rows[1], rows[0])}
          />
          <IconButton
            label={words.close}
            icon={X}
            testId="close-comparison"
            onPress={() => {
              workspace.closeComparison();
            }}
          />
        </span>
      </header>
      {shown ? (
        <Comparison {...shown} offsetMinutes={offsetMinutes} />
      ) : (
        lookups.map((lookup, index) => <Missing key={names[index]} name={names[index]} lookup={lookup} />)
      )}
    </main>
  );
}

interface ComparisonProps {
  paths: readonly [PacketPath, PacketPath];
  alignment: Alignment;
  content: DiagramContent;
  offsetMinutes: number;
}

function Comparison({ paths, alignment, content, offsetMinutes }: ComparisonProps) {
  const workspace = useWorkspace();
  const goTo = (row: number): void => void workspace.showPath(row);
  return (
    <>
      <div className="compare-summary">
        {paths.map((path, index) => (
          <p key={names[index]} data-tone={content.tracks[index].tone}>
            <button
              type="button"
              className="compare-name"
              title={pathStrings.compare.goTo(names[index])}
              data-testid={`show-compared-${names[index]}`}
              onClick={() => {
                goTo(path.row);
              }}
            >
              {names[index]}
            </button>
            <span className="code">{path.title}</span>
            <span>{verdictWords(path.attempt)}</span>
            <span className="muted">{totalWords(path)}</span>
          </p>
        ))}
        <ul className="compare-differences" data-testid="compare-differences">
          {differences(paths, alignment).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <PathDiagram
        content={content}
        label={pathStrings.compare.label}
        offsetMinutes={offsetMinutes}
        selectedRow={undefined}
        onClick={() => undefined}
        onEnter={goTo}
      />
      <div className="visually-hidden">
        <PathTable paths={paths} offsetMinutes={offsetMinutes} selectedRow={undefined} />
      </div>
    </>
  );
}

/** What differs, in sentences, the most telling first. */
function differences([first, second]: readonly [PacketPath, PacketPath], alignment: Alignment): string[] {
  const { lines, partsAt, onlyFirst, onlySecond } = alignment;
  const words = pathStrings.compare;
  const named = (keys: readonly string[], { lanes }: PacketPath): string =>
    keys.map((key) => lanes.find((lane) => lane.key === key)?.name ?? key).join(', ');
  const slower = lines.filter((line) => line.isLatencyDifferent).length;
  return [
    partsAt === undefined ? words.same(lines.length) : words.partAfter(partsAt),
    ...(onlyFirst.length > 0 ? [words.onlyIn(names[0], named(onlyFirst, first))] : []),
    ...(onlySecond.length > 0 ? [words.onlyIn(names[1], named(onlySecond, second))] : []),
    ...(slower > 0 ? [words.latencies(slower)] : []),
  ];
}

/** Why one of the paths is not there, or not yet. */
function Missing({ name, lookup }: { name: string; lookup: PathLookup }) {
  const workspace = useWorkspace();
  if (lookup.kind === 'failed') {
    return (
      <p className="pane-message danger">
        {name}: {lookup.error.message}{' '}
        <CopyDetails heading={name} sentences={[lookup.error.message]} error={lookup.error} />
      </p>
    );
  }
  if (lookup.kind === 'known') {
    return lookup.path ? null : <p className="pane-message">{pathStrings.compare.noPath(name)}</p>;
  }
  if (lookup.kind === 'asking' && lookup.progress) {
    return <PathProgressBar lookup={lookup} onCancel={workspace.closeComparison} />;
  }
  return (
    <p className="pane-message muted">
      {name}: {pathStrings.asking}
    </p>
  );
}
