/**
 * `ipconfig /all` in any language: adapters are headings that end with a colon, properties have leaders of dots, and what
 * a property is, its value tells.
 */
import { nameKey } from '../name-key.ts';
import type { NamedThing } from '../named-thing.ts';
import { isName, namedThing } from './thing.ts';
import type { Part } from './output.ts';

interface Property {
  readonly label: string;
  readonly values: string[];
}

interface Adapter {
  readonly heading: string;
  readonly properties: Property[];
}

const longestLine = 1000;

/** What stands from this line on, or undefined when it is no such output. */
export function readIpconfig(
  lines: readonly string[],
  at: number,
  isOther: (line: string) => boolean,
): Part | undefined {
  if (propertyOf(lines[at]) === undefined && !isHeading(lines, at)) return undefined;
  const adapters: Adapter[] = [];
  let adapter: Adapter | undefined;
  let next = at;
  for (let index = at; index < lines.length; index++) {
    const line = lines[index];
    if (!/\S/.test(line)) continue;
    const found = propertyOf(line) ?? (adapter && propertyWithoutLeader(line));
    const last = adapter?.properties.at(-1);
    if (isOther(line)) break;
    else if (found) adapter?.properties.push(found);
    else if (isHeading(lines, index)) adapters.push((adapter = { heading: line.trim(), properties: [] }));
    else if (last && isFurtherValue(line)) last.values.push(line.trim());
    else break;
    next = index + 1;
  }
  const things = adapters.map(toThing).filter((thing) => thing !== undefined);
  if (things.length === 0) return { next };
  return {
    next,
    named: [{ content: `ipconfig, ${things.length} ${things.length === 1 ? 'adapter' : 'adapters'}`, things }],
  };
}

/** A label, dots and blanks, a colon, a value: labels may have colons of their own, but no dots in front of them. */
function propertyOf(line: string): Property | undefined {
  if (line.length > longestLine) return undefined;
  for (let colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
    let labelEnd = colon;
    while (labelEnd > 0 && /[\s.]/.test(line[labelEnd - 1])) labelEnd--;
    const leader = line.slice(labelEnd, colon);
    if (labelEnd === 0 || leader.length < 2 || !leader.includes('.')) continue;
    const value = line.slice(colon + 1).trim();
    return { label: line.slice(0, labelEnd).trim(), values: value === '' ? [] : [value] };
  }
  return undefined;
}

/** `   Verbindungsspezifisches DNS-Suffix: example.com`: a label that leaves no room for dots. */
function propertyWithoutLeader(line: string): Property | undefined {
  const match = line.length > longestLine ? null : /^\s+(\S[^:]*):(?:\s(.*))?$/.exec(line);
  return match ? { label: match[1], values: [(match.at(2) ?? '').trim()].filter((value) => value !== '') } : undefined;
}

/** Properties follow at once, or after an empty line. */
function isHeading(lines: readonly string[], at: number): boolean {
  if (!/^\S.*:\s*$/.test(lines[at]) || lines[at].length > longestLine || propertyOf(lines[at])) return false;
  const following = lines.slice(at + 1, at + 5).filter((line) => /\S/.test(line));
  return following.slice(0, 2).some((line) => propertyOf(line) !== undefined) && /^\s|\.\s*:/.test(following[0]);
}

/** Second DNS servers and gateways stand beneath the first; some pages have lost their indentation. */
function isFurtherValue(line: string): boolean {
  return /^\s{8,}\S/.test(line) || nameKey('ip', line, '') !== undefined;
}

/** How headings begin in front of the name: with the word for adapter behind its type, or in front of it. */
const headingStarts = [
  /^(?:[\p{L}\d.*]+[ -]){0,4}?\p{L}*(?:adapter|适配器|介面卡|アダプター|어댑터)\s+(?=\S)/iu,
  /^(?:Carte|Adaptador|Scheda|Karta|Адаптер|Adaptér)\s+(?:(?:de|d’|d'|do|sieci|sítě)\s*)?(?:Ethernet|LAN inalámbrica|LAN wireless|LAN sem fio|rede sem fio|réseau sans fil|réseau local sans fil|bezprzewodowej sieci LAN|беспроводной локальной сети|tunnel|túnel|túnelu|PPP|inconnue?|desconocido|desconhecido|sconosciuta|nieznana|неизвестный)\s+(?=\S)/iu,
];

function nameOf(heading: string): string {
  const whole = heading.replace(/\s*:$/, '');
  const start = headingStarts.map((pattern) => pattern.exec(whole)?.[0] ?? '').find((found) => found !== '') ?? '';
  return whole.slice(start.length);
}

function toThing({ heading, properties }: Adapter): NamedThing | undefined {
  const name = nameOf(heading);
  if (!isName(name)) return undefined;
  const macAt = properties.findIndex(({ values }) => values.length === 1 && isMac(values[0]));
  const mac = macAt < 0 ? [] : [nameKey('mac', properties[macAt].values[0], properties[macAt].label)];
  const addresses = properties
    .filter(isOwnAddress)
    .flatMap(({ label, values }) => values.map((value) => nameKey('ip', value, label)));
  return namedThing({
    kind: 'interface',
    name,
    keys: [...mac, ...addresses],
    facts: [{ label: 'Description', value: properties.at(macAt - 1)?.values.at(0) ?? '' }].slice(macAt > 0 ? 0 : 1),
  });
}

function isMac(value: string): boolean {
  return /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/i.test(value);
}

/** Gateways and servers are addresses too, but the label of an interface's own says its version, or a remark its state. */
function isOwnAddress({ label, values }: Property): boolean {
  if (/DHCP|DNS|gateway|passerelle|puerta de enlace/i.test(label)) return false;
  return (
    /IPv[46]|IP[ -](?:address|adresse)|adresse IP|dirección IP/i.test(label) ||
    values.some((value) => /\S\s?\([^()]+\)$/.test(value))
  );
}
