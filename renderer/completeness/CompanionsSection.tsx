import type { TraceInfo } from '../../core/engine/contract.ts';
import { completenessStrings } from '../strings.ts';

/** What was read beside the trace's files, and what it gave. Nothing where nothing was. */
export function CompanionsSection({ companions }: Pick<TraceInfo, 'companions'>) {
  if (companions.length === 0) return null;
  return (
    <section data-testid="companions">
      <h3>{completenessStrings.companions}</h3>
      <ul>
        {companions.map(({ file, names, notes }) => (
          <li key={file} className="selectable">
            <strong>{file}</strong> {completenessStrings.namesRead(names)}
            {notes.map((note) => (
              <p key={note} className="muted">
                {note}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
