import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { Engine } from '../core/engine/engine.ts';
import { InlinePool } from '../core/engine/inline-pool.ts';
import { KeptNotes } from '../core/engine/notes/kept-notes.ts';
import { folderShelf } from '../core/engine/schema-shelf.ts';
import { noteFolder } from '../core/engine/user-data-folder.ts';

/** The built program, as a person runs it. `npm test` builds it first. */
const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const sample = fileURLToPath(new URL('../assets/sample/container-syn.etl', import.meta.url));
const isBuilt = existsSync(program);
if (!isBuilt) console.warn('dist/ is not built: the command line is not tested. Run "npm run build" first.');

const folder = mkdtempSync(join(tmpdir(), 'hopscope-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function hopscope(...args: string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, HOPSCOPE_USER_DATA: join(folder, 'user-data') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env });
  return { code: status, out: stdout, err: stderr };
}

const contosoManifest = `<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events"><instrumentation>
  <events><provider name="Contoso" guid="{11111111-2222-3333-4444-555555555555}" symbol="P">
    <events><event value="1" template="T"/></events>
    <templates><template tid="T"><data name="Port" inType="win:UInt16" outType="win:Port"/></template></templates>
  </provider></events></instrumentation></instrumentationManifest>`;

describe.skipIf(!isBuilt)('the command line', () => {
  it('tells everything about a trace as JSON', () => {
    const { code, out, err } = hopscope('info', sample, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      file: 'container-syn.etl',
      size: readFileSync(sample).length,
      format: 'etl',
      compressedBuffers: 4,
      pointerSize: 8,
      startTime: '2024-05-01T14:03:07.0000000Z',
      processors: 4,
      eventsLost: 0,
      buffersLost: 0,
      providers: expect.arrayContaining([
        expect.objectContaining({
          guid: '{67dc0d66-3695-47c0-9642-33f76f7bd7ad}',
          name: 'Microsoft-Windows-Hyper-V-VmSwitch',
        }),
      ]) as unknown,
      problems: [],
    });
  });

  it('explains how a filter is understood and carried out, with a trace and without', () => {
    const alone = hopscope('filter', 'explain', 'tcp.port==80 AND HTTP.Uri contains "x"');
    expect(alone.code).toBe(0);
    expect(alone.out).toContain('Filter\n  tcp.port == 80 and HTTP.Uri contains "x"\n');
    expect(alone.out).toContain('decode the message: http.uri contains "x"');
    const onTrace = hopscope('filter', 'explain', 'TPC', sample, '--json');
    expect(JSON.parse(onTrace.out)).toMatchObject({
      canonical: 'TPC',
      plan: { children: [{ text: 'no event passes' }] },
      notes: [expect.stringContaining('Near names: TCP.')],
    });
    expect(hopscope('filter', 'explain', 'TCP ==')).toMatchObject({ code: 1 });
    expect(hopscope('filter')).toMatchObject({ code: 2 });
  });

  it.each([
    ['HTTP or *Summary contains "received from Nic"', /NBL 0x/],
    ['\\\\TCP\\IPv4.Address == 10.0.0.60', /TCP/],
    ['Component matches @"^interface \\d+"', /./],
  ])('takes any filter of the language: %s', (filter, wanted) => {
    const { code, out, err } = hopscope('events', sample, '--filter', filter);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(wanted);
  });

  it('prints the rows a filter lets through, as text and as JSON lines', () => {
    const filter = 'TCP.Flags.SYN == true and TCP.Port == 80';
    const text = hopscope('events', sample, '--filter', filter, '--limit', '1');
    expect(text.out).toMatch(
      /^\d+ {2}2024-05-01T14:03:07\.\d{7}Z {2}10\.0\.0\.50 > 10\.0\.0\.60 {2}TCP {2}Flags: \.{6}S\., SrcPort: 52891, DstPort: HTTP\(80\)/,
    );
    const lines = hopscope('events', sample, '--filter', filter, '--limit', '2', '--format', 'jsonl')
      .out.trim()
      .split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0])).toMatchObject({ module: 'TCP', source: '10.0.0.50', destination: '10.0.0.60' });
  });

  it('says what is wrong with the packets, and keeps each only once', () => {
    const { code, out } = hopscope('diagnose', sample);
    expect(code).toBe(0);
    expect(out).toMatch(/^ERROR +3 {2}Dropped packets \(dropped\)\./m);
    const drops = hopscope('events', sample, '--diagnosis', 'dropped').out.trim().split('\n');
    expect(drops.map((line) => line.includes('DropReason: Failed security policy'))).toEqual([true, true, true]);
    expect(out).toMatch(/^WARNING +2 {2}Retransmitted SYNs \(syn-retransmission\), seen 4 times\./m);
    expect(out).toMatch(/^ +33 {2}interface 9 Ethernet \(ndis\/9\/9\/0\)$/m);
    const report = JSON.parse(hopscope('diagnose', sample, '--json').out) as { packets: number };
    const firsts = hopscope('events', sample, '--first-sightings', '--filter', 'Ethernet').out.trim().split('\n');
    expect(firsts).toHaveLength(report.packets);
    const again = hopscope('events', sample, '--diagnosis', 'syn-retransmission', '--component', 'ndis/9/9/0').out;
    expect(again).toMatch(/TCP {2}\[SynRetransmit #\d+/);
    expect(hopscope('events', sample, '--diagnosis', 'nonsense')).toMatchObject({ code: 2 });
  });

  it('reads names, prints the name book of a trace, and keeps only what it was told to keep', () => {
    const adapters = join(folder, 'adapters.txt');
    const guid = '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241';
    writeFileSync(adapters, `Name : Uplink\nInterfaceIndex : 9\nInterfaceGuid : {${guid}}\n`);
    expect(hopscope('names', adapters).out).toMatch(/^adapters\.txt: Get-NetAdapter.*\n {2}interface +Uplink {2}/);
    expect(hopscope('names', sample).out).toMatch(/^ {2}nic +FB5C285C-\S+ {2}Container NIC fb5c285c \(this trace\)/m);

    const filter = ['--filter', 'Component == "Uplink"', '--limit', '1'];
    const named = hopscope('events', sample, '--names', adapters, ...filter);
    expect({ code: named.code, rows: named.out.trim().split('\n').length }).toEqual({ code: 0, rows: 1 });
    expect(hopscope('events', sample, ...filter).out).toBe('');
    const book = hopscope('names', sample, adapters, '--json');
    const { subjects } = JSON.parse(book.out) as { subjects: { text: string; name: string | null }[] };
    expect(subjects.find(({ text }) => text.includes(guid))?.name).toBe('Uplink');
    expect(hopscope('events', sample, ...filter).out).not.toBe('');

    const { code, err } = hopscope('names', sample, join(folder, 'nowhere.txt'));
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('There is no file') as unknown });
    const nameless = join(folder, 'nameless.txt');
    writeFileSync(nameless, 'nothing of the kind');
    expect(hopscope('names', nameless)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^nameless\.txt: /) as unknown,
    });
  });

  it('lists connection attempts and draws the path of one', () => {
    const listed = hopscope('connections', sample, '--verdict', 'dropped');
    expect({ code: listed.code, err: listed.err }).toEqual({ code: 0, err: '' });
    expect(listed.out).toMatch(
      /^ *3 +\d+ +14:03:07\.9000741 +TCP +10\.0\.0\.50:52894 +10\.0\.0\.60:8080 +dropped +3 /m,
    );
    const path = hopscope('path', sample);
    expect({ code: path.code, err: path.err }).toEqual({ code: 0, err: '' });
    expect(path.out).toMatch(/^TCP 10\.0\.0\.50:52891 → 10\.0\.0\.60:80 SYN\n/);
    const steps = [...path.out.matchAll(/^ *(\d+) +(\d+) +14:03:07\.\d{7} .* (frame|received|routed|delivered) {2}/gm)];
    expect(steps.map(([, , , step]) => step)).toEqual([
      ...['frame', 'received', 'frame', 'routed', 'frame', 'delivered', 'frame'],
    ]);
    expect(hopscope('path', sample, '--row', steps[3][2]).out).toBe(path.out);
    const dropped = JSON.parse(hopscope('path', sample, '--syn', '3', '--json').out) as { hops: unknown[] }[];
    expect(dropped[0].hops.at(-1)).toMatchObject({ step: 'dropped', drop: { reason: 'Failed security policy' } });
    const filtered = hopscope('path', sample, '--filter', 'TCP.Port == 8080', '--limit', '2');
    expect(filtered.out.match(/^TCP .* SYN$/gm)).toHaveLength(2);
    expect(filtered.err).toMatch(/^2 paths shown; /);
    expect(hopscope('path', sample, '--syn', '1', '--row', '1')).toMatchObject({ code: 2 });
    expect(hopscope('path', sample, '--row', '1').err).toContain('Message 1 is of no packet');
    expect(hopscope('connections', sample, '--sort', 'age')).toMatchObject({ code: 2 });
  });

  it('exports what the filter shows', () => {
    const target = join(folder, 'syn.pcapng');
    const { code, out } = hopscope('export', sample, '-o', target, '--filter', 'TCP');
    expect(code).toBe(0);
    expect(out).toMatch(/syn\.pcapng: \d+ packets on \d+ interfaces/);
    expect(existsSync(target)).toBe(true);
  });

  it.each([
    [
      'txt',
      /^\[\d\d\][0-9A-F]{4}\.[0-9A-F]{4}::2024-05-01 14:03:07\.\d{9} \[.*\] 10\.0\.0\.50 > 10\.0\.0\.60 TCP Flags: /m,
    ],
    ['csv', /^\ufeffMessageNumber,Timestamp,.*\r\n\d+,2024-05-01T14:03:07\.\d{7}Z,/],
    ['jsonl', /^\{"messageNumber":\d+,.*"fields":\[\{"name":"MiniportIfIndex","type":"UInt32","value":\d+\}/],
    [
      'xml',
      /^<\?xml .*<Event xmlns="http:\/\/schemas\.microsoft\.com\/win\/2004\/08\/events\/event">.*<\/Events>\s*$/s,
    ],
  ])('writes what the filter shows as %s, to a file as to the screen', (format, shape) => {
    const target = join(folder, `syn.${format}`);
    const filter = ['--filter', 'TCP.Flags.SYN == true'];
    const { code, out } = hopscope('export', sample, '-o', target, ...filter);
    expect(code).toBe(0);
    expect(out).toMatch(/: \d+ events, \d+ bytes/);
    const written = readFileSync(target, 'utf8');
    expect(written).toMatch(shape);
    expect(hopscope('events', sample, '--format', format, ...filter).out).toBe(written);
  });

  it('says what is missing in a trace', () => {
    expect(hopscope('info', sample).out).toMatch(/Is a packet missing\?\ngood {5}Nothing is missing\./);
  });

  it('keeps, lists, uses and removes schemas', () => {
    const manifest = join(folder, 'contoso.man');
    writeFileSync(manifest, contosoManifest);
    expect(hopscope('schemas').out).toContain('No schemas are kept');
    expect(hopscope('schemas', 'import', manifest).out).toMatch(
      /^Kept Contoso \{.*\}: 1 events, imported from contoso\.man/,
    );
    const listed = hopscope('schemas', 'list').out;
    const [id] = listed.split(' ');
    expect(listed).toContain('Contoso');
    expect(hopscope('schemas', 'remove', id).out).toContain('No schemas are kept');
    expect(hopscope('schemas', 'keep', sample).out).toContain('Kept Microsoft-Windows-Hyper-V-VmSwitch');
    const letter = hopscope('schemas', 'import', join(folder, 'missing.man'));
    expect(letter).toMatchObject({ code: 1, err: expect.stringContaining('There is no file') as unknown });
  });

  it('prints what somebody marked and said of messages, and keeps it apart from the trace', async () => {
    expect(hopscope('notes', sample).out).toBe('0 messages marked, 0 comments\n');
    const keptNotes = new KeptNotes(folderShelf(noteFolder(join(folder, 'user-data'))));
    const engine = new Engine(new InlinePool(), { keptNotes });
    const { trace } = await engine.call('open', { files: [sample] });
    await engine.call('setNotes', { trace, rows: [3], marked: true, comment: 'the first\none' });
    await engine.call('setNotes', { trace, rows: [8], marked: true });
    await engine.close();
    const { out, code } = hopscope('notes', sample);
    const [summary, , headings, first, second] = out.split('\n');
    expect([code, summary]).toEqual([0, '2 messages marked, 1 comment']);
    expect(headings).toMatch(/^message +time +mark +comment +summary$/);
    expect(first).toMatch(/^ *4 {2}2024-05-01T14:03:07\.\d{7}Z {2}marked {2}the first.one +\S/);
    expect(second).toMatch(/^ *9 {2}2024-05-01T14:03:07\.\d{7}Z {2}marked {3,}\S/);
    const { notes } = JSON.parse(hopscope('notes', sample, '--json', '--shift', '+3600s').out) as { notes: unknown[] };
    expect(notes).toEqual([
      expect.objectContaining({ messageNumber: 4, marked: true, comment: 'the first\none' }),
      expect.objectContaining({
        messageNumber: 9,
        marked: true,
        comment: '',
        time: expect.stringMatching(/T15:03/) as unknown,
      }),
    ]);
  });

  it('moves the times of a file', () => {
    const line = (...args: string[]): string => hopscope('events', sample, '--limit', '1', ...args).out;
    expect(line()).toContain('2024-05-01T14:03:07.0000000Z');
    expect(line('--shift', '+1.5s')).toContain('2024-05-01T14:03:08.5000000Z');
    expect(line('--shift=-250ms')).toContain('2024-05-01T14:03:06.7500000Z');
    expect(hopscope('info', sample, '--shift', '0', '--shift', '0').err).toContain('more --shift options than files');
  });

  it('reads several files as one trace', () => {
    const both = JSON.parse(hopscope('info', sample, sample, '--json').out) as { events: number; files: unknown[] };
    const one = JSON.parse(hopscope('info', sample, '--json').out) as { events: number };
    expect(both.files).toHaveLength(2);
    expect(both.events).toBe(2 * one.events);
  });

  it.each([
    ['a file that is not there', ['info', 'missing.etl'], 1, 'There is no file'],
    ['a folder', ['info', '.'], 1, 'is a folder'],
    ['a bad filter', ['events', sample, '--filter', 'Port == 80'], 1, 'Did you mean: *Port == 80'],
    [
      'nothing to export',
      ['export', sample, '-o', join(folder, 'none.pcapng'), '--filter', 'IGMP'],
      1,
      'lets no row through',
    ],
    ['an unknown format', ['export', sample, '-o', 'out.docx'], 2, 'does not end in .pcapng'],
    ['an unknown command', ['look', sample], 2, 'There is no command "look"'],
    ['an unknown option', ['info', sample, '--colour'], 2, 'colour'],
  ])('says what is wrong with %s', (_, args, wantedCode, words) => {
    const { code, err } = hopscope(...args);
    expect(code).toBe(wantedCode);
    expect(err).toContain(words);
  });

  it('reads what can be read of a cut trace, and fails only when nothing can', () => {
    const bytes = readFileSync(sample);
    const cut = join(folder, 'cut.etl');
    writeFileSync(cut, bytes.subarray(0, bytes.length - 1000));
    const { code, out, err } = hopscope('events', cut, '--limit', '3');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(3);
    expect(err).toMatch(/The file ends \d+ bytes into a buffer of \d+ \(offset \d+\)/);
  });
});
