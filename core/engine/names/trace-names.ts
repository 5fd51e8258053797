import type { NameBook, ResolvedName } from '../../names/name-book.ts';
import type { NameKey, ThingKind } from '../../names/named-thing.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import type { PktMonComponent } from '../pktmon-components.ts';
import type { TraceSession } from '../trace-session.ts';
import type { InterfaceRow } from './interface-rows.ts';
import { switchNicKeys, switchObjectKeys } from './shown-things.ts';
import type { TraceFacts } from './trace-facts.ts';

/**
 * Who is who in what has been read of a trace, by the names that are in force now: another object as soon as a name changes.
 * Events of the vSwitch count as far as they have been gathered: wait for `session.names.gathered()` where all must be there.
 */
export function traceNames(session: TraceSession, columns: TraceColumns): TraceNames {
  return session.names.of(session, columns);
}

export class TraceNames {
  readonly book: NameBook;
  private readonly facts: TraceFacts;
  private readonly rows: ReadonlyMap<string, InterfaceRow>;

  constructor(book: NameBook, facts: TraceFacts) {
    this.book = book;
    this.facts = facts;
    this.rows = new Map(facts.interfaces.toReversed().map((row) => [`${row.input}/${row.index}`, row]));
  }

  /** The name of what has these keys, with its source; undefined when nobody names it. */
  resolve(keys: readonly NameKey[], kind?: ThingKind): ResolvedName | undefined {
    return this.book.resolve(keys, kind);
  }

  /** By the name that a vSwitch gives the NIC: `/DEVICE/{…}`, `VMGUID--ADAPTERGUID`, a GUID. */
  nic(nicName: string): ResolvedName | undefined {
    return this.resolve(switchNicKeys(nicName, 'NicName'), 'nic');
  }

  switch(switchName: string): ResolvedName | undefined {
    return this.resolve(switchObjectKeys(switchName, 'SwitchName'), 'switch');
  }

  port(portName: string): ResolvedName | undefined {
    return this.resolve(switchObjectKeys(portName, 'PortName'), 'port');
  }

  /** All names of a NIC, and of a switch and a port, the one in force first. */
  allOfNic(nicName: string): string[] {
    return this.book.allNames(switchNicKeys(nicName, 'NicName'), 'nic');
  }

  allOfSwitch(switchName: string): string[] {
    return this.book.allNames(switchObjectKeys(switchName, 'SwitchName'), 'switch');
  }

  allOfPort(portName: string): string[] {
    return this.book.allNames(switchObjectKeys(portName, 'PortName'), 'port');
  }

  /** The bare name of an interface or component, where its number stands beside it and tells it from namesakes; or ''. */
  plainInterface(ifIndex: number, input = 0): string {
    return this.interface(ifIndex, input)?.candidates[0].name ?? '';
  }

  plainComponent(input: number, id: number): string {
    return this.component(input, id)?.candidates[0].name ?? '';
  }

  /** By interface index on the machine of an input. */
  interface(ifIndex: number, input = 0): ResolvedName | undefined {
    return this.resolve(this.interfaceKeys(ifIndex, input), 'interface');
  }

  /** As the trace itself tells it: GUIDs in braces and lower case, a MAC of six bytes or none. */
  interfaceAt(ifIndex: number, input = 0): InterfaceRow | undefined {
    return this.rows.get(`${this.facts.interfaceNumbers.tableOf(input)}/${ifIndex}`);
  }

  /** All interfaces that the trace tells of, in file order. */
  get interfaces(): readonly InterfaceRow[] {
    return this.facts.interfaces;
  }

  /** In braces and lower case; undefined when the trace does not tell it. */
  interfaceGuidOf(ifIndex: number, input = 0): string | undefined {
    const told = this.interfaceAt(ifIndex, input)?.guid;
    if (told !== undefined && told !== '') return told;
    const component = this.facts.components
      .all()
      .find((each) => each.component.interfaceIndex === ifIndex && each.component.interfaceGuid !== '');
    return component?.component.interfaceGuid;
  }

  /** As pktmon describes it. */
  pktMonComponent(input: number, id: number): PktMonComponent | undefined {
    return this.facts.components.find(input, id);
  }

  /** The name in force of a pktmon component. */
  component(input: number, id: number): ResolvedName | undefined {
    return this.resolve(this.componentKeys(id, input), 'pktmon-component');
  }

  interfaceKeys(ifIndex: number, input: number): NameKey[] {
    return this.facts.interfaceNumbers.key('ifindex', ifIndex, input, 'ifIndex');
  }

  componentKeys(id: number, input: number): NameKey[] {
    return this.facts.componentNumbers.key('component', id, input, 'ComponentId');
  }
}
