import { emptyVocabulary } from './vocabulary.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindFilter } from './bind.ts';
import { columnFields } from './field-catalogue.ts';
import { FilterError } from './language/filter-error.ts';
import { parseFilter } from './language/parser.ts';
import { print } from './language/print.ts';
import { sampleVocabulary } from './test-support/sample.ts';

function notes(text: string): readonly string[] {
  return bindFilter(parseFilter(text), sampleVocabulary).notes;
}

function failure(text: string): { message: string; at: string; suggestion: string | undefined } {
  try {
    bindFilter(parseFilter(text), sampleVocabulary);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { message: error.message, at: `${error.start}-${error.end}`, suggestion: error.suggestion };
  }
  throw new Error(`"${text}" can be bound`);
}

describe('modules that are not in the trace', () => {
  it.each([
    ['TPC', ['This trace has no module named "TPC", so that part of the filter matches nothing. Near names: TCP.']],
    [
      'PktMon or pktmon',
      [
        'This trace has no module named "PktMon", so that part of the filter matches nothing. Near names: Microsoft_Windows_PktMon.',
      ],
    ],
    ['Zzzzzzzz.Field == 1', ['This trace has no module named "Zzzzzzzz", so that part of the filter matches nothing.']],
    ['SMTP', ['This trace has no event of SMTP, so that part of the filter matches nothing.']],
    [
      'Microsoft_Windows_TCPIP.Field == 1',
      ['This trace has no event of Microsoft_Windows_TCPIP, so that part of the filter matches nothing.'],
    ],
    ['TCP and microsoft_windows_pktmon', []],
  ])('%s makes a note', (text, expected) => {
    expect(notes(text)).toEqual(expected);
  });

  it('notes a flag that stands alone, and a number that a field never has', () => {
    expect(notes('TCP.SYN')).toEqual([
      '"TCP.SYN" alone asks whether the field is there; "TCP.SYN == true" asks whether it is set.',
    ]);
    expect(notes('UDP.SourcePort == 70000')).toEqual(['UDP.SourcePort is at most 65535, so it is never 70000.']);
  });
});

describe('filters that mean nothing', () => {
  it.each<[text: string, at: string, message: string, suggestion?: string]>([
    ['Port == 80', '0-4', '"Port" is a field; without its module it is written "*Port".', '*Port == 80'],
    [
      'TCP and Flags.SYN == true',
      '8-17',
      '"Flags.SYN" is a field; without its module it is written "*Flags.SYN".',
      'TCP and *Flags.SYN == true',
    ],
    ['UDP == 80', '0-3', 'UDP is a module; a comparison needs a field, such as UDP.DestinationPort.'],
    [
      'Microsoft-Windows-PktMon and TCP',
      '0-24',
      'The module of a provider is written with underscores: Microsoft_Windows_PktMon.',
      'Microsoft_Windows_PktMon and TCP',
    ],
    [
      '"Microsoft-Windows-PktMon"',
      '0-26',
      'A text alone is no filter; "contains" looks for it.',
      'Microsoft_Windows_PktMon',
    ],
    ['"error"', '0-7', 'A text alone is no filter; "contains" looks for it.', 'contains "error"'],
    ['80', '0-2', 'A number alone is no filter; compare a field with it.'],
    ['TCP.Port == 10.0.0.1', '12-20', 'TCP.Port is compared with a number, but found an IPv4 address.'],
    [
      'IPv4.Address == "10.0.0.1"',
      '16-26',
      'IPv4.Address is compared with an IPv4 address, but found a text.',
      'IPv4.Address == 10.0.0.1',
    ],
    ['IPv4.Address == $[C0A801]', '16-25', 'IPv4.Address is compared with an IPv4 address, but found a byte string.'],
    ['TCP.SYN == 2', '11-12', 'TCP.SYN is compared with true or false, but found a number.'],
    ['TCP.SYN > true', '10-14', '">" compares numbers, and TCP.SYN is none.'],
    ['TCP.Port in [80, true]', '17-21', 'TCP.Port is compared with a number, but found a truth value.'],
    [
      'IPv4.Address == 10.0.0.0/8',
      '16-26',
      'Whether an address lies in a subnet is asked with "in", but found "==".',
      'IPv4.Address in 10.0.0.0/8',
    ],
    [
      'TCP.Port == IANA.Port.HTP',
      '12-25',
      'No constant is named "IANA.Port.HTP"; write the number itself. Did you mean IANA.Port.HTTP, IANA.Port.NTP, IANA.Port.HTTPS?',
      'TCP.Port == IANA.Port.HTTP',
    ],
    ['80 == 80', '0-8', 'Both sides of this comparison are values; one of them must be a field.'],
    ['TCP.Port == (TCP or UDP)', '12-24', 'Expected a field or a value here: a number, an address or a text.'],
    [
      'TCP.Port in [TCP.Window]',
      '13-23',
      'Expected a value here: a number, an address, true, false or a text in quotation marks.',
    ],
    ['TCP.Port + 1', '0-12', 'A number alone is no filter; compare it with something.'],
    ['TCP.Port == 1 / 0', '12-17', 'This cannot be calculated.'],
    [
      'TCP.Port == HTTP',
      '12-16',
      'HTTP is a module; the number of its port is written IANA.Port.HTTP.',
      'TCP.Port == IANA.Port.HTTP',
    ],
    ['regex "(a"', '6-10', 'A “)” is missing.'],
    ['Hop == "x"', '7-10', 'Hop is compared with a number.'],
    ['#MessageNumber contains "1"', '0-14', 'MessageNumber is no text to search; compare it with a number.'],
    ['#Timestamp > 5', '13-14', 'Timestamp is compared with a time such as "2024-05-01T10:00:00.123".'],
  ])('%s', (text, at, message, suggestion) => {
    expect(failure(text)).toEqual({ message, at, suggestion });
  });
});

describe('names that the trace does not have match nothing, and are noted with near ones', () => {
  it.each([
    [
      'Prot == 80',
      'This trace has no module named "Prot", so that part of the filter matches nothing. Near names: *Port, *Protocol, *ProtocolId.',
    ],
    ['Nonsense', 'This trace has no module named "Nonsense", so that part of the filter matches nothing.'],
    ['Nonsense.Port == 80', 'This trace has no module named "Nonsense", so that part of the filter matches nothing.'],
    ['UDP.Prot == 80', 'UDP has no field "Prot", so that part of the filter matches nothing. Near names: UDP.Port.'],
    ['*Nonsense', 'No field named "Nonsense" is known in this trace, so that part of the filter matches nothing.'],
    [
      '*Adress == 10.0.0.1',
      'No field named "Adress" is known in this trace, so that part of the filter matches nothing. Near names: *Address.',
    ],
    [
      'Microsoft_Windows_PktMon.DropReason == 1',
      'Microsoft_Windows_PktMon has no field "DropReason", so that part of the filter matches nothing.',
    ],
    [
      '#DiagnosisLevl',
      'There is no annotation "#DiagnosisLevl", so that part of the filter matches nothing. Near names: #DiagnosisLevels, #Diagnosis.',
    ],
    [
      '#ResponseTime >= 1',
      '"ResponseTime" is not there: Hopscope does not pair requests with their responses yet. That part of the filter matches nothing.',
    ],
  ])('%s', (text, note) => {
    const bound = bindFilter(parseFilter(text), sampleVocabulary);
    expect(bound.plan).toEqual({ kind: 'constant', value: false, cost: 0 });
    expect(bound.notes).toEqual([note]);
  });
});

describe('plans', () => {
  it('fold constants and ask each thing once, the cheapest first', () => {
    const { plan } = bindFilter(
      parseFilter('TCP.Port in [80, 443] and TCP.SYN == true and (Etw or UDP)'),
      sampleVocabulary,
    );
    expect(plan).toMatchObject({ kind: 'leaf', leaf: { kind: 'carries', otherwise: false } });
    const packets = plan.kind === 'leaf' && plan.leaf.kind === 'carries' ? plan.leaf.plan : undefined;
    expect(packets).toMatchObject({
      kind: 'and',
      children: [
        { kind: 'leaf', leaf: { column: 'modules' }, cost: 1 },
        { kind: 'leaf', leaf: { column: 'tcpFlags', ranges: [[2n, 2n]] }, cost: 1 },
        { kind: 'or', children: [{ leaf: { column: 'sourcePort' } }, { leaf: { column: 'destinationPort' } }] },
      ],
    });
  });

  it.each(['Nonsense and TCP', 'TCP.Port == 70000', 'not Etw', '!(UDP or true)'])('%s matches nothing', (text) => {
    expect(bindFilter(parseFilter(text), sampleVocabulary).plan).toEqual({ kind: 'constant', value: false, cost: 0 });
  });
});

it('finds every field of the catalogue by its full path and by its usual name', () => {
  for (const field of columnFields) {
    for (const path of field.paths) {
      expect(notes([field.module, ...path].join(':'))).toHaveLength(field.type === 'boolean' ? 1 : 0);
      expect(notes(`${field.module}.${path[path.length - 1]} != nothing`)).toEqual([]);
    }
  }
});

it('finds a provider whose name has dots in it', () => {
  const vocabulary = {
    ...emptyVocabulary,
    providers: [{ guid: '{00000000-0000-0000-0000-000000000001}', name: 'Contoso.Net.Switch' }],
  };
  expect(bindFilter(parseFilter('Contoso.Net.Switch'), vocabulary).notes).toEqual([]);
});

const fragments = [
  ...[
    'TCP',
    'UDP.Port',
    '*Port',
    '*Address',
    'Etw::ProcessId',
    'Nonsense',
    'IANA.Port.HTTP',
    '#Summary',
    'contains',
    'regex',
  ],
  ...[
    'and',
    'or',
    'not',
    'in',
    'true',
    'nothing',
    '==',
    '!=',
    '~=',
    '<',
    '>=',
    '=',
    '!',
    '&&',
    '||',
    '&',
    '-',
    '*',
    '~',
    '<<',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    ',',
    '.',
    ':',
    '\\',
    '\\\\',
    '80',
    '0x50',
    '10.0.0.1',
    '10.0.0.0/8',
    'fe80::1',
    '02-01-0A-01-01-64',
  ],
  ...['"x"', '@"y"', '"', '$[00]', '{448ea956-38ff-4620-b022-dd88cac6c896}', 'caseSensitive', 'encoding ASCII', ' '],
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join('')),
);

it('never fails with anything but a FilterError that has its place in the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        bindFilter(parseFilter(text), sampleVocabulary);
      } catch (error) {
        if (!(error instanceof FilterError)) throw error;
        expect(error.message).not.toBe('');
        expect(error.start).toBeGreaterThanOrEqual(0);
        expect(error.end).toBeGreaterThanOrEqual(error.start);
        expect(error.end).toBeLessThanOrEqual(text.length);
        if (error.suggestion !== undefined) parseFilter(error.suggestion);
      }
    }),
    { seed: 20_240_610, numRuns: 6000 },
  );
});

it('prints whatever it can read so that it reads the same again', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const expression = parsed(text);
      if (!expression) return;
      const printed = print(expression);
      expect(print(parseFilter(printed).expression ?? expression)).toBe(printed);
    }),
    { seed: 3, numRuns: 6000 },
  );
});

function parsed(text: string): ReturnType<typeof parseFilter>['expression'] {
  try {
    return parseFilter(text).expression;
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}
