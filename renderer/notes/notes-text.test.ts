import { describe, expect, it } from 'vitest';
import type { Note } from '../../core/engine/contract.ts';
import { countNotes, notesText } from './notes-text.ts';

const at = { milliseconds: Date.parse('2024-06-10T12:03:00.118Z'), hundredNanoseconds: 317 };
const notes: Note[] = [
  { ...at, row: 10, marked: true, comment: '', summary: 'Flags: ......S., SrcPort=52891' },
  { ...at, row: 1201, marked: false, comment: 'lost here,\nasked the | customer', summary: 'a_b *c*' },
];

describe('notes', () => {
  it('are counted as marks and comments', () => {
    expect(countNotes(notes)).toEqual({ marks: 1, comments: 1 });
  });

  it('are text with their comments beneath them', () => {
    expect(notesText('text', 'host.etl', notes, 120)).toBe(
      [
        'Notes on host.etl',
        '11  2024-06-10 14:03:00.1180317 +02:00  Flags: ......S., SrcPort=52891',
        '1202  2024-06-10 14:03:00.1180317 +02:00  a_b *c*',
        '    lost here,',
        '    asked the | customer',
        '',
      ].join('\n'),
    );
  });

  it('are CSV in UTC', () => {
    expect(notesText('csv', 'host.etl', notes, 120)).toBe(
      [
        'Message,Time (UTC),Marked,Summary,Comment',
        '11,2024-06-10T12:03:00.1180317Z,yes,"Flags: ......S., SrcPort=52891",',
        '1202,2024-06-10T12:03:00.1180317Z,,a_b *c*,"lost here,\nasked the | customer"',
        '',
      ].join('\n'),
    );
  });

  it('are a table in Markdown, whatever signs they hold', () => {
    const lines = notesText('markdown', 'my_host.etl', notes, 0).split('\n');
    expect(lines[0]).toBe('## Notes on my\\_host.etl');
    expect(lines[2]).toBe('| Message | Time (UTC) | Summary | Comment |');
    expect(lines[4]).toContain('| Marked |');
    expect(lines[5]).toBe(
      '| 1202 | 2024-06-10 12:03:00.1180317 | a\\_b \\*c\\* | lost here,<br>asked the \\| customer |',
    );
  });
});
