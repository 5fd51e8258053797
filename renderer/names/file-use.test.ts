import { describe, expect, it } from 'vitest';
import { decodedStart, fileUse, fileUseByContent, useOfFile } from './file-use.ts';

describe('the use of a file by its name', () => {
  it('is to be opened where nothing else is known of its ending', () => {
    for (const name of ['host.etl', 'a.pcapng', 'a.cap', 'unknown', 'a.zip']) expect(fileUse(name)).toBe('trace');
    expect(fileUse('tcp.MAN')).toBe('layouts');
    for (const name of ['Get-NetAdapter.txt', 'vm.CSV', 'all.clixml']) expect(fileUse(name)).toBe('names');
    for (const name of ['a.xml', 'a.json']) expect(fileUse(name)).toBe('names or layouts');
  });
});

describe('the use of XML and JSON by how it begins', () => {
  const useOf = (start: string): string => fileUseByContent('x.xml', start);

  it('is layouts where it is a manifest, or what a tool wrote of a provider', () => {
    expect(useOf('<?xml version="1.0"?>\n<!-- a -->\n<instrumentationManifest xmlns="x">')).toBe('layouts');
    expect(useOf('<assembly>\n')).toBe('layouts');
    expect(useOf('<provider name="Contoso"')).toBe('layouts');
    expect(useOf('{ "hopscopeLayouts": 1,')).toBe('layouts');
    expect(useOf('{"ProviderName":"X","LogLinks":[{')).toBe('layouts');
  });

  it('is names where PowerShell wrote objects, and open where it could be either', () => {
    expect(useOf('<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">')).toBe('names');
    expect(useOf('[{"Name":"Ethernet 2","ifIndex":9}]')).toBe('names or layouts');
    expect(useOf('')).toBe('names or layouts');
  });

  it('never overrules an ending that has one use', () => {
    expect(fileUseByContent('notes.txt', '<instrumentationManifest>')).toBe('names');
  });

  it('is read in the encodings of Windows', async () => {
    const text = '<Objs Version="1.1">';
    const utf16 = new Uint8Array([0xff, 0xfe, ...Array.from(text).flatMap((letter) => [letter.charCodeAt(0), 0])]);
    expect(decodedStart(utf16)).toContain(text);
    expect(await useOfFile(new File([utf16], 'vm.xml'))).toBe('names');
    expect(await useOfFile(new File(['<instrumentationManifest>'], 'tcp.xml'))).toBe('layouts');
  });
});
