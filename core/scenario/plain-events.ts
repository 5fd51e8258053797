import { emptyGuid } from '../base/guid.ts';
import type { EtlRecord, SystemRecord } from '../etl/writer.ts';
import { systemConfigExClass, SystemConfigExOpcode } from '../provider/event-metadata.ts';
import { vmSwitchProvider } from '../provider/vmswitch.ts';
import { bigintOf, guidOf, macOf, numberOf, partsOf, type Arguments } from './arguments.ts';
import {
  readEventHeader,
  readFieldValues,
  readPayload,
  schemaEvent,
  type ScenarioEvent,
  type Statement,
} from './event-builder.ts';
import { knownSchema } from './known-schema.ts';
import { networkInterfaceRow } from './network-interface.ts';
import { readPointerSize } from './options.ts';

/** The packet path logs under bits 0x2 and 0x20; which event has which is not public. */
const vmSwitchHeader = { level: 4, keyword: 0x2n };

/** `vmswitch 56 NicName=… BufferAddress=…`: an event of Microsoft-Windows-Hyper-V-VmSwitch. */
export function vmSwitchEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const id = line.word('an event id');
  const schema = knownSchema(vmSwitchProvider, numberOf(id, 0xffff), id);
  const header = { ...vmSwitchHeader, ...readEventHeader(line) };
  return [schemaEvent(statement, schema, header, readFieldValues(line))];
}

/** `event {provider} id=12 payload=0011AABB`: any event; with `Field=value` one whose schema is known. */
export function plainEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const providerToken = line.word('a provider GUID');
  const provider = guidOf(providerToken);
  const id = line.number('id', 0xffff) ?? 0;
  const header = { level: 4, ...readEventHeader(line) };
  if (line.has('payload') || line.has('text')) {
    return only({ kind: 'event', ...statement.origin, provider, id, ...header, payload: readPayload(line) });
  }
  const values = readFieldValues(line);
  if (Object.keys(values).length > 0) {
    return [schemaEvent(statement, knownSchema(provider, id, providerToken), header, values)];
  }
  return only({ kind: 'event', ...statement.origin, provider, id, ...header });
}

/** `classic {class} opcode=32 payload=…`; `error` and `instance` likewise. */
export function classicEvents(statement: Statement, kind: 'classic' | 'error'): ScenarioEvent[] {
  const line = statement.arguments;
  return only({ kind, ...classOrigin(statement, line) });
}

export function instanceEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const instance = line.number('instance') ?? 0;
  const parentInstance = line.number('parent');
  return only({
    kind: 'instance',
    ...classOrigin(statement, line),
    instance,
    parentInstance,
    parentClass: line.guid('parent-class'),
  });
}

type ClassOrigin = Pick<
  Extract<EtlRecord, { kind: 'instance' }>,
  'timestamp' | 'class' | 'opcode' | 'level' | 'version' | 'payload'
>;

function classOrigin(statement: Statement, line: Arguments): ClassOrigin {
  return {
    ...statement.origin,
    class: guidOf(line.word('a class GUID')),
    opcode: line.number('opcode', 255) ?? 0,
    level: line.number('level', 255),
    version: line.number('version', 0xffff),
    payload: readPayload(line),
  };
}

/**
 * `system group=3 type=1 pmc=100,200 pebs=1 payload=…`: a kernel event, here with two performance counters and a PEBS
 * index; `compact` and `perfinfo` are its shorter headers.
 */
export function systemEvents(statement: Statement, kind: SystemRecord['kind']): ScenarioEvent[] {
  const line = statement.arguments;
  const group = line.number('group', 255) ?? 0;
  const type = line.number('type', 255) ?? 0;
  return only({
    kind,
    ...statement.origin,
    group,
    type,
    version: line.number('version', 0xff),
    counters: readCounters(line),
    pebsIndex: line.bigint('pebs'),
    pointerSize: readPointerSize(line.token('pointer')),
    payload: readPayload(line),
  });
}

function readCounters(line: Arguments): bigint[] | undefined {
  const token = line.token('pmc');
  return token && partsOf(token, ',').map(bigintOf);
}

/** `timed number=7 payload=…`: a number and a time; `old` under its old marker, `untimed` under that without a time. */
export function timedEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const isOld = line.flag('old');
  const kind = line.flag('untimed') ? 'old number' : isOld ? 'old timed' : 'timed';
  const { timestamp } = statement.origin;
  return only({ kind, timestamp, number: line.number('number') ?? 0, payload: readPayload(line) });
}

/** `wnode {guid} payload=…`: a WNODE_HEADER as an event. */
export function wnodeEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const { timestamp } = statement.origin;
  return only({ kind: 'wnode', timestamp, guid: guidOf(line.word('a GUID')), payload: readPayload(line) });
}

/**
 * `message {guid} number=10 sequence=1 payload=…`: a WPP message. `component=5` instead of the GUID, `untimed`,
 * `anonymous` without process and thread, `performance-time`.
 */
export function messageEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const guid = line.optionalWord((token) => token.text.startsWith('{'));
  const { timestamp } = statement.origin;
  return only({
    kind: 'message',
    ...(line.flag('anonymous') ? { timestamp } : statement.origin),
    guid: guid && guidOf(guid),
    number: line.number('number', 0xffff) ?? 0,
    component: line.number('component'),
    sequence: line.number('sequence'),
    timed: !line.flag('untimed'),
    performanceTime: line.flag('performance-time'),
    pointerSize: readPointerSize(line.token('pointer')),
    payload: readPayload(line),
  });
}

/** `raw payload=…`: bytes that need be no record at all. */
export function rawEvents(statement: Statement): ScenarioEvent[] {
  return only({ kind: 'raw', timestamp: statement.origin.timestamp, bytes: readPayload(statement.arguments) });
}

/** `interface 9 alias="Ethernet" description="…" mac=… guid=…`: how a merge tells what an IfIndex is. */
export function interfaceEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const index = numberOf(line.word('an interface index'), 0xffff_ffff);
  const mac = line.token('mac');
  const payload = networkInterfaceRow({
    index,
    alias: line.text('alias') ?? '',
    description: line.text('description') ?? '',
    guid: line.guid('guid') ?? emptyGuid,
    mac: mac ? macOf(mac) : new Uint8Array(0),
  });
  const { timestamp } = statement.origin;
  return only({
    kind: 'classic',
    timestamp,
    class: systemConfigExClass,
    opcode: SystemConfigExOpcode.NetworkInterface,
    payload,
  });
}

function only(record: EtlRecord): ScenarioEvent[] {
  return [{ record }];
}
