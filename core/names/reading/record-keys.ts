/** Which keys and names the fields of a record are, whatever command printed it. */
import { nameKey, switchNicKey } from '../name-key.ts';
import type { NameKey, NamedThing } from '../named-thing.ts';
import { fieldKey, type FieldValue, type OutputRecord } from './output.ts';
import { isName, namedThing } from './thing.ts';

/** The first of these fields that tells anything. Names are field keys. */
export function fieldOf(record: OutputRecord, ...names: readonly string[]): FieldValue | undefined {
  return names.map((name) => record.get(name)).find((field) => field !== undefined && field.texts.length > 0);
}

export function textOf(record: OutputRecord, ...names: readonly string[]): string {
  return fieldOf(record, ...names)?.text ?? '';
}

const macFields = ['macaddress', 'permanentaddress', 'physicaladdress', 'permanentmacaddress', 'networkaddresses'];
const addressFields = ['ipaddresses', 'ipaddress', 'ipv4address', 'ipv6address', 'ipv6linklocaladdress'];
const indexFields = ['ifindex', 'interfaceindex', 'idx'];
const interfaceGuidFields = ['interfaceguid', 'deviceid', 'devicename', 'guid', 'settingid', 'netcfginstanceid'];

/** MACs of a record. Of neighbours, a record tells the address of another machine. */
export function macKeys(record: OutputRecord): NameKey[] {
  return isOfNeighbour(record) ? [] : keysIn(record, macFields, 'mac');
}

/** Addresses: what lost its list on the way (`-Depth` too small) has them in one text. */
export function addressKeys(record: OutputRecord): NameKey[] {
  if (isOfNeighbour(record)) return [];
  return fieldsOf(record, addressFields).flatMap(({ label, texts }) =>
    texts
      .flatMap((text) => text.split(/[\s,;]+/))
      .map((text) => nameKey('ip', text, label))
      .filter((key) => key !== undefined),
  );
}

export function indexKeys(record: OutputRecord): NameKey[] {
  return keysIn(record, indexFields, 'ifindex');
}

export function interfaceGuidKeys(record: OutputRecord): NameKey[] {
  return keysIn(record, interfaceGuidFields, 'guid');
}

/** GUIDs in these fields. */
export function guidKeys(record: OutputRecord, ...names: readonly string[]): NameKey[] {
  return keysIn(record, names, 'guid');
}

/**
 * What a vSwitch may call a NIC: its two GUIDs from `Id` (`Microsoft:VMGUID\ADAPTERGUID`) or from VMId and AdapterId, and
 * the adapter's own.
 */
export function nicKeys(record: OutputRecord): NameKey[] {
  const machine = textOf(record, 'vmid');
  const adapter = textOf(record, 'adapterid');
  const told = fieldsOf(record, ['id', 'deviceid', 'adapterid']).flatMap(({ label, texts }) =>
    texts.map((text) => switchNicKey(text, label)),
  );
  const joined = nameKey('nic', `${machine}--${adapter}`, 'VMId and AdapterId');
  const keys = [...told, joined].filter((key) => key !== undefined);
  const adapters = keys
    .filter(({ kind }) => kind === 'nic')
    .map(({ value, label }) => nameKey('guid', value.slice(value.indexOf('--') + 2), label));
  return [...keys, ...adapters.filter((key) => key !== undefined)];
}

/** The VM and the switch that a row tells beside its own object, when it tells their ids. */
export function neighbours(record: OutputRecord): NamedThing[] {
  const pairs = [
    { kind: 'vm', name: fieldOf(record, 'vmname'), id: 'vmid' },
    { kind: 'switch', name: fieldOf(record, 'switchname'), id: 'switchid' },
    { kind: 'switch', name: fieldOf(record, 'switchname'), id: 'switchguid' },
    { kind: 'network', name: fieldOf(record, 'virtualnetworkname'), id: 'virtualnetwork' },
  ] as const;
  return pairs.flatMap(({ kind, name, id }) => {
    const keys = guidKeys(record, id);
    if (name === undefined || !isName(name.text) || keys.length === 0) return [];
    return [namedThing({ kind, name: name.text, isCut: name.isCut, keys })];
  });
}

/** Facts that any row may tell. */
export function commonFacts(record: OutputRecord): { label: string; value: string }[] {
  return [{ label: 'Computer', value: textOf(record, 'pscomputername') }];
}

/** Columns by which CSV without `#TYPE` is told from a sentence with commas. */
export const knownColumns: ReadonlySet<string> = new Set([
  ...[...macFields, ...addressFields, ...indexFields, ...interfaceGuidFields],
  ...['id', 'name', 'ifalias', 'interfacealias', 'interfacedescription', 'adapterid', 'vmname', 'vmid', 'switchname'],
  ...['switchid', 'virtualnetwork', 'netconnectionid', 'friendlyname', 'displayname'].map(fieldKey),
]);

/** Fields that hold keys: what is cut in them is a key lost. */
export const keyFields: readonly string[] = [
  ...[...macFields, ...addressFields, ...indexFields, ...interfaceGuidFields],
  ...['id', 'adapterid', 'vmid', 'switchid', 'virtualnetwork'],
];

/** Get-NetNeighbor and arp: addresses of others, seen from an interface. */
function isOfNeighbour(record: OutputRecord): boolean {
  return record.has('linklayeraddress') || record.has('nexthop') || record.has('remoteaddress');
}

function keysIn(record: OutputRecord, names: readonly string[], kind: NameKey['kind']): NameKey[] {
  return fieldsOf(record, names).flatMap(({ label, texts }) =>
    texts.map((text) => nameKey(kind, text, label)).filter((key) => key !== undefined),
  );
}

function fieldsOf(record: OutputRecord, names: readonly string[]): FieldValue[] {
  return names.map((name) => record.get(name)).filter((field) => field !== undefined);
}
