/**
 * The files of a bundle: one folder, or a zip of it, that a capture script leaves at stop and Hopscope opens.
 *
 *     hopscope-bundle.json     what the bundle is: BundleManifest
 *     NAME.etl                 the trace, or several of them
 *     machine.json             BundleMachine
 *     get-netadapter.json …    output of commands, one file each: `bundleOutputs`
 *     schemas/PROVIDER.json    output of Get-WinEvent -ListProvider as JSON, one file for each provider
 */

export const bundleManifestFile = 'hopscope-bundle.json';
export const bundleMachineFile = 'machine.json';
export const bundleSchemaFolder = 'schemas';

export interface BundleManifest {
  readonly format: 'hopscope-bundle';
  /** Of this layout; a reader refuses none, and tells of a newer one. */
  readonly version: 1;
  readonly tool: 'netsh' | 'powershell' | 'pktmon';
  /** ISO 8601 with offset. */
  readonly started: string;
  readonly stopped: string;
  /** Files relative to the bundle's folder, with / between folders. */
  readonly traces: readonly string[];
  /** What was to be gathered, and what could not be, with Windows' own words. */
  readonly parts: readonly BundlePart[];
}

export interface BundlePart {
  /** File relative to the bundle's folder, with / between folders. */
  readonly file: string;
  /** The command whose output it is. */
  readonly command: string;
  /**
   * 'gathered'; 'absent': the machine has no such command (no Hyper-V, no containers), which is no fault; 'failed': the
   * command ended with an error, told in `error`.
   */
  readonly state: 'gathered' | 'absent' | 'failed';
  readonly error?: string;
}

export interface BundleMachine {
  readonly computer: string;
  /** `Microsoft Windows Server 2022 Datacenter`. */
  readonly system: string;
  /** `10.0.20348`, with the update's number behind it where it is known. */
  readonly build: string;
  readonly timeZone: string;
  /** Minutes to add to UTC, daylight saving included, when the capture ended. */
  readonly utcOffsetMinutes: number;
}

/** Commands whose output gives names, and the files that hold it; all JSON but where the ending says text. */
export const bundleOutputs = {
  'get-netadapter.json': 'Get-NetAdapter -IncludeHidden',
  'get-vmnetworkadapter.json': 'Get-VMNetworkAdapter -All',
  'get-vmswitch.json': 'Get-VMSwitch',
  'get-hnsendpoint.json': 'Get-HnsEndpoint',
  'get-hnsnetwork.json': 'Get-HnsNetwork',
  'pktmon-list.txt': 'pktmon list --all',
  'ipconfig.txt': 'ipconfig /all',
} as const;

export type BundleOutputFile = keyof typeof bundleOutputs;
