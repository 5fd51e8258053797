import { app, dialog, type BrowserWindow } from 'electron';
import { basename, dirname, join } from 'node:path';

/** The open and save dialogs. One at a time: a second request while one is up counts as a change of mind. */
export class Dialogs {
  readonly #window: () => BrowserWindow | undefined;
  #up = false;
  #exportFolder: string | undefined;

  constructor(window: () => BrowserWindow | undefined) {
    this.#window = window;
  }

  /** Paths; empty when the person changed their mind. */
  async chooseTraces(): Promise<string[]> {
    const chosen = await this.#one((window) =>
      dialog.showOpenDialog(window, {
        title: 'Open traces',
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'Windows traces (*.etl)', extensions: ['etl'] },
          { name: 'All files', extensions: ['*'] },
        ],
      }),
    );
    return !chosen || chosen.canceled ? [] : chosen.filePaths;
  }

  /** Where to write an export; undefined when the person changed their mind. */
  async chooseTarget(suggestedName: string): Promise<string | undefined> {
    const folder = this.#exportFolder ?? app.getPath('documents');
    const chosen = await this.#one((window) =>
      dialog.showSaveDialog(window, {
        title: 'Export packets',
        defaultPath: join(folder, basename(suggestedName.replaceAll('\\', '/')) || 'export.pcapng'),
        filters: [{ name: 'pcapng', extensions: ['pcapng'] }],
      }),
    );
    if (!chosen || chosen.canceled || chosen.filePath === '') return undefined;
    this.#exportFolder = dirname(chosen.filePath);
    return chosen.filePath;
  }

  /** Tells what went wrong with something that no page asked for. */
  async tell(message: string): Promise<void> {
    const window = this.#window();
    if (window) await dialog.showMessageBox(window, { type: 'error', message });
    else dialog.showErrorBox('Hopscope', message);
  }

  async #one<T>(show: (window: BrowserWindow) => Promise<T>): Promise<T | undefined> {
    const window = this.#window();
    if (!window || this.#up) return undefined;
    this.#up = true;
    try {
      return await show(window);
    } finally {
      this.#up = false;
    }
  }
}
