import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestText, type CaptureReading } from './capture-reading.ts';
import { readCapture } from './read-capture.ts';

const ids = (reading: CaptureReading): string[] => reading.missing.map(({ id }) => id);
const severityOf = (text: string, id: string): string | undefined =>
  readCapture(text).missing.find((missing) => missing.id === id)?.severity;
const lines = (...text: string[]): string => text.join('\n');

const blogNetsh = lines(
  String.raw`netsh trace start capture=yes overwrite=yes maxsize=1024 tracefile=c:\%computername%_vNetTrace.etl provider="Microsoft-Windows-Hyper-V-VmSwitch" keywords=0xffffffffffffffff level=0xff capturetype=both`,
  'netsh trace stop',
);
const blogPowerShell = lines(
  String.raw`New-NetEventSession -Name WNVTrace -LocalFilePath c:\$env:computername` +
    '`_vNetTrace.etl -MaxFileSize 1024',
  'Add-NetEventPacketCaptureProvider -SessionName WNVTrace -TruncationLength 1500',
  'Add-NetEventProvider -SessionName WNVTrace -Name Microsoft-Windows-Hyper-V-VmSwitch -Level 0x5',
  'Start-NetEventSession WNVTrace',
  '# reproduce',
  'Stop-NetEventSession WNVTrace',
  'Remove-NetEventSession WNVTrace',
);

describe('the two captures of the article this project grew from', () => {
  it('netsh: its plan, and what it misses', () => {
    const reading = readCapture(blogNetsh);
    expect(reading.plan).toEqual({
      tool: 'netsh',
      windows: '11',
      edition: 'desktop',
      packets: 'both',
      truncation: 0,
      megabytes: 1024,
      fileMode: 'circular',
      adapters: [],
      sets: ['vswitch'],
      providers: [],
      file: String.raw`c:\%computername%_vNetTrace.etl`,
      netshReport: true,
      bundle: 'none',
    });
    expect(reading.commands.map(({ line, does }) => [line, does])).toEqual([
      [1, 'start'],
      [2, 'stop'],
    ]);
    expect(reading.commands[0].arguments).toContainEqual({
      text: 'capturetype=both',
      words: 'Packets at network adapters and in the vSwitch.',
      known: true,
    });
    expect(ids(reading)).toEqual(['report', 'no-names', 'no-truncation', 'deprecated', 'no-schemas', 'elevated']);
  });

  it('NetEventPacketCapture: its plan, and that it has no packets of the vSwitch', () => {
    const reading = readCapture(blogPowerShell);
    expect(reading.plan).toMatchObject({
      tool: 'powershell',
      packets: 'host',
      truncation: 1500,
      megabytes: 1024,
      sets: ['vswitch'],
      file: String.raw`c:\%computername%_vNetTrace.etl`,
    });
    expect(reading.commands.map(({ line, does }) => [line, does])).toEqual([
      [1, 'prepare'],
      [2, 'prepare'],
      [3, 'prepare'],
      [4, 'start'],
      [6, 'stop'],
      [7, 'stop'],
    ]);
    expect(ids(reading)).toContain('no-switch-packets');
    expect(ids(reading)).not.toContain('no-stop');
    expect(ids(reading)).not.toContain('not-removed');
  });
});

describe('what people paste', () => {
  it('in capitals, with abbreviated values and tags', () => {
    const { plan } = readCapture(
      'NETSH TRACE START SCENARIO=NETCONNECTION CAPTURE=YES TRACEFILE=c:\\temp\\mycap.etl FILEMODE=CIRC MAXSIZE=2048 PACKETTRUNC=180 REPORT=DIS CORR=DIS',
    );
    expect(plan).toMatchObject({
      packets: 'host',
      truncation: 180,
      megabytes: 2048,
      sets: ['netconnection'],
      file: 'c:\\temp\\mycap.etl',
      netshReport: false,
    });
  });

  it('with typing errors, each told with what was meant', () => {
    const reading = readCapture('netsh trace start capture=yes trcefile=c:\\a.etl maxsize=200MB levl=5');
    expect(reading.commands[0].arguments.filter(({ known }) => !known).map(({ words }) => words)).toEqual([
      'netsh trace start has no trcefile. Was tracefile meant?',
      'maxsize cannot be “200MB”.',
      'netsh trace start has no levl. Was level meant?',
    ]);
    expect(severityOf('netsh trace strat capture=yes', 'unknown-command')).toBe('error');
    expect(readCapture('pktmon strat -c').missing[0].words).toBe('pktmon has no strat. Was start meant?');
    expect(readCapture('Start-NetEventSesion x').missing[0].words).toContain('Was Start-NetEventSession meant?');
    expect(readCapture('New-NetEventSession x -MaxFilSize 5').missing[0].words).toContain('Was -MaxFileSize meant?');
  });

  it('from a window: prompts go, output is not read', () => {
    const reading = readCapture(
      lines(
        'Microsoft Windows [Version 10.0.20348.2340]',
        'C:\\Windows\\system32>netsh trace start capture=yes ^',
        'More? tracefile=D:\\host.etl maxsize=512 report=disabled',
        '',
        'Trace configuration:',
        "It's status: Running   netsh trace stop",
        '',
        'C:\\Windows\\system32>netsh trace stop',
        'Merging traces ... done',
      ),
    );
    expect(reading.commands.map(({ line, does }) => [line, does])).toEqual([
      [2, 'start'],
      [8, 'stop'],
    ]);
    expect(reading.plan).toMatchObject({ file: 'D:\\host.etl', megabytes: 512 });
  });

  it('from PowerShell’s and netsh’s own prompts, local or remote', () => {
    const reading = readCapture(
      lines(
        '[HV01]: PS C:\\Users\\admin\\Documents> New-NetEventSession -Name a `',
        '>> -LocalFilePath C:\\a.etl',
        '[HV01]: PS C:\\Users\\admin\\Documents> Start-NetEventSession a',
        'netsh trace>start capture=yes',
        'netsh>trace stop',
      ),
    );
    expect(reading.commands.map(({ line, tool, does }) => [line, tool, does])).toEqual([
      [1, 'powershell', 'prepare'],
      [3, 'powershell', 'start'],
      [4, 'netsh', 'start'],
      [5, 'netsh', 'stop'],
    ]);
    expect(reading.commands[0].arguments[1].words).toBe('Writes to C:\\a.etl.');
  });

  it('a batch file, with variables, comments, redirections and a caret', () => {
    const reading = readCapture(
      lines(
        '@echo off',
        'rem netsh trace start capture=no',
        ':: netsh trace start capture=no',
        'set "FOLDER=D:\\My traces"',
        'set SIZE=4096',
        'if not exist "%FOLDER%" mkdir "%FOLDER%"',
        'netsh trace start capture=yes capturetype=both ^',
        '  tracefile="%FOLDER%\\%COMPUTERNAME%.etl" maxsize=%SIZE% overwrite=yes >nul 2>&1 && echo started',
        'echo netsh trace stop stops it & pause',
        'if errorlevel 1 netsh trace stop',
      ),
    );
    expect(reading.commands.map(({ line, does }) => [line, does])).toEqual([
      [7, 'start'],
      [10, 'stop'],
    ]);
    expect(reading.plan).toMatchObject({ file: 'D:\\My traces\\%COMPUTERNAME%.etl', megabytes: 4096, packets: 'both' });
    expect(reading.commands[0].arguments.every(({ known }) => known)).toBe(true);
  });

  it('a PowerShell script, with variables, blocks, comments, a list and parameters by position', () => {
    const reading = readCapture(
      lines(
        '<#',
        '  netsh trace start capture=no',
        '#>',
        'param([string]$Folder = "C:\\Traces")',
        "$name = 'Capture 1'; # a session",
        '$file = Join-Path $Folder "$env:COMPUTERNAME.etl"',
        'if (Get-NetEventSession -Name $name -ErrorAction SilentlyContinue) { Remove-NetEventSession $name }',
        '[void](New-NetEventSession $name -LocalFilePath:$file -MaxFile 2048)',
        'Add-NetEventPacketCaptureProvider $name -CaptureType BothPhysicalAndSwitch -IpAddresses 10.0.0.1, 10.0.0.2 | Out-Null',
        'Add-NetEventProvider Microsoft-Windows-TCPIP $name 0x5 0x10',
        "Add-NetEventNetworkAdapter -Name 'Ethernet 2'",
        'try { Start-NetEventSession -Name $name } finally { Stop-NetEventSession -Name $name }',
      ),
    );
    expect(reading.plan).toMatchObject({
      tool: 'powershell',
      packets: 'both',
      truncation: 128,
      megabytes: 2048,
      adapters: ['Ethernet 2'],
      providers: [{ provider: 'Microsoft-Windows-TCPIP', level: 5, keywords: '0x10' }],
      file: 'C:\\Traces\\%COMPUTERNAME%.etl',
    });
    expect(reading.commands.flatMap(({ arguments: told }) => told).filter(({ known }) => !known)).toEqual([]);
    expect(ids(reading)).toEqual(expect.arrayContaining(['default-truncation', 'no-switch-events', 'besides-plan']));
  });

  it('commands that others run', () => {
    const texts = [
      'cmd /c "netsh trace start capture=yes tracefile=C:\\a.etl"',
      "Start-Process -FilePath netsh -ArgumentList 'trace start capture=yes tracefile=C:\\a.etl' -Wait",
      "Start-Process netsh.exe 'trace','start','capture=yes','tracefile=C:\\a.etl'",
      'powershell -NoProfile -Command "netsh trace start capture=yes tracefile=C:\\a.etl"',
      "& 'C:\\Windows\\System32\\netsh.exe' trace start capture=yes tracefile=C:\\a.etl",
      '$null = netsh trace start capture=yes tracefile=C:\\a.etl',
      'Invoke-Command -ComputerName HV01 { netsh trace start capture=yes tracefile=C:\\a.etl }',
    ];
    for (const text of texts)
      expect(readCapture(text).plan, text).toMatchObject({ packets: 'host', file: 'C:\\a.etl' });
  });

  it('pktmon of today', () => {
    const { plan, commands } = readCapture(
      lines(
        'pktmon filter remove',
        'pktmon filter add MyFilter -i 10.0.0.1 10.0.0.2 -t TCP SYN -p 443 -e',
        'pktmon start -c --comp nics --pkt-size 0 -f C:\\t.etl -s 2048 -m circ --trace -p Microsoft-Windows-TCPIP -k 0xFF -l 5 -p Microsoft-Windows-NDIS',
        'pktmon stop',
      ),
    );
    expect(plan).toMatchObject({
      tool: 'pktmon',
      packets: 'host',
      truncation: 0,
      megabytes: 2048,
      fileMode: 'circular',
      providers: [
        { provider: 'Microsoft-Windows-TCPIP', keywords: '0xff', level: 5 },
        { provider: 'Microsoft-Windows-NDIS', keywords: '0xffffffff', level: 4 },
      ],
      file: 'C:\\t.etl',
    });
    expect(commands.flatMap(({ arguments: told }) => told).filter(({ known }) => !known)).toEqual([]);
    expect(commands[1].arguments.map(({ text }) => text)).toEqual([
      'MyFilter',
      '-i 10.0.0.1 10.0.0.2',
      '-t TCP SYN',
      '-p 443',
      '-e',
    ]);
  });

  it('pktmon as it was before Windows 10 2004', () => {
    const reading = readCapture('pktmon start --etw -p 0 -c 13 14 -m real-time');
    expect(reading.plan).toMatchObject({ windows: '1809', truncation: 0, adapters: ['13', '14'], packets: 'both' });
    expect(ids(reading)).toEqual(expect.arrayContaining(['older-syntax', 'real-time']));
  });

  it('tools that are no packet capture by themselves, by name', () => {
    const reading = readCapture(
      'logman start x -p Microsoft-Windows-NDIS-PacketCapture -ets\nwpr -start Network\ntracelog -x',
    );
    expect(reading.commands.map(({ tool, words }) => [tool, words.includes('no packet capture')])).toEqual([
      ['other', true],
      ['other', true],
      ['other', true],
    ]);
    expect(reading.plan).toBeNull();
  });

  it('a question for help starts nothing', () => {
    for (const text of ['netsh trace start ?', 'pktmon start help', 'pktmon start /?'])
      expect(readCapture(text), text).toMatchObject({ plan: null, commands: [{ does: 'other' }], missing: [] });
  });

  it('splatted parameters are told, not followed', () => {
    const told = readCapture('New-NetEventSession @session').commands[0].arguments;
    expect(told).toEqual([
      { text: '@session', words: 'Parameters kept in a table elsewhere, which is not followed.', known: true },
    ]);
  });
});

describe('what a text misses', () => {
  it.each<[string, string, string | undefined]>([
    ['network-path', 'netsh trace start capture=yes tracefile=\\\\nas\\traces\\a.etl', 'error'],
    ['network-path', 'netsh trace start capture=yes tracefile=C:\\a.etl', undefined],
    ['captures-nothing', 'netsh trace start tracefile=C:\\a.etl', 'error'],
    ['no-packets', 'netsh trace start provider=Microsoft-Windows-TCPIP', 'warning'],
    ['capture-missing', 'netsh trace start capturetype=both', 'error'],
    ['no-capture-type', 'netsh trace start capture=yes', 'note'],
    ['no-capture-type', 'netsh trace start capture=yes capturetype=physical', undefined],
    ['default-size', 'netsh trace start capture=yes', 'warning'],
    ['default-size', 'pktmon start -c', 'warning'],
    ['default-size', 'pktmon start -c -s 1024', undefined],
    ['default-truncation', 'pktmon start -c', 'warning'],
    ['default-truncation', 'pktmon start -c --pkt-size 0', undefined],
    ['no-truncation', 'netsh trace start capture=yes', 'note'],
    ['no-limit', 'netsh trace start capture=yes maxsize=0', 'warning'],
    ['report', 'netsh trace start capture=yes report=yes', 'warning'],
    ['report', 'netsh trace start capture=yes', 'warning'],
    ['report', 'netsh trace start capture=yes report=no', 'note'],
    ['report', 'netsh trace start capture=yes report=disabled', undefined],
    ['no-overwrite', 'netsh trace start capture=yes', 'note'],
    ['no-overwrite', 'netsh trace start capture=yes overwrite=no', undefined],
    ['persistent', 'netsh trace start capture=yes persistent=yes', 'warning'],
    ['persistent', 'netsh trace start capture=yes persistent=no', undefined],
    ['no-stop', 'pktmon start -c', 'warning'],
    ['no-stop', 'pktmon start -c\npktmon stop', undefined],
    ['two-captures', 'netsh trace start capture=yes\npktmon start -c', 'error'],
    ['two-captures', 'netsh trace start capture=yes\nnetsh trace stop\npktmon start -c', undefined],
    ['real-time', 'New-NetEventSession a -CaptureMode RealtimeLocal\nStart-NetEventSession a', 'error'],
    ['not-started', 'New-NetEventSession a\nAdd-NetEventPacketCaptureProvider a', 'error'],
    ['not-removed', 'New-NetEventSession a\nStart-NetEventSession a\nStop-NetEventSession a', 'warning'],
    ['not-made', 'Start-NetEventSession a', 'warning'],
    ['no-payload', 'pktmon start -c --flags 0x2', 'error'],
    ['no-payload', 'pktmon start -c --flags 0x12', undefined],
    ['multi-file', 'pktmon start -c -m multi-file', 'warning'],
    ['no-switch-events', 'netsh trace start capture=yes capturetype=vmswitch', 'warning'],
    ['no-names', 'netsh trace start capture=yes', 'warning'],
    ['no-names', 'netsh trace start capture=yes\nGet-NetAdapter | ConvertTo-Json > C:\\a.json', undefined],
    ['no-schemas', 'netsh trace start provider=X\nGet-WinEvent -ListProvider X | ConvertTo-Json', undefined],
    ['nothing-found', 'Once upon a time', 'error'],
  ])('%s: %s', (id, text, severity) => {
    expect(severityOf(text, id)).toBe(severity);
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    ...[
      'netsh',
      'trace',
      'start',
      'stop',
      'capture=yes',
      'pktmon',
      '-p',
      '--comp',
      '-Name',
      '@x',
      '$x',
      '=',
      '"',
      "'",
      '`',
    ],
    ...[
      '^',
      '%',
      '%a%',
      '(',
      ')',
      '{',
      '}',
      '$(',
      '@{',
      '#',
      '<#',
      '#>',
      '|',
      '&',
      '>',
      '\n',
      '\r\n',
      ' ',
      '@"',
      '"@',
      '--etw',
    ],
    ...[
      'New-NetEventSession',
      'Add-NetEventProvider',
      'constructor',
      '__proto__',
      'toString',
      'C:\\>',
      'PS C:\\> ',
      'set a=%a%b\n',
    ],
    ...[
      'netsh>',
      'cmd /c',
      'Start-Process',
      'powershell -c',
      '‘',
      '”',
      '\u2028',
      '\ud800',
      'level=',
      'maxsize=99999999999999999999',
    ],
  );

  it('is read without an error, and lines lie within it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word).map((words) => words.join(' ')),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          const reading = readCapture(text);
          const count = text.split(/\r\n|\r|\n/).length;
          for (const { line } of reading.commands) expect(line >= 1 && line <= count).toBe(true);
          expect(JSON.stringify(reading)).not.toMatch(/undefined|NaN|\[object/);
          if (reading.commands.length === 0) expect(ids(reading)).toEqual(['nothing-found']);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is read in time that grows with its length, up to where it is cut', () => {
    const pieces = [
      '(',
      '$(',
      '"',
      '`',
      '{',
      'set a=%a%%a%\n',
      '$a = "$a$a"\n',
      '^',
      'netsh ',
      '<#',
      ', ',
      '> ',
      'PS C:\\> ',
      '-p 1 ',
    ];
    for (const piece of pieces) {
      const text = `netsh trace start ${piece.repeat(Math.ceil((longestText + 10) / piece.length))}`;
      const began = performance.now();
      expect(readCapture(text).isCut).toBe(true);
      expect(performance.now() - began, JSON.stringify(piece)).toBeLessThan(1000);
    }
  });
});
