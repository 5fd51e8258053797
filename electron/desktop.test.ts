import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { CapturePlan } from '../core/capture/capture-plan.ts';
import { capturePlan } from './capture-plan-schema.ts';
import { FileInbox } from './file-inbox.ts';
import { answerHostCall, type DesktopHost } from './host-methods.ts';
import { jumpList } from './jump-list.ts';
import { handedFiles, launchFiles } from './launch-files.ts';
import { usablePlace, windowStateFile } from './window-state.ts';

describe('the files of a command line', () => {
  it('stand after the program, and after the app when it runs from source', () => {
    expect(launchFiles(['/opt/hopscope', 'a.etl', '/b/c.etl'], '/traces', false)).toEqual([
      resolve('/traces/a.etl'),
      resolve('/b/c.etl'),
    ]);
    expect(launchFiles(['electron', '--no-sandbox', '.', '--inspect=0', 'a.etl'], '/traces', true)).toEqual([
      resolve('/traces/a.etl'),
    ]);
    expect(launchFiles(['electron', '.'], '/traces', true)).toEqual([]);
  });

  it('may be addresses, as file managers give them', () => {
    expect(launchFiles(['hopscope', 'file:///traces/a%20b.etl', 'file://', 'file:///%zz'], '/x', false)).toEqual([
      resolve('/traces/a b.etl'),
      ...[expect.any(String) as string, resolve('/x/file:/%zz')],
    ]);
  });

  it('may be handed over by a second start, which is not trusted', () => {
    expect(handedFiles({ files: ['/a.etl', 5, null] })).toEqual(['/a.etl']);
    for (const data of [undefined, null, 'x', {}, { files: 'x' }]) expect(handedFiles(data)).toEqual([]);
  });
});

describe('files from outside', () => {
  it('wait for the page, and reach it at once when it is there', () => {
    const sent: string[][] = [];
    const inbox = new FileInbox(['a.etl'], (paths) => sent.push(paths));
    inbox.put(['b.etl']);
    expect(inbox.takeInitial()).toEqual(['a.etl', 'b.etl']);
    inbox.put(['c.etl']);
    inbox.put([]);
    expect(sent).toEqual([['c.etl']]);
    expect(inbox.takeInitial()).toEqual(['a.etl', 'b.etl']);
    inbox.startAfresh();
    inbox.put(['d.etl']);
    expect(inbox.takeInitial()).toEqual(['d.etl']);
  });
});

describe('a call to the host', () => {
  const taken: string[][] = [];
  const themes: string[] = [];
  const plans: CapturePlan[] = [];
  const host: DesktopHost = {
    initialFiles: () => Promise.resolve([]),
    sampleFile: () => Promise.reject(new Error('“container-syn.etl” is not there.')),
    chooseFiles: () => Promise.resolve([]),
    chooseManifests: () => Promise.resolve([{ token: 't', name: 'tcp.man', size: 1 }]),
    chooseNames: () => Promise.resolve([{ token: 'n', name: 'Get-NetAdapter.txt', size: 2 }]),
    recentFiles: () => Promise.resolve([]),
    startNotices: () => Promise.resolve([]),
    chooseExportTarget: (name) => Promise.resolve({ target: 'a token', name }),
    finishExport: () => Promise.resolve('Saved.'),
    saveText: ({ suggestedName }) => Promise.resolve(`Saved as ${suggestedName}.`),
    captureState: () => Promise.resolve({ phase: 'idle' as const }),
    startCapture: (plan) => {
      plans.push(plan);
      return Promise.resolve();
    },
    stopCapture: () => Promise.resolve(),
    showMenu: () => Promise.resolve(),
    lastWorkspace: () => Promise.resolve(null),
    keepWorkspace: () => Promise.resolve(),
    versions: () => Promise.resolve({ app: '1.0.0', parts: [], dataFolder: '' }),
    forgetRecent: () => Promise.resolve([]),
    showDataFolder: () => Promise.resolve(),
    pinRecent: () => Promise.resolve([]),
    setTheme: (theme) => {
      themes.push(theme);
      return Promise.resolve();
    },
    takePaths: (paths) => {
      taken.push(paths);
      return Promise.resolve([]);
    },
  };

  it('is answered with a value, or with the sentence of what went wrong', async () => {
    expect(await answerHostCall(host, 'chooseExportTarget', 'x.pcapng')).toEqual({
      ok: true,
      value: { target: 'a token', name: 'x.pcapng' },
    });
    expect(await answerHostCall(host, 'chooseManifests', undefined)).toMatchObject({ value: [{ name: 'tcp.man' }] });
    expect(await answerHostCall(host, 'chooseNames', undefined)).toMatchObject({
      value: [{ name: 'Get-NetAdapter.txt' }],
    });
    expect(await answerHostCall(host, 'sampleFile', undefined)).toEqual({
      ok: false,
      message: '“container-syn.etl” is not there.',
    });
  });

  it('is refused when its argument does not fit, or nothing of that name is offered', async () => {
    for (const argument of [undefined, [], [''], [5], 'path', Array(65).fill('x')]) {
      expect(await answerHostCall(host, 'takePaths', argument)).toEqual({
        ok: false,
        message: 'The request does not fit.',
      });
    }
    expect(taken).toEqual([]);
    expect(await answerHostCall(host, 'setTheme', 'sepia')).toMatchObject({ ok: false });
    expect(await answerHostCall(host, 'setTheme', 'dark')).toMatchObject({ ok: true });
    expect(themes).toEqual(['dark']);
    expect(await answerHostCall(host, 'startCapture', { script: 'calc.exe' })).toMatchObject({ ok: false });
    expect(await answerHostCall(host, 'saveText', { suggestedName: 'a.ps1', text: 5 })).toMatchObject({ ok: false });
    expect(plans).toEqual([]);
    for (const method of ['constructor', '__proto__', 5, undefined]) {
      expect(await answerHostCall(host, method, undefined)).toEqual({
        ok: false,
        message: 'The host offers nothing of that name.',
      });
    }
  });
});

describe('a plan that a page sends to be run', () => {
  const plan: CapturePlan = {
    tool: 'pktmon',
    windows: '11',
    edition: 'desktop',
    packets: 'both',
    truncation: 128,
    megabytes: 512,
    fileMode: 'circular',
    adapters: ['Ethernet 2'],
    sets: ['vswitch'],
    providers: [{ provider: 'Microsoft-Windows-TCPIP', keywords: '0xff', level: 5 }],
    file: 'C:\\Spuren\\Büro %COMPUTERNAME%.etl',
    netshReport: false,
    bundle: 'zip',
  };

  it('is taken as it is', () => {
    expect(v.parse(capturePlan, plan)).toEqual(plan);
  });

  it.each([
    ['a script beside it', { script: 'Remove-Item C:\\' }],
    ['an unknown tool', { tool: 'cmd' }],
    ['a line break in a path', { file: 'C:\\a.etl\nRemove-Item' }],
    ['a line separator in an adapter', { adapters: ['a\u2028b'] }],
    ['keywords that are no number', { providers: [{ provider: 'x', keywords: '0x1; y' }] }],
    ['a size that is no whole number', { megabytes: 1.5 }],
    ['a level beyond a byte', { providers: [{ provider: 'x', level: 256 }] }],
    ['more adapters than a machine has', { adapters: Array(65).fill('x') }],
  ])('is refused with %s', (_what, change) => {
    expect(v.safeParse(capturePlan, { ...plan, ...change }).success).toBe(false);
  });
});

describe('the list on the taskbar of Windows', () => {
  const entry = (path: string, pinned: boolean) => ({ path, size: 1, openedAt: 1, pinned });
  const entries = [entry('/traces/kept.etl', true), entry('/my traces/a.etl', false), entry('/traces/b.etl', false)];
  const program = '/opt/hopscope';

  it('has pinned traces, recent ones and the sample, each opened by its path', () => {
    const categories = jumpList(entries, { program, sample: '/sample.etl', removed: [] });
    expect(
      categories.map(({ type, name, items }) => [type, name, items?.map(({ title, args }) => [title, args])]),
    ).toEqual([
      ['custom', 'Pinned traces', [['kept.etl', '"/traces/kept.etl"']]],
      [
        'custom',
        'Recent traces',
        [
          ['a.etl', '"/my traces/a.etl"'],
          ['b.etl', '"/traces/b.etl"'],
        ],
      ],
      ['tasks', undefined, [['Open the sample trace', '"/sample.etl"']]],
    ]);
  });

  it('brings back nothing that the person has removed, and shows no empty part', () => {
    const removed = ['"/traces/kept.etl"', '"/traces/b.etl"'];
    const titles = jumpList(entries, { program, sample: '/sample.etl', removed }).flatMap(({ items }) =>
      items?.map(({ title }) => title),
    );
    expect(titles).toEqual(['a.etl', 'Open the sample trace']);
    expect(jumpList([], { program, sample: '/sample.etl', removed: [] })).toHaveLength(1);
  });
});

describe('a remembered window', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const at = (x: number, y: number) => ({ bounds: { x, y, width: 1000, height: 700 }, maximized: false });

  it('comes back where it was while that is on a screen', () => {
    expect(usablePlace(at(100, 50), screens)).toEqual({ x: 100, y: 50, width: 1000, height: 700 });
    expect(usablePlace(undefined, screens)).toBeUndefined();
    expect(usablePlace(at(2000, 50), screens)).toBeUndefined();
    expect(usablePlace(at(-950, 50), screens)).toBeUndefined();
    expect(usablePlace(at(100, 1060), screens)).toBeUndefined();
    const second = { x: -1920, y: 0, width: 1920, height: 1080 };
    expect(usablePlace(at(-950, 50), [...screens, second])).toMatchObject({ x: -950 });
  });

  it('keeps its zoom and full screen; what an older version has written is still read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hopscope-window-'));
    try {
      const file = windowStateFile(join(folder, 'window-state.json'));
      const state = { ...at(0, 0), fullScreen: true, zoomLevel: 1.5 };
      await file.write(state);
      expect(await file.read()).toEqual(state);
      await file.write(at(0, 0));
      expect(await file.read()).toEqual({ ...at(0, 0), fullScreen: false, zoomLevel: 0 });
      await file.write({ ...state, zoomLevel: 1e9 });
      expect(await file.read()).toBeUndefined();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
