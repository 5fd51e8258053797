import type { Completeness, Finding } from './contract.ts';

/** What findings are drawn from: the counts of the report, and some of the trace as a whole. */
export interface CompletenessFacts extends Omit<Completeness, 'findings'> {
  readonly events: number;
  readonly packets: number;
  readonly buffers: number;
  readonly eventsLost: number;
  readonly buffersLost: number;
  /** Packets that capture files say were lost while capturing. */
  readonly packetsLost: number;
  /** False when no file of the trace is an ETL: nothing is said of buffers then. */
  readonly hasBuffers: boolean;
  /** Buffers that the headers say were written, where all of them say it; else 0. */
  readonly buffersWritten: number;
  /** Providers that have undescribed events. */
  readonly undescribedProviders: number;
  readonly stoppedCleanly: boolean;
  /** Problems of kinds 'cut', 'damaged' and 'corrupt-backup'. */
  readonly cutBuffers: number;
  readonly damagedBuffers: number;
  readonly doubtfulBuffers: number;
  readonly unwrittenSpace: boolean;
  /** Ranges whose reading ended every worker that tried; they are among the skipped places. */
  readonly rangesLeftOut: number;
}

type Rule = (facts: CompletenessFacts) => Finding | undefined;

/** Gravest first. A rule speaks only when there is something to say. */
const rules: readonly Rule[] = [
  ({ rangesLeftOut, skippedBytes }) =>
    defect(
      rangesLeftOut,
      `Hopscope could not read ${count(rangesLeftOut, 'range')} of the file (${count(skippedBytes, 'byte')}): the workers that tried were lost, and what lies there is not shown. The file need not be damaged. The problems say where; open it again to try once more.`,
    ),
  ({ skippedBuffers, skippedBytes, hasBuffers, rangesLeftOut }) =>
    defect(
      rangesLeftOut > 0 ? 0 : skippedBuffers,
      `No ${hasBuffers ? 'buffer' : 'record'} could be read at ${count(skippedBuffers, 'place')} of the file (${count(skippedBytes, 'byte')}). What lay there is lost; the file was damaged after or while it was written.`,
    ),
  ({ damagedBuffers, hasBuffers }) =>
    defect(
      hasBuffers ? 0 : damagedBuffers,
      `${count(damagedBuffers, 'record')} could not be read and ${damagedBuffers === 1 ? 'was' : 'were'} left out; the problems say where.`,
    ),
  ({ damagedBuffers, hasBuffers }) =>
    defect(
      hasBuffers ? damagedBuffers : 0,
      `${count(damagedBuffers, 'buffer')} could be read only in part: the events in front of the damage are shown.`,
    ),
  ({ cutBuffers, hasBuffers }) =>
    defect(
      hasBuffers ? 0 : cutBuffers,
      'The file ends inside a record: it was cut, or the copy is not complete. What stands in front of that is shown.',
    ),
  ({ cutBuffers, buffers, hasBuffers }) =>
    defect(
      hasBuffers ? cutBuffers : 0,
      `The file ends inside a buffer: it was cut, or the copy is not complete. The ${count(buffers, 'buffer')} in front of that are shown.`,
    ),
  ({ buffersWritten, buffers, overwrittenBuffers, rangesLeftOut }) =>
    defect(
      rangesLeftOut > 0 ? 0 : buffersWritten - buffers - overwrittenBuffers,
      `The session says it wrote ${count(buffersWritten, 'buffer')}, but the file holds ${buffers}: ${count(buffersWritten - buffers - overwrittenBuffers, 'buffer')} went missing after the capture. Compare the file with its original.`,
    ),
  ({ doubtfulBuffers }) =>
    defect(
      doubtfulBuffers,
      `Windows itself marked ${count(doubtfulBuffers, 'buffer')} as corrupt: their events are shown, but may be wrong.`,
    ),
  ({ packetsLost }) =>
    loss(
      packetsLost,
      `The capture lost ${count(packetsLost, 'packet')} by its own count: the program that captured was slower than the network. A larger buffer, a capture filter or shorter packets help.`,
    ),
  ({ eventsLost }) =>
    loss(
      eventsLost,
      `The capture lost ${count(eventsLost, 'event')}: Windows had no free buffer when they happened, so they never reached the file. More or larger buffers, fewer providers or shorter packets help.`,
    ),
  ({ buffersLost }) =>
    loss(
      buffersLost,
      `The capture lost ${count(buffersLost, 'buffer')}, each with many events: the disk was slower than the capture.`,
    ),
  ({ missingBuffers, rangesLeftOut }) =>
    loss(
      rangesLeftOut > 0 ? 0 : missingBuffers,
      `${count(missingBuffers, 'buffer')} ${missingBuffers === 1 ? 'is' : 'are'} missing in the numbering of the session: filled, but never written to this file.`,
    ),
  ({ buffersMarkedLoss, eventsLost }) =>
    eventsLost > 0
      ? undefined
      : loss(
          buffersMarkedLoss,
          `Windows marked ${count(buffersMarkedLoss, 'buffer')}: events were lost while they filled, though the header counts none.`,
        ),
  ({ stoppedCleanly }) =>
    note(
      !stoppedCleanly,
      'The session was not stopped in the regular way: its header has no end. What was still in memory then, the last buffer of each processor, is not in the file.',
    ),
  ({ overwrittenBuffers }) =>
    note(
      overwrittenBuffers > 0,
      `The file is circular, and ${count(overwrittenBuffers, 'older buffer')} gave way to newer ones: it begins in the middle of the capture.`,
    ),
  ({ truncatedPackets, packets }) =>
    note(
      truncatedPackets > 0,
      `Of ${count(truncatedPackets, 'packet')}, among ${packets.toLocaleString('en-US')}, only the beginning was captured: the capture was told to cut them.`,
    ),
  ({ incompletePackets }) =>
    note(incompletePackets > 0, `Fragments of ${count(incompletePackets, 'packet')} are missing.`),
  ({ undescribedEvents, undescribedProviders }) =>
    note(
      undescribedEvents > 0,
      `The layout of ${count(undescribedEvents, 'event')} of ${count(undescribedProviders, 'provider')} is not known: what they hold is shown as bytes. The table of providers says how to get it.`,
    ),
  ({ unwrittenSpace }) =>
    note(unwrittenSpace, 'The file has space that was reserved but never written. Nothing is missing for that.'),
];

/** What can be said about a trace's completeness, the gravest first; never nothing. */
export function findingsOf(facts: CompletenessFacts): Finding[] {
  const found = rules.map((rule) => rule(facts)).filter((finding) => finding !== undefined);
  const isWhole = found.every(({ level }) => level === 'note');
  const shown = `Everything that could be read is shown: ${count(facts.events, 'event')}${facts.hasBuffers ? ` in ${count(facts.buffers, 'buffer')}` : ''}`;
  if (!isWhole) return [...found, { level: 'good', text: `${shown}.` }];
  const counted = facts.hasBuffers ? ' Windows counted no losses.' : '';
  return [{ level: 'good', text: `Nothing is missing. ${shown}.${counted}` }, ...found];
}

function defect(number: number, text: string): Finding | undefined {
  return number > 0 ? { level: 'defect', text } : undefined;
}

function loss(number: number, text: string): Finding | undefined {
  return number > 0 ? { level: 'loss', text } : undefined;
}

function note(holds: boolean, text: string): Finding | undefined {
  return holds ? { level: 'note', text } : undefined;
}

/** `1 event`, `2,000 events`. */
function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
