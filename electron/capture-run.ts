import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import type { CapturePlan } from '../core/capture/capture-plan.ts';
import { bundleManifestFile } from '../core/capture/bundle-layout.ts';
import { planTroubles } from '../core/capture/plan-troubles.ts';
import { scriptFileBytes } from '../core/capture/script-file.ts';
import { captureScript } from '../core/capture/scripts/capture-script.ts';
import type { CaptureState, HostFile } from '../core/engine/host.ts';
import { elevatingScript, elevationCodes, encodedCommand, type ElevatedCapture } from './elevated-script.ts';
import { captureWords } from './strings.ts';

export interface CaptureRunParts {
  readonly platform: NodeJS.Platform;
  /** A folder of the app's own. */
  readonly folder: string;
  /** %ProgramData%. */
  readonly commonFolder: string;
  /** Process id of the app. */
  readonly appProcess: number;
  /** Starts PowerShell with these words; resolves when it has ended. */
  readonly launch: (words: readonly string[]) => Promise<LaunchEnd>;
  /** A file to open. */
  readonly fileOf: (path: string) => Promise<HostFile>;
  readonly tell: (state: CaptureState) => void;
  /** Milliseconds between two looks at how the capture stands; 400 when absent. */
  readonly interval?: number;
}

export interface LaunchEnd {
  /** Null when it was ended from outside. */
  readonly code: number | null;
  /** What it said on its error output. */
  readonly complaint: string;
}

/**
 * The capture that the app runs on its own machine: one at a time, as Windows has it. The page gives a plan; the script is
 * made here, and run elevated (elevated-script.ts). How it stands is read from the status file that the script writes.
 */
export class CaptureRun {
  readonly #parts: CaptureRunParts;
  #state: CaptureState;
  #current: ElevatedCapture | undefined;

  constructor(parts: CaptureRunParts) {
    this.#parts = parts;
    this.#state =
      parts.platform === 'win32' ? { phase: 'idle' } : { phase: 'unavailable', words: captureWords.otherSystem };
  }

  get state(): CaptureState {
    return this.#state;
  }

  /** Rejects with words when this system cannot, a capture runs, or the plan cannot be carried out. */
  async start(plan: CapturePlan): Promise<void> {
    if (this.#state.phase === 'unavailable') throw new Error(this.#state.words);
    if (this.#current) throw new Error(captureWords.runsAlready);
    const errors = planTroubles(plan).filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(errors.map(({ words }) => words).join(' '));
    const { fileName, text } = captureScript(plan);
    const bytes = scriptFileBytes(fileName, text);
    const capture = this.#placesOf(bytes);
    this.#current = capture;
    this.#change({ phase: 'starting' });
    try {
      // What a crash has left behind.
      await rm(this.#parts.folder, { recursive: true, force: true });
      await mkdir(join(this.#parts.folder, runFolderOf(capture)), { recursive: true });
      await writeFile(capture.scriptFile, bytes, { flag: 'wx' });
    } catch (error) {
      await this.#finish(capture, { phase: 'failed', words: captureWords.notWritten(reasonOf(error)) });
      return;
    }
    void this.#run(capture);
  }

  /** Asks the capture to end; `state` and `tell` say when it has. */
  async stop(): Promise<void> {
    if (!this.#current) throw new Error(captureWords.runsNot);
    await writeFile(this.#current.stopFile, '');
    if (this.#state.phase === 'capturing') this.#change({ phase: 'stopping' });
  }

  #placesOf(script: Uint8Array): ElevatedCapture {
    const { folder, commonFolder, appProcess } = this.#parts;
    const id = randomUUID();
    const own = join(folder, id);
    const guardedFolder = joinAs(commonFolder, `Hopscope-capture-${id}`);
    return {
      scriptFile: join(own, 'capture.ps1'),
      scriptHash: createHash('sha256').update(script).digest('hex').toUpperCase(),
      stopFile: join(own, 'stop'),
      guardedFolder,
      statusFile: joinAs(guardedFolder, 'status.txt'),
      appProcess,
    };
  }

  async #run(capture: ElevatedCapture): Promise<void> {
    const words = ['-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-ExecutionPolicy', 'Bypass'];
    const encoded = encodedCommand(elevatingScript(capture));
    let isOver = false;
    const ended = this.#parts
      .launch([...words, '-EncodedCommand', encoded])
      .catch((error: unknown) => ({ code: null, complaint: reasonOf(error) }))
      .finally(() => {
        isOver = true;
      });
    const watched = this.#watch(capture, () => isOver);
    // The elevated side waits until its status has been read, so either may be first.
    const last = await watched;
    await this.#finish(capture, last ? await this.#endOf(last) : { phase: 'failed', words: wordsOfEnd(await ended) });
  }

  /** Follows the status file up to its last phase; undefined when the process has ended without one. */
  async #watch(capture: ElevatedCapture, isOver: () => boolean): Promise<Phase | undefined> {
    for (;;) {
      const wasOver = isOver();
      const last = (await phasesIn(capture.statusFile)).at(-1);
      if (last?.phase === 'done' || last?.phase === 'failed') return last;
      if (wasOver) return undefined;
      if (last) this.#follow(last);
      await new Promise((resolve) => setTimeout(resolve, this.#parts.interval ?? 400));
    }
  }

  #follow({ phase }: Phase): void {
    const shown = this.#state.phase;
    if (phase === 'capturing' && shown === 'starting') this.#change({ phase, since: Date.now() });
    if (phase === 'stopping' && shown !== 'stopping') this.#change({ phase });
    if (phase === 'gathering' && shown !== 'gathering') this.#change({ phase });
  }

  async #endOf({ phase, words }: Phase): Promise<CaptureState> {
    if (phase !== 'done') return { phase: 'failed', words };
    try {
      return { phase: 'done', words: captureWords.done(words), files: [await this.#openable(words)] };
    } catch (error) {
      return { phase: 'done', words: captureWords.doneOutOfReach(words, reasonOf(error)), files: [] };
    }
  }

  /** A bundle that is a folder is opened by its list of parts. */
  async #openable(path: string): Promise<HostFile> {
    const isFolder = (await stat(path)).isDirectory();
    return this.#parts.fileOf(isFolder ? joinAs(path, bundleManifestFile) : path);
  }

  async #finish(capture: ElevatedCapture, state: CaptureState): Promise<void> {
    await rm(join(this.#parts.folder, runFolderOf(capture)), { recursive: true, force: true }).catch(() => undefined);
    this.#current = undefined;
    this.#change(state);
  }

  #change(state: CaptureState): void {
    this.#state = state;
    this.#parts.tell(state);
  }
}

interface Phase {
  readonly phase: string;
  readonly words: string;
}

/** Whole lines of `phase|words`; none while there is no such file. */
async function phasesIn(file: string): Promise<Phase[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    const parts = /^(\w+)\|(.*?)\r?$/.exec(line);
    return parts ? [{ phase: parts[1], words: parts[2] }] : [];
  });
}

function runFolderOf({ scriptFile }: ElevatedCapture): string {
  return scriptFile.split(/[\\/]/).at(-2) ?? '';
}

/** Windows' way where the folder is one of Windows. */
function joinAs(folder: string, name: string): string {
  return /^[a-z]:|\\/i.test(folder) ? win32.join(folder, name) : join(folder, name);
}

function wordsOfEnd({ code, complaint }: LaunchEnd): string {
  switch (code) {
    case elevationCodes.refused:
      return captureWords.refused;
    case elevationCodes.changed:
      return captureWords.changed;
    case elevationCodes.folder:
      return captureWords.folder;
    default:
      return captureWords.ended(complaint.trim() || (code === null ? '' : `code ${code}`));
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
