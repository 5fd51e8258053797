/** What somebody wants to capture on a Windows machine, and how. */

export const captureTools = ['netsh', 'powershell', 'pktmon'] as const;
/** 'powershell': the cmdlets of the module NetEventPacketCapture. */
export type CaptureTool = (typeof captureTools)[number];

/**
 * Client and server of one build, oldest first: what a tool can do depends on it. '7': with Server 2008 R2; '8': with 2012;
 * '8.1': with 2012 R2; '1607': Windows 10 and Server 2016; '1809': Windows 10 and Server 2019; '2004': Windows 10 from
 * there on; '21H2': Server 2022; '11': with Server 2025.
 */
export const windowsVersions = ['7', '8', '8.1', '1607', '1809', '2004', '21H2', '11'] as const;
export type WindowsVersion = (typeof windowsVersions)[number];

/** 'desktop': clients, and servers with Desktop Experience. */
export const windowsEditions = ['desktop', 'core', 'nano'] as const;
export type WindowsEdition = (typeof windowsEditions)[number];

/** Where packets are captured: at the host's interfaces, in the vSwitch, at both; 'none': events alone. */
export const packetPlaces = ['host', 'switch', 'both', 'none'] as const;
export type PacketPlace = (typeof packetPlaces)[number];

/** Groups of providers that answer one kind of question. */
export const captureSetNames = [
  'vswitch',
  'container',
  'sdn',
  'hns',
  'tcpip',
  'firewall',
  'dhcp-dns',
  'netconnection',
] as const;
export type CaptureSetName = (typeof captureSetNames)[number];

/** A provider besides those of the sets. */
export interface ChosenProvider {
  /** Its name, or its GUID with or without braces. */
  readonly provider: string;
  /** Every keyword when absent. Hexadecimal with 0x. */
  readonly keywords?: string;
  /** 0 to 255; every level when absent. */
  readonly level?: number;
}

export interface CapturePlan {
  readonly tool: CaptureTool;
  readonly windows: WindowsVersion;
  readonly edition: WindowsEdition;
  readonly packets: PacketPlace;
  /** Bytes that are kept of each packet; 0 keeps all of it. */
  readonly truncation: number;
  /** Largest size of the trace in MB. */
  readonly megabytes: number;
  /** 'circular': the newest events stay; 'single': capturing ends when the file is full. */
  readonly fileMode: 'circular' | 'single';
  /** Names of network adapters to capture at; empty for all of them. */
  readonly adapters: readonly string[];
  readonly sets: readonly CaptureSetName[];
  readonly providers: readonly ChosenProvider[];
  /** The ETL file on the machine that captures, as somebody there writes it: may hold %VARIABLES%. */
  readonly file: string;
  /** netsh's own report and cabinet, which take minutes at stop. */
  readonly netshReport: boolean;
  /** How what is needed to read the trace elsewhere is gathered at stop. */
  readonly bundle: 'folder' | 'zip' | 'none';
}

/** The plan of the tool that most people know: packets everywhere, the vSwitch's events, 1 GB that wraps. */
export function defaultPlan(tool: CaptureTool = 'netsh'): CapturePlan {
  return {
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
    file: 'C:\\Traces\\%COMPUTERNAME%_vNetTrace.etl',
    netshReport: false,
    bundle: 'zip',
  };
}

/** True for this version and all that came after it. */
export function isAtLeast(windows: WindowsVersion, first: WindowsVersion): boolean {
  return windowsVersions.indexOf(windows) >= windowsVersions.indexOf(first);
}

/** netsh has scenarios where there is a desktop; on Server Core each provider has to be named. */
export function hasScenarios({ tool, edition }: Pick<CapturePlan, 'tool' | 'edition'>): boolean {
  return tool === 'netsh' && edition === 'desktop';
}
