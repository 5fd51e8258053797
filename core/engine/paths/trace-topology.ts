import { macAt } from '../../base/address.ts';
import type { PathWork } from '../../path/sighting-table.ts';
import { Topology, type Connection, type InterfaceFacts, type Whereabouts } from '../../path/topology.ts';
import { traceNames } from '../names/trace-names.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';

/** The lanes of a trace, by the names that are in force now. */
export function traceTopology(
  session: TraceSession,
  { columns }: OrderedTrace,
  work: Pick<PathWork, 'nbls' | 'nblNumbers'>,
): Topology {
  return new Topology(
    whereaboutsOf(session, columns),
    connectionsOf(work),
    work.nblNumbers.switchNames,
    columns.segments.flatMap(({ components }) => components),
  );
}

function whereaboutsOf(session: TraceSession, columns: OrderedTrace['columns']): Whereabouts {
  const names = traceNames(session, columns);
  const factsOf = (row: { alias: string; description: string; guid: string; mac: Uint8Array }): InterfaceFacts => ({
    alias: row.alias,
    description: row.description,
    guid: row.guid,
    mac: macText(row.mac),
  });
  const rows = names.interfaces.map((row) => ({ ...factsOf(row), index: row.index, input: row.input }));
  return {
    interfaceAt: (index, input) => {
      const row = names.interfaceAt(index, input);
      return row && factsOf(row);
    },
    interfaces: () => rows,
    interfaceName: (index, input) => names.interface(index, input)?.name ?? '',
    nicName: (name) => names.nic(name)?.name ?? '',
    switchName: (name) => names.switch(name)?.name ?? '',
    pktMonComponent: (input, id) => {
      const component = names.pktMonComponent(input, id);
      if (!component) return undefined;
      const name = names.component(input, id)?.name ?? component.name;
      return { ...component, name, driver: component.name, mac: macText(component.mac) };
    },
  };
}

/** Which NIC is in which switch, as NBL events say. */
function connectionsOf({ nbls, nblNumbers }: Pick<PathWork, 'nbls' | 'nblNumbers'>): Connection[] {
  const found = new Map<number, Connection>();
  nbls.forEach(({ table }, segment) => {
    const nics = nblNumbers.nics[segment];
    const switches = nblNumbers.switches[segment];
    for (let row = 0; row < table.length; row++) {
      if (table.switch[row] === 0) continue;
      const own = nblNumbers.switchNames[switches[table.switch[row] - 1] - 1];
      for (const nic of [table.nic[row], table.destination[row]]) {
        const number = nic === 0 ? 0 : nics[nic - 1];
        if (number > 0 && !found.has(number)) {
          found.set(number, { nic: nblNumbers.nicNames[number - 1], switch: own });
        }
      }
    }
  });
  return [...found.values()];
}

function macText(mac: Uint8Array): string {
  return mac.length >= 6 ? macAt(mac, 0) : '';
}
