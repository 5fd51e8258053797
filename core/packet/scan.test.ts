import { describe, expect, it } from 'vitest';
import { ipv4Text, ipv6At, macAt } from '../base/address.ts';
import { WordInterner } from '../base/word-interner.ts';
import { dissectFrame } from './dissect.ts';
import type { Layer, LayerField } from './layer.ts';
import type { LinkType } from './link-type.ts';
import { applicationNumber, coveredBit, isApplication, moduleBit, nestedBit, type PacketModule } from './module.ts';
import { FrameScanner, type FrameColumns } from './scan.ts';
import { bytesOf, guarded } from './test-frames.ts';
import { corpus } from './test-support/corpus.ts';
import { emptyColumns } from './test-support/frame-columns.ts';

const samples = Object.entries(corpus).map(([name, { linkType, text }]) => ({
  name,
  linkType,
  frame: bytesOf(text),
}));

interface Scanned {
  columns: FrameColumns;
  macPairs: WordInterner;
  ipv6Addresses: WordInterner;
}

function scan(frame: Uint8Array, linkType: LinkType): Scanned {
  const columns = emptyColumns(frame.length);
  const macPairs = new WordInterner(3);
  const ipv6Addresses = new WordInterner(4);
  // Bytes of another frame stand around this one, as in a buffer.
  const around = new Uint8Array(frame.length + 128).fill(0x45);
  around.set(frame, 64);
  const scanner = new FrameScanner({ macPairs, ipv6Addresses });
  scanner.scan(new DataView(around.buffer), 64, 64 + frame.length, linkType, columns, 0);
  return { columns, macPairs, ipv6Addresses };
}

function modulesOf(layers: readonly Layer[]): number {
  return layers.reduce((bits, { module }) => bits | (isApplication(module) ? 0 : moduleBit[module]), 0);
}

function applicationOf(layers: readonly Layer[]): number {
  const module = layers.at(-1)?.module;
  return module !== undefined && isApplication(module) ? applicationNumber[module] : 0;
}

/** Value of a field of the topmost layer of a module: its number, also where it reads `HTTP(80)`. */
function fieldNumber(layers: readonly Layer[], module: string, name: string): number | undefined {
  const fields: readonly LayerField[] = layers.findLast((layer) => layer.module === module)?.fields ?? [];
  const value = fields.find((field) => field.name === name)?.value;
  const digits = value === undefined ? undefined : (/\((\d+)\)$/.exec(value)?.[1] ?? value);
  return digits === undefined || !/^\d+$/.test(digits) ? undefined : Number(digits);
}

function expectAgreement(frame: Uint8Array, linkType: LinkType): void {
  const layers = dissectFrame(guarded(frame), linkType);
  const { columns, macPairs, ipv6Addresses } = scan(frame, linkType);
  // The innermost packet with a whole IP header has the address and transport columns.
  const packet = layers.findLastIndex(({ module, destination }) => isIp(module) && destination !== undefined);
  const transport = layers.slice(packet + 1).find(({ module }) => module === 'TCP' || module === 'UDP')?.module;
  expect(columns.modules[0], 'modules').toBe(modulesOf(layers) | coveredBits(layers, packet, transport) | nested(layers));
  expect(columns.application[0], 'application').toBe(applicationOf(layers));
  const ports = transport && fieldNumber(layers, transport, 'DestinationPort');
  if (transport && ports !== undefined) {
    expect(columns.sourcePort[0]).toBe(fieldNumber(layers, transport, 'SourcePort'));
    expect(columns.destinationPort[0]).toBe(ports);
  } else expect([columns.sourcePort[0], columns.destinationPort[0]]).toEqual([0, 0]);
  if (transport === 'TCP' && fieldNumber(layers, 'TCP', 'UrgentPointer') !== undefined) {
    expect(columns.sequence[0]).toBe(fieldNumber(layers, 'TCP', 'SequenceNumber'));
    expect(columns.acknowledgement[0]).toBe(fieldNumber(layers, 'TCP', 'AcknowledgmentNumber'));
    expect(columns.window[0]).toBe(fieldNumber(layers, 'TCP', 'Window'));
  }
  if (packet >= 0) {
    const addresses = new Uint8Array(ipv6Addresses.keys().buffer);
    const text = (value: number): string =>
      layers[packet].module === 'IPv4' ? ipv4Text(value) : ipv6At(addresses, value * 16);
    expect(text(columns.sourceAddress[0])).toBe(layers[packet].source);
    expect(text(columns.destinationAddress[0])).toBe(layers[packet].destination);
  }
  expect(columns.vlan[0]).toBe(vlanOf(layers));
  const link = layers.findLast(({ module, fields }) => module === 'Ethernet' && fields.length > 2);
  expect(columns.macPair[0] > 0).toBe(link !== undefined);
  if (link !== undefined) {
    const pair = new Uint8Array(macPairs.keys().buffer).subarray((columns.macPair[0] - 1) * 12);
    expect(macAt(pair, 6)).toBe(link.source);
    expect(macAt(pair, 0)).toBe(link.destination);
  }
}

/** A module twice, or a packet with a whole IP header in another: the columns hold only one of the two. */
function nested(layers: readonly Layer[]): number {
  const modules = layers.map(({ module }) => module);
  const packets = layers.filter(({ module, destination }) => isIp(module) && destination !== undefined);
  return packets.length > 1 || new Set(modules).size < modules.length ? nestedBit : 0;
}

function isIp(module: PacketModule): boolean {
  return module === 'IPv4' || module === 'IPv6';
}

/** Of modules that stand in the stack, but whose columns hold the values of another. */
function coveredBits(layers: readonly Layer[], packet: number, transport: PacketModule | undefined): number {
  const around = layers.slice(0, Math.max(packet, 0)).map(({ module }) => module);
  const covered = (['IPv4', 'IPv6', 'UDP'] as const).filter(
    (module) => around.includes(module) && module !== layers[packet].module && module !== transport,
  );
  return covered.reduce((bits, module) => bits | coveredBit[module], 0);
}

/** The outermost tag of the innermost frame that has tags. */
function vlanOf(layers: readonly Layer[]): number {
  let tag: string | undefined;
  let isOutermost = true;
  for (const { module, fields } of layers) {
    if (module !== 'VLAN') isOutermost = true;
    else if (isOutermost) {
      tag = fields.find(({ name }) => name === 'VlanId')?.value ?? tag;
      isOutermost = false;
    }
  }
  return Number(tag ?? 0);
}

describe('scanning a frame for the columns', () => {
  it.each(samples)('sees $name as the dissectors do, however it is cut', ({ frame, linkType }) => {
    for (let length = 0; length <= frame.length; length++) expectAgreement(frame.slice(0, length), linkType);
  });

  it('sees 20,000 damaged frames as the dissectors do', () => {
    let seed = 42;
    const random = (below: number): number => ((seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) >>> 8) % below;
    for (let round = 0; round < 20_000; round++) {
      const sample = samples[round % samples.length];
      const frame = sample.frame.slice(0, sample.frame.length - random(4) * random(20));
      for (let change = random(4); change >= 0 && frame.length > 0; change--)
        frame[random(Math.min(frame.length, 64))] = random(256);
      expectAgreement(frame, sample.linkType);
    }
  });

  it.each([
    ['VXLAN', [52891, 80, 6]],
    ['NVGRE', [52891, 80, 6]],
    ['Geneve with IPv4', [52891, 80, 6]],
    ['IPv6 in IPv4', [52891, 80, 6]],
    ['VXLAN in VXLAN', [0, 0, 58]],
    ['VXLAN with ARP', [54321, 4789, 17]],
  ])('the innermost packet of %s has the columns', (name, expected) => {
    const { text, linkType } = corpus[name];
    const { columns } = scan(bytesOf(text), linkType);
    expect([columns.sourcePort[0], columns.destinationPort[0], columns.ipProtocol[0]]).toEqual(expected);
  });

  it('an inner header that is cut leaves the outer packet in the columns', () => {
    const { text, linkType } = corpus.VXLAN;
    const behindOuterHeaders = 14 + 20 + 8 + 8;
    const { columns } = scan(bytesOf(text).slice(0, behindOuterHeaders + 14 + 19), linkType);
    expect([columns.sourcePort[0], columns.destinationPort[0], columns.ipProtocol[0]]).toEqual([54321, 4789, 17]);
    const cutInTransport = scan(bytesOf(text).slice(0, behindOuterHeaders + 14 + 20 + 3), linkType).columns;
    expect([cutInTransport.sourcePort[0], cutInTransport.destinationPort[0], cutInTransport.ipProtocol[0]]).toEqual([
      0, 0, 6,
    ]);
  });

  it('tells by the IP header how much was cut off', () => {
    const { frame, linkType } = samples.find(({ name }) => name.includes('TCP')) ?? samples[0];
    const { columns } = scan(frame.slice(0, 40), linkType);
    expect(columns.cutLength[0]).toBe(frame.length - 40);
  });
});
