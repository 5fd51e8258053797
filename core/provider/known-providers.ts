import * as metadata from './event-metadata.ts';
import { ndisPacketCaptureProvider, ndisPacketCaptureProviderName } from './ndis-packet-capture.ts';
import { pktMonProvider, pktMonProviderName } from './pktmon.ts';
import { vmSwitchProvider, vmSwitchProviderName } from './vmswitch.ts';

/** Event classes of the kernel logger, and their group number in the hook id of SYSTEM, COMPACT and PERFINFO headers. */
const kernelClasses: readonly (readonly [guid: string, name: string, group?: number])[] = [
  ['{68fdd900-4a3e-11d1-84f4-0000f80464e3}', 'EventTrace', 0x00],
  ['{3d6fa8d4-fe05-11d0-9dda-00c04fd7ba7c}', 'DiskIo', 0x01],
  ['{3d6fa8d3-fe05-11d0-9dda-00c04fd7ba7c}', 'PageFault', 0x02],
  ['{3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c}', 'Process', 0x03],
  ['{90cbdc39-4a3e-11d1-84f4-0000f80464e3}', 'FileIo', 0x04],
  ['{3d6fa8d1-fe05-11d0-9dda-00c04fd7ba7c}', 'Thread', 0x05],
  ['{9a280ac0-c8e0-11d1-84e2-00c04fb998a2}', 'TcpIp', 0x06],
  ['{3282fc76-feed-498e-8aa7-e70f459d430e}', 'Job', 0x07],
  ['{bf3a50c5-a9c9-4988-a005-2df0b7c80f80}', 'UdpIp', 0x08],
  ['{ae53722e-c863-11d2-8659-00c04fa321a1}', 'Registry', 0x09],
  ['{13976d09-a327-438c-950b-7f03192815c7}', 'DbgPrint', 0x0a],
  ['{01853a65-418f-4f36-aefc-dc0f1d2fd235}', 'SystemConfig', 0x0b],
  ['{0268a8b6-74fd-4302-9dd0-6e8f1795c0cf}', 'Pool', 0x0e],
  ['{ce1dbfb4-137e-4da6-87b0-3f59aa102cbc}', 'PerfInfo', 0x0f],
  ['{222962ab-6180-4b88-a825-346b75f2a24a}', 'Heap', 0x10],
  ['{89497f50-effe-4440-8cf2-ce6b1cdcaca7}', 'Object', 0x11],
  ['{e43445e0-0903-48c3-b878-ff0fccebdd04}', 'Power', 0x12],
  ['{2cb15d1d-5fc1-11d2-abe1-00a0c911f518}', 'Image', 0x14],
  ['{3ac66736-cc59-4cff-8115-8df50e39816b}', 'CritSec', 0x17],
  ['{def2fe46-7bd6-4b80-bd94-f57fe20d0ce3}', 'StackWalk', 0x18],
  ['{45d8cccd-539f-4b72-a8b7-5c683142609a}', 'ALPC', 0x1a],
  ['{d837ca92-12b9-44a5-ad6a-3a65b3578aa8}', 'SplitIo', 0x1b],
  ['{c861d0e2-a2c1-4d36-9f9c-970bab943a12}', 'ThreadPool', 0x1c],
  ['{6a399ae0-4bc6-4de9-870b-3657f8947e7e}', 'Lost_Event'],
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
  ['{d84521f7-2235-4237-a7c0-14e3a9676286}', 'Microsoft-Windows-Ras-NdisWanPacketCapture'],
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
];

const names: ReadonlyMap<string, string> = new Map(
  [...kernelClasses, ...networkProviders].map(([guid, name]) => [guid, name]),
);
const classesByGroup: ReadonlyMap<number, string> = new Map(
  kernelClasses.flatMap(([guid, , group]) => (group === undefined ? [] : [[group, guid] as const])),
);

/** The name of a well-known provider or event class by its GUID in canonical text. */
export function knownProviderName(guid: string): string | undefined {
  return names.get(guid);
}

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
