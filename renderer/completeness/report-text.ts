/** The completeness report as plain text, to paste into a case. */
import type { TraceInfo } from '../../core/engine/contract.ts';
import { formatCount, formatSize } from '../format/number.ts';
import { formatZone } from '../format/time.ts';
import { completenessStrings } from '../strings.ts';
import { factGroups, formatIso, formatOffset, sessionFacts } from './facts.ts';
import { countColumns, firstOrder, providerColumns, sortProviders } from './provider-order.ts';
import { formatShift } from './time-shift.ts';
import { verdictOf } from './verdict.ts';

/** Lines with `\n`; times in the zone of the offset (minutes east of UTC). */
export function reportText(info: TraceInfo, offsetMinutes: number): string {
  const sections = [
    [completenessStrings.reportTitle(info.file), completenessStrings.verdicts[verdictOf(info)]],
    section(
      completenessStrings.findings,
      info.completeness.findings.map(({ level, text }) => `- ${completenessStrings.levelWords[level]}: ${text}`),
    ),
    ...factGroups(info, offsetMinutes).map(({ heading, facts }) =>
      section(heading, aligned(facts.map(({ name, value }) => [name, value]))),
    ),
    section(completenessStrings.files, fileLines(info, offsetMinutes)),
    ...(info.companions.length === 0 ? [] : [section(completenessStrings.companions, companionLines(info))]),
    section(completenessStrings.providers, providerLines(info), completenessStrings.noProviders),
    section(completenessStrings.problems, problemLines(info), completenessStrings.noProblems),
    section(completenessStrings.gaps, gapLines(info, offsetMinutes), completenessStrings.noGaps),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(heading: string, lines: string[], otherwise = ''): string[] {
  return [heading, ...(lines.length > 0 ? lines : [otherwise]).map((line) => `  ${line}`)];
}

function fileLines(info: TraceInfo, offsetMinutes: number): string[] {
  return info.files.flatMap((file) => [
    `${file.name}, ${formatSize(file.size)}, ${completenessStrings.shift.toLowerCase()} ${formatShift(file.shift)}`,
    ...file.sessions.flatMap((session) => {
      const facts = sessionFacts(session, offsetMinutes);
      return aligned(facts.map(({ name, value }) => [name, value])).map((line) => `  ${line}`);
    }),
  ]);
}

function companionLines({ companions }: TraceInfo): string[] {
  return companions.flatMap(({ file, names, notes }) => [
    `${file} ${completenessStrings.namesRead(names)}`,
    ...notes.map((note) => `  ${note}`),
  ]);
}

function providerLines(info: TraceInfo): string[] {
  if (info.providers.length === 0) return [];
  const headings = providerColumns.map((column) => completenessStrings.providerColumns[column]);
  const rows = sortProviders(info.providers, firstOrder).map((provider) => [
    provider.name ?? completenessStrings.nameless,
    ...countColumns.map((column) => formatCount(provider[column])),
    provider.guid,
  ]);
  const advice = info.providers.filter((provider) => provider.advice !== null);
  return [
    ...aligned([[...headings, completenessStrings.guid], ...rows]),
    ...advice.map((provider) => `- ${provider.name ?? provider.guid}: ${provider.advice}`),
  ];
}

function problemLines(info: TraceInfo): string[] {
  return aligned(
    info.problems.map(({ offset, kind, message }) => [
      formatOffset(offset),
      completenessStrings.problemKinds[kind],
      message,
    ]),
  );
}

function gapLines({ completeness }: TraceInfo, offsetMinutes: number): string[] {
  const { gaps } = completeness;
  if (gaps.length === 0) return [];
  const zone = formatZone(offsetMinutes);
  const headings = [
    completenessStrings.file,
    completenessStrings.after,
    completenessStrings.missing,
    completenessStrings.from(zone),
    completenessStrings.to(zone),
  ];
  const rows = gaps.map((gap) => [
    gap.file,
    formatCount(gap.after),
    formatCount(gap.missing),
    formatIso(gap.fromTime, offsetMinutes),
    formatIso(gap.toTime, offsetMinutes),
  ]);
  return aligned([headings, ...rows]);
}

/** Cells under each other, two spaces apart; nothing stands behind the last one of a line. */
function aligned(rows: readonly string[][]): string[] {
  const widths = (rows.at(0) ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
