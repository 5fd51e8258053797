import { Fragment, useId } from 'react';
import type { NameBook } from '../../core/engine/contract.ts';
import { CopyButton } from '../app/CopyButton.tsx';
import { namesStrings } from '../strings.ts';
import { namelessByCommand } from './subjects.ts';

/** A command to run on the host, ready to be copied. */
export function Command({ command }: { command: string }) {
  return (
    <span className="command command-line">
      <code>
        {command.split(/(?<=,)/).map((part, index) => (
          <Fragment key={index}>
            {part}
            <wbr />
          </Fragment>
        ))}
      </code>
      <CopyButton label={namesStrings.copyCommand(command)} text={() => command} testId="copy-command" />
    </span>
  );
}

/** The commands that fetch the names which are missing. */
export function Commands({ book }: { book: NameBook }) {
  const headingId = useId();
  const { commands, withoutCommand } = namelessByCommand(book.subjects);
  if (commands.length + withoutCommand.length === 0) return null;
  return (
    <section aria-labelledby={headingId} data-testid="missing-names">
      <h3 id={headingId}>{namesStrings.fetch}</h3>
      {commands.length > 0 && <p className="muted">{namesStrings.fetchDetail}</p>}
      <ul className="commands-list">
        {commands.map(({ command, subjects }) => (
          <li key={command} data-testid="fetch-command">
            <Command command={command} />
            <span className="muted" title={subjects.map(({ text }) => text).join('\n')}>
              {namesStrings.fetches(subjects.length)}
            </span>
          </li>
        ))}
      </ul>
      {withoutCommand.length > 0 && (
        <p className="muted" title={withoutCommand.map(({ text }) => text).join('\n')}>
          {namesStrings.byHandOnly(withoutCommand.length)}
        </p>
      )}
    </section>
  );
}
