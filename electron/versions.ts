import { app, type AboutPanelOptionsOptions } from 'electron';
import { arch, release } from 'node:os';
import type { HostVersions } from '../core/engine/host.ts';
import { shortFolder } from './recent-files.ts';

const systemNames: Partial<Record<NodeJS.Platform, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

/** What the page's about box tells. */
export function versions(): HostVersions {
  const { electron, chrome, node } = process.versions;
  return {
    app: app.getVersion(),
    parts: [
      `Electron ${electron}`,
      `Chromium ${chrome}`,
      `Node.js ${node}`,
      `${systemNames[process.platform] ?? process.platform} ${release()} ${arch()}`,
    ],
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
