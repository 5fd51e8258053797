import type { DiagnosisKind } from '../diagnosis/kinds.ts';
import { applicationModules, applicationNumber, moduleBit, packetModules } from '../packet/module.ts';
import { moduleName } from '../provider/known-providers.ts';
import { nearNames } from './near-names.ts';

/** What a filter may name in one trace. */
export interface FilterVocabulary {
  /** Providers of the trace. Several may share a name; a name is null when nothing names the provider. */
  readonly providers: readonly { readonly guid: string; readonly name: string | null }[];
  /** Names of providers and modules that are known, though the trace has none of them. */
  readonly absentNames: readonly string[];
  /** What is known of the trace's events. */
  readonly layouts: readonly EventLayout[];
  /** Places of capture, by componentKey, and what people call them. */
  readonly components: readonly { readonly key: string; readonly names: readonly string[] }[];
  /** NICs and switches of a vSwitch: what its events call them, and what people do. */
  readonly switchPlaces: readonly { readonly texts: readonly string[]; readonly names: readonly string[] }[];
  /** Kinds of events (eventKindKey) that call NICs and switches so. */
  readonly switchKinds: readonly string[];
  /** Kinds of events (eventKindKey) that report a drop. */
  readonly dropKinds: readonly string[];
  /** Whether some packet has a module more than once, or a packet in it. */
  readonly hasNestedPackets: boolean;
}

/** The fields of one kind of event. */
export interface EventLayout {
  /** eventKindKey. */
  readonly key: string;
  readonly provider: string;
  /** The level between the module and its fields. */
  readonly message: string;
  /** Null where each event tells its own fields. */
  readonly fields: readonly LayoutField[] | null;
  /** The record of a capture file around its packet: `*Name` does not look into it. */
  readonly isCaptureRecord: boolean;
}

export interface LayoutField {
  readonly path: readonly string[];
  /** `UInt32`, as a manifest says it. */
  readonly type: string;
}

export const emptyVocabulary: FilterVocabulary = {
  providers: [],
  absentNames: [],
  layouts: [],
  components: [],
  switchPlaces: [],
  switchKinds: [],
  dropKinds: [],
  hasNestedPackets: false,
};

/** What a module name stands for: packets with one of the module bits or of an application, and providers' events. */
export interface Module {
  readonly name: string;
  readonly presence: 'every event' | 'in trace' | 'absent';
  readonly bits: number;
  /** Number of an application protocol, or 0. */
  readonly application: number;
  readonly providers: readonly string[];
}

/** The module that every event of a trace has: Message Analyzer's name for the ETW record. */
export const etwModule = 'Etw';

/** Names of Message Analyzer's for modules that are one here, or that people use. */
const otherNames: readonly (readonly [other: string, name: (typeof applicationModules)[number]])[] = [
  ['SMB', 'SMB2'],
  ['Kerberos', 'KerberosV5'],
  ['DHCP', 'DHCPv4'],
  ['NBNS', 'NBTNS'],
];

/** A kind of finding belongs to the diagnosis types of Message Analyzer's Standard.DiagnosisType. */
export const DiagnosisType = { Application: 1, Validation: 2, InsufficientData: 4, Parsing: 8 } as const;

export function diagnosisTypeOf(kind: DiagnosisKind): number {
  switch (kind) {
    case 'ip-checksum':
    case 'transport-checksum':
    case 'checksum-offload':
      return DiagnosisType.Validation;
    case 'truncated':
    case 'incomplete':
      return DiagnosisType.InsufficientData;
    case 'malformed':
      return DiagnosisType.Parsing;
    default:
      return DiagnosisType.Application;
  }
}

export class ModuleNames {
  private readonly modules = new Map<string, Module>();

  constructor(vocabulary: FilterVocabulary) {
    for (const name of vocabulary.absentNames) {
      this.add({ ...noPackets, name: moduleName(name), presence: 'absent', providers: [] });
    }
    for (const { guid, name } of vocabulary.providers) {
      if (name === null) continue;
      this.add({ ...noPackets, name: moduleName(name), presence: 'in trace', providers: [guid] });
    }
    for (const name of packetModules) {
      this.add({ ...noPackets, name, presence: 'in trace', bits: moduleBit[name], providers: [] });
    }
    for (const name of applicationModules) {
      this.add({ ...noPackets, name, presence: 'in trace', application: applicationNumber[name], providers: [] });
    }
    this.add({ ...noPackets, name: etwModule, presence: 'every event', providers: [] });
    for (const [other, name] of otherNames) {
      const module = this.modules.get(name.toLowerCase());
      const known = this.modules.get(other.toLowerCase());
      if (module && known?.presence !== 'in trace') this.modules.set(other.toLowerCase(), module);
    }
  }

  find(name: string): Module | undefined {
    return this.modules.get(moduleName(name).toLowerCase());
  }

  near(name: string): string[] {
    return nearNames(moduleName(name), this.names());
  }

  names(): string[] {
    return [...new Set([...this.modules.values()].map((module) => module.name))];
  }

  all(): Module[] {
    return [...new Set(this.modules.values())];
  }

  /** Two providers of one name, or a provider named like a protocol, are one module. */
  private add(module: Module): void {
    const key = module.name.toLowerCase();
    const known = this.modules.get(key);
    if (!known || known.presence === 'absent') {
      this.modules.set(key, module);
    } else if (module.presence !== 'absent') {
      const providers = [...new Set([...known.providers, ...module.providers])];
      const application = Math.max(known.application, module.application);
      this.modules.set(key, { ...module, bits: known.bits | module.bits, application, providers });
    }
  }
}

const noPackets = { bits: 0, application: 0 } as const;
