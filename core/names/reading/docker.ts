/** `docker network inspect`: networks, and the containers on them. */
import { nameKey } from '../name-key.ts';
import type { NamedThing } from '../named-thing.ts';
import { jsonList, jsonObject, jsonText, type Json } from './json-output.ts';
import type { NamedOutput } from './output.ts';
import { isName, namedThing } from './thing.ts';

/** Undefined when the JSON is something else. */
export function readDockerNetworks(value: unknown): NamedOutput | undefined {
  const networks = jsonList(value)
    .map(jsonObject)
    .filter((network) => network !== undefined)
    .filter((network) => typeof network.Driver === 'string' && ('Containers' in network || 'IPAM' in network));
  if (networks.length === 0) return undefined;
  const containers = networks.flatMap(containersOf);
  return {
    content:
      `docker network inspect, ${networks.length} network${networks.length === 1 ? '' : 's'}, ` +
      `${containers.length} container${containers.length === 1 ? '' : 's'}`,
    things: [...networks.map(toNetwork).filter(({ name }) => isName(name)), ...containers],
  };
}

/** The network's id for docker is 64 digits; what Windows knows it by is an option. */
function toNetwork(network: Json): NamedThing {
  const options = jsonObject(network.Options) ?? {};
  const label = 'com.docker.network.windowsshim.hnsid';
  return namedThing({
    kind: 'network',
    name: jsonText(network.Name),
    keys: [nameKey('guid', jsonText(options[label]), label)],
    facts: [{ label: 'Driver', value: jsonText(network.Driver) }],
  });
}

function containersOf(network: Json): NamedThing[] {
  return Object.values(jsonObject(network.Containers) ?? {})
    .map(jsonObject)
    .filter((container) => container !== undefined)
    .filter((container) => isName(jsonText(container.Name)))
    .map((container) =>
      namedThing({
        kind: 'nic',
        name: jsonText(container.Name),
        keys: [
          nameKey('mac', jsonText(container.MacAddress), 'MacAddress'),
          nameKey('ip', jsonText(container.IPv4Address), 'IPv4Address'),
          nameKey('ip', jsonText(container.IPv6Address), 'IPv6Address'),
          nameKey('guid', jsonText(container.EndpointID), 'EndpointID'),
        ],
        facts: [{ label: 'Network', value: jsonText(network.Name) }],
      }),
    );
}
