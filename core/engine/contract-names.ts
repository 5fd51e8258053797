/** What the contract says of friendly names: the name book of a trace, and what imports came to. Plain data. */

/** Everything of a trace that has, or could have, a name; and what was imported besides. */
export interface NameBook {
  /** What the trace shows: nameless ones first, then by kind and name. */
  subjects: NamedSubject[];
  /** What imports name and this trace does not show. */
  others: NamedSubject[];
  /** Where names came from: the trace itself first, then imports, then names given by hand. */
  sources: NameSource[];
  /** Of `subjects`. */
  named: number;
  conflicts: number;
}

export type NameSubjectKind =
  'nic' | 'switch' | 'port' | 'interface' | 'vm' | 'network' | 'mac' | 'ip-address' | 'pktmon-component';

export interface NamedSubject {
  /** Names it in `setName`. */
  key: string;
  kind: NameSubjectKind;
  /** As the trace shows it: `/DEVICE/{5AA3FFAC-…}`, `00-15-5D-00-0A-09`, `ifIndex 9`. */
  text: string;
  /** The name in force; null while it has none. */
  name: string | null;
  /** Id of the source that the name in force came from; empty without one. */
  source: string;
  /** All names that sources give it, the strongest first. */
  candidates: { name: string; source: string; detail: string }[];
  /** Why the name may be wrong: two sources differ, or another subject has the same name. Null when all agree. */
  conflict: string | null;
  /** `VmSwitch NBL events, vSwitch frames`; and events that show it, 0 where nobody counted. */
  seenIn: string;
  uses: number;
  /** The command that fetches its name, ready to paste; null when it has one, or none is known. */
  command: string | null;
  /** What else is known: MAC, addresses, VM, switch. */
  facts: { label: string; value: string }[];
}

export interface NameSource {
  /** Names it in `removeNames`. */
  id: string;
  kind: 'trace' | 'import' | 'hand' | 'book';
  /** File name, `pasted text`, `this trace`, `names given by hand`. */
  title: string;
  /** What it holds in words: `Get-NetAdapter (table), 4 adapters`. */
  contents: string[];
  /** What could not be used, in sentences: cut names, unknown parts. */
  notes: string[];
  names: number;
  /** How many subjects of this trace it gave a name to. */
  matched: number;
  /** Unix milliseconds; 0 for the trace itself. */
  addedAt: number;
}

export interface NameImportReport {
  book: NameBook;
  /** One for each file or text that held names. */
  added: NameSource[];
  /** What could not be read at all, with a reason a person understands. */
  failures: { title: string; message: string }[];
}

/** What a file of names holds, read without a trace. */
export interface NameReading {
  title: string;
  contents: string[];
  notes: string[];
  /** One row a thing that was named. */
  names: { name: string; kind: NameSubjectKind; keys: { label: string; value: string }[] }[];
}
