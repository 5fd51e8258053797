import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { basename, dirname, extname, join } from 'node:path';
import { exportFormatOf, exportFormats } from '../core/engine/host.ts';
import type { ExportFormat } from '../core/engine/contract.ts';

const allFiles = { name: 'All files', extensions: ['*'] };
const nameOfFormat: Readonly<Record<ExportFormat, string>> = {
  pcapng: 'Packets',
  pcap: 'Packets of one link type',
  cap: 'Packets for Network Monitor',
  txt: 'Events as text',
  csv: 'Events as a table',
  jsonl: 'Events as JSON lines',
  xml: 'Events as XML',
  parquet: 'Events as a typed table',
};

/** The open and save dialogs. One at a time: a second request while one is up counts as a change of mind. */
export class Dialogs {
  readonly #window: () => BrowserWindow | undefined;
  #up = false;
  #exportFolder: string | undefined;
  #scriptFolder: string | undefined;

  constructor(window: () => BrowserWindow | undefined) {
    this.#window = window;
  }

  /** Paths; empty when the person changed their mind. */
  chooseTraces(): Promise<string[]> {
    const extensions = ['etl', 'pcapng', 'pcap', 'cap', 'cab', 'zip'];
    return this.#chooseFiles('Open traces', { name: `Traces and captures (${patterns(extensions)})`, extensions });
  }

  /** Paths; empty when the person changed their mind. */
  chooseManifests(): Promise<string[]> {
    const extensions = ['man', 'xml', 'json', 'txt'];
    return this.#chooseFiles('Import layouts', { name: `Manifests (${patterns(extensions)})`, extensions });
  }

  /** Paths; empty when the person changed their mind. */
  chooseNames(): Promise<string[]> {
    const extensions = ['txt', 'csv', 'json', 'xml', 'clixml', 'cab'];
    return this.#chooseFiles('Import names', { name: `Outputs that hold names (${patterns(extensions)})`, extensions });
  }

  /** Where to write an export; undefined when the person changed their mind. */
  async chooseTarget(suggestedName: string): Promise<string | undefined> {
    const folder = this.#exportFolder ?? app.getPath('documents');
    const name = basename(suggestedName.replaceAll('\\', '/')) || 'export.pcapng';
    const chosen = await this.#one((window) =>
      dialog.showSaveDialog(window, {
        title: 'Export',
        defaultPath: join(folder, name),
        filters: isNameBook(name) ? [nameBook] : exportFilters(exportFormatOf(name)),
      }),
    );
    if (!chosen || chosen.canceled || chosen.filePath === '') return undefined;
    this.#exportFolder = dirname(chosen.filePath);
    return chosen.filePath;
  }

  /** Where to save a text that the page made; undefined when the person changed their mind. */
  async chooseTextTarget(suggestedName: string): Promise<string | undefined> {
    const name = basename(suggestedName.replaceAll('\\', '/')) || 'capture.ps1';
    const chosen = await this.#one((window) =>
      dialog.showSaveDialog(window, {
        title: 'Save script',
        defaultPath: join(this.#scriptFolder ?? app.getPath('documents'), name),
        filters: [...scriptFilters(extname(name).slice(1).toLowerCase()), allFiles],
      }),
    );
    if (!chosen || chosen.canceled || chosen.filePath === '') return undefined;
    this.#scriptFolder = dirname(chosen.filePath);
    return chosen.filePath;
  }

  /** Tells what went wrong with something that no page asked for. */
  async tell(message: string): Promise<void> {
    const window = this.#window();
    if (window) await dialog.showMessageBox(window, { type: 'error', message });
    else dialog.showErrorBox('Hopscope', message);
  }

  async #chooseFiles(title: string, kind: FileFilter): Promise<string[]> {
    const chosen = await this.#one((window) =>
      dialog.showOpenDialog(window, {
        title,
        properties: ['openFile', 'multiSelections'],
        filters: [kind, allFiles],
      }),
    );
    return !chosen || chosen.canceled ? [] : chosen.filePaths;
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

/** The one file that is written and holds no events. */
const nameBook: FileFilter = { name: `Names (${patterns(['json'])})`, extensions: ['json'] };

function isNameBook(name: string): boolean {
  return name.endsWith('.json');
}

const nameOfScript: Readonly<Record<string, string>> = {
  ps1: 'PowerShell script',
  cmd: 'Commands for cmd',
  txt: 'Text',
};

/** The kinds of script, the wanted one first. */
function scriptFilters(wanted: string): FileFilter[] {
  return Object.entries(nameOfScript)
    .sort(([first], [second]) => Number(second === wanted) - Number(first === wanted))
    .map(([ending, name]) => ({ name: `${name} (${patterns([ending])})`, extensions: [ending] }));
}

/** Every format, the wanted one first: that is the one a save dialog offers. */
function exportFilters(wanted: ExportFormat | undefined): FileFilter[] {
  const formats = [...exportFormats].sort((first, second) => Number(second === wanted) - Number(first === wanted));
  return formats.map((format) => ({
    name: `${nameOfFormat[format]} (${patterns([format])})`,
    extensions: [format],
  }));
}

/** `*.man, *.xml`, as dialogs list what they show. */
function patterns(extensions: readonly string[]): string {
  return extensions.map((extension) => `*.${extension}`).join(', ');
}
