import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noteFolder, schemaFolder, userDataFolder } from './user-data-folder.ts';

describe('the folder of what belongs to the person', () => {
  it('is the one that the desktop app uses on each system', () => {
    expect(userDataFolder({ APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }, 'win32')).toBe(
      join('C:\\Users\\a\\AppData\\Roaming', 'Hopscope'),
    );
    expect(userDataFolder({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'Hopscope'));
    expect(userDataFolder({}, 'linux')).toBe(join(homedir(), '.config', 'Hopscope'));
    expect(userDataFolder({ XDG_CONFIG_HOME: '/configuration' }, 'linux')).toBe(join('/configuration', 'Hopscope'));
  });

  it('can be named, and holds schemas and notes', () => {
    const named = userDataFolder({ HOPSCOPE_USER_DATA: '/tmp/there' }, 'win32');
    expect(named).toBe('/tmp/there');
    expect(schemaFolder(named)).toBe(join('/tmp/there', 'schemas'));
    expect(noteFolder(named)).toBe(join('/tmp/there', 'notes'));
  });
});
