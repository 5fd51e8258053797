import * as v from 'valibot';
import type { DesktopBridge, HostFile } from '../core/engine/host.ts';
import type { Answer } from './channels.ts';

/** The host's methods as the main process carries them out; dropped files arrive as paths from the preload script. */
export type DesktopHost = Pick<
  DesktopBridge,
  | 'initialFiles'
  | 'sampleFile'
  | 'chooseFiles'
  | 'chooseManifests'
  | 'chooseNames'
  | 'recentFiles'
  | 'startNotices'
  | 'chooseExportTarget'
  | 'finishExport'
> & { takePaths(paths: string[]): Promise<HostFile[]> };
export type HostMethod = keyof DesktopHost;

const text = v.pipe(v.string(), v.maxLength(4096));
const paths = v.pipe(v.array(v.pipe(text, v.minLength(1))), v.minLength(1), v.maxLength(64));

/** Carries out what the page asked for by name, if it is one of the methods and its argument fits. Never rejects. */
export async function answerHostCall(host: DesktopHost, method: unknown, argument: unknown): Promise<Answer> {
  try {
    return { ok: true, value: await call(host, method, argument) };
  } catch (error) {
    return { ok: false, message: v.isValiError(error) ? 'The request does not fit.' : messageOf(error) };
  }
}

function call(host: DesktopHost, method: unknown, argument: unknown): Promise<unknown> {
  switch (method as HostMethod) {
    case 'initialFiles':
      return host.initialFiles();
    case 'sampleFile':
      return host.sampleFile();
    case 'chooseFiles':
      return host.chooseFiles();
    case 'chooseManifests':
      return host.chooseManifests();
    case 'chooseNames':
      return host.chooseNames();
    case 'recentFiles':
      return host.recentFiles();
    case 'startNotices':
      return host.startNotices();
    case 'takePaths':
      return host.takePaths(v.parse(paths, argument));
    case 'chooseExportTarget':
      return host.chooseExportTarget(v.parse(text, argument));
    case 'finishExport':
      return host.finishExport(v.parse(text, argument));
    default:
      throw new Error('The host offers nothing of that name.');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
