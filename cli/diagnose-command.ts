import type { DiagnosisLevel, DiagnosisReport } from '../core/engine/contract.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import type { Arguments } from './arguments.ts';
import { withTrace } from './open-trace.ts';
import { countText } from './words.ts';

/** `diagnose`: what is wrong with a trace's packets, and how often and where each was seen. */
export async function diagnoseCommand(given: Arguments): Promise<void> {
  await withTrace(given, async (engine, info) => {
    const report = await engine.call('diagnosis', { trace: info.trace });
    process.stdout.write(given.json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report));
  });
}

const levelWords: Readonly<Record<DiagnosisLevel, string>> = {
  error: 'ERROR',
  warning: 'WARNING',
  information: 'note',
};

function reportText({ findings, conversations, packets, repeatedSightings, components }: DiagnosisReport): string {
  const { tcp, udp, ip } = conversations;
  const sections = [
    ['What is wrong', ...(findings.length === 0 ? ['Nothing was found.'] : findings.map(findingLine))],
    [
      `${countText(packets)} packets, seen ${countText(packets + repeatedSightings)} times`,
      `${countText(tcp)} TCP, ${countText(udp)} UDP and ${countText(ip)} IP conversations`,
    ],
    [
      'Seen at',
      ...components.map(({ key, name, packets: seen }) => `${countText(seen).padStart(10)}  ${name} (${key})`),
    ],
  ];
  return `${sections.map((lines) => lines.map(oneLine).join('\n')).join('\n\n')}\n`;
}

function findingLine({
  level,
  kind,
  title,
  explanation,
  packets,
  sightings,
}: DiagnosisReport['findings'][number]): string {
  const seen = sightings === packets ? '' : `, seen ${countText(sightings)} times`;
  return `${levelWords[level].padEnd(7)}  ${countText(packets).padStart(8)}  ${title} (${kind})${seen}. ${explanation}`;
}
