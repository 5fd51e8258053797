/** TODO removed before the report: what w-scripts brings. */
import type { CapturePlan, CaptureSetName, CaptureTool } from '../../core/capture/capture-plan.ts';
export interface PlanTrouble {
  readonly field: keyof CapturePlan;
  readonly severity: 'error' | 'warning';
  readonly words: string;
}
export const defaultPlan = (tool: CaptureTool = 'netsh'): CapturePlan => ({
  tool,
  windows: '21H2',
  edition: 'desktop',
  packets: 'both',
  truncation: 0,
  megabytes: 1024,
  fileMode: 'circular',
  adapters: [],
  sets: ['vswitch'],
  providers: [],
  file: 'C:\\%COMPUTERNAME%_vNetTrace.etl',
  netshReport: false,
  bundle: 'zip',
});
export function planTroubles(plan: CapturePlan): PlanTrouble[] {
  const found: PlanTrouble[] = [];
  if (plan.tool === 'netsh' && plan.edition === 'nano')
    found.push({ field: 'tool', severity: 'error', words: 'Nano Server has no netsh trace. Use PowerShell.' });
  if (plan.tool === 'pktmon' && ['7', '8', '8.1', '1607'].includes(plan.windows))
    found.push({ field: 'tool', severity: 'error', words: 'pktmon came with Windows 10 1809.' });
  if (plan.tool === 'powershell' && ['7', '8'].includes(plan.windows))
    found.push({ field: 'tool', severity: 'error', words: 'NetEventPacketCapture came with Windows 8.1.' });
  if (plan.sets.includes('netconnection') && (plan.tool !== 'netsh' || plan.edition !== 'desktop'))
    found.push({ field: 'sets', severity: 'error', words: 'Scenarios are for netsh on a desktop edition.' });
  if (plan.file.trim() === '')
    found.push({ field: 'file', severity: 'error', words: 'Say where the trace is written.' });
  for (const { provider } of plan.providers)
    if (!provider.includes('-'))
      found.push({ field: 'providers', severity: 'warning', words: `${provider} is no provider that we know.` });
  return found;
}
export const captureSets: Readonly<Record<CaptureSetName, { title: string; use: string }>> = {
  vswitch: { title: 'vSwitch', use: 'VmSwitch events: the way of each packet through the virtual switch.' },
  container: { title: 'Containers', use: 'Container networking.' },
  sdn: { title: 'SDN', use: 'VFP rules.' },
  hns: { title: 'HNS', use: 'Host Networking Service.' },
  tcpip: { title: 'TCP/IP', use: 'The stack’s own events.' },
  firewall: { title: 'Firewall', use: 'Drops by the firewall.' },
  'dhcp-dns': { title: 'DHCP and DNS', use: 'Leases and lookups.' },
  netconnection: { title: 'NetConnection', use: 'netsh’s scenario.' },
};
export const knownProviders: readonly { name: string; guid: string }[] = [
  { name: 'Microsoft-Windows-TCPIP', guid: '2f07e2ee-15db-40f1-90ef-9d7ba282188a' },
];
export const captureScript = (plan: CapturePlan): { fileName: string; text: string; how: string[] } => ({
  fileName: 'Hopscope-Capture.ps1',
  text: `# Captures with ${plan.tool}\n[CmdletBinding()]\nparam([string] $Action = 'Run')\nSet-StrictMode -Version 2.0\n$file = '${plan.file}'\n${'if ($Action -eq "Start") { Start-NetEventSession -Name hopscope }\n'.repeat(40)}`,
  how: ['Copy the script to the machine.', 'Run it in an elevated PowerShell.', 'Press Enter to stop.'],
});
export const captureCommands = (plan: CapturePlan, shell: 'cmd' | 'powershell'): { start: string[]; stop: string[] } =>
  shell === 'cmd' && plan.tool === 'powershell'
    ? { start: [], stop: [] }
    : {
        start: [
          `netsh trace start capture=yes overwrite=yes maxsize=${plan.megabytes} tracefile="${plan.file}" provider="Microsoft-Windows-Hyper-V-VmSwitch" keywords=0xffffffffffffffff level=0xff capturetype=both`,
        ],
        stop: ['netsh trace stop'],
      };
import type { CaptureReading } from '../../core/capture/reading/capture-reading.ts';
export function readCapture(text: string): CaptureReading {
  if (!text.includes('netsh')) return { commands: [], plan: null, missing: [], isCut: false };
  return {
    commands: [
      {
        line: 1,
        text: text.split('\n')[0],
        tool: 'netsh',
        does: 'start',
        words: 'Starts a trace.',
        arguments: [
          { text: 'capture=yes', words: 'Packets are captured.', known: true },
          { text: 'maxsiez=5', words: 'netsh has no such argument.', known: false },
        ],
      },
    ],
    plan: defaultPlan(),
    missing: [
      { id: 'a', severity: 'error', words: 'Nothing stops it.', mend: 'Add netsh trace stop.' },
      { id: 'b', severity: 'note', words: 'Names are not gathered.', mend: 'Use the script.', line: 1 },
    ],
    isCut: false,
  };
}
