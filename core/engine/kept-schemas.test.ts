import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pktMonProvider } from '../provider/pktmon.ts';
import { KeptSchemas } from './kept-schemas.ts';
import { folderShelf, memoryShelf } from './schema-shelf.ts';

const contoso = '{11111111-2222-3333-4444-555555555555}';

function manifest(name: string, guid: string, ids: readonly number[], field = 'Port'): string {
  const events = ids.map((id) => `<event value="${id}" template="T" message="$(string.M)"/>`).join('');
  return `<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events"><instrumentation><events>
    <provider name="${name}" guid="${guid}" symbol="P" resourceFileName="p.dll" messageFileName="p.dll">
      <events>${events}</events>
      <templates><template tid="T"><data name="${field}" inType="win:UInt16" outType="win:Port"/></template></templates>
    </provider></events></instrumentation><localization><resources culture="en-US"><stringTable>
      <string id="M" value="Port %1"/></stringTable></resources></localization></instrumentationManifest>`;
}

describe('kept schemas', () => {
  let folder: string;
  let now = 0;
  const open = (): KeptSchemas => new KeptSchemas([folderShelf(join(folder, 'schemas'))], () => ++now);
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const find = (kept: KeptSchemas, id: number, provider = contoso) =>
    kept.libraries.map((library) => library.find({ provider, id, version: 0 })).find((schema) => schema !== undefined);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hopscope-kept-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are there for the next run, listed and removable', () => {
    const path = file('contoso.man', manifest('Contoso', contoso, [1, 2]));
    const report = open().importFiles([path]);
    expect(report).toMatchObject({
      added: [{ name: 'Contoso', provider: contoso, source: 'imported', origin: 'contoso.man', events: 2 }],
      notes: [],
      failures: [],
    });
    const later = open();
    expect(later.list().entries).toEqual(report.added);
    expect(find(later, 2)).toMatchObject({ source: 'imported', origin: 'contoso.man', fields: [{ name: 'Port' }] });
    expect(later.libraries[0].providerName(contoso)).toBe('Contoso');
    later.remove(report.added[0].id);
    expect(later.list()).toEqual({ entries: [], problems: [] });
    expect(find(later, 2)).toBeUndefined();
    expect(readdirSync(join(folder, 'schemas'))).toEqual([]);
  });

  it('of one file replace those it brought before; of several, the newest file wins', () => {
    const kept = open();
    kept.importFiles([file('a.man', manifest('Contoso', contoso, [1, 2], 'Old'))]);
    kept.importFiles([file('b.man', manifest('Contoso', contoso, [2, 3], 'New'))]);
    expect([1, 2, 3].map((id) => find(kept, id)?.fields[0].name)).toEqual(['Old', 'New', 'New']);
    kept.importFiles([file('b.man', manifest('Contoso', contoso, [3], 'Newer'))]);
    expect([1, 2, 3].map((id) => find(kept, id)?.fields[0].name)).toEqual(['Old', 'Old', 'Newer']);
    expect(
      kept
        .list()
        .entries.map(({ origin }) => origin)
        .sort(),
    ).toEqual(['a.man', 'b.man']);
  });

  it('do not take a GUID that belongs to somebody else', () => {
    const kept = open();
    const stolen = kept.importFiles([file('stolen.man', manifest('Contoso', pktMonProvider, [160]))]);
    expect(stolen.added).toEqual([]);
    expect(stolen.notes).toEqual([
      `stolen.man: "Contoso" claims the GUID ${pktMonProvider}, which belongs to Microsoft-Windows-PktMon; it was left out.`,
    ]);
    kept.importFiles([file('contoso.man', manifest('Contoso', contoso, [1]))]);
    const other = kept.importFiles([file('other.man', manifest('Fabrikam', contoso, [1]))]);
    expect(other.notes[0]).toMatch(/belongs to Contoso; it was left out\. Remove that one first/);
  });

  it('of a file that is no manifest are none, and the other files are taken all the same', () => {
    const report = open().importFiles([
      file('letter.txt', 'Dear reader'),
      join(folder, 'missing.man'),
      file('contoso.man', manifest('Contoso', contoso, [1])),
    ]);
    expect(report.added).toHaveLength(1);
    expect(report.failures.map(({ file: name }) => name)).toEqual(['letter.txt', 'missing.man']);
    expect(report.failures[0].message).toMatch(/neither XML nor JSON/);
    expect(report.failures[1].message).toMatch(/There is no file .*missing\.man\./);
  });

  it('that were harvested give way to imported ones', () => {
    const kept = open();
    const imported = kept.importFiles([file('contoso.man', manifest('Contoso', contoso, [1], 'Imported'))]);
    const schema = find(kept, 1);
    if (!schema) throw new Error('nothing was imported');
    kept.remove(imported.added[0].id);
    const harvested = { ...schema, source: 'file' as const, fields: [{ ...schema.fields[0], name: 'Harvested' }] };
    kept.harvest('merged.etl', [{ provider: contoso, name: 'Contoso', schemas: [harvested] }]);
    expect(find(kept, 1)).toMatchObject({ source: 'harvested', fields: [{ name: 'Harvested' }] });
    kept.importFiles([join(folder, 'contoso.man')]);
    expect(find(kept, 1)).toMatchObject({ source: 'imported', fields: [{ name: 'Imported' }] });
    expect(kept.harvest('raw.etl', []).notes).toEqual([
      'This trace carries no layouts of its own: there is nothing to keep.',
    ]);
  });

  it('that are damaged cost themselves, and say so', () => {
    const kept = open();
    const { added } = kept.importFiles([file('contoso.man', manifest('Contoso', contoso, [1]))]);
    writeFileSync(join(folder, 'schemas', `${added[0].id}.json`), '{"hopscopeLayouts":1');
    const damaged = open();
    expect(damaged.list().entries).toEqual([]);
    expect(damaged.list().problems[0]).toMatch(
      new RegExp(`The kept layouts "${added[0].id}" cannot be read: .* Import them`),
    );
    expect(find(damaged, 1)).toBeUndefined();
  });

  it('for one run only leave the folder alone', () => {
    const kept = new KeptSchemas([memoryShelf(), folderShelf(join(folder, 'schemas'))]);
    kept.importFiles([file('contoso.man', manifest('Contoso', contoso, [1]))]);
    expect(find(kept, 1)).toBeDefined();
    expect(open().list().entries).toEqual([]);
  });
});
