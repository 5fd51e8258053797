/** Manifests as readable text, for tests of this folder. */
import { importManifest } from '../import-manifest.ts';
import type { ImportedManifest } from '../imported-manifest.ts';

export const testGuid = '{12345678-1234-1234-1234-123456789abc}';

/** A manifest of one provider with this inside its `<provider>`, and these strings. */
export function manifestText(inside: string, strings: Readonly<Record<string, string>> = {}): string {
  const table = Object.entries(strings).map(([id, value]) => `<string id="${id}" value="${value}"/>`);
  return `<?xml version="1.0"?>
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events">
 <instrumentation><events>
  <provider name="Test-Provider" guid="${testGuid.toUpperCase()}" symbol="TEST" resourceFileName="test.dll" messageFileName="test.dll">
   ${inside}
  </provider>
 </events></instrumentation>
 <localization><resources culture="en-US"><stringTable>${table.join('')}</stringTable></resources></localization>
</instrumentationManifest>`;
}

/** A manifest of one event, number 1, whose template has this inside. */
export function templateText(inside: string): string {
  return manifestText(
    `<events><event value="1" template="T"/></events><templates><template tid="T">${inside}</template></templates>`,
  );
}

export function importText(text: string, fileName = 'test.man'): ImportedManifest {
  return importManifest(new TextEncoder().encode(text), fileName);
}
