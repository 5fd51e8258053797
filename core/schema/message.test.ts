import { describe, expect, it } from 'vitest';
import type { DecodedField } from './decode.ts';
import type { EventSchema } from './event-schema.ts';
import { InType } from './event-schema.ts';
import { renderMessage } from './message.ts';

const schema: EventSchema = {
  provider: '',
  providerName: 'Contoso',
  id: 7,
  version: 0,
  level: '',
  channel: '',
  task: '',
  opcode: '',
  keywords: [],
  message: '',
  source: 'built-in',
  fields: [
    { name: 'NameLen', inType: InType.UInt16, outType: 0 },
    { name: 'Name', inType: InType.UnicodeString, outType: 0, length: { field: 'NameLen' } },
    { name: 'Reason', inType: InType.UInt32, outType: 0 },
  ],
};
const fields: DecodedField[] = [
  { name: 'NameLen', type: 'UInt16', value: '3', raw: 3, start: 0, length: 2 },
  { name: 'Name', type: 'UnicodeString', value: 'nat', raw: 'nat', start: 2, length: 6 },
  { name: 'Reason', type: 'UInt32', value: 'Filtered VLAN (9)', label: 'Filtered VLAN', raw: 9, start: 8, length: 4 },
];

function render(message: string): string {
  return renderMessage({ ...schema, message }, fields);
}

describe('renderMessage', () => {
  it.each([
    ['puts fields in by their number', '%2 has %1 letters', 'nat has 3 letters'],
    ['shows a map’s text alone', 'Dropped: %3.', 'Dropped: Filtered VLAN.'],
    ['passes over string formats', '[%2!S!] [%1!u!]', '[nat] [3]'],
    ['obeys hexadecimal formats of numbers', '0x%1!08x! 0x%1!I64x!', '0x00000003 0x3'],
    ['writes percent signs', '100%% of %2', '100% of nat'],
    ['keeps the names of parameter texts, which are elsewhere', 'because %%2001.', 'because %%2001.'],
    ['obeys widths and capitals of formats', '%1!04u! %1!4d! %3!#X! %2!4d!', '0003    3 9 nat'],
    ['breaks lines', 'one%ntwo%r%n%tthree', 'one\ntwo\r\n\tthree'],
    ['ends at %0', 'kept%0dropped', 'kept'],
    ['keeps escaped characters', 'wait%! what%.', 'wait! what.'],
    ['trims', '  %2 \r\n', 'nat'],
    ['shows a question mark for a field that is not there', '%2 and %12', 'nat and ?'],
    ['does not fill in what a field’s text holds', '%2', 'nat'],
  ])('%s', (_, message, rendered) => {
    expect(render(message)).toBe(rendered);
  });

  it('shows a question mark where decoding stopped', () => {
    const rest: DecodedField = { name: '(undecoded)', type: 'Binary', value: '01', start: 2, length: 1 };
    expect(renderMessage({ ...schema, message: '%1 %2' }, [fields[0], rest])).toBe('3 ?');
  });

  it('lists the fields where there is no message, without the sizes of others', () => {
    expect(render('')).toBe('Event 7: Name: nat, Reason: Filtered VLAN');
  });

  it('names the event by task and opcode where it can', () => {
    expect(renderMessage({ ...schema, task: 'Connect', opcode: 'Start' }, [])).toBe('Connect/Start');
    expect(renderMessage({ ...schema, opcode: 'Start' }, [])).toBe('Start');
  });

  it('cuts a long list', () => {
    const long: DecodedField = { name: 'Text', type: 'UnicodeString', value: 'x'.repeat(1000), start: 0, length: 0 };
    const line = renderMessage(schema, [long]);
    expect([line.length, line.at(-1)]).toEqual([300, '…']);
  });
});
