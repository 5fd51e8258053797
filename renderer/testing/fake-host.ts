import type { EngineNotice } from '../../core/engine/contract.ts';
import type { CaptureState, Host, HostFile, KeptWorkspace, RecentFile } from '../../core/engine/host.ts';
import { createFakeEngine, type FakeEngine, type FakeEngineOptions } from './fake-engine.ts';

export interface FakeHostOptions extends Partial<FakeEngineOptions> {
  initialFiles?: HostFile[];
  recentFiles?: RecentFile[];
  startNotices?: EngineNotice[];
  /** What was open when the page was last on show. */
  kept?: KeptWorkspace;
  /** How the capture stands that the app runs itself, as on Windows; it can be started and stopped then. */
  capture?: CaptureState;
  /** What the person makes of the name that the save dialog suggests. */
  exportName?: string;
}

export interface FakeHost extends Host {
  readonly engine: FakeEngine;
  /** Targets of exports that ended well. */
  readonly finished: string[];
  /** Texts that the person saved. */
  readonly saved: { name: string; text: string }[];
}

export function fakeFile(name: string, size = 500_000): HostFile {
  return { token: name, name, size };
}

/** A host over the fake engine. Its open dialogs always choose `host.etl`, `Contoso-Network-Filter.man` and `Get-NetAdapter.txt`. */
export function createFakeHost(options: FakeHostOptions = {}): FakeHost {
  const engine = createFakeEngine(options);
  const finished: string[] = [];
  const saved: { name: string; text: string }[] = [];
  let kept: KeptWorkspace | null = options.kept ?? null;
  return {
    engine,
    finished,
    saved,
    kind: 'desktop',
    transport: engine.transport,
    initialFiles: () => Promise.resolve(options.initialFiles ?? []),
    sampleFile: () => Promise.resolve(fakeFile('sample.etl')),
    chooseFiles: () => Promise.resolve([fakeFile('host.etl')]),
    chooseNames: () => Promise.resolve([fakeFile('Get-NetAdapter.txt', 1_320)]),
    chooseManifests: () => Promise.resolve([fakeFile('Contoso-Network-Filter.man', 18_200)]),
    takeDropped(files, onProgress) {
      for (const file of files) onProgress(file.size, file.size, file.name);
      return Promise.resolve(files.map((file) => fakeFile(file.name, file.size)));
    },
    recentFiles: () => Promise.resolve(options.recentFiles ?? []),
    startNotices: () => Promise.resolve(options.startNotices ?? []),
    chooseExportTarget: (name) => Promise.resolve({ target: `target of ${name}`, name: options.exportName ?? name }),
    finishExport(target) {
      finished.push(target);
      return Promise.resolve('Written to C:\\Cases\\4711\\host.pcapng.');
    },
    saveText(suggestedName, text) {
      saved.push({ name: suggestedName, text });
      return Promise.resolve(`Saved as ${suggestedName}.`);
    },
    onOpenFiles: () => undefined,
    lastWorkspace: () => Promise.resolve(kept),
    keepWorkspace: (workspace) => {
      kept = workspace;
      return Promise.resolve();
    },
    versions: () => Promise.resolve({ app: '0.1.0', parts: ['Made-up host'], dataFolder: '' }),
    ...(options.capture && fakeCapture(options.capture)),
  };
}

type CaptureMethods = Required<Pick<Host, 'captureState' | 'startCapture' | 'stopCapture' | 'onCaptureState'>>;

/** A capture that is under way as soon as it is started, and leaves a bundle as soon as it is stopped. */
function fakeCapture(first: CaptureState): CaptureMethods {
  let state = first;
  const listeners: ((state: CaptureState) => void)[] = [];
  const change = (changed: CaptureState): Promise<void> => {
    state = changed;
    for (const listener of listeners) listener(changed);
    return Promise.resolve();
  };
  return {
    captureState: () => Promise.resolve(state),
    startCapture: () => change({ phase: 'capturing', since: Date.now() }),
    stopCapture: () => change({ phase: 'done', words: 'Captured.', files: [fakeFile('bundle.zip')] }),
    onCaptureState: (listener) => {
      listeners.push(listener);
    },
  };
}
