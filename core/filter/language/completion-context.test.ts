import { describe, expect, it } from 'vitest';
import { completionContext, type PathPrefix, type Wanted } from './completion-context.ts';
import { longestFilter } from './lexer.ts';
import { printPath } from './print.ts';

/** In the filter `|` is the place, and may not stand for anything else. The replaced part in ⟨⟩, then what is wanted. */
function wantedAt(marked: string): string {
  const position = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, prefix, wanted } = completionContext(text, position);
  expect(text.slice(from, position)).toBe(prefix);
  return `\u27E8${text.slice(from, to)}\u27E9 ${described(wanted)}`;
}

function described(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'operand':
    case 'annotation':
      return `${wanted.kind}${below(wanted.path)}`;
    case 'value':
      return `value of ${wanted.subject ? printPath(wanted.subject) : 'nothing'} ${wanted.operator}${below(wanted.path)}`;
    case 'operator':
      return `operator for ${wanted.subject ? printPath(wanted.subject) : 'nothing'}${wanted.isPattern ? ' with options' : ''}`;
    default:
      return wanted.kind;
  }
}

function below(path: PathPrefix | null): string {
  if (!path) return '';
  const steps = printPath({ ...path, kind: 'path', annotation: null, start: 0, end: 0 });
  return ` below ${steps}${path.levels === 0 ? '.' : ':'.repeat(path.levels)}`;
}

describe('operands', () => {
  it.each([
    ['|', '⟨⟩ operand'],
    ['T|', '⟨T⟩ operand'],
    ['T|C', '⟨TC⟩ operand'],
    ['|TCP', '⟨⟩ operand'],
    ['TCP and |', '⟨⟩ operand'],
    ['TCP and U| or x', '⟨U⟩ operand'],
    ['not |', '⟨⟩ operand'],
    ['!|', '⟨⟩ operand'],
    ['(|', '⟨⟩ operand'],
    ['\\|', '⟨⟩ operand'],
    ['\\HTTP\\|', '⟨⟩ operand'],
    ['HTTP\\\\T|', '⟨T⟩ operand'],
    ['TCP.Port + |', '⟨⟩ operand'],
    ['80 == |', '⟨⟩ operand'],
    ['x == 1 && |', '⟨⟩ operand'],
    ['x in [1, 2] or |', '⟨⟩ operand'],
  ])('%s', (marked, expected) => {
    expect(wantedAt(marked)).toBe(expected);
  });

  it.each([
    ['TCP.|', '⟨⟩ operand below TCP.'],
    ['TCP.Po|rt == 80', '⟨Port⟩ operand below TCP.'],
    ['TCP.|Port', '⟨Port⟩ operand below TCP.'],
    ['TCP.Flags.S|', '⟨S⟩ operand below TCP.Flags.'],
    ['TCP:|', '⟨⟩ operand below TCP:'],
    ['Etw::|', '⟨⟩ operand below Etw::'],
    ['Etw::Pro|', '⟨Pro⟩ operand below Etw::'],
    ['TCP:::|', '⟨⟩ operand below TCP:::'],
    ['*|', '⟨⟩ operand below *.'],
    ['*Po|', '⟨Po⟩ operand below *.'],
    ['*Flags.|', '⟨⟩ operand below *Flags.'],
    ['x or \\TCP.|', '⟨⟩ operand below TCP.'],
    ['TCP.and|', '⟨and⟩ operand below TCP.'],
  ])('go on with a path: %s', (marked, expected) => {
    expect(wantedAt(marked)).toBe(expected);
  });
});

describe('operators', () => {
  it.each([
    ['TCP |', '⟨⟩ operator for TCP'],
    ['TCP.Port |', '⟨⟩ operator for TCP.Port'],
    ['TCP.Port |== 80', '⟨⟩ operator for TCP.Port'],
    ['TCP.Port =|', '⟨=⟩ operator for TCP.Port'],
    ['TCP.Port =|= 80', '⟨==⟩ operator for TCP.Port'],
    ['*Port con|', '⟨con⟩ operator for *Port'],
    ['#MessageNumber |', '⟨⟩ operator for #MessageNumber'],
    ['SMB#DiagnosisLevels |', '⟨⟩ operator for SMB#DiagnosisLevels'],
    ['TCP.Port == 80 |', '⟨⟩ operator for nothing'],
    ['TCP.Port == 80 a|', '⟨a⟩ operator for nothing'],
    ['TCP.Port == IANA.Port.HTTP |', '⟨⟩ operator for nothing'],
    ['(TCP) |', '⟨⟩ operator for nothing'],
    ['x in [1] |', '⟨⟩ operator for nothing'],
    ['TCP U|', '⟨U⟩ operator for TCP'],
    ['contains "a" |', '⟨⟩ operator for nothing with options'],
    ['contains "a"|', '⟨⟩ operator for nothing with options'],
    ['contains "a" caseS|', '⟨caseS⟩ operator for nothing with options'],
    ['contains "a" encoding UTF8 |', '⟨⟩ operator for nothing with options'],
    ['regex "a" |', '⟨⟩ operator for nothing'],
  ])('%s', (marked, expected) => {
    expect(wantedAt(marked)).toBe(expected);
  });
});

describe('values', () => {
  it.each([
    ['TCP.Port == |', '⟨⟩ value of TCP.Port =='],
    ['TCP.Port ==|', '⟨⟩ value of TCP.Port =='],
    ['TCP.Port = |', '⟨⟩ value of TCP.Port ='],
    ['TCP.Port == 8|0', '⟨80⟩ value of TCP.Port =='],
    ['*Address == 10.0.|', '⟨10.0.⟩ value of *Address =='],
    ['*Address == fe80::|', '⟨fe80::⟩ value of *Address =='],
    ['TCP.Flags.SYN == tr|', '⟨tr⟩ value of TCP.Flags.SYN =='],
    ['TCP.Port == IANA.Port.|', '⟨⟩ value of TCP.Port == below IANA.Port.'],
    ['TCP.Port == IANA.Port.HT|', '⟨HT⟩ value of TCP.Port == below IANA.Port.'],
    ['TCP.Port in |', '⟨⟩ value of TCP.Port in'],
    ['TCP.Port in [|', '⟨⟩ value of TCP.Port in'],
    ['TCP.Port in [80, |', '⟨⟩ value of TCP.Port in'],
    ['TCP.Port in [80, |, 90]', '⟨⟩ value of TCP.Port in'],
    ['TCP.Port in [IANA.Port.|', '⟨⟩ value of TCP.Port in below IANA.Port.'],
    ['TCP.Port in [IANA.Port.HTTP, I|', '⟨I⟩ value of TCP.Port in'],
    ['#DiagnosisTypes == |', '⟨⟩ value of #DiagnosisTypes =='],
    ['HTTP.Uri contains |', '⟨⟩ value of HTTP.Uri contains'],
    ['HTTP.Uri matches |', '⟨⟩ value of HTTP.Uri matches'],
    ['contains |', '⟨⟩ value of nothing contains'],
  ])('%s', (marked, expected) => {
    expect(wantedAt(marked)).toBe(expected);
  });
});

describe('annotations, encodings, and where nothing fits', () => {
  it.each([
    ['#|', '⟨⟩ annotation'],
    ['#Mess|', '⟨Mess⟩ annotation'],
    ['TCP and #|', '⟨⟩ annotation'],
    ['SMB#|', '⟨⟩ annotation below SMB.'],
    ['SMB#Di|ag', '⟨Diag⟩ annotation below SMB.'],
    ['contains "a" encoding |', '⟨⟩ encoding'],
    ['contains "a" encoding U|', '⟨U⟩ encoding'],
    ['contains "a|b"', '⟨⟩ nothing'],
    ['contains "a|', '⟨⟩ nothing'],
    ['contains @"a\\|', '⟨⟩ nothing'],
    ['contains $[53|4d]', '⟨⟩ nothing'],
    ['x in [80 |', '⟨⟩ nothing'],
  ])('%s', (marked, expected) => {
    expect(wantedAt(marked)).toBe(expected);
  });
});

describe('broken text around', () => {
  it.each([
    ['; TCP.|', '⟨⟩ operand below TCP.'],
    ['TCP) and U|', '⟨U⟩ operand'],
    ['TCP.Port == and |', '⟨⟩ operand'],
    ['TCP.Port == | and "open', '⟨⟩ value of TCP.Port =='],
    ['TCP UDP.|', '⟨⟩ operand below UDP.'],
    ['TCP.Port eq |', '⟨⟩ value of TCP.Port eq'],
    ['] , [ ( TCP.Port in [|', '⟨⟩ value of TCP.Port in'],
    ['. : TCP |', '⟨⟩ operator for TCP'],
  ])('%s', (marked, expected) => {
    expect(wantedAt(marked)).toBe(expected);
  });

  it('is never too much', () => {
    for (const part of ['(', '[', '.', ':', '#', '*', '"', 'a ', '== ', 'in [', '\uFF1D', '@', '$', ', ']) {
      const text = part.repeat(50);
      for (let position = 0; position <= text.length; position++) {
        const { from, to } = completionContext(text, position);
        expect(from <= position && position <= to).toBe(true);
      }
    }
    const started = performance.now();
    completionContext('a.'.repeat(longestFilter / 2), longestFilter);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
