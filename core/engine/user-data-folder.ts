import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the command line and the local web host keep what belongs to the person: the folder that the desktop app uses
 * too, so that a manifest imported in one is there in the others. HOPSCOPE_USER_DATA names another one.
 */
export function userDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const { HOPSCOPE_USER_DATA: named, APPDATA: roaming, XDG_CONFIG_HOME: configuration } = environment;
  if (named) return named;
  if (platform === 'win32') return join(roaming ?? join(homedir(), 'AppData', 'Roaming'), 'Hopscope');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Hopscope');
  return join(configuration ?? join(homedir(), '.config'), 'Hopscope');
}

/** Where imported and harvested layouts lie. */
export function schemaFolder(userData = userDataFolder()): string {
  return join(userData, 'schemas');
}

/** Where the names lie that were given to traces. */
export function nameFolder(userData = userDataFolder()): string {
  return join(userData, 'names');
}

/** Where marks and comments on traces lie. */
export function noteFolder(userData = userDataFolder()): string {
  return join(userData, 'notes');
}
