import { spawn } from 'node:child_process';

/** Opens an address in the person's browser. Says nothing when there is none: the address is printed as well. */
export function openInBrowser(address: string): void {
  const [program, ...parameters] = opener(process.platform);
  const child = spawn(program, [...parameters, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return [platform === 'darwin' ? 'open' : 'xdg-open'];
}
