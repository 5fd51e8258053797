/** The diagnosis as plain text, to paste into a case. */
import type { DiagnosisReport } from '../../core/engine/contract.ts';
import { formatCount } from '../format/number.ts';
import { diagnosisStrings } from '../strings.ts';
import { diagnosisVerdict, findingsByLevel } from './verdict.ts';

/** Lines with `\n`. `name`: of the trace. */
export function diagnosisText(name: string, report: DiagnosisReport): string {
  const { packets, findings, components } = report;
  return [
    diagnosisStrings.reportTitle(name),
    diagnosisStrings.verdicts[diagnosisVerdict(report)](packets),
    ...findingsByLevel(findings).flatMap((group) => [
      '',
      diagnosisStrings.levelHeadings[group.level],
      ...group.findings.flatMap(({ title, explanation, ...counts }) => [
        `  ${title}: ${diagnosisStrings.counts(counts.packets, counts.sightings)}`,
        `    ${explanation}`,
      ]),
    ]),
    '',
    ...diagnosisFacts(report).map(({ name: fact, value }) => `${fact}: ${value}`),
    ...(components.length === 0 ? [] : ['', diagnosisStrings.components]),
    ...components.map((component) => `  ${component.name}: ${diagnosisStrings.packetCount(component.packets)}`),
    '',
  ].join('\n');
}

/** Counts of the whole trace, as the page and the text show them. */
export function diagnosisFacts(report: DiagnosisReport): { name: string; value: string; hint?: string }[] {
  const { packets, repeatedSightings, conversations } = report;
  return [
    { name: diagnosisStrings.packets, value: formatCount(packets), hint: diagnosisStrings.packetsHint },
    { name: diagnosisStrings.repeatedSightings, value: formatCount(repeatedSightings) },
    { name: diagnosisStrings.tcpConversations, value: formatCount(conversations.tcp) },
    { name: diagnosisStrings.udpConversations, value: formatCount(conversations.udp) },
    { name: diagnosisStrings.ipConversations, value: formatCount(conversations.ip) },
  ];
}
