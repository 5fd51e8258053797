import { describe, expect, it } from 'vitest';
import { systemLookup } from './system-schemas.ts';

const provider = '{11111111-2222-3333-4444-555555555555}';
const manifest = `<provider xmlns="http://schemas.microsoft.com/win/2004/08/events" name="Contoso-Switch" guid="${provider}">
  <events><event value="7" version="0" level="4" message="Port %1 opened"><template>
    <data name="Port" inType="win:UInt32"/></template></event></events></provider>`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the registry of the computer', () => {
  it('is asked on Windows only', () => {
    expect(systemLookup('linux')).toBeUndefined();
    expect(systemLookup('darwin')).toBeUndefined();
  });

  it('gives the layouts of a provider by its name', async () => {
    const asked: string[] = [];
    const lookup = systemLookup('win32', (program, args) => {
      asked.push([program, ...args].join(' '));
      return Promise.resolve(bytes(manifest));
    });
    const found = await lookup?.(provider, 'Contoso-Switch');
    expect(asked).toEqual(['wevtutil.exe gp Contoso-Switch /ge /gm:true /f:xml']);
    expect(found?.schemas).toMatchObject([{ id: 7, source: 'system', fields: [{ name: 'Port' }] }]);
  });

  it('finds the name of a GUID first', async () => {
    const asked: string[] = [];
    const lookup = systemLookup('win32', (program, args) => {
      asked.push(program);
      const answer = program === 'reg.exe' ? '    (Default)    REG_SZ    Contoso-Switch\r\n' : manifest;
      expect(args.join(' ')).toContain(program === 'reg.exe' ? provider : 'Contoso-Switch');
      return Promise.resolve(bytes(answer));
    });
    expect((await lookup?.(provider, null))?.name).toBe('Contoso-Switch');
    expect(asked).toEqual(['reg.exe', 'wevtutil.exe']);
  });

  it('asks PowerShell when wevtutil prints no templates', async () => {
    const withoutTemplate = manifest.replace(/<template>.*<\/template>/s, '');
    const list = JSON.stringify({
      Name: 'Contoso-Switch',
      Id: provider.slice(1, -1),
      Events: [{ Id: 7, Version: 0, Template: '<template><data name="Port" inType="win:UInt32"/></template>' }],
    });
    const lookup = systemLookup('win32', (program) =>
      Promise.resolve(bytes(program === 'wevtutil.exe' ? withoutTemplate : list)),
    );
    expect((await lookup?.(provider, 'Contoso-Switch'))?.schemas).toMatchObject([
      { id: 7, fields: [{ name: 'Port' }] },
    ]);
  });

  it.each(['/r:evil.example', '-Name', "a'; calc; '", 'a\u2019; calc', 'a\nb', ''])(
    'is not asked for a name that could be more than a name: %j',
    async (name) => {
      let asked = 0;
      const lookup = systemLookup('win32', () => {
        asked++;
        return Promise.resolve(bytes(manifest));
      });
      expect(await lookup?.(provider, name)).toBeUndefined();
      expect(asked).toBe(0);
    },
  );

  it('has nothing to say of a provider that is not registered, and of one whose manifest is another', async () => {
    const failing = systemLookup('win32', () => Promise.reject(new Error('exit code 15002')));
    expect(await failing?.(provider, 'Contoso-Switch')).toBeUndefined();
    const other = systemLookup('win32', () => Promise.resolve(bytes(manifest)));
    expect(await other?.('{99999999-2222-3333-4444-555555555555}', 'Contoso-Switch')).toBeUndefined();
  });
});
