/** Lines of `pktmon etl2txt`, and of `netsh trace convert`, which look the same. */
import { nameKey } from '../name-key.ts';
import type { NameKey, NamedThing } from '../named-thing.ts';
import type { Part } from './output.ts';
import { readFriendlyNames } from './switch-event.ts';
import { isName, namedThing } from './thing.ts';

const eventLine = /^\[[0-9A-F]+\][0-9A-F]+\.[0-9A-F]+::(?:\S+[ T])?\S+\s+\[([^\]]+)\]\s*(.*)$/i;
/** `Component Id 9` in Windows before 2022. */
const component = /^Component (?:Id )?(\d+), Type ([^,]*?)\s*, Name ([^,]*?)\s*(?:, (.*))?$/;
const property = /^Property: Component (?:Id )?(\d+), ([\w ]+?)\s*= (.*)$/;

export function isEventLine(line: string): boolean {
  return line.startsWith('[') && line.length < longestLine && eventLine.test(line);
}

const longestLine = 4000;

interface Component {
  /** In the order in which they were told. */
  readonly properties: Map<string, string[]>;
  type: string;
  driver: string;
  description: string;
}

/** Events from this line on, with what stands indented beneath them. */
export function readEventLines(lines: readonly string[], at: number): Part | undefined {
  if (!isEventLine(lines[at])) return undefined;
  const components = new Map<string, Component>();
  const texts: string[] = [];
  const others = new Map<string, number>();
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next];
    if (!isEventLine(line)) {
      if (!/^\s/.test(line) && line !== '') break;
      continue;
    }
    const [, provider, text] = eventLine.exec(line) ?? ['', '', ''];
    if (takeComponent(components, text.trim())) continue;
    if (text.includes('(Friendly Name:')) texts.push(text);
    else if (!isCounter(text)) others.set(provider, (others.get(provider) ?? 0) + 1);
  }
  const things = [...components].map(([id, found]) => toThing(id, found)).filter((thing) => thing !== undefined);
  const friendly = readFriendlyNames(texts.join('\n'));
  const named = [
    ...(things.length === 0 ? [] : [{ content: `pktmon etl2txt, ${counted(things.length, 'component')}`, things }]),
    ...(friendly.things.length === 0
      ? []
      : [{ content: `vSwitch events, ${counted(friendly.things.length, 'name')}`, things: friendly.things }]),
  ];
  const nameless = [...components.keys()].filter((id) => !things.some(({ keys }) => keys.some(isOf(id))));
  return { next, named, notes: [...namelessNotes(nameless), ...otherNotes(others)] };
}

function takeComponent(components: Map<string, Component>, text: string): boolean {
  const described = component.exec(text);
  if (described) {
    const found = componentOf(components, described[1]);
    found.type = described[2];
    found.driver = described[3];
    found.description = described.at(4)?.trim() ?? '';
    return true;
  }
  const told = property.exec(text);
  if (!told) return false;
  const { properties } = componentOf(components, told[1]);
  properties.set(told[2], [...(properties.get(told[2]) ?? []), told[3].trim()]);
  return true;
}

function componentOf(components: Map<string, Component>, id: string): Component {
  const known = components.get(id) ?? {
    properties: new Map<string, string[]>(),
    type: '',
    driver: '',
    description: '',
  };
  components.set(id, known);
  return known;
}

function isOf(id: string): (key: NameKey) => boolean {
  return ({ kind, value }) => kind === 'component' && value === String(Number(id));
}

const keyProperties: readonly [string, NameKey['kind']][] = [
  ['IfIndex', 'ifindex'],
  ['PhysAddress', 'mac'],
  ['IfGuid', 'guid'],
  ['IP Address', 'ip'],
  ['IpAddress', 'ip'],
];

/** A driver alone names a file: the description beside it names the component. */
function toThing(id: string, { properties, type, driver, description }: Component): NamedThing | undefined {
  const name = isName(description) ? description : driver;
  if (!isName(name)) return undefined;
  const fact = (label: string, source: string): { label: string; value: string } => ({
    label,
    value: properties.get(source)?.at(-1) ?? '',
  });
  return namedThing({
    kind: 'pktmon-component',
    name,
    keys: [
      nameKey('component', id, 'Component'),
      ...keyProperties.flatMap(([label, kind]) =>
        (properties.get(label) ?? []).map((value) => nameKey(kind, value, label)),
      ),
    ],
    facts: [
      { label: 'Type', value: type },
      { label: 'Driver', value: driver === name ? '' : driver },
      fact('Switch', 'VMSwitchName'),
      fact('Miniport ifIndex', 'MiniportIfIndex'),
    ],
  });
}

function isCounter(text: string): boolean {
  return /^(?:Drop|Flow) Counters: |^Packet Filter /.test(text);
}

function namelessNotes(ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const isOne = ids.length === 1;
  return [
    `pktmon component${isOne ? '' : 's'} ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ` and ${ids.length - 5} more` : ''} ` +
      `${isOne ? 'is' : 'are'} described without a name; pktmon list --all tells it.`,
  ];
}

/** Why events as text name nobody. */
function otherNotes(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].map(([provider, count]) =>
    provider === 'Microsoft-Windows-PktMon'
      ? `${counted(count, 'line')} of pktmon etl2txt ${count === 1 ? 'tells' : 'tell'} of packets, which know their components ` +
        'by number only. Names stand in the output of: pktmon list --all'
      : `${counted(count, 'line')} of a trace converted to text (${provider}) ${count === 1 ? 'tells' : 'tell'} of events, which know ` +
        `interfaces and switches by number or GUID only. Names stand in the output of: Get-NetAdapter | Format-List *`,
  );
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
