/** The desktop host: starts Electron, the engine and the window, and joins them. Parses nothing itself. */
import {
  app,
  BrowserWindow,
  ipcMain,
  nativeTheme,
  protocol,
  session,
  shell,
  type IpcMainEvent,
  type WebContents,
} from 'electron';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptFileBytes } from '../core/capture/script-file.ts';
import type { EngineNotice } from '../core/engine/contract.ts';
import { FileTokens } from '../core/engine/file-tokens.ts';
import type { HostFile } from '../core/engine/host.ts';
import { keepEngine } from '../core/engine/lasting-engine.ts';
import { startEngineThread } from '../core/engine/thread.ts';
import { nameFolder, noteFolder, schemaFolder } from '../core/engine/user-data-folder.ts';
import { answerAppRequest, appScheme } from './app-protocol.ts';
import { AppMenu } from './app-menu.ts';
import { themeFile } from './appearance.ts';
import { CaptureRun } from './capture-run.ts';
import { channels } from './channels.ts';
import { Dialogs } from './dialogs.ts';
import { createEngineBridge, type BridgePage } from './engine-bridge.ts';
import { FileInbox } from './file-inbox.ts';
import { answerHostCall, type DesktopHost } from './host-methods.ts';
import { handedFiles, launchFiles } from './launch-files.ts';
import { isOwnPage } from './own-page.ts';
import { launchPowerShell } from './launch-powershell.ts';
import { RecentFiles, shortFolder } from './recent-files.ts';
import { tellSystem } from './system-recents.ts';
import { tellUnexpectedErrors } from './unexpected.ts';
import { aboutPanel, versions } from './versions.ts';
import { confine, denyPermissions, openMainWindow } from './window.ts';
import { windowStateFile } from './window-state.ts';
import { WorkspaceFile } from './workspace-file.ts';

/** dist/, whichever chunk of the bundle this code has landed in. */
const bundleFolder = fileURLToPath(new URL('..', import.meta.url));
/** Threads and the sample are ordinary files beside the archive that a packaged app is read from. */
const unpackedFolder = bundleFolder.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
const samplePath = join(unpackedFolder, 'sample', 'container-syn.etl');
const iconFile = join(bundleFolder, 'icons', 'icon.png');

let window: BrowserWindow | undefined;
/** For the page that begins next. */
const startNotices: EngineNotice[] = [];

prepare();
const startFiles = launchFiles(process.argv, process.cwd(), !app.isPackaged);
const inbox = new FileInbox(startFiles, (paths) => {
  void sendFiles(paths);
});
const tokens = new FileTokens();
const dialogs = new Dialogs(() => window);

if (app.requestSingleInstanceLock({ files: startFiles })) run();
else app.quit();

/** What has to be said before Electron is ready. */
function prepare(): void {
  tellUnexpectedErrors();
  const userData = process.env.HOPSCOPE_USER_DATA;
  if (userData) app.setPath('userData', userData);
  // For every page, also one that is opened by mistake; Chromium cannot do both, and root needs the switch.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.on('web-contents-created', (_event, contents) => {
    confine(contents);
  });
}

function run(): void {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    inbox.put(handedFiles(data));
    if (window) bringToFront(window);
    else if (app.isReady()) void showWindow();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    inbox.put([path]);
    if (!window && app.isReady()) void showWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (!window) void showWindow();
  });
  // Not awaited at the top of the module: Electron becomes ready only after its main module has been evaluated.
  void app.whenReady().then(start);
}

const recentFiles = new RecentFiles({
  path: join(app.getPath('userData'), 'recent-files.json'),
  tokens,
  home: app.getPath('home'),
});
const windowState = windowStateFile(join(app.getPath('userData'), 'window-state.json'));
const theme = themeFile(join(app.getPath('userData'), 'theme.json'));
const workspaceFile = new WorkspaceFile({ path: join(app.getPath('userData'), 'workspace.json'), tokens });
const captures = new CaptureRun({
  platform: process.platform,
  folder: join(app.getPath('userData'), 'captures'),
  commonFolder: process.env.ProgramData ?? 'C:\\ProgramData',
  appProcess: process.pid,
  launch: launchPowerShell,
  fileOf: (path) => tokens.fileOf(path),
  tell: (state) => {
    window?.webContents.send(channels.captureState, state);
  },
});
const menu = new AppMenu({
  open: () => void dialogs.chooseTraces().then(sendFiles),
  openRecent: (path) => void sendFiles([path]),
  clearRecent: () => void recentFiles.forget(null).then(showRecent),
  run: (command) => {
    window?.webContents.send(channels.command, command);
  },
});

async function start(): Promise<void> {
  nativeTheme.themeSource = (await theme.read()) ?? 'system';
  app.setAboutPanelOptions(aboutPanel(iconFile));
  protocol.handle(appScheme, (request) => answerAppRequest(join(bundleFolder, 'renderer'), request));
  denyPermissions(session.defaultSession);
  connectPages();
  await showRecent();
  await showWindow();
}

function connectPages(): void {
  const engine = keepEngine((isReplacement) =>
    startEngineThread({
      threadFile: join(unpackedFolder, 'engine', 'thread.js'),
      workerFile: join(unpackedFolder, 'engine', 'worker.js'),
      schemaFolder: schemaFolder(app.getPath('userData')),
      nameFolder: nameFolder(app.getPath('userData')),
      noteFolder: noteFolder(app.getPath('userData')),
      isReplacement,
    }),
  );
  const bridge = createEngineBridge({ engine, tokens, onOpened: noteOpened });
  ipcMain.on(channels.engine, (event, pageSession: unknown, message: unknown) => {
    if (isOwnPage(event.senderFrame)) bridge.receive(bridgePage(event), pageSession, message);
  });
  ipcMain.handle(channels.host, (event, method: unknown, argument: unknown) =>
    isOwnPage(event.senderFrame)
      ? answerHostCall(host, method, argument)
      : { ok: false, message: 'This page may not ask the host for anything.' },
  );
  app.on('web-contents-created', (_event, contents) => {
    const { id } = contents;
    contents.on('render-process-gone', () => {
      bridge.leave(id);
    });
    contents.on('destroyed', () => {
      bridge.leave(id);
    });
  });
  finishBeforeQuitting(() => engine.close());
}

/** Gives the engine a moment to remove what is half written, and the settings time to reach the disk. */
function finishBeforeQuitting(closeEngine: () => Promise<void>): void {
  let finished = false;
  app.on('will-quit', (event) => {
    if (finished) return;
    event.preventDefault();
    const patience = new Promise((resolve) => setTimeout(resolve, 2000));
    void Promise.race([
      Promise.allSettled([closeEngine(), windowState.written(), workspaceFile.flush()]),
      patience,
    ]).then(() => {
      finished = true;
      app.quit();
    });
  });
}

function bridgePage(event: IpcMainEvent): BridgePage {
  const contents: WebContents = event.sender;
  return {
    id: contents.id,
    send: (channel, ...values) => {
      if (!contents.isDestroyed()) contents.send(channel, ...values);
    },
    showProgress: (fraction) => {
      if (!contents.isDestroyed()) BrowserWindow.fromWebContents(contents)?.setProgressBar(fraction ?? -1);
    },
  };
}

const host: DesktopHost = {
  showMenu(menus) {
    menu.showMenus(menus);
    return Promise.resolve();
  },
  setTheme(chosen) {
    nativeTheme.themeSource = chosen;
    return theme.write(chosen);
  },
  initialFiles() {
    const files = inbox.takeInitial();
    // A page that is loaded again goes on with what it showed.
    return reachableFiles(workspaceFile.keptByThisWindow ? [] : files);
  },
  lastWorkspace: () =>
    inbox.startedWithFiles && !workspaceFile.keptByThisWindow ? Promise.resolve(null) : workspaceFile.last(),
  keepWorkspace: (workspace) => workspaceFile.keep(workspace),
  versions: () => Promise.resolve(versions()),
  async showDataFolder() {
    const problem = await shell.openPath(app.getPath('userData'));
    if (problem !== '') throw new Error(problem);
  },
  async forgetRecent(token) {
    await recentFiles.forget(token);
    await showRecent();
    return recentFiles.list();
  },
  async pinRecent({ token, pinned }) {
    await recentFiles.pin(token, pinned);
    await showRecent();
    return recentFiles.list();
  },
  sampleFile: () => tokens.fileOf(samplePath),
  chooseFiles: async () => filesOf(await dialogs.chooseTraces()),
  chooseManifests: async () => filesOf(await dialogs.chooseManifests()),
  chooseNames: async () => filesOf(await dialogs.chooseNames()),
  takePaths: filesOf,
  recentFiles: () => recentFiles.list(),
  startNotices: () => Promise.resolve(startNotices.splice(0)),
  async chooseExportTarget(suggestedName) {
    const path = await dialogs.chooseTarget(suggestedName);
    return path === undefined ? undefined : { target: tokens.targetOf(path), name: basename(path) };
  },
  async saveText({ suggestedName, text }) {
    const path = await dialogs.chooseTextTarget(suggestedName);
    if (path === undefined) return undefined;
    await writeFile(path, scriptFileBytes(path, text));
    return savedAs(path);
  },
  finishExport(target) {
    const path = tokens.targetPathOf(target);
    if (path === undefined) return Promise.reject(new Error('The host does not know this export.'));
    return Promise.resolve(savedAs(path));
  },
  captureState: () => Promise.resolve(captures.state),
  startCapture: (plan) => captures.start(plan),
  stopCapture: () => captures.stop(),
};

function savedAs(path: string): string {
  return `Saved as ${basename(path)} in ${shortFolder(dirname(path), app.getPath('home'))}.`;
}

function filesOf(paths: readonly string[]): Promise<HostFile[]> {
  return Promise.all(paths.map((path) => tokens.fileOf(path)));
}

/** Files that came from outside, as far as they can be had; of the others the person is told. */
async function reachableFiles(paths: readonly string[]): Promise<HostFile[]> {
  const found = await Promise.allSettled([...new Set(paths)].map((path) => tokens.fileOf(path)));
  const problems = found.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
  if (problems.length > 0) void dialogs.tell(problems.join('\n'));
  return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

async function sendFiles(paths: string[]): Promise<void> {
  const files = await reachableFiles(paths);
  if (files.length > 0) window?.webContents.send(channels.openFiles, files);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function noteOpened(paths: string[]): void {
  void recentFiles.add(paths, Date.now()).then(showRecent);
}

/** Wherever recent traces are shown outside the page: in the menu, and by the operating system. */
async function showRecent(): Promise<void> {
  const entries = await recentFiles.entries();
  menu.showRecent(entries);
  tellSystem(entries, samplePath);
}

async function showWindow(): Promise<void> {
  const remembered = await windowState.read();
  if (window) return;
  window = openMainWindow({
    preloadFile: join(bundleFolder, 'electron', 'preload.cjs'),
    iconFile,
    remembered,
    remember: (state) => void windowState.write(state),
    tell: (notice) => startNotices.push(notice),
  });
  window.on('closed', () => {
    window = undefined;
    inbox.startAfresh();
    workspaceFile.startAfresh();
    menu.showMenus(undefined);
  });
}

function bringToFront(shown: BrowserWindow): void {
  if (shown.isMinimized()) shown.restore();
  shown.show();
  shown.focus();
}
