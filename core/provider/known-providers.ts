import { captureProviders } from './capture-formats.ts';
import * as metadata from './event-metadata.ts';
import { KernelClass } from './kernel-classes.ts';
import { ndisPacketCaptureProvider, ndisPacketCaptureProviderName } from './ndis-packet-capture.ts';
import { pktMonProvider, pktMonProviderName } from './pktmon.ts';
import { rasPacketCaptureProvider, rasPacketCaptureProviderName } from './ras-packet-capture.ts';
import { vmSwitchProvider, vmSwitchProviderName } from './vmswitch.ts';

/** Classic event classes besides the kernel's own groups. */
const otherClasses: readonly (readonly [guid: string, name: string])[] = [
  ['{9e814aad-3204-11d2-9a82-006008a86939}', 'Windows Kernel Trace'],
  [metadata.eventMetadataClass, 'EventMetadata'],
  [metadata.systemConfigExClass, 'SystemConfigEx'],
  [metadata.imageIdClass, 'ImageId'],
  [metadata.winSatClass, 'WinSAT'],
  [metadata.perfTrackClass, 'PerfTrack'],
  [metadata.kernelTraceControlProvider, 'KernelTraceControl'],
];

/** Providers that network traces have and that may come without any description of their events. */
const networkProviders: readonly (readonly [guid: string, name: string])[] = [
  [ndisPacketCaptureProvider, ndisPacketCaptureProviderName],
  [pktMonProvider, pktMonProviderName],
  [vmSwitchProvider, vmSwitchProviderName],
  ['{1f387cbc-6818-4530-9db6-5f1058cd7e86}', 'vmswitch'],
  ['{c0ddafb5-16eb-470b-bf17-24ed39a9e8ba}', 'VmsNicProxy'],
  ['{3b7922bb-c097-495d-bf47-d7003fd40a1a}', 'VmsProxyCtrlGuid'],
  ['{6c28c7e5-331b-4437-9c69-5352a2f7f296}', 'Microsoft-Windows-Hyper-V-VmsIf'],
  ['{9f2660ea-cfe7-428f-9850-aeca612619b0}', 'Microsoft-Windows-Hyper-V-VfpExt'],
  ['{0c885e0d-6eb6-476c-a048-2457eed3a5c1}', 'Microsoft-Windows-Host-Network-Service'],
  ['{0bacf1d2-fb51-549a-6119-04daa7180dc8}', 'Microsoft-Windows-Guest-Network-Service'],
  ['{66c07ecd-6667-43fc-93f8-05cf07f446ec}', 'Microsoft-Windows-WinNat'],
  ['{b72c6994-9fe0-45ad-83b3-8f5885f20e0e}', 'Microsoft-Windows-MsLbfoEventProvider'],
  ['{a67075c2-3e39-4109-b6cd-6d750058a731}', 'Microsoft-Windows-NetworkBridge'],
  [rasPacketCaptureProvider, rasPacketCaptureProviderName],
  ['{2f07e2ee-15db-40f1-90ef-9d7ba282188a}', 'Microsoft-Windows-TCPIP'],
  ['{e53c6823-7bb8-44bb-90dc-3f86090d48a6}', 'Microsoft-Windows-Winsock-AFD'],
  ['{cdead503-17f5-4a3e-b7ae-df8cc2902eb9}', 'Microsoft-Windows-NDIS'],
  ['{7dd42a49-5329-4832-8dfd-43d979153a88}', 'Microsoft-Windows-Kernel-Network'],
  ['{1c95126e-7eea-49a9-a3fe-a378b03ddb4d}', 'Microsoft-Windows-DNS-Client'],
  ['{15a7a4f8-0072-4eab-abad-f98a4d666aed}', 'Microsoft-Windows-Dhcp-Client'],
  ['{6a1f2b00-6a90-4c38-95a5-5cab3b056778}', 'Microsoft-Windows-DHCPv6-Client'],
  ['{6600e712-c3b6-44a2-8a48-935c511f28c8}', 'Microsoft-Windows-Iphlpsvc-Trace'],
  ['{0c478c5b-0351-41b1-8c58-4a6737da32e3}', 'Microsoft-Windows-WFP'],
  ['{7b702970-90bc-4584-8b20-c0799086ee5a}', 'Microsoft-Windows-NetworkSecurity'],
  ['{d1bc9aff-2abf-4d71-9146-ecb2a986eb85}', 'Microsoft-Windows-Windows Firewall With Advanced Security'],
  ['{5444519f-2484-45a2-991e-953e4b54c8e0}', 'Microsoft-Windows-MPS-SRV'],
  ['{314de49f-ce63-4779-ba2b-d616f6963a88}', 'Microsoft-Windows-NCSI'],
  ['{63b530f8-29c9-4880-a5b4-b8179096e7b8}', 'Microsoft-Windows-NlaSvc'],
  ['{fbcfac3f-8459-419f-8e48-1f0b49cdb85e}', 'Microsoft-Windows-NetworkProfile'],
  ['{41877cb4-11fc-4188-b590-712c143c881d}', 'Microsoft-Windows-Runtime-Web-Http'],
  ['{43d1a55c-76d6-4f7e-995c-64c711e5cafe}', 'Microsoft-Windows-WinINet'],
  ['{50b3e73c-9370-461d-bb9f-26f32d68887d}', 'Microsoft-Windows-WebIO'],
  ['{7d44233d-3055-4b9c-ba64-0d47ca40a232}', 'Microsoft-Windows-WinHttp'],
  ['{dd5ef90a-6398-47a4-ad34-4dcecdef795f}', 'Microsoft-Windows-HttpService'],
  ['{dd85457f-4e2d-44a5-a7a7-6253362e34dc}', 'Microsoft-Windows-BranchCache'],
  ['{e837619c-a2a8-4689-833f-47b48ebd2442}', 'Microsoft-Windows-BranchCacheClientEventProvider'],
  ['{ff15e657-4f26-570e-88ab-0796b258d11c}', 'Microsoft-Quic'],
  ['{988c59c5-0a1c-45b6-a555-0c62276e327d}', 'Microsoft-Windows-SMBClient'],
  ['{d48ce617-33a2-4bc3-a5c7-11aa4f29619e}', 'Microsoft-Windows-SMBServer'],
  ['{1f678132-5938-4686-9fdc-c8ff68f15c85}', 'Schannel'],
  ['{98e6cfcb-ee0a-41e0-a57b-622d4e1b30b1}', 'Microsoft-Windows-Security-Kerberos'],
  ['{9580d7dd-0379-4658-9870-d5be7d52d6de}', 'Microsoft-Windows-WLAN-AutoConfig'],
  ['{ef1cc15b-46c1-414e-bb95-e76b077bd51e}', 'Microsoft-Windows-Bits-Client'],
  ['{a7975c8f-ac13-49f1-87da-5a984a4ab417}', 'Microsoft-Windows-WinRM'],
  ['{a0c1853b-5c40-4b15-8766-3cf1c58f985a}', 'Microsoft-Windows-PowerShell'],
  ['{22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716}', 'Microsoft-Windows-Kernel-Process'],
  ['{edd08927-9cc4-4e65-b970-c2560fb5c289}', 'Microsoft-Windows-Kernel-File'],
  ['{e13c0d23-ccbc-4e12-931b-d9cc2eee27e4}', 'Microsoft-Windows-DotNETRuntime'],
  ['{a669021c-c450-4609-a035-5af59af4df18}', 'Microsoft-Windows-DotNETRuntimeRundown'],
  ['{763fd754-7086-4dfe-95eb-c01a46faf4ca}', 'Microsoft-Windows-DotNETRuntimePrivate'],
];

const names: ReadonlyMap<string, string> = new Map([
  ...Object.entries(KernelClass).map(([name, guid]) => [guid, name] as const),
  ...otherClasses,
  ...networkProviders,
  ...captureProviders,
]);

/** By the high byte of the hook id in SYSTEM, COMPACT and PERFINFO headers. */
const classesByGroup: ReadonlyMap<number, string> = new Map([
  [0x00, KernelClass.EventTrace],
  [0x01, KernelClass.DiskIo],
  [0x02, KernelClass.PageFault],
  [0x03, KernelClass.Process],
  [0x04, KernelClass.FileIo],
  [0x05, KernelClass.Thread],
  [0x06, KernelClass.TcpIp],
  [0x07, KernelClass.Job],
  [0x08, KernelClass.UdpIp],
  [0x09, KernelClass.Registry],
  [0x0a, KernelClass.DbgPrint],
  [0x0b, KernelClass.SystemConfig],
  [0x0e, KernelClass.Pool],
  [0x0f, KernelClass.PerfInfo],
  [0x10, KernelClass.Heap],
  [0x11, KernelClass.Object],
  [0x12, KernelClass.Power],
  [0x14, KernelClass.Image],
  [0x17, KernelClass.CritSec],
  [0x18, KernelClass.StackWalk],
  [0x1a, KernelClass.ALPC],
  [0x1b, KernelClass.SplitIo],
  [0x1c, KernelClass.ThreadPool],
]);

/** The name of a well-known provider or event class by its GUID in canonical text. */
export function knownProviderName(guid: string): string | undefined {
  return names.get(guid);
}

/** The providers of Windows' networking, by name: what a capture may ask for. */
export const networkProviderNames: readonly { readonly name: string; readonly guid: string }[] = networkProviders
  .map(([guid, name]) => ({ name, guid }))
  .sort((one, other) => one.name.localeCompare(other.name, 'en'));

/** Every name that knownProviderName can give. */
export const knownProviderNames: readonly string[] = [...new Set(names.values())];

/** The class GUID of a kernel group (the high byte of a hook id), or undefined for a group without a known class. */
export function kernelGroupClass(group: number): string | undefined {
  return classesByGroup.get(group);
}

/** A provider's name as a module of the filter language: `Microsoft_Windows_PktMon`, as Message Analyzer wrote it. */
export function moduleName(providerName: string): string {
  return providerName.trim().replaceAll(/[^\p{L}\p{N}_]/gu, '_');
}
