import { parseArgs } from 'node:util';
import { EngineError } from '../core/engine/client.ts';
import { contractError } from '../core/engine/engine-server.ts';
import {
  columnNames,
  connectionQuery,
  groupOrder,
  sortOrder,
  timeShift,
  UsageError,
  viewChoice,
  type Arguments,
} from './arguments.ts';
import { captureCommand } from './capture-command.ts';
import { connectionsCommand } from './connections-command.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { eventsCommand } from './events-command.ts';
import { exportCommand } from './export-command.ts';
import { filterCommand } from './filter-command.ts';
import { groupCommand } from './group-command.ts';
import { infoCommand } from './info-command.ts';
import { pathCommand } from './path-command.ts';
import { namesCommand } from './names-command.ts';
import { notesCommand } from './notes-command.ts';
import { schemasCommand } from './schemas-command.ts';
import { serveCommand } from './serve-command.ts';

const usage = `Hopscope reads Windows ETL network traces, and pcapng, pcap and Network Monitor captures beside them.

  hopscope info FILE... [--json]
  hopscope events FILE... [--filter EXPRESSION] [--limit N] [--format text|txt|csv|jsonl|xml]
           [--columns COLUMN,...] [--sort COLUMN[:desc]]
  hopscope group FILE... --by COLUMN[,COLUMN[,COLUMN]] [--filter EXPRESSION] [--order rows|packets|bytes|first|value]
           [--limit N] [--json]
  hopscope export FILE... -o OUT.pcapng|.pcap|.cap|.txt|.csv|.jsonl|.xml|.parquet [--filter EXPRESSION]
           [--events] [--split-by-link-type]
  hopscope diagnose FILE... [--json]
  hopscope connections FILE... [--protocol tcp,udp,icmp] [--verdict VERDICT,...] [--filter EXPRESSION]
           [--sort ORDER[:desc]] [--limit N] [--json]
  hopscope path FILE... [--syn N | --row N | --filter EXPRESSION [--limit N]] [--json]
  hopscope filter explain EXPRESSION [FILE...] [--json]
  hopscope names FILE... [--json]
  hopscope notes FILE... [--json]
  hopscope schemas [list | import MANIFEST... | remove ID... | keep TRACE...]
  hopscope serve [FILE] [--port N]
  hopscope capture --tool netsh|powershell|pktmon [--set NAME,...] [--provider NAME[:KEYWORDS[:LEVEL]] ...] [--truncate BYTES]
           [--size MB] [--file PATH] [--windows VERSION] [--edition desktop|core|nano] [--packets host|switch|both|none]
           [--adapter NAME ...] [--single] [--bundle zip|folder|none] [--report] [--commands cmd|powershell] [-o FILE]

A filter is written as in Message Analyzer (TCP.Port == 80, *Summary contains "error"); "filter explain" tells how it is
understood and carried out.
Several files opened together are read as one trace; --shift +1.5s, once for each file in their order, moves its times.
--events puts events without a packet into a file of packets; --split-by-link-type writes one file for each link type.
events and export take --diagnose to find out what is wrong with packets and say it in each line, --diagnosis KIND|any to
keep only packets with such a finding, --first-sightings to keep each packet once, --component KEY for one place of capture.
A COLUMN is one of the grid (Source, Module, Summary), a field as a filter names it (TCP.SourcePort, DNS.QueryName) or one of
Component, Conversation, Direction, DropReason, Length and Provider. --columns prints those alone, as text with tabs between
them, csv or jsonl. group counts events, packets and bytes by columns (--limit 50); its JSON has
a filter for each group.
connections lists every attempt to reach a server (TCP alone unless --protocol says otherwise) with its verdict:
answered, refused, dropped, vanished, unanswered, outside-only or inside-only; ORDER is time, client, server, port, verdict,
hops, firstLatency, totalLatency, roundTrip or retransmissions. path shows a packet's way hop by hop: of the first SYN, of
attempt N as connections numbers them (--syn), of the message numbered N as events prints it, from 1 (--row), or of every
packet with a message that the filter lets through. Their JSON gives durations in steps of 100 ns.
--names FILE takes friendly names from an output of Get-NetAdapter, Get-VMNetworkAdapter, pktmon list and the like, for this
run only; "names TRACE FILE..." keeps them for the trace and prints its name book, "names FILE..." what files of names hold.
notes prints the messages that somebody marked or commented on in the app, where those are kept for the trace.
capture prints a PowerShell script that starts and stops a capture on Windows and gathers what is needed to read it elsewhere, or
with --commands the bare commands. Sets are vswitch, container, sdn, hns, tcpip, firewall, dhcp-dns and netconnection; what to
know before capturing goes to the error output. -o writes a file as Windows reads it.
--manifest FILE describes events for this run only; "schemas import" keeps a manifest for all runs. Problems inside a
trace go to the error output; the exit code is 1 only when nothing could be read or written.`;

const options = {
  json: { type: 'boolean' },
  filter: { type: 'string' },
  limit: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
  events: { type: 'boolean' },
  'split-by-link-type': { type: 'boolean' },
  port: { type: 'string' },
  manifest: { type: 'string', multiple: true },
  names: { type: 'string', multiple: true },
  shift: { type: 'string', multiple: true },
  diagnose: { type: 'boolean' },
  diagnosis: { type: 'string' },
  'first-sightings': { type: 'boolean' },
  component: { type: 'string' },
  syn: { type: 'string' },
  row: { type: 'string' },
  protocol: { type: 'string' },
  verdict: { type: 'string' },
  sort: { type: 'string' },
  columns: { type: 'string' },
  by: { type: 'string' },
  order: { type: 'string' },
  tool: { type: 'string' },
  set: { type: 'string', multiple: true },
  provider: { type: 'string', multiple: true },
  truncate: { type: 'string' },
  size: { type: 'string' },
  file: { type: 'string' },
  windows: { type: 'string' },
  edition: { type: 'string' },
  packets: { type: 'string' },
  adapter: { type: 'string', multiple: true },
  single: { type: 'boolean' },
  bundle: { type: 'string' },
  report: { type: 'boolean' },
  commands: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const commands: Readonly<Record<string, (given: Arguments) => Promise<void>>> = {
  info: infoCommand,
  events: eventsCommand,
  group: groupCommand,
  export: exportCommand,
  diagnose: diagnoseCommand,
  connections: connectionsCommand,
  path: pathCommand,
  filter: filterCommand,
  names: namesCommand,
  notes: notesCommand,
  schemas: schemasCommand,
  serve: serveCommand,
  capture: captureCommand,
};

/** Runs one command line. Returns the exit code: 0, 1 for a failure, 2 for a wrong call. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const [name = '', ...files] = positionals;
    if (values.help === true || name === '') {
      console.log(usage);
      return values.help === true ? 0 : 2;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`There is no command "${name}".`);
    const isOfConnections = command === connectionsCommand;
    await command({
      files,
      json: values.json ?? false,
      filter: values.filter ?? '',
      limit: wholeNumber('--limit', values.limit, Number.POSITIVE_INFINITY),
      format: values.format ?? 'text',
      output: values.output ?? '',
      events: values.events ?? false,
      splitByLinkType: values['split-by-link-type'] ?? false,
      port: wholeNumber('--port', values.port, 0),
      manifests: values.manifest ?? [],
      names: values.names ?? [],
      shifts: (values.shift ?? []).map(timeShift),
      diagnose: values.diagnose ?? false,
      choice: viewChoice(values['first-sightings'] ?? false, values.diagnosis, values.component),
      syn: givenNumber('--syn', values.syn),
      row: givenNumber('--row', values.row),
      query: connectionQuery(values.protocol, values.verdict, isOfConnections ? values.sort : undefined),
      columns: columnNames(values.columns),
      order: isOfConnections ? undefined : sortOrder(values.sort),
      by: columnNames(values.by),
      groupOrder: groupOrder(values.order),
      capture: values,
    });
    return 0;
  } catch (error) {
    return report(error);
  }
}

function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  return givenNumber(option, text) ?? otherwise;
}

function givenNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError(`${option} takes a whole number, not "${text}".`);
  return Number(text);
}

function report(error: unknown): number {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  if (isUsage) {
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
  const { name, message, suggestion, start } = error instanceof EngineError ? error.details : contractError(error);
  const place = name === 'FilterError' && start !== undefined ? ` (at character ${start + 1} of the filter)` : '';
  console.error(`${message}${place}`);
  if (suggestion !== undefined) console.error(`Did you mean: ${suggestion}`);
  return 1;
}
