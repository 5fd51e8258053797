import type { SchemaEntry, SchemaImportReport } from '../../core/engine/contract.ts';
import { unnamedProvider } from './fake-info.ts';

const importedAt = Date.parse('2024-06-11T08:30:00Z');

/** The made-up layouts of a manifest: what it is called decides what comes of it. */
export function fakeImport(files: readonly string[]): SchemaImportReport {
  const broken = files.filter((file) => file.includes('broken'));
  const added = files.filter((file) => !file.includes('broken')).map(entryOf);
  return {
    added,
    notes: added.flatMap((entry) => entry.notes.map((note) => `${entry.origin}: ${note}`)),
    failures: broken.map((file) => ({ file, message: 'Line 12 closes an element that was never opened.' })),
  };
}

export function fakeHarvest(file: string): SchemaImportReport {
  const added: SchemaEntry = {
    id: 'harvested-pktmon',
    provider: '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}',
    name: 'Microsoft-Windows-PktMon',
    source: 'harvested',
    origin: file,
    format: 'trace',
    events: 38,
    addedAt: importedAt,
    notes: [],
  };
  return { added: [added], notes: [], failures: [] };
}

function entryOf(file: string): SchemaEntry {
  return {
    id: `imported-${file}`,
    provider: unnamedProvider,
    name: 'Contoso-Network-Filter',
    source: 'imported',
    origin: file,
    format: file.endsWith('.man') ? 'instrumentation manifest' : 'PerfView dump',
    events: 44,
    addedAt: importedAt,
    notes: file.endsWith('.xml') ? ['Event 1003 has a structure that this kind of dump cannot describe.'] : [],
  };
}
