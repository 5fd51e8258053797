import { chromium, type Browser, type Page } from '@playwright/test';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { getuid } from 'node:process';
import { declareTo } from './file-associations.ts';
import { ownScreen } from './screen.ts';

/**
 * The packaged app as a person starts it. A debugger of Node cannot reach it, which is one of the things to be tested: it is
 * driven through Chromium's own port, as any page is.
 */
export interface PackagedApp {
  readonly page: Page;
  /** The program that runs; Electron's fuses are in it. */
  readonly program: string;
  /** True where Chromium's sandbox is on; false where it cannot be, which has been said aloud. */
  readonly hasSandbox: boolean;
  /** Below it lie the settings of this app. */
  readonly folder: string;
  /** Every process of the app that runs now: its number, and its command line. */
  processes(): Promise<{ id: number; commandLine: string[] }[]>;
  /** Starts the program once more beside this one, with the same settings. Its exit code. */
  startAgain(files: readonly string[]): Promise<number | null>;
  /** Has the desktop open a file by its association, as a file manager does when it is double-clicked. */
  openByAssociation(file: string): Promise<void>;
  /** Quits as the operating system asks it to. The exit code. */
  quit(): Promise<number | null>;
}

/** Who runs the app: Chromium refuses to run its sandbox as root, so root lets somebody else start it where that goes. */
interface Runner {
  command: string[];
  hasSandbox: boolean;
}

function findRunner(): Runner {
  if (getuid?.() !== 0) return { command: [], hasSandbox: true };
  const asNobody = ['runuser', '-u', 'nobody', '--'];
  const probe = spawnSync(asNobody[0], [...asNobody.slice(1), 'unshare', '--user', '--map-root-user', 'true']);
  if (probe.status === 0) return { command: asNobody, hasSandbox: true };
  console.warn('packaged: nobody but root can run here: Chromium’s SANDBOX IS OFF AND NOT TESTED.');
  return { command: [], hasSandbox: false };
}

const runner = findRunner();
const startMilliseconds = 30_000;

/** A folder in which whoever runs the app may read and write. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-packaged-'));
  await chmod(folder, 0o777);
  return folder;
}

/** The packaged app where whoever runs it can reach it: a checkout may lie in a folder of root's own. */
export async function reachableProgram(folder: string): Promise<string> {
  const program = process.env.HOPSCOPE_PACKAGED ?? '';
  const [command, ...parameters] = [...runner.command, 'test', '-x', program];
  if (spawnSync(command, parameters).status === 0) return program;
  const copy = join(folder, 'app');
  await cp(dirname(program), copy, { recursive: true });
  await chmod(copy, 0o755);
  return join(copy, basename(program));
}

export async function startPackaged(program: string, folder: string, files: readonly string[]): Promise<PackagedApp> {
  const child = start(program, folder, ['--remote-debugging-port=0', ...files]);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let browser: Browser | undefined;
  try {
    browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const page = await firstPage(browser);
    const processId = child.pid ?? 0;
    return {
      page,
      program,
      hasSandbox: runner.hasSandbox,
      folder,
      processes: () => processesBelow(processId),
      startAgain: (more) => new Promise((resolve) => start(program, folder, more).once('exit', resolve)),
      async openByAssociation(file) {
        await declareTo(dataFolder(folder), [program, ...sandboxSwitches()]);
        const code = await new Promise((resolve) => spawnIn(folder, ['gio', 'open', file]).once('exit', resolve));
        if (code !== 0) throw new Error(`gio open ended with ${String(code)}.`);
      },
      async quit() {
        const session = await browser?.newBrowserCDPSession();
        await session?.send('Browser.close').catch(() => undefined);
        const code = await Promise.race([ended, new Promise<'late'>((r) => setTimeout(r, startMilliseconds, 'late'))]);
        if (code !== 'late') return code;
        stop(child);
        throw new Error('The packaged app did not quit.');
      },
    };
  } catch (error) {
    await browser?.close();
    stop(child);
    throw error;
  }
}

function start(program: string, folder: string, parameters: readonly string[]): ChildProcess {
  return spawnIn(folder, [program, ...sandboxSwitches(), ...parameters]);
}

function sandboxSwitches(): string[] {
  return runner.hasSandbox ? [] : ['--no-sandbox'];
}

function dataFolder(folder: string): string {
  return join(folder, 'data');
}

function spawnIn(folder: string, words: readonly string[]): ChildProcess {
  const [command, ...parameters] = [...runner.command, ...words];
  return spawn(command, parameters, {
    cwd: folder,
    // In a group of its own, so that a program that hangs can be ended with all of its processes.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      DISPLAY: ownScreen(),
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_DATA_HOME: dataFolder(folder),
      HOPSCOPE_USER_DATA: join(folder, 'user-data'),
      LANG: 'C.UTF-8',
    },
  });
}

function stop(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
}

/** The address that Chromium writes to its standard error when its port is open. */
function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => {
      reject(new Error(`The packaged app ${why}:\n${output}`));
    };
    const timer = setTimeout(fail, startMilliseconds, 'opened no debugging port');
    child.stderr?.on('data', (data: Buffer) => {
      output += data.toString();
      const address = /DevTools listening on (ws:\/\/\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  const page = context.pages().at(0) ?? (await context.waitForEvent('page', { timeout: startMilliseconds }));
  await page.getByTestId('status-bar').waitFor({ timeout: startMilliseconds });
  return page;
}

async function processesBelow(root: number): Promise<{ id: number; commandLine: string[] }[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(ids.map(async (id) => [id, await parentOf(id)] as const)));
  const isBelow = (id: number | undefined): boolean => id !== undefined && (id === root || isBelow(parents.get(id)));
  const found = await Promise.all(
    ids.filter(isBelow).map(async (id) => ({ id, commandLine: wordsOf(await textOf(id, 'cmdline')) })),
  );
  return found.filter(({ commandLine: [name = ''] }) => name.endsWith('/hopscope') || name === '/proc/self/exe');
}

/** What Chromium forks from its zygote has its words in one, with spaces between them. */
function wordsOf(commandLine: string): string[] {
  return commandLine.split(/[\0 ]/).filter(Boolean);
}

async function parentOf(id: number): Promise<number | undefined> {
  const parent = /^PPid:\s*(\d+)$/m.exec(await textOf(id, 'status'))?.[1];
  return parent === undefined || parent === '0' ? undefined : Number(parent);
}

/** A file of the kernel's about a process; empty when the process has gone. */
export function textOf(id: number, name: string): Promise<string> {
  return readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '');
}

/** The name space in which a process sees users; a sandbox has its own. */
export function userSpaceOf(id: number): Promise<string> {
  return readlink(`/proc/${id}/ns/user`);
}

/** Addresses of other computers, and of this one, that processes are connected to or listen at: `127.0.0.1:9222`. */
export async function socketsOf(ids: readonly number[]): Promise<string[]> {
  const inodes = new Set((await Promise.all(ids.map(socketInodes))).flat());
  const [first] = ids;
  const tables = await Promise.all(['net/tcp', 'net/tcp6', 'net/udp', 'net/udp6'].map((name) => textOf(first, name)));
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => inodes.has(fields[9]))
    .map(([, local, remote]) => `${local} ${remote}`);
}

async function socketInodes(id: number): Promise<string[]> {
  const descriptors = await readdir(`/proc/${id}/fd`).catch(() => []);
  const links = await Promise.all(descriptors.map((name) => readlink(`/proc/${id}/fd/${name}`).catch(() => '')));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
