import { parseGuid } from '../../base/guid.ts';
import type { EventSchema, SchemaField } from '../event-schema.ts';
import { originOf, type ImportContext, type ImportedProvider, type ManifestFormat } from './imported-manifest.ts';
import { messageText, nameText, type EventNames } from './names.ts';
import { quoted } from './notes.ts';
import { parseUpTo } from './numbers.ts';

/** An event as a description gives it, its names already looked up. Id and version are texts still to be checked. */
export interface EventDescription extends EventNames {
  readonly id: string;
  readonly version: string;
  readonly message: string;
  readonly fields: readonly SchemaField[];
}

/** Collects one provider's schemas, whatever format they come from. */
export class ProviderBuilder {
  private readonly guid: string;
  private readonly name: string;
  private readonly origin: string;
  private readonly context: ImportContext;
  private readonly schemas = new Map<string, EventSchema>();

  private constructor(guid: string, name: string, format: ManifestFormat, context: ImportContext) {
    this.guid = guid;
    this.name = name;
    this.origin = originOf(context.fileName, format);
    this.context = context;
  }

  /** A builder for this provider, or undefined, with a note, when its GUID is none: no event could ever be found by it. */
  static for(guid: string, name: string, format: ManifestFormat, context: ImportContext): ProviderBuilder | undefined {
    const canonical = parseGuid(guid);
    if (canonical !== undefined) return new ProviderBuilder(canonical, nameText(name), format, context);
    const reason = guid === '' ? 'it has no GUID' : `${quoted(guid)} is no GUID`;
    context.notes.add(`The provider ${quoted(name)} was left out: ${reason}.`);
    return undefined;
  }

  add(event: EventDescription): void {
    const id = parseUpTo(event.id, 0xffff);
    const version = event.version.trim() === '' ? 0 : parseUpTo(event.version, 0xff);
    if (id === undefined || version === undefined) {
      const what = id === undefined ? `id ${quoted(event.id)}` : `version ${quoted(event.version)}`;
      this.context.notes.add(`An event of ${quoted(this.name)} was left out: ${what} is none that an event can have.`);
      return;
    }
    const key = `${id}/${version}`;
    if (this.schemas.has(key)) {
      this.context.notes.add(`Event ${id} version ${version} is described twice; the first description was kept.`);
      return;
    }
    this.schemas.set(key, {
      provider: this.guid,
      providerName: this.name,
      id,
      version,
      level: event.level,
      channel: event.channel,
      task: event.task,
      opcode: event.opcode,
      keywords: event.keywords,
      message: messageText(event.message),
      fields: event.fields,
      source: this.context.source,
      origin: this.origin,
    });
  }

  build(): ImportedProvider {
    return { provider: this.guid, name: this.name, schemas: [...this.schemas.values()] };
  }
}
