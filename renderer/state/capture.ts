/** The capture page: what it is asked for, saving its script, and the capture that the app runs itself. */
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import type { CaptureState } from '../../core/engine/host.ts';
import { captureStrings } from '../capture/strings.ts';
import { scriptText } from '../capture/script-file-text.ts';
import { addNotice, track, type Context } from './context.ts';
import type { CapturePage, CaptureSection } from './model.ts';
import { takeFiles } from './take-files.ts';

export function updateCapturePage({ store }: Context, change: Partial<CapturePage>): void {
  store.setState(({ capturePage }) => ({ capturePage: { ...capturePage, ...change } }));
}

export function openCapturePage(context: Context, section: CaptureSection): void {
  updateCapturePage(context, { open: true, section, news: '' });
}

export function closeCapturePage(context: Context): void {
  updateCapturePage(context, { open: false });
}

/** The page gives way as soon as another trace, or another view of one, comes on show. */
export function followShownTrace(context: Context): void {
  context.store.subscribe((state, before) => {
    if (state.activeKey !== before.activeKey && state.capturePage.open) closeCapturePage(context);
  });
}

/** Shows what a script does, of a file that somebody dropped. */
export async function readScript(context: Context, file: File): Promise<void> {
  try {
    const text = await track(context, scriptText(file));
    updateCapturePage(context, { open: true, section: 'explain', read: { text, fileName: file.name } });
  } catch (error) {
    addNotice(context, captureStrings.notRead(file.name), error, captureStrings.notReadAdvice);
  }
}

/** Has the person save the script of a plan, and says on the page where it went. */
export async function saveScript(context: Context, fileName: string, text: string): Promise<void> {
  openCapturePage(context, 'build');
  try {
    const news = await track(context, context.host.saveText(fileName, text));
    if (news !== undefined) updateCapturePage(context, { news });
  } catch (error) {
    addNotice(context, captureStrings.notSaved(fileName), error, captureStrings.notSavedAdvice);
  }
}

/** Keeps up with the capture that the app runs, and opens what it leaves. */
export async function followCapture(context: Context): Promise<void> {
  const { host } = context;
  if (!host.captureState) return;
  host.onCaptureState?.((run) => {
    updateCapturePage(context, { run });
    if (run.phase === 'done') void takeFiles(context, run.files);
  });
  const run = await track(context, host.captureState()).catch((error: unknown): CaptureState => ({
    phase: 'failed',
    words: error instanceof Error ? error.message : String(error),
  }));
  // What was told meanwhile is newer.
  if (context.store.getState().capturePage.run === undefined) updateCapturePage(context, { run });
}

export async function startCapture(context: Context, plan: CapturePlan): Promise<void> {
  openCapturePage(context, 'build');
  await tellFailure(context, captureStrings.notStarted, () => context.host.startCapture?.(plan));
}

export async function stopCapture(context: Context): Promise<void> {
  await tellFailure(context, captureStrings.notStopped, () => context.host.stopCapture?.());
}

async function tellFailure(context: Context, heading: string, work: () => Promise<void> | undefined): Promise<void> {
  try {
    await track(context, work() ?? Promise.resolve());
  } catch (error) {
    addNotice(context, heading, error);
  }
}
