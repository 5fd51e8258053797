import { moduleName } from '../provider/known-providers.ts';
import { applicationModules, applicationNumber, moduleBit, packetModules } from '../packet/module.ts';
import { nearNames } from './near-names.ts';

/** The names that a filter may use in one trace. */
export interface FilterVocabulary {
  /** Providers of the trace. Several may share a name; a name is null when nothing names the provider. */
  readonly providers: readonly { readonly guid: string; readonly name: string | null }[];
  /** Names of providers and modules that are known, though the trace has none of them. */
  readonly absentNames: readonly string[];
}

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
  }

  find(name: string): Module | undefined {
    return this.modules.get(moduleName(name).toLowerCase());
  }

  near(name: string): string[] {
    return nearNames(
      moduleName(name),
      [...this.modules.values()].map((module) => module.name),
    );
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
