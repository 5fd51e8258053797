import { arch, release } from 'node:os';

const systemNames: Partial<Record<NodeJS.Platform, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

/** What this program runs on, for the about box: `Node.js 22.1.0`, `Linux 6.1.0 x64`. */
export function systemWords(): string[] {
  const system = systemNames[process.platform] ?? process.platform;
  return [`Node.js ${process.versions.node}`, `${system} ${release()} ${arch()}`];
}
