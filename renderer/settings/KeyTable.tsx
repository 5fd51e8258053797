import type { KeyGroup } from './key-table.ts';
import { settingsStrings } from './strings.ts';

/** Commands and their keys, a table a menu. */
export function KeyTable({ groups }: { groups: readonly KeyGroup[] }) {
  if (groups.length === 0) return <p className="muted">{settingsStrings.noKeys}</p>;
  return (
    <div className="key-groups" data-testid="key-table">
      {groups.map(({ heading, rows }) => (
        <table key={heading} className="report key-group">
          <caption className="pane-heading">{heading}</caption>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{settingsStrings.keyCommand}</th>
              <th scope="col">{settingsStrings.keyKeys}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, keys }) => (
              <tr key={title}>
                <td>{title}</td>
                <td className="key-cell">{keys !== '' && <kbd>{keys}</kbd>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
