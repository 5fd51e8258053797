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

  it('reads arrays of values and structs that are no arrays', () => {
    expect(fieldsOf('Count:u32 Stack[Count]:u32 Mask[8]:u32 Zone{ Bias:u32 Change{ Year:u16 } }')).toEqual([
      u32('Count'),
      { ...u32('Stack'), count: { field: 'Count' } },
      { ...u32('Mask'), count: 8 },
      {
        name: 'Zone',
        inType: InType.Null,
        outType: 0,
        members: [
          u32('Bias'),
          {
            name: 'Change',
            inType: InType.Null,
            outType: 0,
            members: [{ name: 'Year', inType: InType.UInt16, outType: 0 }],
          },
        ],
      },
    ]);
  });

  it('tries lines of one event one after the other, with the choices in them', () => {
    const schema = tableOf('1 | A:u32\n2 | X:u32\n1 | B:u64 C:u8|none').schema(1);
    const layouts = [schema, ...(schema?.alternatives ?? [])];
    expect(layouts.map((layout) => layout?.fields.map(({ name }) => name).join(' '))).toEqual(['A', 'B C', 'B']);
  });

  it('keeps versions apart', () => {
    const table = tableOf('7@1,3 | A:u32\n7@2 | B:u32');
    const names = [1, 2, 3].map((version) => table.find({ provider, id: 7, version })?.fields[0].name);
    expect(names).toEqual(['A', 'B', 'A']);
    expect(table.schema(7, 3)?.version).toBe(3);
    for (const version of [0, 4]) expect(table.find({ provider, id: 7, version })).toBeUndefined();
    expect([...table.schemas()].map(({ version }) => version)).toEqual([1, 3, 2]);
  });

  describe('of a class', () => {
    const table = new EventTable({
      provider,
      providerName: 'Process',
      isClass: true,
      rows: '1@2 Start | A:u32\n1@4 Start | A:u32 B:u32|none\n10@2 Image/Load | C:u32',
    });

    it('names class and type', () => {
      expect(table.schema(1, 2)).toMatchObject({ task: 'Process', opcode: 'Start', version: 2 });
      expect(table.schema(10, 2)).toMatchObject({ task: 'Image', opcode: 'Load', providerName: 'Process' });
    });

    it('reads a version newer than all known ones as the newest, and says so', () => {
      const schema = table.schema(1, 9);
      expect(schema).toEqual({
        ...table.schema(1, 4),
        origin: 'version 9 is not known, so this was read as version 4',
        version: 9,
        alternatives: [{ ...table.schema(1, 4)?.alternatives?.[0], version: 9, origin: schema?.origin }],
      });
      expect(table.schema(1, 4)?.origin).toBeUndefined();
    });

    it('does not guess at versions between known ones, before them, or of unknown types', () => {
      expect(table.schema(1, 3)).toBeUndefined();
      expect(table.schema(1, 0)).toBeUndefined();
      expect(table.schema(2, 2)).toBeUndefined();
    });
  });

  it.each(['x | A:u32', '1@ | A:u32', '1@2, | A:u32', '@2 | A:u32'])('refuses the line %s', (rows) => {
    expect(() => [...tableOf(rows).schemas()]).toThrow(SchemaError);
  });

  it('knows its own provider and version 0 only', () => {
    const table = tableOf('7 | A:u32');
    expect(table.find({ provider, id: 7, version: 0 })?.id).toBe(7);
    expect(table.find({ provider, id: 7, version: 1 })).toBeUndefined();
    expect(table.find({ provider, id: 8, version: 0 })).toBeUndefined();
    expect(table.find({ provider: '{00000000-0000-0000-0000-000000000000}', id: 7, version: 0 })).toBeUndefined();
    expect(table.findMap(provider, 'ColourMap')).toBe(colours);
  });

  it.each(['A', 'A:u33', 'A:u32=Taste', 'A[1', 'A{x', 'A-B{ C:u32 }'])('refuses the field %s', (notation) => {
    expect(() => fieldsOf(notation)).toThrow(SchemaError);
  });
});
