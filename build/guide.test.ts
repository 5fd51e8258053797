/** The user guide says what is so: its filters are filters, its commands are known, its links lead somewhere. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkFilter } from '../core/engine/filtering.ts';

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = new URL('../docs/', import.meta.url);
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
const textOf = (page: string): string => readFileSync(new URL(page, folder), 'utf8');

describe('the user guide', () => {
  it('has a page for each task', () => {
    expect(pages.sort()).toEqual([
      'README.md',
      'capture.md',
      'command-line.md',
      'export.md',
      'filter.md',
      'follow-a-packet.md',
      'names.md',
      'open.md',
    ]);
  });

  it.each(pages)('links to what is there: %s', (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link);
    const dead = links.filter((link) => !/^https?:/.test(link) && !existsSync(fileURLToPath(new URL(link, folder))));
    expect(dead).toEqual([]);
  });

  it('shows filters that are filters', () => {
    const shown = [...textOf('filter.md').matchAll(/^\| [^|]+ \| `(.+)` \|$/gm)].map(([, filter]) => filter);
    expect(shown.length).toBeGreaterThan(10);
    for (const filter of shown) expect(checkFilter(filter).problems, filter).toEqual([]);
  });

  it.skipIf(!existsSync(program))('shows command lines that work', () => {
    const lines = pages.flatMap((page) => [...textOf(page).matchAll(/^node dist\/cli\/main\.js (.+)$/gm)]);
    const work = mkdtempSync(join(tmpdir(), 'hopscope-guide-'));
    try {
      copyFileSync(
        fileURLToPath(new URL('../assets/sample/container-syn.etl', import.meta.url)),
        join(work, 'trace.etl'),
      );
      writeFileSync(join(work, 'Get-VMNetworkAdapter.txt'), namesOutput);
      writeFileSync(join(work, 'provider.json'), layouts);
      const env = { ...process.env, HOPSCOPE_USER_DATA: join(work, 'user-data') };
      const run = lines.map(([, line]) => line).filter((line) => !line.startsWith('serve'));
      expect(run.length).toBeGreaterThan(8);
      for (const line of run) {
        const { status, stderr } = spawnSync(process.execPath, [program, ...wordsOf(line)], {
          cwd: work,
          env,
          encoding: 'utf8',
        });
        expect({ line, status, complaint: status === 0 ? '' : stderr }).toEqual({ line, status: 0, complaint: '' });
      }
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
});

const namesOutput = [
  'Name       : web-1',
  'Id         : Microsoft:6B5E0D9C-1111-4A5B-8C3D-000000000001',
  'IsManagementOs : False',
  'VMName     : web-1',
  'SwitchName : Layered Ethernet',
  'MacAddress : 00155D000A09',
  '',
].join('\r\n');

const layouts = JSON.stringify({
  Name: 'Contoso-Provider',
  Id: '11111111-2222-3333-4444-555555555555',
  Events: [
    {
      Id: 1,
      Version: 0,
      Level: { Value: 4 },
      Opcode: { Value: 0 },
      Keywords: [],
      Template:
        '<template xmlns="http://schemas.microsoft.com/win/2004/08/events"><data name="Port" inType="win:UInt16" outType="win:Port"/></template>',
      Description: 'Port %1',
    },
  ],
});

/** A command line's words, quoted ones without their quotes. */
function wordsOf(line: string): string[] {
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
}
