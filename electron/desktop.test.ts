import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileInbox } from './file-inbox.ts';
import { answerHostCall, type DesktopHost } from './host-methods.ts';
import { handedFiles, launchFiles } from './launch-files.ts';
import { menuTemplate } from './menu.ts';
import { usablePlace } from './window-state.ts';

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
    showMenu: () => Promise.resolve(),
    lastWorkspace: () => Promise.resolve(null),
    keepWorkspace: () => Promise.resolve(),
    versions: () => Promise.resolve({ app: '1.0.0', parts: [], dataFolder: '' }),
    forgetRecent: () => Promise.resolve([]),
    pinRecent: () => Promise.resolve([]),
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
    for (const method of ['constructor', '__proto__', 5, undefined]) {
      expect(await answerHostCall(host, method, undefined)).toEqual({
        ok: false,
        message: 'The host offers nothing of that name.',
      });
    }
  });
});

describe('the menu', () => {
  const actions = {
    open: () => undefined,
    openRecent: () => undefined,
    clearRecent: () => undefined,
    export: () => undefined,
    layouts: () => undefined,
  };
  const textOf = (platform: NodeJS.Platform, fromSource: boolean): string =>
    JSON.stringify(menuTemplate({ platform, fromSource, recent: [{ path: '/a&b.etl', label: 'a&b.etl' }] }, actions));

  it('offers no reload, and developer tools from source only', () => {
    for (const platform of ['win32', 'linux', 'darwin'] as const) {
      expect(textOf(platform, false)).not.toMatch(/reload|toggleDevTools/i);
    }
    expect(textOf('linux', true)).toContain('toggleDevTools');
  });

  it('lists recent traces by name', () => {
    expect(textOf('linux', false)).toContain('a&&b.etl');
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
  });
});
