import { vmSwitchProvider, vmSwitchProviderName } from '../provider/vmswitch.ts';
import type { CapturePlan } from './capture-plan.ts';
import { plannedProviders } from './capture-sets.ts';
import { durationWords, rateWords, sizeWords, twoDigits } from './amounts.ts';
import { isNetworkPath } from './file-place.ts';
import { rateTable, storages, type Link, type RateRow } from './rates.ts';

/** 'stop': the capture would fail or harm; 'warning': it may not show what is looked for; 'note': worth knowing. */
export const caveatSeverities = ['stop', 'warning', 'note'] as const;
export type CaveatSeverity = (typeof caveatSeverities)[number];

/** Something to know before a capture, in words for the person who plans it. */
export interface Caveat {
  /** Stable, for keys and tests. */
  readonly id: string;
  readonly severity: CaveatSeverity;
  readonly title: string;
  /** One to three sentences: what happens, and what to do. */
  readonly words: string;
  /** The field of the plan that mends it. */
  readonly where?: keyof CapturePlan;
}

/** Cut below this, a packet loses part of its Ethernet, IPv6 and TCP headers with common options. */
export const headerBytes = 128;

/** What applies to a plan on a link of this speed, the gravest first. What a tool cannot do, or not well, is for `planTroubles`. */
export function caveats(plan: CapturePlan, link: Link): Caveat[] {
  const table = rateTable(plan, link);
  const row = table.rows.find(({ gigabits }) => gigabits === link.gigabits);
  const all = [
    ...placeCaveats(plan),
    ...(row ? rateCaveats(plan, link, row) : []),
    ...sizeCaveats(plan),
    ...packetCaveats(plan, link),
    ...toolCaveats(plan),
    ...readingCaveats(plan),
    ...alwaysCaveats(plan),
  ];
  return all.sort((one, other) => caveatSeverities.indexOf(one.severity) - caveatSeverities.indexOf(other.severity));
}

function placeCaveats(plan: CapturePlan): Caveat[] {
  if (isNetworkPath(plan.file))
    return [
      {
        id: 'network-path',
        severity: 'stop',
        title: 'The file lies on another machine',
        words:
          'Never capture to network storage: it is too slow, and writing the trace makes packets that are captured again. Choose a folder on a local disk and copy the file afterwards.',
        where: 'file',
      },
    ];
  return [
    {
      id: 'local-disk',
      severity: 'note',
      title: 'Write to a local disk',
      words: `A drive letter may be a mapped network drive, which the path does not show. The disk needs ${plan.megabytes > 0 ? `${sizeWords(plan.megabytes)} free${plan.bundle === 'zip' ? ', and room for a zip of it' : ''}` : 'room for a file without limit'}.`,
      where: 'file',
    },
  ];
}

function rateCaveats(plan: CapturePlan, link: Link, row: RateRow): Caveat[] {
  if (row.bytesPerSecond === 0) return [];
  const rate = `A full ${twoDigits(link.gigabits)} Gb/s link writes about ${rateWords(row.bytesPerSecond)} here`;
  return [...storageCaveat(rate, row), ...(row.seconds === null ? [] : [lastingCaveat(plan, link, row.seconds)])];
}

function storageCaveat(rate: string, row: RateRow): Caveat[] {
  const able = storages.filter((_storage, index) => row.keepsUp[index]);
  if (able.length === storages.length) return [];
  const words =
    able.length === 0
      ? `${rate}: more than any common storage takes. Packets will be lost under full load.`
      : `${rate}. Of common storage, only ${listed(able.map(({ name }) => name))} can be expected to keep up; on anything slower events are lost.`;
  const mend = 'Keep fewer bytes of each packet, or capture at fewer places.';
  return [
    {
      id: 'write-rate',
      severity: able.length === storages.length - 1 ? 'note' : 'warning',
      title: 'How fast the disk must be',
      words: `${words} ${mend}`,
      where: 'truncation',
    },
  ];
}

function lastingCaveat(plan: CapturePlan, link: Link, seconds: number): Caveat {
  const lasts = `At ${twoDigits(link.gigabits)} Gb/s under full load, ${sizeWords(plan.megabytes)} lasts about ${durationWords(seconds)}.`;
  return isCircular(plan)
    ? {
        id: 'circular',
        severity: seconds < 60 ? 'warning' : 'note',
        title: 'Only the end is kept',
        words: `${lasts} After that the oldest events are overwritten: stop soon after the trouble has shown itself.`,
        where: 'megabytes',
      }
    : {
        id: 'single',
        severity: seconds < 60 ? 'warning' : 'note',
        title: 'Capturing ends when the file is full',
        words: `${lasts} What happens after that is not captured.`,
        where: 'megabytes',
      };
}

/** Only netsh can end a capture at a size. */
function isCircular({ tool, fileMode }: CapturePlan): boolean {
  return fileMode === 'circular' || tool !== 'netsh';
}

function sizeCaveats(plan: CapturePlan): Caveat[] {
  if (plan.megabytes === 0)
    return [
      {
        id: 'no-limit',
        severity: 'warning',
        title: 'The file grows without limit',
        words: 'A capture that is forgotten fills the disk, which stops more than the capture. Give it a size.',
        where: 'megabytes',
      },
    ];
  if (plan.megabytes < 2048) return [];
  return [
    {
      id: 'older-tools',
      severity: 'note',
      title: 'Too large for older tools',
      words:
        'Network Monitor, Message Analyzer and other older tools have trouble with files of 2 GB and more. Hopscope reads them; for others, stay below 2048 MB.',
      where: 'megabytes',
    },
  ];
}

function packetCaveats(plan: CapturePlan, link: Link): Caveat[] {
  if (plan.packets === 'none') return [];
  return [...truncationCaveat(plan, link), ...sightingCaveat(plan), ...switchCaveats(plan)];
}

function truncationCaveat(plan: CapturePlan, link: Link): Caveat[] {
  const where = 'truncation';
  if (plan.truncation === 0) {
    const { stretch } = rateTable({ ...plan, truncation: headerBytes }, link);
    return [
      {
        id: 'whole-packets',
        severity: 'note',
        title: 'Whole packets are kept',
        words: `Where headers are enough, keep ${headerBytes} bytes of each: the file then lasts about ${twoDigits(stretch)} times as long under full load. Payload may hold passwords and personal data.`,
        where,
      },
    ];
  }
  if (plan.truncation < headerBytes)
    return [
      {
        id: 'headers-cut',
        severity: 'warning',
        title: 'Headers may be cut',
        words: `${plan.truncation} bytes do not hold every header: with IPv6, options or a tunnel, TCP and what it carries are cut off. Keep at least ${headerBytes}, and 256 for tunnels.`,
        where,
      },
    ];
  return [
    {
      id: 'payload-cut',
      severity: 'note',
      title: 'Payload is lost',
      words: `Of each packet ${plan.truncation} bytes are kept. What is behind them cannot be brought back; checksums of cut packets cannot be checked.`,
      where,
    },
  ];
}

function sightingCaveat(plan: CapturePlan): Caveat[] {
  // pktmon cannot be told adapters by their names.
  if (plan.adapters.length > 0 && plan.tool !== 'pktmon') return [];
  return [
    {
      id: 'many-sightings',
      severity: 'note',
      title: 'Packets appear several times',
      words:
        plan.tool === 'pktmon'
          ? 'pktmon captures the same packet at every component that it crosses. That is what its path is drawn from, and it multiplies what is written. Of NICs alone there are fewer.'
          : 'Without chosen adapters the same packet is captured at each physical NIC, virtual NIC and vSwitch that it crosses. That is what its path is drawn from, and it multiplies what is written. To see each packet once, choose one adapter.',
      where: plan.tool === 'pktmon' ? 'packets' : 'adapters',
    },
  ];
}

function switchCaveats(plan: CapturePlan): Caveat[] {
  if (plan.tool === 'pktmon' || (plan.packets !== 'switch' && plan.packets !== 'both')) return [];
  const nblEvents = hasVmSwitchEvents(plan);
  return [
    {
      id: 'switch-packets',
      severity: nblEvents ? 'note' : 'warning',
      title: 'The vSwitch may show no packets of its own',
      words: `By Windows version and network technology, packet events of the vSwitch may be absent. ${nblEvents ? 'Then the NBL events of its provider are all there is; this plan has them.' : 'Then the NBL events of its provider are all there is, and this plan leaves them out: add the set vswitch.'}`,
      where: 'sets',
    },
  ];
}

/** Whether the plan has the vSwitch's own events, by a set or by provider. */
function hasVmSwitchEvents(plan: CapturePlan): boolean {
  return plannedProviders(plan).some(({ provider }) => isVmSwitchProvider(provider));
}

/** By name, or by GUID with or without braces. */
export function isVmSwitchProvider(provider: string): boolean {
  const plain = provider
    .trim()
    .replace(/^\{|\}$/g, '')
    .toLowerCase();
  return plain === vmSwitchProviderName.toLowerCase() || `{${plain}}` === vmSwitchProvider;
}

function toolCaveats(plan: CapturePlan): Caveat[] {
  switch (plan.tool) {
    case 'netsh':
      return netshCaveats(plan);
    case 'powershell':
      return [];
    case 'pktmon':
      return [
        {
          id: 'pktmon-defaults',
          severity: 'note',
          title: 'pktmon by itself keeps little',
          words: `A plain “pktmon start” keeps 128 bytes of each packet in a circular file of 512 MB. This plan sets ${plan.truncation === 0 ? 'whole packets' : `${plan.truncation} bytes`} and ${sizeWords(plan.megabytes)}.`,
          where: 'truncation',
        },
      ];
  }
}

function netshCaveats(plan: CapturePlan): Caveat[] {
  if (plan.netshReport)
    return [
      {
        id: 'netsh-report',
        severity: 'warning',
        title: 'Stopping takes minutes',
        words:
          'At stop, netsh gathers a report and packs it into a cabinet, which takes minutes and loads the machine. Leave the report out unless somebody asks for it; the bundle has the names.',
        where: 'netshReport',
      },
    ];
  return [
    {
      id: 'netsh-report-skipped',
      severity: 'note',
      title: 'netsh makes no report',
      words: 'The report that netsh makes by itself at stop is switched off, so stopping is quick.',
      where: 'netshReport',
    },
  ];
}

function readingCaveats(plan: CapturePlan): Caveat[] {
  const hasEvents = plan.sets.length > 0 || plan.providers.length > 0;
  const found: Caveat[] = [];
  if (plan.bundle === 'none')
    found.push({
      id: 'no-names',
      severity: 'warning',
      title: 'Names and schemas stay behind',
      words: `Elsewhere, the trace shows GUIDs where the machine has names, and NICs of the same friendly name cannot be told apart${hasEvents ? '; events of providers that Hopscope does not know stay undecoded' : ''}. Let the script gather a bundle.`,
      where: 'bundle',
    });
  if (plan.packets !== 'none')
    found.push({
      id: 'filter-later',
      severity: 'note',
      title: 'Filter afterwards',
      words: hasEvents
        ? 'Filtering while capturing is limited, so everything is captured: filter in Hopscope. Export packets alone for Wireshark: a CAP file that holds another event cannot be opened there.'
        : 'Filtering while capturing is limited, so everything is captured: filter in Hopscope.',
    });
  if (plan.sets.includes('container') && plan.packets !== 'none')
    found.push({
      id: 'container-order',
      severity: 'note',
      title: 'Where a container’s packets are seen',
      words:
        'On a host with transparent networks, a packet is seen at the host’s NIC, then in the vSwitch, then at the container’s NIC, and the container’s own sighting comes last, all in the host’s trace.',
      where: 'sets',
    });
  return found;
}

function alwaysCaveats(plan: CapturePlan): Caveat[] {
  return [
    {
      id: 'administrator',
      severity: 'note',
      title: 'Run as administrator',
      words: 'Only a member of Administrators in an elevated prompt can capture.',
    },
    {
      id: 'one-capture',
      severity: 'note',
      title: 'One packet capture at a time',
      words:
        'Each Windows has one packet capture at a time, whatever the tool; another one must be stopped first. The host and each VM are Windows of their own: capture in both to follow a packet into a VM.',
      where: 'tool',
    },
    {
      id: 'same-user',
      severity: 'note',
      title: 'Stop as the user who started',
      words: `Another user does not find the session${plan.tool === 'pktmon' ? ' or its file' : ''}. Start and stop from the same account.`,
    },
  ];
}

/** `an NVMe SSD or a RAM disk` */
function listed(names: readonly string[]): string {
  const words = names.map((name) => `${name.startsWith('NVMe') ? 'an' : 'a'} ${name.replace(/^Hard/, 'hard')}`);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
