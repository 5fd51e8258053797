import { explained, knownArgument, type Reading } from './draft.ts';
import { programOf, type ShellCommand } from './shell-words.ts';

const tracers: Readonly<Record<string, string>> = {
  logman:
    'Windows’ general tool for traces and counters. It captures packets only where a packet provider, such as Microsoft-Windows-NDIS-PacketCapture, is named and its driver runs; by itself it is no packet capture.',
  wpr: 'Windows Performance Recorder: traces of the system by profiles. Network profiles log events; by itself it is no packet capture.',
  wprui: 'Windows Performance Recorder: traces of the system by profiles; by itself it is no packet capture.',
  tracelog: 'The driver kit’s tool for event traces; by itself it is no packet capture.',
  xperf: 'The older performance toolkit’s tool for event traces; by itself it is no packet capture.',
  etl2pcapng: 'Turns the packets of a trace into pcapng.',
  dumpcap: 'Wireshark’s own capture program: it writes pcapng, not ETL, and sees neither the vSwitch nor drop reasons.',
  tshark: 'Wireshark for the terminal: it writes pcapng, not ETL.',
  windump: 'tcpdump for Windows: it writes pcap, not ETL.',
  nmcap: 'Network Monitor’s capture program: it writes its own CAP files.',
};

const gathering: Readonly<Record<string, string>> = {
  'get-netadapter': 'Names the network adapters.',
  'get-vmnetworkadapter': 'Names the adapters of VMs.',
  'get-vmswitch': 'Names the vSwitches.',
  'get-hnsendpoint': 'Names the endpoints of containers.',
  'get-hnsnetwork': 'Names the networks of containers.',
  ipconfig: 'Tells the machine’s addresses.',
};

const describing: Readonly<Record<string, string>> = {
  'get-winevent': 'Describes the events of providers.',
  wevtutil: 'Describes the events of providers.',
};

/** Reads what is neither of the three tools; false for a command that has nothing to do with captures. */
export function readOtherTool(command: ShellCommand, reading: Reading): boolean {
  const name = programOf(command.words[0]);
  if (name === 'compress-archive' || /ZipFile\]::CreateFromDirectory/i.test(command.text)) reading.packs = true;
  const args = command.words.slice(1).map((word) => knownArgument(word.raw, ''));
  if (Object.hasOwn(tracers, name)) {
    const does = name === 'etl2pcapng' ? 'convert' : 'other';
    reading.commands.push(explained(command, { tool: 'other', does, words: tracers[name] }, args));
    return true;
  }
  if (Object.hasOwn(gathering, name)) {
    reading.gathersNames = true;
    reading.commands.push(explained(command, { tool: 'other', does: 'gather', words: gathering[name] }, args));
    return true;
  }
  if (!Object.hasOwn(describing, name) || !/-listprovider|\bgp\b|get-publisher/i.test(command.text)) return false;
  reading.gathersSchemas = true;
  reading.commands.push(explained(command, { tool: 'other', does: 'gather', words: describing[name] }, args));
  return true;
}
