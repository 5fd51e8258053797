import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { Group, GroupOrder } from '../../core/engine/contract.ts';
import { copyText } from '../app/clipboard.ts';
import { pointOfMenu } from '../app/CopyMenu.tsx';
import { Menu, nextItem, type Point } from '../app/Menu.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { formatCount, formatSize } from '../format/number.ts';
import { quickFilterDoer, quickFilterItems } from '../quick-filter/quick-filter-items.ts';
import { compareInstants } from '../format/time.ts';
import type { FoundGroups } from '../state/model.ts';
import type { TimeSpan } from '../timeline/time-span.ts';
import type { Clock } from '../timeline/clock.ts';
import { timeIn } from '../timeline/timeline-text.ts';
import { isWhole, listedGroups } from './groups.ts';
import { summaryStrings } from './strings.ts';

/** Rows that are drawn at first. */
const firstRows = 200;

interface GroupTableProps {
  found: FoundGroups;
  order: GroupOrder;
  onOrder: (order: GroupOrder) => void;
  clock: Clock;
  stale: boolean;
}

/** The groups with what is in each; one of them filters the messages. */
export function GroupTable({ found, order, onOrder, clock, stale }: GroupTableProps) {
  const workspace = useWorkspace();
  const [reversed, setReversed] = useState(false);
  const [isAll, setAll] = useState(false);
  const [active, setActive] = useState(0);
  const [menu, setMenu] = useState<{ group: Group; at: Point }>();
  const listed = listedGroups(found, reversed);
  const shown = isAll ? listed : listed.slice(0, firstRows);
  const { columns } = summaryStrings;
  const span = timesOf(found.groups);
  const sort = (wanted: GroupOrder): void => {
    if (wanted !== order) {
      setReversed(false);
      onOrder(wanted);
    } else if (isWhole(found)) setReversed(!reversed);
  };
  const heading = (name: string, wanted: GroupOrder, className?: string): ReactNode => (
    <SortHeading
      key={name}
      name={name}
      className={className}
      sorted={wanted === order ? (reversed ? 'reversed' : 'plain') : undefined}
      order={wanted}
      hint={wanted === order ? (isWhole(found) ? summaryStrings.reverse : summaryStrings.cannotReverse) : undefined}
      onSort={() => {
        sort(wanted);
      }}
    />
  );
  const focusGroup = (event: KeyboardEvent<HTMLTableElement>): void => {
    const groups = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('[data-group]'));
    const next = nextItem(
      event.key,
      groups.findIndex((group) => group === document.activeElement),
      groups.length,
    );
    if (next === undefined || !groups.includes(document.activeElement as HTMLElement)) return;
    event.preventDefault();
    setActive(next);
    groups[next].focus();
  };
  return (
    <>
      <table className="group-table" data-stale={stale} onKeyDown={focusGroup} data-testid="groups">
        <thead>
          <tr>
            {found.by.map((column) => heading(column, 'value'))}
            {heading(columns.rows, 'rows', 'number')}
            <th scope="col" className="group-share">
              {columns.share}
            </th>
            {heading(columns.packets, 'packets', 'number')}
            {heading(columns.bytes, 'bytes', 'number')}
            {heading(columns.first, 'first')}
            <th scope="col">{columns.last}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ group, share }, index) => (
            <GroupRow
              key={group.values.join('\n')}
              group={group}
              share={share}
              tabIndex={index === Math.min(active, shown.length - 1) ? 0 : -1}
              first={timeIn(span, group.first, clock)}
              last={timeIn(span, group.last, clock)}
              onFilter={() => {
                if (group.filter !== undefined) void workspace.pushFilter(group.filter);
              }}
              onMenu={(at) => {
                setActive(index);
                setMenu({ group, at });
              }}
            />
          ))}
          {found.otherRows > 0 && (
            <RestRow
              depth={found.by.length}
              words={summaryStrings.others(found.total - found.groups.length)}
              rows={found.otherRows}
              all={found.rows}
              testId="other-groups"
            />
          )}
          {found.rowsWithout > 0 && (
            <RestRow
              depth={found.by.length}
              words={summaryStrings.without}
              hint={summaryStrings.withoutHint}
              rows={found.rowsWithout}
              all={found.rows}
              testId="rows-without"
            />
          )}
        </tbody>
      </table>
      {shown.length < listed.length && (
        <button
          type="button"
          className="button group-more"
          title={summaryStrings.showAll(listed.length)}
          onClick={() => {
            setAll(true);
          }}
        >
          {summaryStrings.showAll(listed.length)}
        </button>
      )}
      {menu && (
        <Menu
          label={summaryStrings.menu(menu.group.values.join(', '))}
          at={menu.at}
          testId="group-menu"
          items={[
            ...quickFilterItems(
              menu.group.filter === undefined ? [] : [{ text: menu.group.filter }],
              quickFilterDoer(workspace, (text) => void copyText(text)),
            ),
            {
              label: menu.group.values.length > 1 ? summaryStrings.copyValues : summaryStrings.copyValue,
              onChoose: () => void copyText(menu.group.values.join('\t')),
            },
          ]}
          onClose={() => {
            setMenu(undefined);
          }}
        />
      )}
    </>
  );
}

interface SortHeadingProps {
  name: string;
  order: GroupOrder;
  sorted: 'plain' | 'reversed' | undefined;
  hint: string | undefined;
  className: string | undefined;
  onSort: () => void;
}

/** Numbers begin with the largest, times and values with the smallest. */
function SortHeading({ name, order, sorted, hint, className, onSort }: SortHeadingProps) {
  const beginsLow = order === 'first' || order === 'value';
  const isAscending = beginsLow === (sorted === 'plain');
  const Arrow = sorted !== undefined && isAscending ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      className={className}
      {...(sorted !== undefined && { 'aria-sort': isAscending ? ('ascending' as const) : ('descending' as const) })}
    >
      <button
        type="button"
        className="sort-button"
        title={hint ?? summaryStrings.sortHints[order]}
        data-testid={`sort-${order}`}
        onClick={onSort}
      >
        {name}
        <Arrow size={12} className={sorted === undefined ? 'unsorted' : undefined} aria-hidden />
      </button>
    </th>
  );
}

interface GroupRowProps {
  group: Group;
  share: number;
  tabIndex: number;
  first: string;
  last: string;
  onFilter: () => void;
  onMenu: (at: Point) => void;
}

function GroupRow({ group, share, tabIndex, first, last, onFilter, onMenu }: GroupRowProps) {
  const { values, rows, packets, bytes, filter } = group;
  const openMenu = (event: MouseEvent<HTMLElement>): void => {
    onMenu(pointOfMenu(event));
  };
  return (
    <tr data-testid="group" onContextMenu={openMenu}>
      {values.map((value, place) => (
        <td key={place} className="group-value">
          {place === 0 ? (
            <button
              type="button"
              className="group-button"
              data-group
              tabIndex={tabIndex}
              aria-disabled={filter === undefined}
              aria-label={summaryStrings.group(values.join(', '), rows)}
              title={filter === undefined ? summaryStrings.noFilter : summaryStrings.groupHint(filter)}
              onClick={onFilter}
            >
              {value}
            </button>
          ) : (
            <span title={value}>{value}</span>
          )}
        </td>
      ))}
      <td className="number">{formatCount(rows)}</td>
      <ShareCell share={share} />
      <td className="number">{formatCount(packets)}</td>
      <td className="number" title={formatCount(bytes)}>
        {formatSize(bytes)}
      </td>
      <td className="code">{first}</td>
      <td className="code">{last}</td>
    </tr>
  );
}

interface RestRowProps {
  depth: number;
  words: string;
  hint?: string;
  rows: number;
  all: number;
  testId: string;
}

function RestRow({ depth, words, hint, rows, all, testId }: RestRowProps) {
  return (
    <tr className="group-rest" title={hint} data-testid={testId}>
      <td colSpan={depth}>{words}</td>
      <td className="number">{formatCount(rows)}</td>
      <ShareCell share={all > 0 ? rows / all : 0} />
      <td colSpan={4} />
    </tr>
  );
}

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

function ShareCell({ share }: { share: number }) {
  return (
    <td className="group-share">
      <span className="share-track" aria-hidden>
        <span className="share-bar" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="share-number">{percent.format(share)}</span>
    </td>
  );
}

/** From the earliest to the latest of the groups: decides how many decimals their times have. */
function timesOf(groups: readonly Group[]): TimeSpan {
  return groups
    .map(({ first, last }): TimeSpan => ({ from: first, to: last }))
    .reduce((span, { from, to }) => ({
      from: compareInstants(from, span.from) < 0 ? from : span.from,
      to: compareInstants(to, span.to) > 0 ? to : span.to,
    }));
}
