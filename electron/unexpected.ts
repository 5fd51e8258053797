import { app, clipboard, dialog, type BrowserWindow } from 'electron';
import { unexpectedWords } from './strings.ts';

/**
 * Errors of the main process that nobody has foreseen: a person is told, once for all that come while the box is up, and
 * decides. Nothing is sent anywhere.
 */
export function tellUnexpectedErrors(): void {
  let isTelling = false;
  const tell = (error: unknown): void => {
    if (isTelling) return;
    isTelling = true;
    void decide(detailsOf(error)).finally(() => {
      isTelling = false;
    });
  };
  process.on('uncaughtException', tell).on('unhandledRejection', tell);
}

async function decide(details: string): Promise<void> {
  console.error(details);
  if (!app.isReady()) {
    dialog.showErrorBox(unexpectedWords.heading, details);
    app.exit(1);
    return;
  }
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: unexpectedWords.heading,
    detail: `${unexpectedWords.explanation}\n\n${details.slice(0, longestDetails)}`,
    buttons: [unexpectedWords.goOn, unexpectedWords.copy, unexpectedWords.quit],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) {
    await clipboard.writeText(details);
    await decide(details);
  }
  if (response === 2) app.quit();
}

/** A box that is higher than the screen has no buttons. */
const longestDetails = 1500;

function detailsOf(error: unknown): string {
  const versions = `Hopscope ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform}`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${versions}`;
}

/** A page that has not answered for a while: it may be at work, or it may be lost. */
export function askWhenUnresponsive(window: BrowserWindow): void {
  let asking: AbortController | undefined;
  window.on('unresponsive', () => {
    if (asking || window.webContents.isDevToolsOpened()) return;
    asking = new AbortController();
    const { signal } = asking;
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        message: unexpectedWords.unresponsive,
        detail: unexpectedWords.unresponsiveDetail,
        buttons: [unexpectedWords.wait, unexpectedWords.loadAgain],
        defaultId: 0,
        cancelId: 0,
        signal,
      })
      .then(({ response }) => {
        asking = undefined;
        // What the box answers when it was taken away counts for nothing.
        if (response !== 1 || signal.aborted || window.isDestroyed()) return;
        // A page that hangs would not let itself be left; its loss is followed by loading again (window.ts).
        window.webContents.forcefullyCrashRenderer();
      });
  });
  window.on('responsive', () => {
    asking?.abort();
  });
}
