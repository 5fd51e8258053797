import { describe, expect, it } from 'vitest';
import { nameKey, switchNicKey } from './name-key.ts';
import type { NameKey } from './named-thing.ts';

const guid = '5AA3FFAC-0000-4C1B-9D61-0123456789AB';
const machine = '6859057B-7070-4426-8777-0C55181D8D90';

function values(kind: NameKey['kind'], texts: readonly string[]): (string | undefined)[] {
  return texts.map((text) => nameKey(kind, text, 'Column')?.value);
}

function allAre(kind: NameKey['kind'], value: string | undefined, texts: readonly string[]): void {
  expect(values(kind, texts)).toEqual(texts.map(() => value));
}

describe('a key has one normal form', () => {
  it('as a GUID, in braces or not, behind a device path, in any case', () => {
    const lower = guid.toLowerCase();
    allAre('guid', guid, [
      guid,
      lower,
      `{${lower}}`,
      ` {${guid}} `,
      `\\Device\\{${guid}}`,
      `/DEVICE/{${lower}}`,
      `\\\\.\\{${guid}}`,
      `\\Device\\NPF_{${guid}}`,
      `Microsoft:${guid}`,
    ]);
  });

  it('as a NIC of a machine', () => {
    const value = `${machine}--${guid}`;
    allAre('nic', value, [
      value,
      value.toLowerCase(),
      `${machine}\\${guid}`,
      `Microsoft:${machine}\\${guid}`,
      `Microsoft:${machine}\\\\${guid}`,
      `{${machine}}--{${guid}}`,
    ]);
  });

  it('as a MAC', () => {
    allAre('mac', '00-15-5D-00-0A-09', [
      '00155D000A09',
      '00:15:5d:00:0a:09',
      '00-15-5d-00-0A-09',
      '0x00155D000A09',
      '0015.5d00.0a09',
    ]);
  });

  it('as an address, without prefix length, zone, or remark', () => {
    allAre('ip', '10.0.0.50', ['10.0.0.50', '10.0.0.50/24', '10.0.0.50(Preferred)', '10.0.0.50 (Bevorzugt)']);
    allAre('ip', 'fe80::15:5dff:fe00:a09', [
      'fe80::15:5dff:fe00:a09%12',
      'FE80:0:0:0:15:5DFF:FE00:0A09',
      'fe80::15:5dff:fe00:a09%12(Preferred)',
      'fe80::15:5dff:fe00:a09/64',
    ]);
  });

  it('as a number', () => {
    allAre('ifindex', '26', ['26', ' 26', '0x1A', '026']);
    allAre('component', '134', ['134']);
  });

  it('and keeps the column it was found in', () => {
    expect(nameKey('mac', '00155D000A09', 'MacAddress')?.label).toBe('MacAddress');
  });
});

describe('what could belong to anything is no key', () => {
  it('zeros, broadcast, loopback, unspecified', () => {
    allAre('guid', undefined, ['00000000-0000-0000-0000-000000000000', '']);
    allAre('mac', undefined, ['000000000000', 'FF-FF-FF-FF-FF-FF', '']);
    allAre('ip', undefined, ['0.0.0.0', '127.0.0.1', '255.255.255.255', '224.0.0.1', '::', '::1', '']);
    allAre('ifindex', undefined, ['0', '', '-1', '4294967296', '1.5', '1e3']);
    allAre('nic', undefined, [guid, `${guid}--`, `--${guid}`, `00000000-0000-0000-0000-000000000000--${guid}`]);
  });

  it('other kinds of text', () => {
    allAre('guid', undefined, [`${machine}--${guid}`, '00155D000A09', 'Ethernet', guid.slice(0, -1), `${guid}0`]);
    allAre('mac', undefined, ['00155D000A', '00-15:5D-00-0A-09', '00155D000A0G', '00-15-5D-00-0A-09-0B']);
    allAre('ip', undefined, ['10.0.0', '10.0.0.256', 'a::b::c', 'Ethernet', '12']);
    allAre('component', undefined, ['65536']);
  });
});

describe('the name that a vSwitch gives a NIC', () => {
  it('is two GUIDs, or one', () => {
    expect(switchNicKey(`${machine}--${guid}`, 'NicName')).toMatchObject({ kind: 'nic', value: `${machine}--${guid}` });
    expect(switchNicKey(`/DEVICE/{${guid}}`, 'NicName')).toMatchObject({ kind: 'guid', value: guid });
    expect(switchNicKey('Ethernet', 'NicName')).toBeUndefined();
  });
});
