import { ipv6At, macAt } from '../../base/address.ts';
import type { LayerValue } from '../../packet/layer.ts';
import type { DecodedField, DecodedRow } from './decoded-rows.ts';
import type { Dice } from './tcp-traffic.ts';

/** Writes filters about what rows hold, so that they often match, and about what they nearly hold. */
export class FilterWriter {
  private readonly dice: Dice;
  private readonly rows: readonly DecodedRow[];

  constructor(dice: Dice, rows: readonly DecodedRow[]) {
    this.dice = dice;
    this.rows = rows;
  }

  filter(depth = 3): string {
    const kind = depth === 0 ? 0 : this.dice.roll(10);
    switch (kind) {
      case 7:
        return `not (${this.filter(depth - 1)})`;
      case 8:
        return `(${this.filter(depth - 1)}) and (${this.filter(depth - 1)})`;
      case 9:
        return `(${this.filter(depth - 1)}) or (${this.filter(depth - 1)})`;
      default:
        return this.question();
    }
  }

  private question(): string {
    const kinds = [
      () => this.comparison(this.field()),
      () => this.comparison(this.field()),
      () => this.comparison(this.field()),
      () => this.comparison(this.field()),
      () => this.membership(this.field()),
      () => this.membership(this.field()),
      () => this.existence(),
      () => this.existence(),
      () => this.textSearch(this.textField()),
      () => this.textSearch(this.textField()),
      () => this.byteSearch(),
      () => this.stack(),
      () => this.stack(),
      () => this.calculation(),
      () => `#MessageNumber ${this.order()} ${this.dice.roll(this.rows.length + 2)}`,
    ];
    return this.dice.among(kinds)();
  }

  private row(): DecodedRow {
    return this.dice.among(this.rows);
  }

  /** A field that some row has, and one of its values. */
  private field(): Chosen {
    for (;;) {
      const { layers } = this.row();
      const { fields } = this.dice.among(layers);
      if (fields.length === 0) continue;
      const field = this.dice.among(fields);
      const first = field.values.at(0);
      if (first !== undefined && isWritable(first.value)) return { field, value: first.value, text: first.text };
    }
  }

  /** Byte strings are shown in many ways; what is searched is their bytes. */
  private textField(): Chosen {
    for (;;) {
      const chosen = this.field();
      if (chosen.field.names.at(-1) !== 'Fragment') return chosen;
    }
  }

  private path(field: DecodedField): string {
    const { names } = field;
    const last = this.lastName(field);
    // The level below a provider has the name of its event.
    if (names[0].startsWith('Microsoft')) return `${names[0]}.${last}`;
    const ways = [
      () => `${names[0]}.${last}`,
      () => `${names[0]}.${last}`,
      () => [...names.slice(0, -1), last].join('.'),
      () => `${names[0]}${':'.repeat(names.length - 1)}${last}`,
      () => (names.length > 3 ? `${names[0]}:${names[1]}.${last}` : `${names[0]}.${last}`),
      () => (isProperty(last) ? `${names[0]}.${last}` : `*${last}`),
      () => (names.length > 3 ? `*${names[names.length - 2]}.${last}` : `${names[0]}.${last}`),
    ];
    return this.dice.among(ways)();
  }

  private lastName({ names }: DecodedField): string {
    const last = names[names.length - 1];
    const alias = /^(?:Source|Destination)(Address|Port)$/.exec(last)?.[1];
    const hasAlias = ['Ethernet', 'WiFi', 'IPv4', 'IPv6', 'TCP', 'UDP'].includes(names[0]);
    return alias !== undefined && hasAlias && this.dice.chance(50) ? alias : last;
  }

  private comparison({ field, value }: Chosen): string {
    const path = this.path(field);
    if (this.dice.chance(5)) return `${path} ${this.dice.among(['==', '!=', '~='])} nothing`;
    const isNumber = typeof value === 'number' || typeof value === 'bigint';
    const operator = isNumber && this.dice.chance(50) ? this.order() : this.dice.among(['==', '==', '!=', '~=']);
    return `${path} ${operator} ${this.literal(value)}`;
  }

  private order(): string {
    return this.dice.among(['<', '<=', '>', '>=']);
  }

  private membership({ field, value }: Chosen): string {
    const path = this.path(field);
    const isIp = value instanceof Uint8Array && (value.length === 4 || value.length === 16);
    if (isIp && this.dice.chance(50)) return `${path} in ${literalText(value)}/${this.dice.roll(value.length * 8 + 1)}`;
    return `${path} in [${[this.literal(value), this.literal(value)].join(', ')}]`;
  }

  private existence(): string {
    if (this.dice.chance(50)) return this.dice.among(this.row().layers).fields.at(0)?.names[0] ?? 'Etw';
    return this.path(this.field().field);
  }

  private textSearch({ field, value, text }: Chosen): string {
    const path = this.path(field);
    const shown = typeof value === 'string' ? value : text;
    const words = /[A-Za-z0-9]{1,6}/.exec(shown)?.[0] ?? 'zz';
    const piece = this.dice.chance(30) ? words.toUpperCase() : words;
    if (this.dice.chance(30)) return `${path} matches "^${words}"`;
    return `${path} contains "${piece}"${this.dice.chance(30) ? ' caseSensitive' : ''}`;
  }

  private byteSearch(): string {
    const bytes = this.dice.among(this.row().bytes);
    const start = this.dice.roll(bytes.length);
    const some = bytes.subarray(start, start + 1 + this.dice.roll(4));
    const hex = Array.from(some, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const word = this.dice.among(['contoso', 'HTTP', 'www', 'CONTOSO', 'ab', 'GET']);
    const encoding = this.dice.among(['', '', ' encoding ASCII', ' encoding Unicode', ' caseSensitive']);
    return this.dice.among([
      `contains $[${hex === '' ? '00' : hex}]`,
      `contains "${word}"${encoding}`,
      'regex "HTTP/1[.][01]"',
      'regex "c.ntoso"',
    ]);
  }

  private stack(): string {
    const { layers } = this.row();
    const from = this.dice.roll(layers.length);
    const picked = layers.slice(from, from + 1 + this.dice.roll(3)).filter(({ fields }) => fields.length > 0);
    const start = this.dice.among(['', '\\', '\\\\']);
    const steps = picked.map(({ fields }, index) => {
      const separator = index === 0 ? start : this.dice.among(['\\', '\\', '\\\\']);
      return `${separator}${this.step(fields)}`;
    });
    return steps.length > 0 ? steps.join('') : '\\Etw';
  }

  private step(fields: readonly DecodedField[]): string {
    const field = this.dice.among(fields);
    const first = field.values.at(0);
    const [module] = field.names;
    if (first === undefined || !isWritable(first.value) || this.dice.chance(50)) return module;
    const operator = this.dice.among(['==', '==', '~=']);
    return `${module}.${field.names[field.names.length - 1]} ${operator} ${this.literal(first.value)}`;
  }

  private calculation(): string {
    for (;;) {
      const { field, value } = this.field();
      if (typeof value !== 'number' || value > 0xffff) continue;
      const number = this.dice.roll(9);
      const path = this.path(field);
      const compared = this.dice.among(['==', '!=', '~=', '<', '>=']);
      return this.dice.among([
        `${path} + ${number} ${compared} ${value + number}`,
        `${path} & 0xF ${compared} ${value & 0xf}`,
        `${path} * 2 ${compared} ${path} + ${value}`,
        `${path} % 7 ${compared} ${value % 7}`,
      ]);
    }
  }

  /** The value itself, or now and then one beside it. */
  private literal(value: LayerValue): string {
    const isOff = this.dice.chance(25);
    if (typeof value === 'number' && isOff) return String(value + 1);
    if (typeof value === 'bigint' && isOff) return String(value + 1n);
    if (typeof value === 'boolean' && isOff) return String(!value);
    if (value instanceof Uint8Array && isOff) {
      return literalText(value.map((byte, index) => (index === value.length - 1 ? byte ^ 1 : byte)));
    }
    return literalText(value);
  }
}

interface Chosen {
  readonly field: DecodedField;
  readonly value: LayerValue;
  readonly text: string;
}

/** The language has no fractions. */
function isWritable(value: LayerValue): boolean {
  return typeof value !== 'number' || Number.isInteger(value);
}

/** `*Source` is what the grid shows. */
function isProperty(name: string): boolean {
  return ['source', 'destination', 'summary', 'diagnosis'].includes(name.toLowerCase());
}

function literalText(value: LayerValue): string {
  if (typeof value === 'string') return JSON.stringify(value.replaceAll(/[^\x20-\x7e]/g, ''));
  if (!(value instanceof Uint8Array)) return String(value);
  switch (value.length) {
    case 4:
      return Array.from(value).join('.');
    case 6:
      return macAt(value, 0);
    case 16:
      return ipv6At(value, 0);
    default:
      return `$[${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}]`;
  }
}
