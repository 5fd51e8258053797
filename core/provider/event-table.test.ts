import { describe, expect, it } from 'vitest';
import type { SchemaField } from '../schema/event-schema.ts';
import { InType, OutType } from '../schema/event-schema.ts';
import { SchemaError } from '../schema/schema-error.ts';
import { EventTable, valueMap } from './event-table.ts';

const provider = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
const colours = valueMap('ColourMap', '1 red\n 2 light green');

function tableOf(rows: string): EventTable {
  const abbreviations = { NIC: 'NAME NicFName:counted', NAME: 'NicName:counted' };
  return new EventTable({ provider, providerName: 'Contoso', rows, maps: { Colour: colours }, abbreviations });
}
function fieldsOf(notation: string): readonly SchemaField[] {
  return tableOf(`1 | ${notation}`).schema(1)?.fields ?? [];
}
const u32 = (name: string): SchemaField => ({ name, inType: InType.UInt32, outType: 0 });

describe('an event table', () => {
  it('reads all columns of a line', () => {
    expect(tableOf('7 | A:u32 | A is %1 | Error | One Two | Start').schema(7)).toEqual({
      provider,
      providerName: 'Contoso',
      id: 7,
      version: 0,
      level: 'Error',
      channel: '',
      task: '',
      opcode: 'Start',
      keywords: ['One', 'Two'],
      message: 'A is %1',
      fields: [u32('A')],
      source: 'built-in',
    });
  });

  it('reads events without fields and with trailing columns left out', () => {
    expect(tableOf('1 | | Started | Verbose').schema(1)).toMatchObject({
      fields: [],
      message: 'Started',
      level: 'Verbose',
    });
    expect(tableOf('2 | A:u32').schema(2)).toMatchObject({ message: '', keywords: [] });
  });

  it('reads lengths, maps and counted text', () => {
    expect(fieldsOf('Colour:u32=Colour Size:u32 Data:bytes[Size] Mac:mac Vm:counted')).toEqual([
      { ...u32('Colour'), map: colours },
      u32('Size'),
      { name: 'Data', inType: InType.Binary, outType: OutType.HexBinary, length: { field: 'Size' } },
      { name: 'Mac', inType: InType.Binary, outType: OutType.HexBinary, length: 6 },
      u32('VmLen'),
      { name: 'Vm', inType: InType.UnicodeString, outType: OutType.String, length: { field: 'VmLen' } },
    ]);
  });

  it('reads arrays of structs', () => {
    expect(fieldsOf('Count:u32 Layer[Count]{ Id:u32 } Last:u32')).toEqual([
      u32('Count'),
      { name: 'Layer', inType: InType.Null, outType: 0, count: { field: 'Count' }, members: [u32('Id')] },
      u32('Last'),
    ]);
  });

  it('writes out abbreviations, also inside others', () => {
    expect(fieldsOf('NIC A:u32').map(({ name }) => name)).toEqual([
      'NicNameLen',
      'NicName',
      'NicFNameLen',
      'NicFName',
      'A',
    ]);
  });

  it('makes one layout of each combination of choices, equal choices going together', () => {
    const schema = tableOf('1 | A:bool|u8 B:bool|u8 C:u64|none').schema(1);
    const layouts = [schema, ...(schema?.alternatives ?? [])];
    expect(layouts.map((layout) => layout?.fields.map(({ name, inType }) => `${name}${inType}`).join(' '))).toEqual([
      'A13 B13 C10',
      'A13 B13',
      'A4 B4 C10',
      'A4 B4',
    ]);
  });

  it('knows its own provider and version 0 only', () => {
    const table = tableOf('7 | A:u32');
    expect(table.find({ provider, id: 7, version: 0 })?.id).toBe(7);
    expect(table.find({ provider, id: 7, version: 1 })).toBeUndefined();
    expect(table.find({ provider, id: 8, version: 0 })).toBeUndefined();
    expect(table.find({ provider: '{00000000-0000-0000-0000-000000000000}', id: 7, version: 0 })).toBeUndefined();
    expect(table.findMap(provider, 'ColourMap')).toBe(colours);
  });

  it.each(['A', 'A:u33', 'A:u32=Taste'])('refuses the field %s', (notation) => {
    expect(() => fieldsOf(notation)).toThrow(SchemaError);
  });
});
