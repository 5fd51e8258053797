import { describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../state/workspace.ts';
import { createFakeHost, fakeFile } from '../testing/fake-host.ts';
import { scopeOf } from './action.ts';
import { commandIds, keysOf } from './command-table.ts';
import { allOffers, hostMenus, offerMenu, offerMenus, runOffer } from './menus.ts';

function emptyPage(): Workspace {
  return createWorkspace(
    createFakeHost({ recentFiles: [{ ...fakeFile('host.etl'), folder: 'C:\\Cases', openedAt: 0, missing: false }] }),
  );
}

async function openedPage(): Promise<Workspace> {
  const workspace = createWorkspace(createFakeHost({ events: 50 }));
  await workspace.openFiles([fakeFile('host.etl')]);
  return workspace;
}

describe('the menus', () => {
  it('hold every command once, by ids that are unique, and no keys twice', async () => {
    const scope = scopeOf(await openedPage());
    const ids = allOffers(scope).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(commandIds));
    const keys = commandIds.flatMap(keysOf);
    expect(keys.filter((text, index) => keys.indexOf(text) !== index)).toEqual([]);
  });

  it('have no empty menu and no empty group', () => {
    const menus = offerMenus(scopeOf(emptyPage()));
    expect(menus.filter(({ groups }) => groups.length === 0 || groups.some((group) => group.length === 0))).toEqual([]);
  });

  it('say why a command cannot be carried out, and that it can as soon as it can', async () => {
    const find = (workspace: Workspace) => allOffers(scopeOf(workspace)).find(({ id }) => id === 'find');
    expect(find(emptyPage())).toMatchObject({ enabled: false, reason: 'Open a trace first' });
    expect(find(await openedPage())).toMatchObject({ enabled: true, reason: '' });
  });

  it('offer recent traces in the File menu', async () => {
    const workspace = emptyPage();
    await workspace.start();
    const titles = offerMenu('file', scopeOf(workspace)).groups.flat();
    expect(titles.at(-1)).toMatchObject({ title: 'host.etl', detail: 'C:\\Cases', enabled: true });
  });

  it('are told to a host as plain data, whose ids carry them out', async () => {
    const workspace = await openedPage();
    const items = hostMenus(offerMenus(scopeOf(workspace))).flatMap(({ groups }) => groups.flat());
    expect(items).toContainEqual({
      command: 'go-to',
      label: 'Go to message…',
      keys: 'Ctrl+G',
      enabled: true,
      checked: null,
    });
    expect(runOffer('go-to', scopeOf(workspace))).toBe(true);
    expect(workspace.store.getState().dialog).toBe('go-to');
    expect(runOffer('undo-filter', scopeOf(workspace))).toBe(false);
    expect(runOffer('format-c-drive', scopeOf(workspace))).toBe(false);
  });
});
