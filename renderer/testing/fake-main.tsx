/** The page over the fake host, for looking at it. Never shipped; renderer/README.md says how to start it. */
import type { TraceInfo } from '../../core/engine/contract.ts';
import type { RecentFile } from '../../core/engine/host.ts';
import { startPage } from '../app/start.tsx';
import { activeSession } from '../state/model.ts';
import { createFakeHost, fakeFile } from './fake-host.ts';

const problems: TraceInfo['problems'] = [
  {
    offset: 0x1f0000,
    message: 'Buffer 31 says it is 65,536 bytes long, but the file ends after 12,288 of them.',
    kind: 'cut',
  },
  {
    offset: 0x20400,
    kind: 'damaged',
    message: 'An event of 9 bytes is shorter than its own header. The rest of its buffer was skipped.',
  },
];
const hour = 3_600_000;
const recentFiles: RecentFile[] = [
  recent('host-4711.etl', 1_402_331_000, '…\\Cases\\4711', 0.3),
  recent('guest-4711.etl', 88_331_000, '…\\Cases\\4711', 3),
  { ...recent('NetTrace.etl', 2_331_000, 'D:\\Downloads', 600), missing: true },
];

const wanted = new URLSearchParams(location.search);
const names = (wanted.get('open') ?? '').split(',').filter((name) => name !== '');

const workspace = startPage(
  createFakeHost({
    events: Number(wanted.get('events') ?? 12_418),
    steps: Number(wanted.get('steps') ?? 8),
    pause: Number(wanted.get('pause') ?? 30),
    problems: wanted.has('problems') ? problems : [],
    initialFiles: names.map((name) => fakeFile(name, 1_241_800)),
    recentFiles: wanted.has('recent') ? recentFiles : [],
    ...(wanted.has('capture') && { capture: { phase: 'idle' } }),
  }),
);

// `?compare=0,10`: two rows whose paths are compared as soon as the trace has been read.
const compared = wanted.get('compare')?.split(',').map(Number);
if (compared) {
  const stop = workspace.store.subscribe((state) => {
    if (activeSession(state)?.stage !== 'ready') return;
    stop();
    void workspace.comparePaths(compared[0], compared[1]);
  });
}

function recent(name: string, size: number, folder: string, hoursAgo: number): RecentFile {
  return { ...fakeFile(name, size), folder, openedAt: Date.now() - hoursAgo * hour, missing: false };
}
