import * as v from 'valibot';
import { capturePlan } from './capture-plan-schema.ts';
import { appThemes, type DesktopBridge, type HostFile, type RecentFile } from '../core/engine/host.ts';
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
  | 'showMenu'
  | 'lastWorkspace'
  | 'keepWorkspace'
  | 'versions'
  | 'forgetRecent'
  | 'setTheme'
  | 'showDataFolder'
  | 'captureState'
  | 'startCapture'
  | 'stopCapture'
> & {
  takePaths(paths: string[]): Promise<HostFile[]>;
  saveText(file: { suggestedName: string; text: string }): Promise<string | undefined>;
  pinRecent(choice: { token: string; pinned: boolean }): Promise<RecentFile[]>;
};
export type HostMethod = keyof DesktopHost;

const text = v.pipe(v.string(), v.maxLength(4096));
/** Menus show file names and filters as they are. */
const label = v.pipe(v.string(), v.maxLength(4096));
const menuItem = v.strictObject({
  command: label,
  label,
  keys: label,
  enabled: v.boolean(),
  checked: v.nullable(v.boolean()),
});
const menus = v.pipe(
  v.array(
    v.strictObject({ label, groups: v.pipe(v.array(v.pipe(v.array(menuItem), v.maxLength(50))), v.maxLength(20)) }),
  ),
  v.maxLength(20),
);
const hostFile = v.strictObject({ token: text, name: text, size: v.number() });
const keptWorkspace = v.strictObject({
  traces: v.pipe(
    v.array(v.strictObject({ files: v.pipe(v.array(hostFile), v.maxLength(64)), missing: v.boolean() })),
    v.maxLength(64),
  ),
  state: v.pipe(v.string(), v.maxLength(1 << 20)),
});
const pin = v.strictObject({ token: text, pinned: v.boolean() });
const textFile = v.strictObject({ suggestedName: text, text: v.pipe(v.string(), v.maxLength(1 << 20)) });
const theme = v.picklist(appThemes);
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
    case 'showMenu':
      return host.showMenu(v.parse(menus, argument));
    case 'lastWorkspace':
      return host.lastWorkspace();
    case 'keepWorkspace':
      return host.keepWorkspace(v.parse(keptWorkspace, argument));
    case 'versions':
      return host.versions();
    case 'forgetRecent':
      return host.forgetRecent(v.parse(v.nullable(text), argument));
    case 'pinRecent':
      return host.pinRecent(v.parse(pin, argument));
    case 'showDataFolder':
      return host.showDataFolder();
    case 'setTheme':
      return host.setTheme(v.parse(theme, argument));
    case 'saveText':
      return host.saveText(v.parse(textFile, argument));
    case 'captureState':
      return host.captureState();
    case 'startCapture':
      return host.startCapture(v.parse(capturePlan, argument));
    case 'stopCapture':
      return host.stopCapture();
    default:
      throw new Error('The host offers nothing of that name.');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
