import { app, type AboutPanelOptionsOptions } from 'electron';
import type { HostVersions } from '../core/engine/host.ts';
import { systemWords } from '../core/engine/system-words.ts';
import { shortFolder } from './recent-files.ts';

/** What the page's about box tells. */
export function versions(): HostVersions {
  const { electron, chrome } = process.versions;
  return {
    app: app.getVersion(),
    parts: [`Electron ${electron}`, `Chromium ${chrome}`, ...systemWords()],
    dataFolder: shortFolder(app.getPath('userData'), app.getPath('home')),
  };
}

/** The operating system's own about box. */
export function aboutPanel(iconPath: string): AboutPanelOptionsOptions {
  const { app: version, parts } = versions();
  return {
    applicationName: app.name,
    applicationVersion: version,
    // The system adds it to the version in brackets where it shows it at all.
    version: parts[0],
    copyright: 'Copyright © 2026 the Hopscope authors. MIT licence.',
    credits: parts.join('\n'),
    iconPath,
  };
}
