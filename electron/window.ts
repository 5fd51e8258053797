import { BrowserWindow, dialog, Menu, nativeTheme, screen, type Session, type WebContents } from 'electron';
import type { EngineNotice } from '../core/engine/contract.ts';
import { appAddress, appOrigin } from './app-protocol.ts';
import { backgroundColor } from './appearance.ts';
import { textMenuTemplate } from './text-menu.ts';
import { askWhenUnresponsive } from './unexpected.ts';
import { firstWindow, smallestWindow, usablePlace, type WindowState } from './window-state.ts';

/** Opens the main window where it was last time. The page is loaded, and the window shown, as soon as it can be. */
export function openMainWindow(options: {
  preloadFile: string;
  iconFile: string;
  remembered: WindowState | undefined;
  remember: (state: WindowState) => void;
  /** Keeps a notice for the page that begins next. */
  tell: (notice: EngineNotice) => void;
}): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...firstWindow,
    ...usablePlace(options.remembered, screens),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Hopscope',
    backgroundColor: backgroundColor(nativeTheme.shouldUseDarkColors),
    // Windows and macOS take it from the program.
    ...(process.platform === 'linux' && { icon: options.iconFile }),
    ...(options.remembered?.fullScreen && { fullscreen: true }),
    webPreferences: {
      preload: options.preloadFile,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (options.remembered?.maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  keepState(window, options.remembered, options.remember);
  followTheme(window);
  offerTextMenu(window);
  askWhenUnresponsive(window);
  reloadAfterCrash(window, options.tell);
  void window.loadURL(appAddress);
  return window;
}

/** Gives text what every program gives it on a right click. Where the page has a menu of its own, nothing is heard of it. */
function offerTextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const template = textMenuTemplate(params);
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window });
  });
}

/** Milliseconds of quiet after which a moved window's place is kept, in case it is never closed properly. */
const settleTime = 1000;

function keepState(
  window: BrowserWindow,
  remembered: WindowState | undefined,
  remember: (state: WindowState) => void,
): void {
  const { webContents } = window;
  webContents.once('did-navigate', () => {
    webContents.setZoomLevel(remembered?.zoomLevel ?? 0);
  });
  const keep = (): void => {
    if (window.isDestroyed() || webContents.isDestroyed()) return;
    remember({
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
      zoomLevel: webContents.getZoomLevel(),
    });
  };
  let settling: NodeJS.Timeout | undefined;
  const keepSoon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(keep, settleTime);
  };
  window.on('resize', keepSoon);
  window.on('move', keepSoon);
  window.on('close', () => {
    clearTimeout(settling);
    keep();
  });
}

function followTheme(window: BrowserWindow): void {
  const follow = (): void => {
    window.setBackgroundColor(backgroundColor(nativeTheme.shouldUseDarkColors));
  };
  nativeTheme.on('updated', follow);
  window.on('closed', () => {
    nativeTheme.off('updated', follow);
  });
}

/** A page that crashes sooner after a crash than this is not loaded again without asking. In milliseconds. */
const betweenCrashes = 60_000;

/** Loads a page that has crashed again, which brings back what was open; when it crashes again soon, a person decides. */
function reloadAfterCrash(window: BrowserWindow, tell: (notice: EngineNotice) => void): void {
  let crashedAt = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const isAgain = Date.now() - crashedAt < betweenCrashes;
    crashedAt = Date.now();
    tell({
      heading: 'The window’s page had stopped and was loaded again',
      detail: `Reason: ${reason}. No file was changed, and nothing that was saved is lost.`,
    });
    void (isAgain ? mayReload(window, reason) : Promise.resolve(true)).then((reload) => {
      // Not from within the report of the crash: Electron's own state is not settled by then.
      setTimeout(() => {
        if (window.isDestroyed()) return;
        if (reload) window.webContents.reload();
        else window.close();
      }, 100);
    });
  });
}

async function mayReload(window: BrowserWindow, reason: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window’s page has stopped again.',
    detail: `Reason: ${reason}. No trace was changed. Load the page again to go on.`,
    buttons: ['Load again', 'Close'],
    cancelId: 1,
  });
  return response === 0;
}

/** Keeps every page where it is: no other address, no new window, no embedded browser. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  // An empty page is loaded from nowhere, so Chromium asks nobody whether it may: our page comes back in its place, with what
  // was open. Not from within the report: Electron's own state is not settled by then.
  contents.on('did-navigate', (_event, address) => {
    if (!address.startsWith('about:')) return;
    setImmediate(() => {
      if (contents.isDestroyed()) return;
      contents.loadURL(appAddress).catch(() => {
        // The window was closed meanwhile, or goes elsewhere by our own doing.
      });
    });
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

function isOwnAddress(address: string): boolean {
  return address === appOrigin || address.startsWith(appAddress);
}

/** The one thing pages may do beyond showing themselves: put text that a person copies on the clipboard. */
const allowedPermissions: readonly string[] = ['clipboard-sanitized-write'];

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(allowedPermissions.includes(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => allowedPermissions.includes(permission));
  session.setDevicePermissionHandler(() => false);
}
