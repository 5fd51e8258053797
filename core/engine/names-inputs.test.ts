import { existsSync, openSync, readFileSync, readSync, readdirSync, closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NamesError } from '../names/named-thing.ts';
import { readNames } from '../names/reading/read-names.ts';
import { realTraces } from './test-support/real-traces.ts';

/** Outputs that nobody here made; they lie beside the project, not in it. */
const folder = fileURLToPath(new URL('../../../shared/powershell/', import.meta.url));
const present = existsSync(folder);
if (!present)
  console.warn(`The real outputs (${folder}) are absent: readers of names are tested on our own texts only.`);
const files = present ? readdirSync(folder).filter((name) => name.endsWith('.txt')) : [];

/** Names with the keys they were found by, or the reason of the refusal. */
function outcome(name: string): string[] {
  try {
    const { things } = readNames(readFileSync(`${folder}${name}`), name);
    return things.map((thing) => [thing.name, ...thing.keys.map(({ kind, value }) => `${kind} ${value}`)].join(' | '));
  } catch (error) {
    if (error instanceof NamesError) return [error.message];
    throw error;
  }
}

const expected: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'get-netadapter-powershell7-cut.txt': [
    'vEthernet (WSL) | ifindex 91 | mac 00-15-5D-DA-97-74',
    'vEthernet (Default Switc… | ifindex 98 | mac 00-15-5D-71-E8-1D',
    'Eth1 | ifindex 27 | mac C8-BE-19-EC-3C-62',
    'Inspur-Droite | ifindex 25 | mac 6C-92-BF-F1-35-95',
  ],
  'get-netadapter-select-set-team.txt': [
    'Hyper-V SET vNIC - Cluster - SMB Multichannel 1 | ifindex 8',
    'Hyper-V SET vNIC - Cluster - SMB Multichannel 2 | ifindex 2',
    'Hyper-V SET vNIC - Cluster - SMB Multichannel 3 | ifindex 14',
    'Hyper-V SET vNIC - Host management | ifindex 18',
    'PCIe NIC1 Port 1 | ifindex 16',
  ],
  'get-netadapter-windows-powershell.txt': ['NIC2 | ifindex 15 | mac EC-F4-BB-F0-45-FD'],
  'get-vmnetworkadapter-vm-off.txt': ['route: Network Adapter', 'route: Network Adapter'],
  'get-vmnetworkadapter-managementos-list.txt': [
    /^It holds no names\. Get-VMNetworkAdapter \(list\) in line 1 has the columns .*, but no column with a name\. This gives it: Get-VMNetworkAdapter -All/,
  ],
  'netsh-trace-convert-line.txt': [
    /^It holds no names\. 1 line of a trace converted to text \(Microsoft-Windows-TCPIP\) tells of events, which know interfaces/,
  ],
  'pktmon-etl2txt-drop.txt': [
    /^It holds no names\. 1 line of pktmon etl2txt tells of packets, .* Names stand in the output of: pktmon list --all$/,
  ],
  'pktmon-etl2txt-hyperv-components.txt': ['cbr0_ep | component 134'],
  'vmswitch-event-232.txt': [
    /^It holds no names\. An event of the vSwitch shows 6859057B-7070-4426-8777-0C55181D8D90--FC785225-9131-5661-AC0C-3A157C61AE15, C2CE06CC-.* without a friendly name\./,
  ],
};

describe.skipIf(!present)('real outputs', () => {
  it.each(files)('%s is imported, or refused with its reason', (name) => {
    const found = outcome(name);
    expect(Object.keys(expected)).toContain(name);
    expect(found).toHaveLength(expected[name].length);
    found.forEach((line, index) => {
      const wanted = expected[name][index];
      if (typeof wanted === 'string') expect(line).toBe(wanted);
      else expect(line).toMatch(wanted);
    });
  });

  it('say what was cut and which column would tell more', () => {
    const notes = (name: string): string => readNames(readFileSync(`${folder}${name}`), name).notes.join('\n');
    expect(notes('get-netadapter-powershell7-cut.txt')).toContain('cut 1 name: “vEthernet (Default Switc…”');
    expect(notes('get-vmnetworkadapter-vm-off.txt')).toContain('the column Id is missing. This gives it:');
    expect(notes('pktmon-etl2txt-hyperv-components.txt')).toContain('component 135 is described without a name');
  });
});

const traces = realTraces('that traces are refused as names is tested on made-up bytes only.');

describe.skipIf(!traces.present)('real traces', () => {
  it('are no outputs, and say so', () => {
    for (const name of traces.files) {
      const start = Buffer.alloc(1 << 20);
      const file = openSync(`${traces.folder}${name}`, 'r');
      const length = readSync(file, start);
      closeSync(file);
      expect(() => readNames(start.subarray(0, length), name), name).toThrow('It is binary data, not text');
    }
  }, 120_000);
});
