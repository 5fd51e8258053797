import type { Completeness, TraceProblem } from '../../core/engine/contract.ts';
import { formatCount } from '../format/number.ts';
import { formatZone } from '../format/time.ts';
import { completenessStrings } from '../strings.ts';
import { formatIso, formatOffset } from './facts.ts';

/** Where the file was not as it should be, and why. */
export function ProblemsSection({ problems }: { problems: readonly TraceProblem[] }) {
  return (
    <section data-testid="problem-list">
      <h3>{completenessStrings.problems}</h3>
      {problems.length === 0 ? (
        <p className="muted">{completenessStrings.noProblems}</p>
      ) : (
        <table className="report">
          <thead>
            <tr>
              <th scope="col">{completenessStrings.offset}</th>
              <th scope="col">{completenessStrings.kind}</th>
              <th scope="col">{completenessStrings.problem}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ offset, kind, message }, index) => (
              <tr key={index}>
                <td className="code">{formatOffset(offset)}</td>
                <td className="kind">{completenessStrings.problemKinds[kind]}</td>
                <td className="wide">{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Buffers that are missing between others. */
export function GapsSection({ completeness, offsetMinutes }: { completeness: Completeness; offsetMinutes: number }) {
  const { gaps, missingBuffers } = completeness;
  const zone = formatZone(offsetMinutes);
  const listed = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  return (
    <section data-testid="gaps">
      <h3>{completenessStrings.gaps}</h3>
      {gaps.length === 0 && <p className="muted">{completenessStrings.noGaps}</p>}
      {gaps.length > 0 && (
        <table className="report">
          <thead>
            <tr>
              <th scope="col">{completenessStrings.file}</th>
              <th scope="col" className="number">
                {completenessStrings.after}
              </th>
              <th scope="col" className="number">
                {completenessStrings.missing}
              </th>
              <th scope="col">{completenessStrings.from(zone)}</th>
              <th scope="col">{completenessStrings.to(zone)}</th>
            </tr>
          </thead>
          <tbody>
            {gaps.map((gap) => (
              <tr key={`${gap.file} ${gap.after}`}>
                <td>{gap.file}</td>
                <td className="number">{formatCount(gap.after)}</td>
                <td className="number">{formatCount(gap.missing)}</td>
                <td>{formatIso(gap.fromTime, offsetMinutes)}</td>
                <td>{formatIso(gap.toTime, offsetMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {missingBuffers > listed && gaps.length > 0 && (
        <p className="muted">{completenessStrings.gapsCut(gaps.length)}</p>
      )}
    </section>
  );
}
