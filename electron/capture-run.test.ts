/**
 * The logic of a capture that the app runs, with a made-up elevated side: the real one needs Windows. What it would run is
 * held against a PowerShell grammar.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan, type CapturePlan } from '../core/capture/capture-plan.ts';
import { captureScript } from '../core/capture/scripts/capture-script.ts';
import { powerShellChecker } from '../core/capture/test-support/powershell-grammar.ts';
import type { CaptureState } from '../core/engine/host.ts';
import { CaptureRun, type CaptureRunParts, type LaunchEnd } from './capture-run.ts';
import { elevatedScript, elevatingScript, elevationCodes, type ElevatedCapture } from './elevated-script.ts';

const plan: CapturePlan = { ...defaultPlan('pktmon'), file: 'C:\\trace\\host.etl' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-capture-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the elevated side was told, taken from the command as Windows would get it. */
interface Told {
  readonly script: string;
  readonly hash: string;
  readonly guarded: string;
  readonly status: string;
  readonly stop: string;
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf16le');

function toldBy(words: readonly string[]): Told {
  const outer = decoded(words[words.indexOf('-EncodedCommand') + 1]);
  const inner = decoded(/-EncodedCommand ([A-Za-z0-9+/=]+)'/.exec(outer)?.[1] ?? '');
  const literal = (name: string): string => new RegExp(`^\\$${name} = '(.*)'$`, 'm').exec(inner)?.[1] ?? '';
  return {
    script: literal('source'),
    hash: /-ne '([0-9A-F]{64})'/.exec(inner)?.[1] ?? '',
    guarded: literal('folder'),
    status: literal('status'),
    stop: literal('wanted'),
  };
}

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 1000) throw new Error('It did not come to pass.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** An elevated side that does what elevated-script.ts and the capture's script do, without capturing. */
function elevatedSide(result: string) {
  let told: Told | undefined;
  const launch = async (words: readonly string[]): Promise<LaunchEnd> => {
    told = toldBy(words);
    const { script, hash, guarded, status, stop } = told;
    const bytes = await readFile(script);
    if (createHash('sha256').update(bytes).digest('hex').toUpperCase() !== hash) return ended(elevationCodes.changed);
    await mkdir(guarded);
    await appendFile(status, 'capturing|Capturing to C:\\trace\\host.etl\r\n');
    await until(() => existsSync(stop));
    await appendFile(status, 'stopping|Stopping.\r\ngathering|Gathering names.\r\n');
    await new Promise((resolve) => setTimeout(resolve, 30));
    // Written in two goes: half a line is none.
    await appendFile(status, `done|${result.slice(0, 3)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await appendFile(status, `${result.slice(3)}\r\n`);
    await until(() => !existsSync(script));
    await rm(guarded, { recursive: true });
    return ended(0);
  };
  return { launch, told: () => told };
}

const ended = (code: number, complaint = ''): LaunchEnd => ({ code, complaint });

function runWith(parts: Partial<CaptureRunParts>): { run: CaptureRun; states: CaptureState[] } {
  const states: CaptureState[] = [];
  const run = new CaptureRun({
    platform: 'win32',
    folder: join(folder, 'captures'),
    commonFolder: join(folder, 'common'),
    appProcess: 4711,
    launch: () => Promise.reject(new Error('Nothing is to be started.')),
    fileOf: (path) => Promise.resolve({ token: path, name: basename(path), size: 1 }),
    tell: (state) => states.push(state),
    interval: 5,
    ...parts,
  });
  return { run, states };
}

const phases = (states: readonly CaptureState[]): string[] => states.map(({ phase }) => phase);

describe('a capture that the app runs', () => {
  it('goes through its phases, and gives the bundle', async () => {
    await mkdir(join(folder, 'common'));
    const zip = join(folder, 'host-bundle.zip');
    await writeFile(zip, 'PK');
    const side = elevatedSide(zip);
    const { run, states } = runWith({ launch: side.launch });
    expect(run.state).toEqual({ phase: 'idle' });
    await run.start(plan);
    await until(() => run.state.phase === 'capturing');
    await expect(run.start(plan)).rejects.toThrow('runs already');
    await run.stop();
    await until(() => run.state.phase === 'done');
    expect(phases(states)).toEqual(['starting', 'capturing', 'stopping', 'gathering', 'done']);
    expect(run.state).toEqual({
      phase: 'done',
      words: `The capture lies in ${zip}`,
      files: [{ token: zip, name: 'host-bundle.zip', size: 1 }],
    });
    // Nothing is left, and another can begin.
    expect(await readdir(join(folder, 'captures'))).toEqual([]);
    await until(() => !existsSync(side.told()?.guarded ?? ''));
    await expect(run.stop()).rejects.toThrow('No capture');
  });

  it('runs the script that is made of the plan here, as Windows PowerShell reads it', async () => {
    let script = '';
    const launch = async (words: readonly string[]): Promise<LaunchEnd> => {
      script = await readFile(toldBy(words).script, 'utf8');
      return ended(elevationCodes.refused);
    };
    const { run } = runWith({ launch });
    await run.start(plan);
    await until(() => run.state.phase === 'failed');
    expect(script).toBe(`\uFEFF${captureScript(plan).text.replaceAll('\n', '\r\n')}`);
  });

  it('opens a bundle that is a folder by its list of parts', async () => {
    await mkdir(join(folder, 'common'));
    const bundle = join(folder, 'host-bundle');
    await mkdir(bundle);
    const { run } = runWith({ launch: elevatedSide(bundle).launch });
    await run.start(plan);
    await run.stop();
    await until(() => run.state.phase === 'done');
    expect(run.state).toMatchObject({ files: [{ token: join(bundle, 'hopscope-bundle.json') }] });
  });

  it('tells where the bundle lies when it cannot be opened', async () => {
    await mkdir(join(folder, 'common'));
    const { run } = runWith({ launch: elevatedSide(join(folder, 'gone.zip')).launch });
    await run.start(plan);
    await run.stop();
    await until(() => run.state.phase === 'done');
    expect(run.state).toMatchObject({ files: [] });
    expect(run.state.phase === 'done' && run.state.words).toMatch(/gone\.zip, but cannot be opened here: ENOENT/);
  });

  it('fails with the words of the script', async () => {
    await mkdir(join(folder, 'common'));
    const launch = async (words: readonly string[]): Promise<LaunchEnd> => {
      const { guarded, status } = toldBy(words);
      await mkdir(guarded);
      await writeFile(status, 'failed|It did not work: a capture runs already: D:\\other.etl\r\n');
      return ended(1);
    };
    const { run, states } = runWith({ launch });
    await run.start(plan);
    await until(() => run.state.phase === 'failed');
    expect(phases(states)).toEqual(['starting', 'failed']);
    expect(run.state).toEqual({ phase: 'failed', words: 'It did not work: a capture runs already: D:\\other.etl' });
  });

  it.each<[string, () => Promise<LaunchEnd>, RegExp]>([
    [
      'the person refuses',
      () => Promise.resolve(ended(elevationCodes.refused)),
      /not allowed to run the capture as administrator/,
    ],
    ['the script was changed', () => Promise.resolve(ended(elevationCodes.changed)), /changed by another program/],
    ['its folder was there', () => Promise.resolve(ended(elevationCodes.folder)), /ProgramData/],
    ['it ends without a word', () => Promise.resolve(ended(1)), /without a word \(code 1\)/],
    [
      'it says why on its error output',
      () => Promise.resolve(ended(224, 'The service cannot be started.\r\n')),
      /\(The service cannot be started\.\)/,
    ],
    ['there is no PowerShell', () => Promise.reject(new Error('spawn powershell.exe ENOENT')), /ENOENT/],
  ])('fails with words when %s, and can be started again', async (_why, launch, words) => {
    const { run } = runWith({ launch });
    await run.start(plan);
    await until(() => run.state.phase === 'failed');
    expect(run.state).toMatchObject({ phase: 'failed', words: expect.stringMatching(words) as string });
    expect(await readdir(join(folder, 'captures'))).toEqual([]);
    await run.start(plan);
    await until(() => run.state.phase === 'failed');
  });

  it('starts nothing for a plan that cannot be carried out', async () => {
    const { run, states } = runWith({});
    await expect(run.start({ ...plan, file: '\\\\server\\share\\a.etl' })).rejects.toThrow(/[.]/);
    expect(states).toEqual([]);
  });

  it('is not to be had on other systems, and says so', async () => {
    const { run } = runWith({ platform: 'linux' });
    expect(run.state).toMatchObject({ phase: 'unavailable', words: expect.stringContaining('Windows only') as string });
    await expect(run.start(plan)).rejects.toThrow('Windows only');
    await expect(run.stop()).rejects.toThrow('No capture');
  });
});

describe('what is handed to PowerShell', () => {
  const capture: ElevatedCapture = {
    scriptFile: "C:\\Users\\O’Neil's $x`y\\captures\\1\\capture.ps1",
    scriptHash: 'AB'.repeat(32),
    stopFile: "C:\\Users\\O’Neil's $x`y\\captures\\1\\stop",
    guardedFolder: 'C:\\ProgramData\\Hopscope-capture-1',
    statusFile: 'C:\\ProgramData\\Hopscope-capture-1\\status.txt',
    appProcess: 4711,
  };

  it('is PowerShell, whatever the person is called', async () => {
    const faultsOf = await powerShellChecker();
    expect(faultsOf(elevatedScript(capture))).toEqual([]);
    expect(faultsOf(elevatingScript(capture))).toEqual([]);
    expect(elevatedScript(capture)).toContain("'C:\\Users\\O’’Neil''s $x`y\\captures\\1\\stop'");
  });

  it('is short enough for a command line of Windows', () => {
    const long = { ...capture, scriptFile: `C:\\${'x'.repeat(250)}`, stopFile: `C:\\${'x'.repeat(250)}` };
    expect((elevatingScript(long).length * 8) / 3).toBeLessThan(32_000);
  });

  it('writes nowhere but in the guarded folder', () => {
    const written = [...elevatedScript(capture).matchAll(/WriteAll\w+\((\$\w+)/g)].map(([, target]) => target);
    expect(written).toEqual(['$script', '$stop']);
    expect(dirname(capture.statusFile.replaceAll('\\', '/'))).toBe(capture.guardedFolder.replaceAll('\\', '/'));
  });
});
