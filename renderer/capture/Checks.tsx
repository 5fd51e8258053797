import { ChevronRight, CircleCheck, Info, OctagonX, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { CaveatSeverity } from '../../core/capture/caveats.ts';
import { TextButton } from '../app/Buttons.tsx';
import { countChecks, type CaptureCheck } from './checks.ts';
import { focusField } from './fields.tsx';
import { captureStrings } from './strings.ts';

const icons = { stop: OctagonX, warning: TriangleAlert, note: Info } as const;
const tones = { stop: 'danger', warning: 'warning', note: 'muted' } as const;

function SeverityIcon({ severity, size }: { severity: CaveatSeverity; size: number }) {
  const Icon = icons[severity];
  return <Icon size={size} className={tones[severity]} aria-hidden />;
}

/** What to know before the capture: what stands in the way and what to watch in full, the rest by its title. */
export function Checks({ checks }: { checks: readonly CaptureCheck[] }) {
  const id = useId();
  const stops = countChecks(checks, 'stop');
  const warnings = countChecks(checks, 'warning');
  const graver = checks.filter(({ severity }) => severity !== 'note');
  const notes = checks.filter(({ severity }) => severity === 'note');
  return (
    <section aria-labelledby={id} className="capture-checks" data-testid="capture-checks">
      <header className="section-header">
        <h3 id={id}>{captureStrings.checks}</h3>
        <p role="status" data-testid="capture-verdict" data-severity={verdictOf(stops, warnings)}>
          {stops + warnings === 0 ? (
            <CircleCheck size={14} className="level-good" aria-hidden />
          ) : (
            <SeverityIcon severity={stops > 0 ? 'stop' : 'warning'} size={14} />
          )}
          {captureStrings.checksVerdict(stops, warnings)}
        </p>
      </header>
      <ul className="capture-check-list">
        {graver.map((check) => (
          <li key={check.id} data-severity={check.severity} data-testid={`check-${check.id}`}>
            <CheckHeading check={check} />
            <CheckWords check={check} />
          </li>
        ))}
      </ul>
      <ul className="capture-note-list">
        {notes.map((check) => (
          <li key={check.id} data-severity={check.severity} data-testid={`check-${check.id}`}>
            <details>
              <summary>
                <ChevronRight size={14} className="capture-chevron" aria-hidden />
                <CheckHeading check={check} />
              </summary>
              <CheckWords check={check} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function verdictOf(stops: number, warnings: number): CaveatSeverity | 'good' {
  if (stops > 0) return 'stop';
  return warnings > 0 ? 'warning' : 'good';
}

function CheckHeading({ check }: { check: CaptureCheck }) {
  return (
    <span className="capture-check-heading">
      <SeverityIcon severity={check.severity} size={15} />
      <span className={`capture-severity ${tones[check.severity]}`}>{captureStrings.severities[check.severity]}</span>
      <strong>{check.title}</strong>
    </span>
  );
}

function CheckWords({ check: { words, where } }: { check: CaptureCheck }) {
  return (
    <div className="capture-check-words">
      <p>{words}</p>
      {where && (
        <TextButton
          label={captureStrings.toField(captureStrings.fields[where])}
          testId="check-field"
          onPress={() => {
            focusField(where);
          }}
        />
      )}
    </div>
  );
}
