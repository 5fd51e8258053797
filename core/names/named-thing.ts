/** What can have a name: the words that outputs, traces and the name book share. */
export type ThingKind =
  'nic' | 'switch' | 'port' | 'interface' | 'vm' | 'network' | 'mac' | 'ip-address' | 'pktmon-component';

/**
 * A key that a trace may show, in one normal form (`nameKey`):
 * `guid` of an interface, device, adapter, port, switch, VM, endpoint or network: upper case, without braces;
 * `nic` VMGUID--ADAPTERGUID, two such GUIDs; `ifindex` and `component` (pktmon's number) decimal;
 * `mac` `00-15-5D-00-0A-09`; `ip` as base/address.ts writes it.
 */
export interface NameKey {
  readonly kind: 'guid' | 'nic' | 'ifindex' | 'mac' | 'ip' | 'component';
  readonly value: string;
  /** Which column or property it was, `InterfaceGuid`, `MacAddress`. */
  readonly label: string;
}

/** One thing that an output or a trace tells the name of. */
export interface NamedThing {
  readonly kind: ThingKind;
  readonly name: string;
  /** The name was cut where it was printed: it is shown with `…`, and never counts as equal to another. */
  readonly isCut: boolean;
  readonly keys: readonly NameKey[];
  /** What else was told of it: `VM` web01, `Switch` nat. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** What one file or pasted text came to. */
export interface NamesRead {
  /** `Get-NetAdapter (table), 4 adapters`, one for each output in it. */
  readonly contents: readonly string[];
  readonly things: readonly NamedThing[];
  /** What could not be used, in sentences with the line where it stands; how to export better. */
  readonly notes: readonly string[];
}

/** An input that holds no names, with a reason a person understands. */
export class NamesError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NamesError';
  }
}
