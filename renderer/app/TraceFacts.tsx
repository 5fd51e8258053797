import type { DiagnosisReport, TraceInfo } from '../../core/engine/contract.ts';
import { formatCount, formatSize } from '../format/number.ts';
import { explorerStrings } from '../strings.ts';

/** What the capture says about itself, and who logged into it. */
export function TraceFacts({ info, report }: { info: TraceInfo; report: DiagnosisReport | undefined }) {
  // While the trace is being read, nothing counted yet is not the same as none.
  const counted = (count: number): string => (info.complete || info.events > 0 ? formatCount(count) : '');
  const repeats = report?.repeatedSightings ?? 0;
  const facts: [name: string, value: string, hint?: string][] = [
    [explorerStrings.packets, counted(info.packets)],
    [explorerStrings.repeats, repeats === 0 ? '' : formatCount(repeats), explorerStrings.repeatsHint],
    [explorerStrings.drops, counted(info.drops)],
    [explorerStrings.format, explorerStrings.formats[info.format]],
    [explorerStrings.size, formatSize(info.size)],
    [explorerStrings.buffers, info.format === 'etl' ? counted(info.buffers) : ''],
    [info.format === 'etl' ? explorerStrings.windows : explorerStrings.system, info.osVersion],
    [explorerStrings.processors, info.processors > 0 ? formatCount(info.processors) : ''],
    [explorerStrings.clock, info.clock],
    [explorerStrings.logger, info.loggerName],
  ];
  const providers = [...info.providers].sort((first, second) => second.events - first.events);
  return (
    <>
      <h2 className="pane-heading">{info.complete ? explorerStrings.facts : explorerStrings.factsSoFar}</h2>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value, hint]) => (
            <div key={name} className="fact" title={hint ?? value}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {providers.length > 0 && (
        <>
          <h2 className="pane-heading">{explorerStrings.providers}</h2>
          <dl className="facts">
            {providers.map((provider) => (
              <div key={provider.guid} className="fact" title={`${provider.name ?? ''} ${provider.guid}`.trim()}>
                <dt className={provider.name === null ? 'code' : 'tail'}>{provider.name ?? provider.guid}</dt>
                <dd>{formatCount(provider.events)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}
