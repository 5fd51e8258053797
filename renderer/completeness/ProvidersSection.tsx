import { ArrowDown, ArrowUp, FileInput, Info, LayoutList } from 'lucide-react';
import { Fragment, useMemo, useState } from 'react';
import type { ProviderInfo } from '../../core/engine/contract.ts';
import { TextButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { formatCount } from '../format/number.ts';
import { appStrings, completenessStrings } from '../strings.ts';
import { adviceParts } from './advice.ts';
import {
  countColumns,
  firstOrder,
  orderAfterClick,
  providerColumns,
  sortProviders,
  type ProviderColumn,
  type ProviderOrder,
} from './provider-order.ts';

/** Who logged, how much of it is understood, and how to get the layouts that are missing. */
export function ProvidersSection({ providers }: { providers: readonly ProviderInfo[] }) {
  const workspace = useWorkspace();
  const [order, setOrder] = useState(firstOrder);
  const sorted = useMemo(() => sortProviders(providers, order), [providers, order]);
  return (
    <section data-testid="providers">
      <header className="section-header">
        <h3>{completenessStrings.providers}</h3>
        <TextButton
          label={appStrings.layouts}
          hint={appStrings.layoutsHint}
          icon={LayoutList}
          onPress={() => void workspace.openLayouts()}
        />
      </header>
      {providers.length === 0 ? (
        <p className="muted">{completenessStrings.noProviders}</p>
      ) : (
        <div className="table-scroll">
          <table className="report report-providers">
            <thead>
              <tr>
                {providerColumns.map((column) => (
                  <SortHeading key={column} column={column} order={order} onSort={setOrder} />
                ))}
                <th scope="col" className="guid">
                  {completenessStrings.guid}
                </th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((provider) => (
                <ProviderRows key={provider.guid} provider={provider} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface SortHeadingProps {
  column: ProviderColumn;
  order: ProviderOrder;
  onSort: (order: ProviderOrder) => void;
}

function SortHeading({ column, order, onSort }: SortHeadingProps) {
  const sorted = order.column === column;
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  const name = completenessStrings.providerColumns[column];
  return (
    <th
      scope="col"
      className={column === 'name' ? undefined : 'number'}
      {...(sorted && { 'aria-sort': order.descending ? ('descending' as const) : ('ascending' as const) })}
    >
      <button
        type="button"
        className="sort-button"
        title={completenessStrings.sortBy(name)}
        onClick={() => {
          onSort(orderAfterClick(order, column));
        }}
      >
        {name}
        <Arrow size={12} className={sorted ? undefined : 'unsorted'} aria-hidden />
      </button>
    </th>
  );
}

function ProviderRows({ provider }: { provider: ProviderInfo }) {
  const { name, guid, undescribedEvents, advice } = provider;
  return (
    <Fragment>
      <tr data-testid="provider" className={undescribedEvents > 0 ? 'has-advice' : undefined}>
        <td title={guid}>{name ?? <span className="muted">{completenessStrings.nameless}</span>}</td>
        {countColumns.map((column) => (
          <td key={column} className={provider[column] === 0 ? 'number zero' : 'number'}>
            {formatCount(provider[column])}
          </td>
        ))}
        <td className="code guid">{guid}</td>
      </tr>
      {undescribedEvents > 0 && (
        <tr>
          <td colSpan={providerColumns.length + 1}>
            <Advice advice={advice ?? ''} provider={name ?? guid} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Advice({ advice, provider }: { advice: string; provider: string }) {
  const workspace = useWorkspace();
  return (
    <div className="advice" data-testid="advice">
      <Info size={14} aria-hidden />
      <p>
        {adviceParts(advice).map(({ kind, text }, index) =>
          kind === 'words' ? (
            <span key={index}>{text}</span>
          ) : (
            <span key={index} className="command">
              <code>{text}</code>
              <CopyButton label={completenessStrings.copyCommand(text)} text={() => text} />
            </span>
          ),
        )}
      </p>
      <TextButton
        label={completenessStrings.importManifest}
        hint={completenessStrings.importManifestFor(provider)}
        icon={FileInput}
        testId="import-manifest"
        onPress={() => void workspace.importLayouts()}
      />
    </div>
  );
}
