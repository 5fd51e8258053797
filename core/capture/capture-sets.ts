import { networkProviderNames } from '../provider/known-providers.ts';
import { vmSwitchProviderName } from '../provider/vmswitch.ts';
import { hasScenarios, type CapturePlan, type CaptureSetName, type ChosenProvider } from './capture-plan.ts';

/** Providers that answer one kind of question. */
export interface CaptureSet {
  readonly title: string;
  /** What it answers, in a sentence. */
  readonly use: string;
  readonly providers: readonly string[];
}

/** Providers that somebody may want to add, by name, with their GUIDs. */
export const knownProviders = networkProviderNames;

/** netsh's scenario that the set `netconnection` stands for. */
export const netConnectionScenario = 'NetConnection';

const hostNetworkService = 'Microsoft-Windows-Host-Network-Service';
const vfpExtension = 'Microsoft-Windows-Hyper-V-VfpExt';
const dhcpAndDns = ['Microsoft-Windows-Dhcp-Client', 'Microsoft-Windows-DHCPv6-Client', 'Microsoft-Windows-DNS-Client'];
const tcpip = ['Microsoft-Windows-TCPIP', 'Microsoft-Windows-Winsock-AFD'];
const firewall = ['Microsoft-Windows-WFP', 'Microsoft-Windows-Windows Firewall With Advanced Security'];

export const captureSets: Readonly<Record<CaptureSetName, CaptureSet>> = {
  vswitch: {
    title: 'Virtual switch',
    use: 'How a packet travels through the Hyper-V virtual switch: received, routed, delivered or dropped, and where.',
    providers: [vmSwitchProviderName],
  },
  container: {
    title: 'Containers',
    use: 'A container is not reached: the vSwitch, the Host Networking Service, NAT and the policies on the way.',
    providers: [vmSwitchProviderName, vfpExtension, hostNetworkService, 'Microsoft-Windows-WinNat'],
  },
  sdn: {
    title: 'SDN (VFP)',
    use: 'Virtual networks of software defined networking: the vSwitch, and the filtering platform (VFP) with its rules.',
    providers: [vmSwitchProviderName, vfpExtension],
  },
  hns: {
    title: 'Host Networking Service',
    use: 'Networks and endpoints of containers as they are made, changed and removed.',
    providers: [hostNetworkService, 'Microsoft-Windows-Guest-Network-Service'],
  },
  tcpip: {
    title: 'TCP/IP and sockets',
    use: "What the host's own stack does with a connection, down from the program's socket.",
    providers: tcpip,
  },
  firewall: {
    title: 'Firewall drops',
    use: 'Packets and connections that Windows Filtering Platform or Windows Firewall refuse.',
    providers: firewall,
  },
  'dhcp-dns': {
    title: 'DHCP and DNS',
    use: 'No address, or a name that is not found: what the clients of DHCP and DNS asked and got.',
    providers: dhcpAndDns,
  },
  netconnection: {
    title: 'NetConnection',
    use: "netsh's scenario for connections, about 45 providers; where there are no scenarios, the most telling of them by name.",
    providers: [
      ...tcpip,
      'Microsoft-Windows-NDIS',
      'Microsoft-Windows-NCSI',
      'Microsoft-Windows-NlaSvc',
      'Microsoft-Windows-NetworkProfile',
      ...dhcpAndDns,
      ...firewall,
      'Microsoft-Windows-WinHttp',
      'Microsoft-Windows-WebIO',
      'Microsoft-Windows-WinINet',
    ],
  },
};

/** Whether the plan's set `netconnection` is netsh's own scenario, rather than providers one by one. */
export function usesScenario(plan: CapturePlan): boolean {
  return plan.sets.includes('netconnection') && hasScenarios(plan);
}

/** All providers of a plan, each once, its own before those of the sets. What a scenario brings is not among them. */
export function plannedProviders(plan: CapturePlan): ChosenProvider[] {
  const named = plan.sets
    .filter((set) => set !== 'netconnection' || !usesScenario(plan))
    .flatMap((set) => captureSets[set].providers)
    .map((provider): ChosenProvider => ({ provider }));
  const chosen = new Map<string, ChosenProvider>();
  for (const each of [...plan.providers, ...named]) {
    const key = providerKey(each.provider);
    if (!chosen.has(key)) chosen.set(key, each);
  }
  return [...chosen.values()];
}

/** The same for a name and its GUID, however they are written. */
function providerKey(provider: string): string {
  const text = provider.trim().toLowerCase();
  const bare = text.replace(/^\{(.*)\}$/, '$1');
  const known = networkProviderNames.find(({ name, guid }) => name.toLowerCase() === text || guid === `{${bare}}`);
  return known ? known.guid : bare;
}
